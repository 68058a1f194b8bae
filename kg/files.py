"""Files put in place at one stroke, one or several together, so that nobody reads half of a change.

    folder/.kg-x1y2/        new files are written here, whole and flushed to the disk; their writer holds a lock on it
    folder/.kg-x1y2/.all    "all are here": from now on the change takes place, whoever ends it
    folder/a.ttl            … and each is renamed to its place

Who dies on the way leaves such a folder without a lock. `settle`, which all writing and reading of a folder begins with, ends the
change if `.all` is in it, and throws it away if not: nobody has anything to clean up.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import KgError

_PREFIX, _ALL = ".kg-", ".all"
Put = Callable[[str, bytes], Path]


def replace(path: Path, content: bytes) -> None:
    """Put a file in place at one stroke; its folder is made where there is none. A KgError when it cannot be written.

    A link, a pipe or a device such as /dev/stdout stays what it is, and is written to.
    """
    with change(path.parent) as put:
        put(path.name, content)


@contextmanager
def change(folder: Path) -> Iterator[Put]:
    """Files of a folder that change together: `put(name, content)` writes one; they stand in place when the block ends without an error."""
    mine: list[tuple[Path, int]] = []
    at = folder

    def put(name: str, content: bytes) -> Path:
        nonlocal at
        at = target = folder / name
        if target.is_symlink() or (target.exists() and not target.is_file()):
            target.write_bytes(content)
            return target
        if not mine:
            folder.mkdir(parents=True, exist_ok=True)
            settle(folder)
            mine.append(working(folder))
        written = mine[0][0] / name
        written.parent.mkdir(parents=True, exist_ok=True)
        write(written, content)
        return target

    try:
        try:
            yield put
            if mine:
                _commit(folder, mine[0][0])
        finally:
            for place, lock in mine:
                if not (place / _ALL).exists():
                    shutil.rmtree(place, ignore_errors=True)
                os.close(lock)
    except OSError as error:
        message = f"{at}: cannot be written: {error.strerror or error}; give another place with -o"
        raise KgError(message) from error


def settle(folder: Path) -> None:
    """End, or throw away, what processes that died have left half done in a folder; one that cannot be written to stays as it is."""
    if not any(name.startswith(_PREFIX) for name in _names(folder)):
        return
    with suppress(OSError), held(folder):
        for name in _names(folder):
            place = folder / name
            lock = hold(place) if name.startswith(_PREFIX) and place.is_dir() else None
            if lock is not None:
                try:
                    _end(place, folder)
                finally:
                    os.close(lock)


def _end(place: Path, folder: Path) -> None:
    if (place / _ALL).exists():
        _move(place, folder)
    shutil.rmtree(place, ignore_errors=True)


def working(folder: Path) -> tuple[Path, int]:
    """A new folder inside this one to work in, and the lock that tells others that its maker lives."""
    with held(folder):
        place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        lock = hold(place)
    if lock is None:
        raise BlockingIOError(0, "is held by another process", str(place))
    return place, lock


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Wait until the disk has all files of a folder and of the folders in it, and their names."""
    for place in (*sorted(folder.rglob("*")), folder):
        sync_one(place)


def sync_one(place: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hold(place: Path, *, shared: bool = False) -> int | None:
    """A lock on a file or folder, None where another process holds one or the place is gone; closing the descriptor lets it go."""
    try:
        lock = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        same = os.path.samestat(os.fstat(lock), place.stat())
    except (BlockingIOError, FileNotFoundError):
        same = False
    if same:
        return lock
    os.close(lock)
    return None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """For a moment nobody else begins, ends or clears a change in this folder."""
    lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _commit(folder: Path, place: Path) -> None:
    with held(folder):
        sync(place)
        write(place / _ALL, b"")
        sync(place)
        _move(place, folder)


def _move(place: Path, folder: Path) -> None:
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.name != _ALL:
            target = folder / path.relative_to(place)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            sync_one(target.parent)
    (place / _ALL).unlink(missing_ok=True)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
