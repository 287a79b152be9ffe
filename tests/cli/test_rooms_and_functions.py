"""A function of the interface and a room of the code may have the same name: `sim.trace` is the function."""

import importlib

import sim


def test_importing_a_room_leaves_the_function_of_its_name_in_place() -> None:
    importlib.import_module("sim.trace.minutes")
    assert callable(sim.trace)
    assert sim.trace(sim.load("price_haggle"), world=3).outcome in ("agreement", "impasse")
