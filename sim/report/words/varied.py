"""What a sweep varied and measured, in words: titles where the scenario is known, else paths."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.report.words.names import outcome_name
from sim.report.words.plain_text import capital, human, listed, plain, wrapped
from sim.report.words.quantities import Titles, name_by, option_by, titles_of
from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.scenario.problems import ScenarioError
from sim.sweeps.boxes import Limit
from sim.sweeps.reading import shown
from sim.sweeps.sweep import Sweep

_NONE = Titles({}, {}, {}, {}, {}, {})
_SHARES = {
    "agreement": "with an agreement",
    "partial": "with a partial agreement",
    "talks_continue": "still talking when the watching stops",
    "impasse": "that end in impasse",
    "breakdown": "that end in breakdown",
    "not_ratified": "whose deal is refused at home",
}
_OF_OUTCOME = {
    "share": "share of worlds",
    "count": "number of worlds",
    "low": "lower end of the interval of the share of worlds",
    "high": "upper end of the interval of the share of worlds",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What paths, their values and measures are called.

    Attributes
    ----------
    titles
        Of the scenario; empty ones where it is not known: then paths stand for themselves.
    whole
        Paths whose values are whole numbers.
    """

    titles: Titles = _NONE
    whole: frozenset[str] = frozenset()

    def name(self, path: str) -> str:
        """What a path is called in a sentence."""
        return plain(name_by(self.titles, path))

    def label(self, path: str, width: int = 40, lines: int = 3) -> str:
        """The same as a label of some lines; a path that has no name is broken at its dots."""
        name = self.name(path)
        if name != plain(path):
            return wrapped(capital(name), width, lines)
        return name if len(name) <= width else wrapped(name.replace(".", ". "), width, lines).replace(". ", ".")

    def value(self, path: str, value: Any) -> str:
        """A value of a path: an option, a party or a side by its title, a number with the digits that one reads."""
        if not isinstance(value, str):
            return plain(shown(value))
        return plain(self._word(path, value))

    def _word(self, path: str, word: str) -> str:
        titles, parts = self.titles, path.split(".")
        for issue in titles.issues:
            at_issue = path.endswith(f".positions.{issue}") or path == f"issues.{issue}.status_quo"
            if at_issue and word in titles.options[issue]:
                return option_by(titles, issue, word)
        for kind, called in (("like", titles.parties), ("side", titles.sides), ("leader", titles.parties)):
            if parts[-1] == kind and word in called:
                return called[word]
        bare = word.replace("_", "").isalpha() and word not in ("true", "false")
        return {"true": "yes", "false": "no"}.get(word, word.replace("_", " ") if bare else word)

    def measure(self, outcome: str) -> str:
        """An outcome measure as a phrase: "share of worlds with an agreement", "mean utility of Russia"."""
        group, _, rest = outcome.partition(".")
        if group in _SHARES:
            return f"{_OF_OUTCOME.get(rest or 'share', human(rest))} {_SHARES[group]}"
        if group == "gap":
            return f"mean gap between the {rest} offers"
        if group == "utility":
            return f"mean utility of {plain(self.titles.parties.get(rest, rest))}"
        if group == "settlements":
            for issue, title in self.titles.issues.items():
                option = rest.removeprefix(f"{issue}.")
                if option != rest and option in self.titles.options[issue]:
                    return f"share of deals with “{option_by(self.titles, issue, option)}” on {plain(title)}"
            issue, _, option = rest.rpartition(".")
            return f"share of deals with {plain(issue)} at {plain(option)}"
        return human(outcome)

    def heading(self, outcome: str) -> str:
        """An outcome measure as the head of a column."""
        group, _, rest = outcome.partition(".")
        return outcome_name(group) if group in _SHARES and rest in ("", "share") else capital(self.measure(outcome))

    def condition(self, limit: Limit) -> str:
        """A condition of a box: "Russia’s value of no deal is at most 0.23"."""
        return f"{self.name(limit.path)} {self.bounds(limit)}"

    def bounds(self, limit: Limit) -> str:
        """What a condition asks of its path: "is at most 0.23"."""
        if limit.words:
            return f"is {either([self._quoted(limit.path, word) for word in limit.words])}"
        low, high = (None if end is None else self.value(limit.path, end) for end in self._ends(limit))
        if low is None:
            return f"is at most {high}"
        if high is None:
            return f"is at least {low}"
        return f"is {low}" if low == high else f"is between {low} and {high}"

    def conditions(self, limits: Sequence[Limit]) -> str:
        """Conditions that hold together."""
        return listed([self.condition(limit) for limit in limits], len(limits))

    def _ends(self, limit: Limit) -> tuple[float | str | None, float | str | None]:
        """The ends of a condition, those of whole numbers as whole numbers."""
        low, high = limit.low, limit.high
        if limit.path in self.whole:
            low = math.ceil(low) if isinstance(low, float) else low
            high = math.floor(high) if isinstance(high, float) else high
        return low, high

    def choice(self, levers: Sequence[str], row: Mapping[str, Any]) -> str:
        """A choice of levers: "the number of days between meetings at 4"."""
        return listed([f"{self.name(lever)} at {self._quoted(lever, row[lever])}" for lever in levers], len(levers))

    def _quoted(self, path: str, value: Any) -> str:
        text = self.value(path, value)
        return f"“{text}”" if isinstance(value, str) and not text[:1].isdigit() else text


def names_of(swept: Sweep) -> Names:
    """The names for a sweep; paths where its scenario cannot be loaded any more."""
    kept, points = swept.manifest, swept.points
    whole = frozenset(path for path in swept.paths if points[path].dtype.is_integer())
    first = [f"{path}={points[path][0]}" for path in swept.paths] if len(points) else []
    for changes in (kept["set"], [*kept["set"], *first]):  # a value that only the sweep gives may be a needed one
        try:
            name = f"{kept['scenario']}.yaml" if kept["scenario"] else ""
            return Names(titles_of(loads(kept["text"], name, changes, allow_code=None, code=())), whole)
        except ScenarioError:
            continue
    return Names(whole=whole)


def names_in(scenario: Scenario) -> Names:
    """The names for a scenario."""
    return Names(titles_of(scenario))


def either(words: Sequence[str]) -> str:
    """Words of which one holds: "a, b or c"."""
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)
