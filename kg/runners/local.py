"""Reports built on this machine: one in this process, several in a pool of processes that lives through the death of a worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

from kg.errors import KgError
from kg.runners import Work
from kg.runners.outcome import Outcome


def run(task: Work, paths: Sequence[Path], workers: int | None, scheduler: str) -> Iterator[Outcome]:
    """The outcome of each report, as of `kg.runners.run`."""
    if scheduler:
        message = f"{scheduler}: the engine local has no scheduler; add --engine dask"
        raise KgError(message)
    most = min(workers or len(os.sched_getaffinity(0)), len(paths))
    if most <= 1:
        yield from map(task, paths)
        return
    waiting = list(reversed(paths))
    while waiting:
        # Who killed a worker is one of those that were under way: each of them is tried again, alone.
        for path in (yield from _pooled(task, waiting, most)):
            if (yield from _pooled(task, [path], 1)):
                yield Outcome(path, error=f"{path}: the process that builds it was killed, twice; give it more memory, or leave it out")


def _pooled(task: Work, waiting: list[Path], workers: int) -> Generator[Outcome, None, list[Path]]:
    """The outcomes of the reports that wait, which are taken from the end; return those that were under way when a worker died."""
    # A server that has imported the task forks the workers: quick, and no thread of this process is forked along.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.runners.task"])
    with ProcessPoolExecutor(workers, context, _begin) as pool:
        running: dict[Future[Outcome], Path] = {}
        lost: list[Path] = []
        while True:
            with suppress(BrokenProcessPool):  # of which those under way will tell
                while waiting and len(running) < workers:
                    running[pool.submit(task, waiting[-1])] = waiting[-1]
                    waiting.pop()
            if not running:
                return lost
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                path = running.pop(done)
                if isinstance(done.exception(), BrokenProcessPool):
                    lost.append(path)
                else:
                    yield done.result()


def _begin() -> None:
    """In a worker: leave Ctrl-C to the process that waits for it, and end with that process, even when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
