"""What is done to a command, and what has to hold afterwards."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from faults.commands import COMMANDS, Command, content, environment, prepare, program, start

LONGEST = 300
SIGNALS = ("SIGKILL", "SIGINT", "SIGTERM", "SIGHUP")


@dataclass(slots=True)
class Count:
    """How often a harm was done, and what fell."""

    done: int = 0
    fell: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Bench:
    """A place to work in, and what each command writes there undisturbed and in which time."""

    place: Path
    base: Path
    random: Random
    whole: dict[str, dict[str, bytes]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def fresh(self) -> Path:
        """A new directory with what the commands read."""
        here = self.place / f"{self.random.getrandbits(48):012x}"
        shutil.copytree(self.base, here)
        return here

    def reference(self, command: Command) -> dict[str, bytes]:
        """What a command writes undisturbed."""
        if command.name not in self.whole:
            here, began = self.fresh(), time.monotonic()
            ended = start(here, command)
            said = ended.communicate(timeout=LONGEST)[1]
            assert ended.returncode == 0, said
            self.seconds[command.name] = time.monotonic() - began
            self.whole[command.name] = content(here / command.result)
            shutil.rmtree(here)
        return self.whole[command.name]


def bench(place: Path, seed: int) -> Bench:
    """A place to work in."""
    base = place / "base"
    base.mkdir(parents=True)
    prepare(base)
    return Bench(place, base, Random(seed))


def by_signal(bench: Bench, command: Command, name: str) -> str:
    """Send a signal at a random moment; what fell, in words, or nothing."""
    whole, number = bench.reference(command), getattr(signal, name)
    here = bench.fresh()
    process = start(here, command)
    time.sleep(bench.random.uniform(0, bench.seconds[command.name]))
    process.send_signal(number)
    said = process.communicate(timeout=LONGEST)[1]
    expected = {0, -number} if name == "SIGKILL" else {0, -number, 128 + number}
    young = (
        "Traceback" in said and "/sim/" not in said
    ) or "init_import_site" in said  # before this program's first line
    if process.returncode not in expected and not young:
        return f"exit {process.returncode}: {said[-200:]}"
    return (
        ("" if young else _traceback(said))
        or _rest(here, command, whole, killed=process.returncode < 0 or young)
        or _again(here, command, whole)
    )


def nobody_reads(bench: Bench, command: Command) -> str:
    """Close the pipe that the command prints into."""
    whole, here = bench.reference(command), bench.fresh()
    reading, writing = os.pipe()
    process = start(here, command, stdout=writing)
    os.close(writing)
    os.close(reading)
    said = process.communicate(timeout=LONGEST)[1]
    if process.returncode:
        return f"exit {process.returncode}: {said[-200:]}"
    return _traceback(said) or ("" if content(here / command.result) == whole else "other bytes")


def no_room(bench: Bench, command: Command) -> str:
    """Let no file grow beyond a random size."""
    whole, here = bench.reference(command), bench.fresh()
    before = content(here / command.result) if (here / command.result).exists() else {}
    most = max((len(text) for name, text in whole.items() if before.get(name) != text), default=1)
    room = bench.random.randrange(most)
    process = start(here, command, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    said = process.communicate(timeout=LONGEST)[1]
    if process.returncode not in (1, 2):
        return f"exit {process.returncode} with room for {room}: {said[-200:]}"
    return _traceback(said) or _rest(here, command, whole, killed=False) or _again(here, command, whole)


def no_place(bench: Bench, command: Command) -> str:
    """Take the working directory away before a random moment of the command."""
    bench.reference(command)
    here = bench.fresh()
    process = start(here, command)
    time.sleep(bench.random.uniform(0.2, 1) * bench.seconds[command.name])
    shutil.rmtree(here, ignore_errors=True)
    said = process.communicate(timeout=LONGEST)[1]
    if process.returncode not in (0, 1, 2):
        return f"exit {process.returncode}: {said[-200:]}"
    return _traceback(said)


def two_at_once(bench: Bench, command: Command) -> str:
    """Start the same command twice; one at least writes what it always writes."""
    whole, here = bench.reference(command), bench.fresh()
    both = [start(here, command) for _ in range(2)]
    said = [one.communicate(timeout=LONGEST)[1] for one in both]
    codes = sorted(one.returncode for one in both)
    if codes[0] != 0 or codes[1] not in (0, 1, 2):
        return f"exit {codes}: {said}"
    return "".join(map(_traceback, said)) or _rest(here, command, whole, killed=False, must=True)


def worker_lost(bench: Bench, command: Command) -> str:
    """Kill a worker: a sweep goes on, a run says so; nothing half-written is left."""
    whole, here = bench.reference(command), bench.fresh()
    process = start(here, command)
    until, workers = time.monotonic() + LONGEST, []
    while not workers and process.poll() is None and time.monotonic() < until:
        workers = children(process.pid)
        time.sleep(0.02)
    time.sleep(bench.random.uniform(0, 0.5) * bench.seconds[command.name])
    for worker in workers[:1]:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    said = process.communicate(timeout=LONGEST)[1]
    if process.returncode not in ((0,) if command.name.startswith("sweep") else (0, 1)):
        return f"exit {process.returncode}: {said[-200:]}"
    return _traceback(said) or _rest(here, command, whole, killed=False) or _again(here, command, whole)


def damaged(bench: Bench, command: Command) -> str:
    """Harm a random file of a finished directory: `check` has to see it, and nothing reads it as whole."""
    bench.reference(command)
    here = bench.fresh()
    start(here, command).communicate(timeout=LONGEST)
    result = here / command.result
    path = bench.random.choice(sorted(one for one in result.rglob("*") if one.is_file()))
    text, how = path.read_bytes(), bench.random.choice(("missing", "cut", "flipped"))
    at = bench.random.randrange(len(text))
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(
            text[:at]
            if how == "cut"
            else text[:at] + bytes([text[at] ^ 1 << bench.random.randrange(8)]) + text[at + 1 :]
        )
    said = ""
    for words, codes in ((("check", command.result), (1, 2)), (("report", command.result), (0, 2))):
        ended = subprocess.run(
            program(*words), cwd=here, capture_output=True, text=True, env=environment(), check=False
        )
        if ended.returncode not in codes or (
            words[0] == "check" and ended.returncode == 2 and path.name != "manifest.json"
        ):
            said += f"{words[0]} ends with {ended.returncode} on {path.name} {how} at {at}; "
        said += _traceback(ended.stderr)
    return said


def children(parent: int) -> list[int]:
    """Worker processes of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(state[1]) == parent and b"spawn_main" in line:
                found.append(int(entry.name))
    return found


