"""Reports built on a cluster of dask.distributed: one that has an address, or workers started on this machine.

The workers need the same report-kg, and the folders of the reports and of the output at the same paths as here.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import distributed

from kg import fingerprints
from kg.errors import KgError
from kg.runners import Work
from kg.runners.outcome import Outcome

_WAIT = 30  # seconds, for the scheduler and for its first worker
_TURN = threading.Lock()


def run(task: Work, paths: Sequence[Path], workers: int | None, scheduler: str) -> Iterator[Outcome]:
    """The outcome of each report, as of `kg.runners.run`."""
    with _connected(scheduler, workers) if scheduler else _started(workers) as client:
        _require_same(client, scheduler)
        killed: list[Path] = []
        for path, future in _ended(client, task, paths):
            if _killed(future):
                killed.append(path)
            else:
                yield _outcome(path, future)
        # Those that only waited for a worker that was killed are blamed as well: each is tried again, alone.
        for one in killed:
            for path, future in _ended(client, task, [one]):
                yield _outcome(path, future)


def _ended(client: distributed.Client, task: Work, paths: Sequence[Path]) -> Iterator[tuple[Path, distributed.Future[Outcome]]]:
    """The reports, each when its task has ended, well or not."""
    # Not pure: what is built is files, which the cluster does not remember.
    futures = {client.submit(_in_turn, task, path, pure=False): path for path in paths}
    for future in distributed.as_completed(list(futures)):
        yield futures.pop(future), future


def _connected(scheduler: str, workers: int | None) -> distributed.Client:
    """A client of the cluster at an address."""
    if workers:
        message = f"--workers {workers}: the scheduler knows its workers; leave it out"
        raise KgError(message)
    try:
        address = urlsplit(scheduler)
        if not address.hostname or not address.port:
            message = f"{scheduler}: not the address of a scheduler; write tcp://host:8786"
            raise KgError(message)
        # The client would try again and again, and tell of it long after it was given up.
        socket.create_connection((address.hostname, address.port), _WAIT).close()
        return distributed.Client(scheduler, timeout=_WAIT)
    except (OSError, ValueError) as error:
        message = f"{scheduler}: no scheduler answers ({error}); start one with dask scheduler, or mend the address"
        raise KgError(message) from error


def _started(workers: int | None) -> distributed.Client:
    """A client of workers on this machine, which end with it."""
    return distributed.Client(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs="CRITICAL")


def _require_same(client: distributed.Client, scheduler: str) -> None:
    """Raise a KgError unless there are workers, and all of them have the rules of this machine."""
    try:
        client.wait_for_workers(1, timeout=_WAIT)
        rules = client.run(fingerprints.rules)
    except TimeoutError as error:
        message = f"{scheduler}: the scheduler has no worker; start some with dask worker {scheduler} --nthreads 1"
        raise KgError(message) from error
    except ImportError as error:
        message = f"{scheduler}: a worker cannot import report-kg: {error}; install it there"
        raise KgError(message) from error
    if others := [worker for worker, found in sorted(rules.items()) if found != fingerprints.rules()]:
        message = f"{others[0]}: this worker has another report-kg than this machine; install the same on all"
        raise KgError(message)


def _in_turn(task: Work, path: Path) -> Outcome:
    """The outcome of a report, one at a time in each worker, however many threads it has: threads would only wait for each other."""
    with _TURN:
        return task(path)


def _killed(future: distributed.Future[Outcome]) -> bool:
    return isinstance(future.exception(), distributed.KilledWorker)


def _outcome(path: Path, future: distributed.Future[Outcome]) -> Outcome:
    """What a task told, or why it told nothing, for it never fails by itself."""
    if future.status == "finished":
        return future.result()
    if _killed(future):
        return Outcome(path, error=f"{path}: the worker that builds it was killed, again and again; give it more memory, or leave it out")
    return Outcome(path, error=f"{path}: the cluster has lost it ({future.status}); see that the scheduler runs, and build it again")
