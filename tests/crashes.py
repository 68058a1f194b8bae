"""Commands that are killed at random moments, and what they leave behind: the state before or the state after, whole."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing as mp
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
import ten_reports as ten

from kg import files, store
from kg.cli import kg
from kg.store import folders

_FORMATS = {"build": ("ttl", "trig", "nq", "issues.jsonl"), "export": ("nquads", "ntriples", "turtle")}
_COMMANDS = ("add", "remove", "list", "build", "export")
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FIRST = (*(f"kg.cli.{name}" for name in _COMMANDS), "kg.writers", "kg.exports.nquads", "warmed", "crashes")


@cache
def forks() -> ForkServerContext:
    """Processes forked from one that has imported all and opened nothing: they begin at once, and a fork with open stores would hang."""
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(list(_FIRST))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # else it does not find the modules of the tests
        forkserver.ensure_running()
    return context


@dataclass(frozen=True)
class Case:
    """Two commands, each of which leads from one state to the other; `state` tells, by what a reader sees, which it is."""

    name: str
    there: tuple[str, ...]
    back: tuple[str, ...]
    state: Callable[[], str]


def run(words: Sequence[str], steps: ctypes.c_int, last: int = 0) -> None:
    """A command in this process, without its output. steps: counts what it does to the disk; it is killed before the last."""

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES):
            steps.value += 1
            if steps.value == last:
                os.kill(os.getpid(), signal.SIGKILL)

    with Path(os.devnull).open("w", encoding="utf-8") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        sys.addaudithook(count)
        kg(list(words), standalone_mode=False)


@dataclass(frozen=True)
class Ended:
    """How a command ended: how long it took and what it did to the disk, in seconds and in steps; killed: whether it was."""

    seconds: float
    steps: int
    killed: bool


def ended(words: Sequence[str], after: float = 600, last: int = 0) -> Ended:
    """Run a command in a process of its own, to be killed so many seconds later or before that step at the disk, unless it has ended."""
    steps = forks().RawValue(ctypes.c_int)
    process = forks().Process(target=run, args=(words, steps, last))
    begun = time.monotonic()
    process.start()
    process.join(after)
    process.kill()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}, words
    return Ended(time.monotonic() - begun, steps.value, process.exitcode != 0)


def of_store(root: Path) -> str:
    """A store's state: its reports and all that it says."""
    with store.open(root) as opened:
        listed = "\n".join([*map(str, opened.reports), *map(str, opened.decisions), *sorted(map(str, opened.database))])
    return hashlib.sha256(listed.encode()).hexdigest()


def of_files(folder: Path) -> str:
    """The state of a folder's files, as a command of kg finds them."""
    files.settle(folder)
    each = (f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(folder.iterdir()) if path.is_file())
    return "\n".join(each)


def cases(folder: Path) -> Iterator[Case]:
    """`add` and `remove` on one store, `build` of two versions of a report, `export` of two stores."""
    root, parts = folder / "store", folder / "parts"
    parts.mkdir()
    for name in ("r-01", "r-02", "r-03", "r-04"):
        (parts / f"{name}.nq").write_bytes(ten.part(name))
    some = [f"{parts}/{name}.nq" for name in ("r-03", "r-04", "r-01")]
    ten.add(root, "r-02")
    at = ("--store", f"{root}")
    yield Case("add, remove", ("add", *some, *at), ("remove", "r-03", "r-04", "r-01", *at), lambda: of_store(root))
    versions, out = [folder / "one", folder / "two"], folder / "built"
    for version, text in zip(versions, (ten.TEXTS["r-01"], ten.CHANGED), strict=True):
        version.mkdir()
        ten.write(version, ["r-01"], text)
    as_ = [word for form in _FORMATS["build"] for word in ("-f", form)]
    builds = [("build", f"{version}/r-01.txt", "-o", f"{out}", *as_) for version in versions]
    yield Case("build", builds[0], builds[1], lambda: of_files(out))
    stores, out2 = [folder / "first", folder / "second"], folder / "exported"
    ten.add(stores[0], "r-01", "r-02")
    ten.add(stores[1], "r-01", "r-02", "r-03")
    as_ = [word for form in _FORMATS["export"] for word in ("-f", form)]
    exports = [("export", *as_, "--graph", f"{each}", "-o", f"{out2}") for each in stores]
    yield Case("export", exports[0], exports[1], lambda: of_files(out2))


def killed(case: Case, times: int, chance: random.Random) -> dict[str, int]:
    """Kill a case's commands so many times; how often that left the state before or after, or came too late. Anything else fails.

    Every other time it is at a random moment, else before a random step at the disk: those lie close together.
    """
    ended(case.there)  # the first one waits for all imports: with these in the span the kills would come too late
    there = case.state()
    ended(case.back)
    states = {case.state(): case.there, there: case.back}
    usual = {words: ended(words) for words in states.values()}
    counted = dict.fromkeys(("before", "after", "too late"), 0)
    while (number := counted["before"] + counted["after"]) < times:
        before = case.state()
        words = states[before]
        moment = {"last": chance.randint(1, usual[words].steps)} if number % 2 else {"after": chance.uniform(0, usual[words].seconds)}
        end = ended(words, **moment)
        after = case.state()
        assert after in states, f"{case.name}: a mixture"
        counted["too late" if not end.killed else "before" if after == before else "after"] += 1
    return counted


def clean(folder: Path, root: Path) -> list[str]:
    """What lies about in the folders after one more change of the store."""
    ten.put(root, [("r-05", ten.part("r-05"))])
    kept = {folders.generation(root, folders.current(root))}
    about = [path for path in (root / folders.GENERATIONS).iterdir() if path not in kept]
    with store.open(root) as opened:
        listed = {folders.part(root, row.part) for row in opened.reports}
    about += [path for path in (root / folders.PARTS).iterdir() if path not in listed]
    return [str(path.relative_to(folder)) for path in (*about, *folder.rglob(".kg-*"))]
