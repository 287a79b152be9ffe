"""Programs that tests start and interrupt."""

from __future__ import annotations

import signal


def hear_ctrl_c() -> None:
    """Let a program hear Ctrl-C also where the tests run in the background, which a shell starts deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
