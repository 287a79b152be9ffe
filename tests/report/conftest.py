"""Pages that several modules look at, drawn once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from report import cases

from sim.report.pages.run import publish

try:
    import fcntl
except ImportError:  # no POSIX: each process draws its own
    fcntl = None  # type: ignore[assignment]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The page of a run of a case and its figures, drawn once for all processes that test; the folder."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-") and fcntl is not None else own

    @cache
    def folder(name: str, worlds: int | None = None) -> Path:
        place = shared / f"page of {name} in {worlds} worlds"
        place.mkdir(exist_ok=True)
        with (place / "lock").open("w") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            if not (place / "drawn").exists():
                publish(place, cases.results(name, worlds))
                (place / "drawn").touch()
        return place

    return folder
