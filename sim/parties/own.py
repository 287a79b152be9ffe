"""Policies of users as they are called: what they answer, and what is said where they fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import unwrap
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats, Ints
from sim.parties.choice import Choice
from sim.parties.evidence import Evidence
from sim.parties.one_world import per_world
from sim.policies.setting import Setting
from sim.policies.situation import Situation
from sim.scenario.model import Code
from sim.scenario.plugins import failure, policy


@dataclass(frozen=True, slots=True)
class Made:
    """A user's function made a policy of a kind; `settings` are its numeric settings or their defaults."""

    kind: str
    function: Callable[..., Any]
    settings: Mapping[str, Setting | float] = field(default_factory=dict)
    reacts: bool = True
    explain: Callable[[Situation], str] | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """A user's policy under the name that a scenario gives it.

    `code` holds the files of users' policies; `hint` is said where it fails.
    """

    made: Made
    name: str
    code: Sequence[Code] = ()
    hint: str = ""

    def demand(self, situation: Situation) -> Floats:
        """What a concession policy demands, kept between reservation value and best; (parties, worlds)."""
        return situation.within(self._called(situation.reservation.shape, situation))

    def phrase(self, situation: Situation, _demand: float) -> str:
        """Why it demands that, by its own words or its name and settings."""
        if self.made.explain is not None:
            try:
                return str(self.made.explain(situation))
            except (Exception, SystemExit) as error:
                raise self._failure(error) from error
        shown = self.name.rpartition(":")[2]
        settings = ", ".join(f"{key} {float(values[0, 0]):.3g}" for key, values in situation.settings.items())
        return f"its policy {shown} says" + (f" ({settings})" if settings else "")

    def threshold(self, situation: Situation, demand: Floats) -> Floats:
        """From what worth on an acceptance condition is for an offer; (parties, worlds)."""
        return self._called(demand.shape, situation, demand)

    def choose(self, choice: Choice) -> Ints:
        """The package that an offering policy puts, one of those that its side would sign now; (worlds,)."""
        passing = choice.passing
        chosen = self._called(passing.shape[1:], choice)
        place = np.clip(chosen, 0, len(passing) - 1).astype(np.intp)
        fits = (place == chosen) & np.take_along_axis(passing, place[None], axis=0)[0]
        if (passing.any(axis=0) & ~fits).any():
            raise self._failure(ValueError("it chose what is no package that its side would sign now"))
        return place

    def believe(self, evidence: Evidence) -> Floats:
        """What an opponent model believes each option is worth to the other side; (issues, options, worlds)."""
        return self._called(evidence.values.shape, evidence)

    def _called(self, shape: tuple[int, ...], *arguments: Any) -> Floats:
        """What the function answers; whatever goes wrong, and an answer of the wrong kind, is told as its mistake."""
        try:
            result = np.asarray(self.made.function(*arguments), dtype=np.float64)
            if np.isnan(result).any():
                raise ValueError("it answers nan")
            return np.array(np.broadcast_to(result, shape))
        except (Exception, SystemExit) as error:
            raise self._failure(error) from error

    def _failure(self, error: BaseException) -> Exception:
        return failure(error, self.name, self.code, unwrap(self.made.function), self.hint)


def own(kind: str, name: str, code: Sequence[Code] = ()) -> Own:
    """A user's policy of this kind and name; a function without a decorator looks at one world at a time."""
    found = policy(kind, name, code)
    if not isinstance(found, Made):
        return Own(Made(kind, per_world(found)), name, code, "without a decorator it is called world by world")
    blind = "" if found.reacts else "with reacts=False it knows only time, best, reservation and settings"
    return Own(found, name, code, blind)
