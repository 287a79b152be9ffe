"""Headless Chromium, spoken to over a pipe (the DevTools protocol): no driver, no port, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def installed() -> str | None:
    """Where Chromium is, if it is."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One browser with one page open; use it as a context.

    Parameters
    ----------
    program
        Chromium's own path.
    profile
        An empty directory for what it keeps.
    """

    def __init__(self, program: str, profile: Path) -> None:
        down, self._write = os.pipe()
        self._read, up = os.pipe()

        def handed() -> None:
            # The browser reads its orders from descriptor 3 and writes its answers to 4.
            keep = os.dup(down), os.dup(up)
            os.dup2(keep[0], 3)
            os.dup2(keep[1], 4)

        self._process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=handed,
            close_fds=False,
        )
        os.close(down)
        os.close(up)
        self._answers = os.fdopen(self._read, "rb")
        self._number, self._left, self._session = 0, b"", None
        self.asked: list[str] = []
        """Addresses that pages asked for, themselves included."""
        self.faults: list[str] = []
        """Errors of their scripts."""
        target = next(one for one in self._ask("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self._ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self._ask(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ask("Browser.close", here=False)
        os.close(self._write)
        self._process.wait(30)
        self._answers.close()

    def open(self, address: str, width: int = 1280, height: int = 900, dark: bool = False, medium: str = "") -> None:
        """Show a page in a window of this size, in light or dark, on the screen or as in print."""
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", media=medium, features=[scheme])
        self._ask("Page.navigate", url=address)
        self._until("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """What a script answers in the page; a promise is waited for."""
        told = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in told:
            raise RuntimeError(json.dumps(told["exceptionDetails"])[:2000])
        return told["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press and let go of a key, by its name and its virtual code."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            self._ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)

    def picture(self, top: float = 0, height: float | None = None, width: int = 1280) -> str:
        """A picture of a part of the page, as PNG in base 64."""
        clip = {} if height is None else {"clip": {"x": 0, "y": top, "width": width, "height": height, "scale": 1}}
        return str(self._ask("Page.captureScreenshot", captureBeyondViewport=True, **clip)["data"])

    def printed(self) -> str:
        """The page as PDF on A4, in base 64."""
        return str(self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def _ask(self, method: str, here: bool = True, **values: Any) -> dict[str, Any]:
        self._number += 1
        order: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if here and self._session:
            order["sessionId"] = self._session
        os.write(self._write, json.dumps(order).encode() + b"\0")
        while (told := self._next()).get("id") != self._number:
            pass
        if "error" in told:
            raise RuntimeError(f"{method}: {told['error']}")
        return dict(told["result"])

    def _until(self, event: str) -> None:
        while self._next().get("method") != event:
            pass

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = os.read(self._read, 1 << 16)
            if not more:
                raise RuntimeError("Chromium has closed")
            self._left += more
        one, self._left = self._left.split(b"\0", 1)
        told: dict[str, Any] = json.loads(one)
        if told.get("method") == "Network.requestWillBeSent":
            self.asked.append(told["params"]["request"]["url"])
        if told.get("method") == "Runtime.exceptionThrown":
            self.faults.append(str(told["params"]["exceptionDetails"].get("text")))
        return told
