"""Policies of users: decorators that make a function a policy of its kind.

    from sim.parties.plugin import Setting, concession, per_world

    @concession(share=Setting(0, 1, default=0.5))
    def half_way(situation):
        return situation.between(situation.settings["share"])

A scenario names it in a file, ``concession: {name: my_policies.py:half_way, share: 0.3}``, or, from a package with an
entry point in the group ``detente.concession``, by the entry point's name. A function without a decorator is a policy
too, of one world at a time and without settings. `docs/how-to/write-a-policy.md` shows all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.parties.choice import Choice
from sim.parties.evidence import Evidence
from sim.parties.one_world import View, per_world
from sim.parties.own import Made
from sim.policies.setting import Setting
from sim.policies.situation import Situation

__all__ = ["Choice", "Evidence", "Setting", "Situation", "View", "acceptance", "concession", "offering", "opponents"]
__all__ += ["per_world"]


def _maker(kind: str) -> Callable[..., Any]:
    def decorate(
        function: Callable[..., Any] | None = None,
        /,
        *,
        reacts: bool = True,
        explain: Callable[[Situation], str] | None = None,
        **settings: Setting | float,
    ) -> Any:
        if function is not None:
            return Made(kind, function, settings, reacts, explain)
        return lambda given: Made(kind, given, settings, reacts, explain)

    decorate.__doc__ = f"Make a function one of the kind {kind}, with these settings."
    return decorate


concession = _maker("concession")
"""Make ``f(situation) -> demands (parties, worlds)`` a concession policy.

Keyword arguments are its settings, each a `Setting` or its default; ``reacts=False`` says that it uses nothing of the
situation but time, best, reservation value and settings, which is faster; ``explain=f(situation) -> str`` says why.
"""

acceptance = _maker("acceptance")
"""Make ``f(situation, demands) -> thresholds (parties, worlds)`` an acceptance condition."""

offering = _maker("offering")
"""Make ``f(choice) -> places of packages (worlds,)`` an offering policy; see `sim.parties.offering.Choice`."""

opponents = _maker("opponents")
"""Make ``f(evidence) -> worths (issues, options, worlds)`` an opponent model; see `sim.parties.opponents.Evidence`."""
