"""A word about result directories that cannot vouch for themselves."""

from __future__ import annotations

from pathlib import Path

from sim.cli.output import tell


def say_old(*directories: Path) -> None:
    """Say on standard error which of these directories have no checksums."""
    from sim import interface

    for directory in directories:
        if not interface.has_checksums(interface.read_manifest(directory)):
            tell(f"note: {directory} has no checksums (written by an earlier version): damage may go unseen", err=True)
