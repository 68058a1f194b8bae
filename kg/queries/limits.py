"""Questions within limits: a worker process opens a source and is killed when a question takes too long or too much memory.

An engine cannot be interrupted in the middle of a query, a process can. `Worker` serves one question (`kg query`) or many
(a server, with as many workers as it has processors); the next question after a stop gets a fresh process. The worker is a fork
where it can be, which costs a few milliseconds, else a new Python.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from kg.errors import QueryError

Opened = TypeVar("Opened")
Done = TypeVar("Done")
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one question: seconds of clock time, and megabytes that source and question take together."""

    seconds: float = 60
    megabytes: int = 4_000


class Worker(Generic[Opened]):
    """A process that opens a source by `opened` and does one piece of work after the other with it, each within the limits.

    `opened` and each work must be functions that can be pickled. sealed: no file or connection can be opened during the work, so
    that even a query that could reach out does not; not for a source that is itself a connection. A context manager.
    """

    def __init__(self, opened: Callable[[], Opened], limits: Limits, *, sealed: bool = True) -> None:
        """Nothing is started before the first work."""
        self._opened, self._limits, self._sealed = opened, limits, sealed
        self._running: tuple[BaseProcess, Connection] | None = None

    def run(self, where: str, work: Callable[[Opened], Done]) -> Done:
        """What the work gives; a QueryError when a limit stops it, and whatever it or the opening of the source raises.

        where: what asks, for messages.
        """
        process, pipe = self._running or self._start(where)
        pipe.send(work)
        if not pipe.poll(self._limits.seconds):
            self.close()
            message = f"{where}: stopped after {self._limits.seconds:g} seconds; narrow the question, or allow more time"
            raise QueryError(message)
        done: Done = self._received(where, process, pipe)
        return done

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._running:
            process, pipe = self._running
            self._running = None
            process.kill()
            process.join()
            pipe.close()

    def __enter__(self) -> Self:
        """The worker itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the process."""
        self.close()

    def _start(self, where: str) -> tuple[BaseProcess, Connection]:
        context: Any = multiprocessing.get_context("fork" if _threads() == 1 else "spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(self._opened, self._limits, self._sealed, theirs, ours), daemon=True)
        process.start()
        theirs.close()
        self._running = process, ours
        self._received(where, process, ours)  # that the source is open; loading a file has no limit of time
        return self._running

    def _received(self, where: str, process: BaseProcess, pipe: Connection) -> Any:  # noqa: ANN401  what comes out of a pipe has no type
        try:
            found = pipe.recv()
        except (EOFError, ConnectionError) as error:
            process.join()
            self.close()
            message = f"{where}: stopped: it takes more than {self._limits.megabytes:,} MB of memory, or is nested too deep; narrow it"
            raise QueryError(message) from error
        if isinstance(found, Exception):
            raise found
        return found


def _threads() -> int:
    """How many threads this process has: only with one can it be forked safely."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else 2


def _serve(opened: Callable[[], Opened], limits: Limits, sealed: bool, pipe: Connection, other: Connection) -> None:  # noqa: FBT001
    """The worker: tell that the source is open, then answer until the other end is closed, also by the death of who holds it."""
    other.close()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # when memory is out Rust says so on stderr; here the other end tells
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_size() + limits.megabytes * _MB, resource.RLIM_INFINITY))
    source = _done(opened)
    pipe.send(source if isinstance(source, Exception) else None)
    while not isinstance(source, Exception):
        try:
            work = pipe.recv()
        except EOFError:
            return
        # Of clock time the other end keeps count; this ends the work when that end is no more.
        used = math.ceil(sum(os.times()[:2]) + limits.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (used + 1, resource.RLIM_INFINITY))
        files = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0 if sealed else files[0], files[1]))
        found = _done(partial(work, source))
        resource.setrlimit(resource.RLIMIT_NOFILE, files)
        pipe.send(found)


def _done(work: Callable[[], Done]) -> Done | Exception:
    """What the work gives, or why there is nothing."""
    try:
        return work()
    except MemoryError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001  the other end raises it
        return error


def _size() -> int:
    """Bytes of address space that the process has already."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
