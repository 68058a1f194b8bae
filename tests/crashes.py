"""Commands that are killed at random moments, and what they leave behind: the state before or the state after, whole."""

from __future__ import annotations

import hashlib
import multiprocessing as mp
import os
import random
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


def run(words: Sequence[str]) -> None:
    """A command in this process, without its output."""
    with Path(os.devnull).open("w", encoding="utf-8") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        kg(list(words), standalone_mode=False)


def ended(words: Sequence[str], after: float = 600) -> float | None:
    """Run a command in a process of its own and kill it so many seconds later; the seconds it took, None if it was killed."""
    process = forks().Process(target=run, args=(words,))
    begun = time.monotonic()
    process.start()
    process.join(after)
    if process.exitcode is None:
        process.kill()
        process.join()
        return None
    assert process.exitcode == 0, words
    return time.monotonic() - begun


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
    """Kill a case's commands so many times; how often that left the state before or after, or came too late. Anything else fails."""
    took = ended(case.there) or 0
    there = case.state()
    took = max(took, ended(case.back) or 0)
    states = {case.state(): case.there, there: case.back}
    counted = dict.fromkeys(("before", "after", "too late"), 0)
    while counted["before"] + counted["after"] < times:
        before = case.state()
        late = ended(states[before], chance.uniform(0, took)) is not None
        after = case.state()
        assert after in states, f"{case.name}: a mixture"
        counted["too late" if late else "before" if after == before else "after"] += 1
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
