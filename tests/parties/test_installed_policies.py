"""Policies of an installed package: a real distribution on the path, found by its entry points in a new process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
POINTS = """\
[detente.concession]
halfway = bargaining:halfway
broken = bargaining:nothing
clumsy = bargaining:clumsy
[detente.acceptance]
modest = bargaining:modest
[detente.offering]
kindest = bargaining:kindest
[detente.opponents]
even = bargaining:even
"""
MODULE = """\
import numpy as np
from sim.parties.plugin import Setting, acceptance, concession, offering, opponents

@concession(share=Setting(0, 1, default=0.5), explain=lambda s: "half the way is far enough")
def halfway(situation):
    return situation.between(situation.settings["share"])

@concession
def clumsy(situation):
    return situation.nothing

@acceptance(margin=Setting(0, 1, default=0.1))
def modest(situation, demand):
    return demand - situation.settings["margin"]

@offering
def kindest(choice):
    return np.where(choice.passing, choice.believed, -np.inf).argmax(axis=0)

@opponents
def even(evidence):
    return evidence.values
"""
SCENARIO = """\
format: 1
title: By installed policies
issues: {a: {options: [x, y, z]}, b: {options: [x, y, z]}}
parties:
  A:
    positions: {a: x, b: x}
    salience: {a: 2, b: {uniform: [1, 3]}}
    reservation: 0.1
    concession: {name: halfway, share: 0.4}
    acceptance: {name: modest, margin: {uniform: [0, 0.2]}}
    offering: kindest
    opponents: {learned: even}
  B: {positions: {a: z, b: z}, reservation: 0.1, concession: {name: mix, of: {linear: 1, halfway: 1}}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a distribution is installed, as an installer would leave it."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "bargaining.py").write_text(MODULE)
    info = folder / "bargaining-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bargaining\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    (folder / "own.yaml").write_text(SCENARIO)
    return folder


def detente(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(site), str(ROOT)])
    program = [sys.executable, "-m", "sim", *words]
    return subprocess.run(program, capture_output=True, text=True, cwd=site, env={**os.environ, "PYTHONPATH": paths})


def told(site: Path, *words: str) -> dict[str, Any]:
    ran = detente(site, *words, "--json")
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def test_policies_of_every_kind_play_without_any_more_permission(site: Path) -> None:
    first = told(site, "trace", "own.yaml")["meetings"][0]["rounds"][0]["moves"][0]
    assert "it demands 0.640 now, as half the way is far enough" in first["reason"]
    assert "its policy kindest chooses" in first["reason"]
    here = told(site, "run", "own.yaml", "--worlds", "40", "--no-report")
    there = told(site, "run", "own.yaml", "--worlds", "40", "--no-report", "--workers", "2")
    assert here["outcomes"] == there["outcomes"]
    assert detente(site, "validate", "own.yaml").returncode == 0


def test_what_is_wrong_is_told_with_what_is_installed(site: Path) -> None:
    for change, message in (
        ("A.concession=halfwy", "the concession policy 'halfwy' is not known; did you mean 'halfway'?"),
        ("A.concession.share=2", "expected a number from 0 to 1 for share, found 2"),
        ("A.concession={name: halfway, shar: 0.2}", "unknown setting 'shar' of the concession policy 'halfway'; "),
        ("A.concession=broken", "the installed concession policy 'broken' cannot be loaded: AttributeError"),
        ("A.concession=clumsy", f"{site / 'bargaining.py'}:10:1: the policy 'clumsy' failed: AttributeError"),
        ("A.offering=kindst", "the offering policy 'kindst' is not known; did you mean 'kindest'?"),
        ("A.opponents.learned=evn", "did you mean 'even'?"),
    ):
        ran = detente(site, "trace", "own.yaml", "--set", f"parties.{change}")
        assert ran.returncode == 2
        assert message in ran.stderr
        assert "Traceback" not in ran.stderr
