"""The folders of a store: generations, who reads them, and the one who writes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from kg import files
from kg.errors import StoreError

GENERATIONS, PARTS, INCOMING = "generations", "parts", "incoming"
DATABASE, LEDGER = "database", "ledger"
_CURRENT, _LOCK = "current", "lock"
_PAUSE = 0.05  # seconds between two looks at a lock
Tell = Callable[[str], None]


def current(root: Path) -> str:
    """The name of the generation in force, "" when there is none."""
    try:
        return (root / _CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def generation(root: Path, name: str) -> Path:
    """The folder of a generation."""
    return root / GENERATIONS / name


def part(root: Path, digest: str) -> Path:
    """The file of a part."""
    return root / PARTS / f"{digest}.nq.gz"


@contextmanager
def reading(root: Path) -> Iterator[Path]:
    """The generation in force, held so that no writer clears it away."""
    lock = None
    while lock is None:
        name = current(root)
        if not name:
            message = f"{root}: no store here; make one with kg add REPORT --store {root}"
            raise StoreError(message)
        place = generation(root, name)
        lock = files.hold(place, shared=True)
        # A writer has cleared it away after it put another in force: that one is read. Else it is gone for good.
        if lock is None and name == current(root) and not place.is_dir():
            message = f"{root}: the generation {name} that `current` names is missing; put it back, or add the reports to a new store"
            raise StoreError(message)
    try:
        yield place
    finally:
        os.close(lock)


def database(place: Path, name: str = DATABASE) -> ox.Store:
    """A database of a generation, to be read only."""
    try:
        return ox.Store.read_only(str(place / name))
    except OSError as error:
        message = f"{place / name}: cannot be opened: {error}; add the reports to a new store"
        raise StoreError(message) from error


@contextmanager
def writing(root: Path, who: str, wait: float, tell: Tell) -> Iterator[None]:
    """Hold the store for a change; wait so many seconds for another who holds it, and tell so once."""
    with _errors(root):
        for folder in (root, root / GENERATIONS, root / PARTS):
            folder.mkdir(parents=True, exist_ok=True)
        (root / _LOCK).touch()
        lock = _wait(root, wait, tell)
        try:
            (root / _LOCK).write_text(f"{who} (process {os.getpid()})\n", "utf-8")
            _clear(root)
            yield
        finally:
            with suppress(OSError):
                _clear(root)
            os.close(lock)


@contextmanager
def incoming(root: Path) -> Iterator[Path]:
    """A folder to read reports into before the store is held."""
    with _errors(root):
        (root / INCOMING).mkdir(parents=True, exist_ok=True)
        files.settle(root / INCOMING)
        place, lock = files.working(root / INCOMING)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)


def begin(root: Path) -> Path:
    """A new generation like the one in force. Only for who holds the store."""
    name = current(root)
    old, new = generation(root, name), generation(root, str(int(name or 0) + 1))
    new.mkdir()
    for each in (DATABASE, LEDGER):
        if name:
            database(old, each).backup(str(new / each))
        else:
            ox.Store(str(new / each)).flush()
    return new


def commit(root: Path, new: Path) -> None:
    """Put a generation in force, once the disk has all of it."""
    files.sync(new)
    for folder in (root / PARTS, root / GENERATIONS):
        files.sync_one(folder)
    files.replace(root / _CURRENT, f"{new.name}\n".encode())


def _wait(root: Path, seconds: float, tell: Tell) -> int:
    until, told = time.monotonic() + seconds, False
    while (lock := files.hold(root / _LOCK)) is None:
        holder = (root / _LOCK).read_text("utf-8").strip() or "another process"
        if time.monotonic() > until:
            message = f"{root}: held by {holder} for more than {seconds:g} seconds; try again later, or wait longer with --wait"
            raise StoreError(message)
        if not told:
            tell(f"{root}: waiting for {holder}")
            told = True
        time.sleep(_PAUSE)
    return lock


def _clear(root: Path) -> None:
    """Take away the generations that are not in force and that nobody reads: old ones, and those of who died."""
    files.settle(root)
    for place in (root / GENERATIONS).iterdir():
        if place.name != current(root) and (lock := files.hold(place)) is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)


@contextmanager
def _errors(root: Path) -> Iterator[None]:
    """What the disk refuses, in one line."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error).removeprefix("IO error: ")
        message = f"{root}: cannot be changed: {reason}; the store is as it was"
        raise StoreError(message) from error
