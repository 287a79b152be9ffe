"""The colours of all figures, each set for one kind of thing: sides, outcomes, and what is set side by side otherwise.

Nothing has the colour of another kind of thing: blue is always the first side, never an outcome or a variant. Within
each set neighbours differ in lightness, so that they are told apart in grey print and by who sees few colours.
"""

from __future__ import annotations

SIDES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""By side (Okabe & Ito, 2008)."""

OUTCOMES = {
    "agreement": "#0b3c49",
    "partial": "#4f8f8b",
    "talks_continue": "#e6d49a",
    "impasse": "#8a929b",
    "breakdown": "#b23a48",
    "not_ratified": "#d4a5b5",
}
"""By outcome."""
OTHER = "#8a929b"
"""Of what has no colour of its own, as an outcome of which nothing is settled."""

VARIANTS = ("#332288", "#999933", "#882255", "#44aa99", "#ddcc77", "#aa4499")
"""Of runs, models, judgements and values that are set side by side (after Tol, 2021, "Colour schemes", muted)."""
