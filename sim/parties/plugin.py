"""Policies of users: decorators that make a function a policy of its kind.

    from sim.parties.plugin import Setting, concession, per_world

    @concession(share=Setting(0, 1, default=0.5))
    def half_way(situation):
        return situation.between(situation.settings["share"])

A scenario names it in a file, ``concession: {name: my_policies.py:half_way, share: 0.3}``, or, from a package with an
entry point in the group ``detente.concession``, by the entry point's name. `docs/how-to/write-a-policy.md` shows all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import numpy as np

from sim.parties.offering import Choice
from sim.parties.opponents import Evidence
from sim.parties.situation import Ints, Situation
from sim.scenario.model import Code
from sim.scenario.plugins import failure
from sim.scenario.policies import Setting
from sim.worlds.draws import Floats

__all__ = ["Choice", "Evidence", "Setting", "Situation", "View", "acceptance", "concession", "offering", "opponents"]
__all__ += ["per_world"]


@dataclass(frozen=True, slots=True)
class Made:
    """A user's function made a policy of a kind; `settings` are its numeric settings or their defaults."""

    kind: str
    function: Callable[..., Any]
    settings: Mapping[str, Setting | float] = field(default_factory=dict)
    reacts: bool = True
    explain: Callable[[Situation], str] | None = None

    def demand(self, situation: Situation, name: str, code: Sequence[Code]) -> Floats:
        """What a concession policy demands, kept between reservation value and best; (parties, worlds)."""
        shape = situation.reservation.shape
        return situation.within(_called(self.function, (situation,), name, code, shape))

    def phrase(self, situation: Situation, shown: str) -> str:
        """Why it demands that, by its own words or its name and settings."""
        if self.explain is not None:
            return self.explain(situation)
        settings = ", ".join(f"{key} {float(values[0, 0]):g}" for key, values in situation.settings.items())
        return f"its policy {shown} says" + (f" ({settings})" if settings else "")

    def threshold(self, situation: Situation, demand: Floats, name: str, code: Sequence[Code]) -> Floats:
        """From what worth on an acceptance condition is for an offer; (parties, worlds)."""
        return _called(self.function, (situation, demand), name, code, demand.shape)

    def choose(self, choice: Choice, name: str, code: Sequence[Code]) -> Ints:
        """The package that an offering policy puts; (worlds,)."""
        chosen = _called(self.function, (choice,), name, code, choice.passing.shape[1:])
        return np.clip(chosen, 0, len(choice.passing) - 1).astype(np.intp)

    def believe(self, evidence: Evidence, name: str, code: Sequence[Code]) -> Floats:
        """What an opponent model believes each option is worth to the other side; (issues, options, worlds)."""
        return _called(self.function, (evidence,), name, code, evidence.values.shape)


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


@dataclass(frozen=True, slots=True)
class View:
    """The situation of one party in one world, in plain numbers; as in `Situation` and `History`.

    `own` and `received` list the utility to the party of its side's and of the others' latest offers, the latest first.
    """

    time: float
    round: int
    rounds_left: int
    meetings: int
    meetings_left: int
    best: float
    worst: float
    reservation: float
    patience: float
    last: float
    own: list[float]
    received: list[float]
    own_packages: int
    others_packages: int
    settings: dict[str, float]


def per_world(function: Callable[..., float]) -> Callable[..., Floats]:
    """Let a function of one `View` (and, for an acceptance condition, a demand) stand for one over arrays.

    It is called once for every party and world, so it is some hundred times slower than one that works on arrays.
    """

    @wraps(function)
    def over_arrays(situation: Situation, *more: Floats) -> Floats:
        result = np.empty(situation.reservation.shape)
        for p, w in np.ndindex(result.shape):
            result[p, w] = function(_view(situation, p, w), *(float(one[p, w]) for one in more))
        return result

    return over_arrays


def _view(situation: Situation, p: int, w: int) -> View:
    seen = situation.seen

    def listed(values: Floats) -> list[float]:
        return [float(one) for one in values[:, p, w] if not np.isnan(one)]

    return View(
        time=float(situation.time[w]),
        round=situation.round,
        rounds_left=int(situation.rounds_left[w]),
        meetings=int(situation.meetings[w]),
        meetings_left=int(situation.meetings_left[w]),
        best=float(situation.best[p, w]),
        worst=float(situation.worst[p, w]),
        reservation=float(situation.reservation[p, w]),
        patience=float(situation.patience[p, w]),
        last=float(situation.last[p, w]),
        own=listed(seen.own),
        received=listed(seen.received),
        own_packages=int(seen.own_packages[p, w]),
        others_packages=int(seen.others_packages[p, w]),
        settings={key: float(values[p, w]) for key, values in situation.settings.items()},
    )


def _called(
    function: Callable[..., Any], arguments: tuple[Any, ...], name: str, code: Sequence[Code], shape: tuple[int, ...]
) -> Floats:
    """Call a user's function; whatever goes wrong in it, and an answer of the wrong kind, is told as its mistake."""
    try:
        result = np.asarray(function(*arguments), dtype=np.float64)
        if np.isnan(result).any():
            raise ValueError("it answers nan")
        return np.array(np.broadcast_to(result, shape))
    except Exception as error:
        raise failure(error, name, code) from error
