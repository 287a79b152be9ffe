"""One number, one place: a draw is a function of the seed, the name of the quantity and the world's index.

Uniform numbers come from the counter-based generator Philox 4x64 (Salmon, Moraes, Dror & Shaw, 2011), keyed by a hash
of seed and name, with the world's index as the counter; an inverse distribution function maps them to values. So a
world is the same world whatever block it is drawn in, and two variants of a scenario share their luck.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.scenario.model import Event, Quantity

Worlds = NDArray[np.int64]

_LANES = 4  # numbers in one block of Philox 4x64
_TO_UNIT = 2.0**-53
_UNUSED = np.uint64(11)  # bits of a number that are not in its fraction of 53 bits


def uniforms(seed: int, name: str, worlds: Worlds) -> Floats:
    """Numbers in the open interval (0, 1), one per world.

    Parameters
    ----------
    seed
        Seed of the run.
    name
        Name of the quantity.
    worlds
        Indices of the worlds, shape (worlds,), in any order and with repetitions.

    Returns
    -------
    Shape (worlds,).
    """
    return _Luck(seed, worlds).of(name)


def holds(luck: Floats, probability: Floats) -> Bools:
    """Where something uncertain holds: the inverse distribution function of a yes or no; all of shape (worlds,)."""
    return np.asarray((luck >= 1.0 - probability) & (probability > 0.0))


def happens(event: Event, probability: Floats, seed: int, worlds: Worlds) -> Bools:
    """Where an event happens with this probability; it and the answer have shape (worlds,)."""
    return np.asarray(uniforms(seed, f"events.{event.id}.happens", worlds) < probability)


class _Luck:
    """Uniform numbers of some worlds by name, as `uniforms` gives them."""

    def __init__(self, seed: int, worlds: Worlds) -> None:
        self.seed = seed
        first, last = (int(worlds.min()), int(worlds.max())) if len(worlds) else (0, -1)
        block = first // _LANES
        self.count = last + 1 - block * _LANES
        self.place = worlds - block * _LANES
        self.counter = np.array([block, 0, 0, 0], dtype=np.uint64)
        self.generator = np.random.Philox(key=0)
        self.start = self.generator.state

    def of(self, name: str) -> Floats:
        """Numbers in (0, 1), shape (worlds,)."""
        # Why a hash: a number hangs on its name, not on how many were drawn before it. What breaks it: another spelling
        # of a name, another separator or digest is other luck, and with it other results in every world.
        key = blake2b(f"{self.seed}|{name}".encode(), digest_size=16).digest()
        # A generator set to a key and counter gives what one made with them gives, and sooner.
        self.start["state"] = {"counter": self.counter, "key": np.frombuffer(key, dtype="<u8")}
        self.generator.state = self.start
        raw = self.generator.random_raw(self.count)[self.place]
        raw >>= _UNUSED
        unit = raw.astype(np.float64)
        unit += 0.5
        unit *= _TO_UNIT
        return unit


def draw(
    wanted: Iterable[Quantity],
    seed: int,
    worlds: Worlds,
    given: Mapping[str, Floats] | None = None,
) -> dict[str, Floats]:
    """Values of quantities in worlds, by path, each of shape (worlds,).

    `given` replaces values by path (a design of a sweep); what it holds is taken as it is, rounded where whole.
    """
    given = given or {}
    luck = _Luck(seed, worlds)
    factors: dict[tuple[str, float], Floats] = {}
    values: dict[str, Floats] = {}
    for quantity in wanted:
        if quantity.path in given:
            value = np.broadcast_to(given[quantity.path], worlds.shape)
        elif quantity.certain:
            value = np.full(len(worlds), quantity.parameters[0])
        else:
            unit = luck.of(quantity.path)
            value = from_unit(quantity, _share(quantity, unit, luck, factors) if quantity.shared else unit)
        values[quantity.path] = np.floor(value + 0.5) if quantity.whole else value
    return values


def central(quantity: Quantity) -> float:
    """The central value: the median; of a choice its first."""
    value = quantity.parameters[0] if quantity.kind == "choice" else float(from_unit(quantity, np.array([0.5]))[0])
    return float(np.floor(value + 0.5)) if quantity.whole else value


def from_unit(quantity: Quantity, unit: Floats) -> Floats:
    """Map uniform numbers to values by the inverse distribution function, before any rounding."""
    numbers = quantity.parameters
    match quantity.kind:
        case "fixed":
            return np.full(unit.shape, numbers[0])
        case "uniform":
            return numbers[0] + (numbers[1] - numbers[0]) * unit
        case "plus_minus":
            value = 2.0 * unit
            value -= 1.0
            value *= numbers[1]
            value += numbers[0]
            return np.clip(value, quantity.low, quantity.high, out=value)
        case "choice":
            return np.array(numbers)[(unit * len(numbers)).astype(np.intp)]
        case "triangular":
            return _triangular(numbers, unit)
        case "normal":
            from scipy.special import ndtri

            value = numbers[0] + numbers[1] * np.asarray(ndtri(unit), dtype=np.float64)
            return np.clip(value, quantity.low, quantity.high)
        case "beta":
            from scipy.special import betaincinv

            a, b, low, high = numbers
            return np.asarray(low + (high - low) * betaincinv(a, b, unit), dtype=np.float64)


def _triangular(numbers: tuple[float, ...], unit: Floats) -> Floats:
    low, mode, high = numbers
    width = high - low
    if width == 0.0:
        return np.full(unit.shape, low)
    rising = low + np.sqrt(unit * width * (mode - low))
    falling = high - np.sqrt((1.0 - unit) * width * (high - mode))
    return np.where(unit * width < mode - low, rising, falling)


def _share(quantity: Quantity, unit: Floats, luck: _Luck, factors: dict[tuple[str, float], Floats]) -> Floats:
    """Gaussian copula: own luck mixed with common factors, so that those who share one with r correlate by r."""
    from scipy.special import ndtr, ndtri

    own = 1.0 - sum(r for _, r in quantity.shared)
    mixed: Floats = ndtri(unit)
    mixed *= np.sqrt(max(own, 0.0))
    for name, r in quantity.shared:
        if (name, r) not in factors:
            factors[name, r] = np.sqrt(r) * ndtri(luck.of(f"shared.{name}"))
        mixed += factors[name, r]
    ndtr(mixed, out=mixed)
    return np.clip(mixed, _TO_UNIT / 2, 1.0 - _TO_UNIT / 2, out=mixed)