def _traceback(said: str) -> str:
    return f"traceback: {said[-300:]}" if "Traceback" in said or "Fatal Python" in said else ""


def _rest(here: Path, command: Command, whole: dict[str, bytes], killed: bool, must: bool = False) -> str:
    """What is left: the result whole, or as before, or not there; and no draft unless the program was killed."""
    result = here / command.result
    drafts = [one.name for one in here.rglob("*.partial-*")]
    if drafts and not killed:
        return f"left {drafts}"
    if command.name == "report":
        known = subprocess.run(program("check", "base"), cwd=here, capture_output=True, text=True, env=environment())
        computed = all((result / name).read_bytes() == whole[name] for name in ("worlds.parquet", "rounds.parquet"))
        return "" if computed and "Traceback" not in known.stderr else f"tables are not what they were: {known.stdout}"
    if command.name.startswith("sweep") and not (result / "manifest.json").exists() and not must:
        return ""  # its command goes on with it
    if not result.exists():
        return "no result" if must else ""
    return "" if content(result) == whole else "the result is not whole"


def _again(here: Path, command: Command, whole: dict[str, bytes]) -> str:
    """The same command, undisturbed: the same bytes, and no draft."""
    if command.name == "new" and (here / command.result).exists():
        return ""
    words = (*command.words, *(command.again if (here / command.result).exists() else ()))
    again = subprocess.run(program(*words), cwd=here, capture_output=True, text=True, env=environment(), check=False)
    if again.returncode:
        return f"again: exit {again.returncode}: {again.stderr[-200:]}"
    drafts = [one.name for one in here.rglob("*.partial-*")]
    if drafts:
        return f"again left {drafts}"
    return "" if content(here / command.result) == whole else "again: other bytes"


def harms(command: Command) -> dict[str, object]:
    """What can be done to a command: functions of a bench and the command."""
    found: dict[str, object] = {
        name: (lambda bench, command, name=name: by_signal(bench, command, name)) for name in SIGNALS
    }
    found |= {"SIGPIPE": nobody_reads, "full disk": no_room, "directory gone": no_place}
    if command.name not in ("new",):
        found["two at once"] = two_at_once
    if command.workers:
        found["worker killed"] = worker_lost
    if "trace" not in command.name and command.name != "new" and "convert" not in command.name:
        found["damaged file"] = damaged
    return found


__all__ = ["COMMANDS", "Bench", "Count", "bench", "harms"]
