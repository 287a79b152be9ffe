"""What those who ratify a deal ask of it, in one world; their luck is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.game import Game
from sim.arrays.kinds import Bools, Floats
from sim.scenario.model import Ratification, Scenario
from sim.worlds.draws import central


@dataclass(frozen=True, slots=True)
class Home:
    """Those who ratify for a side or a party.

    Attributes
    ----------
    parties
        Indices of the parties for which they do.
    worth
        Worth of an option to them, the parties' mean by weight, shape (issues, options).
    least
        What a deal must be worth to them, -inf where they ask for nothing.
    red
        Options that they never ratify, shape (issues, options).
    joint
        What bonuses are worth to them, as rows of a game have it after its issues, shape (bonuses, options).
    id
        Of the side or party.
    """

    parties: tuple[int, ...]
    worth: Floats
    least: float
    red: Bools
    joint: Floats
    id: str = ""

    @property
    def asks(self) -> bool:
        """Whether it asks for anything but luck."""
        return bool(np.isfinite(self.least) or self.red.any())


def homes(scenario: Scenario, game: Game) -> tuple[Home, ...]:
    """Everybody who ratifies, with thresholds at their central values."""
    return tuple(replace(_home(terms, parties, game), id=name) for name, terms, parties in _asked(scenario))


def _asked(scenario: Scenario) -> Iterator[tuple[str, Ratification, tuple[int, ...]]]:
    for side in scenario.sides:
        if side.ratification is not None:
            yield side.id, side.ratification, side.members
    for p, party in enumerate(scenario.parties):
        if party.ratification is not None:
            yield party.id, party.ratification, (p,)


def _home(terms: Ratification, parties: tuple[int, ...], game: Game) -> Home:
    at = list(parties)
    weight = np.maximum(game.weight[at], 0.0)
    weight = weight / weight.sum() if weight.sum() > 0.0 else np.full(len(at), 1.0 / len(at))
    worth = np.asarray(np.einsum("p,pjk->jk", weight, game.worth[at]))
    red = np.zeros((game.issues, game.exists.shape[1]), dtype=bool)
    for issue, option in terms.red_lines:
        red[issue, option] = True
    least = -np.inf
    if terms.threshold is not None:
        least = central(terms.threshold.amount)
        if terms.threshold.status_quo:
            least += float(worth[np.arange(game.issues), game.status_quo].sum())
            if game.joint is not None:
                least += float(worth[game.issues :, 1] @ game.joint.holds(game.status_quo[:, None])[:, 0])
    return Home(parties, worth[: game.issues], least, red, worth[game.issues :])
