"""The workers: jobs go to the next that is free, and one that died is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Awaitable, Coroutine, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from kg.errors import KgError
from kg.server.limits import Limits
from kg.server.reply import Refusal, Reply
from kg.server.source import Place

T = TypeVar("T")

_SPARE = 5  # seconds beyond its limit after which a worker that did not die of its own is killed
_GRACE = 2  # seconds in which a job may end that nobody waits for any more; then its worker is replaced
_AGAIN = 1  # seconds until a worker that could not start is tried again


class Pool:
    """So many workers, each with the graph of a place."""

    def __init__(self, place: Place, limits: Limits, size: int) -> None:
        """No worker runs before `start`."""
        self._place, self._limits, self._size = place, limits, size
        self._free: asyncio.Queue[_Worker | None] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waiting = 0
        self.held = ""

    async def start(self) -> None:
        """Start all workers; a KgError when the graph cannot be read."""
        found = await asyncio.gather(*(self._add() for _ in range(self._size)), return_exceptions=True)
        for error in filter(None, found):
            raise error

    async def run(self, job: str, given: Mapping[str, Any], gone: Awaitable[object] | None = None) -> Reply:
        """What a worker answers. gone: comes true when nobody waits for the answer any more; the work is then given up.

        A Refusal when too many wait, or the job took too much time or memory.
        """
        work = self._kept(self._work(await self._next(), {"job": job, "given": given}))
        watch = asyncio.ensure_future(gone) if gone else None
        await asyncio.wait([one for one in (work, watch) if one], return_when=asyncio.FIRST_COMPLETED)
        if watch:
            watch.cancel()
        if work.cancelled():
            raise _stopped()
        if work.done():
            return work.result()
        asyncio.get_running_loop().call_later(_GRACE, work.cancel)
        message = "nobody waits for the answer any more"
        raise Refusal(400, message)

    async def close(self) -> None:
        """End all workers at once; who waits for an answer is told so."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(self._waiting):
            self._free.put_nowait(None)
        await asyncio.gather(*(worker.end() for worker in list(self._all)))

    async def _work(self, worker: _Worker, job: Mapping[str, Any]) -> Reply:
        """What a worker answers; afterwards it is free again, or another takes its place."""
        try:
            return await worker.do(job, self._limits.time(job["job"]) + _SPARE)
        finally:
            if worker.idle:
                self._free.put_nowait(worker)
            else:
                self._kept(self._replaced(worker))

    def _kept(self, doing: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """What goes on beside, until it ends or the pool is closed."""
        task = asyncio.create_task(doing)
        self._tasks.add(task)

        def ended(task: asyncio.Task[Any]) -> None:
            self._tasks.discard(task)
            if not task.cancelled():
                task.exception()  # is told to who waits for it, if anybody does

        task.add_done_callback(ended)
        return task

    async def _next(self) -> _Worker:
        if self._free.empty() and self._waiting >= self._limits.waiting:
            message = "too many queries are waiting; try again in a moment"
            raise Refusal(503, message, Retry_After="1")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                worker = await self._free.get()
        except TimeoutError as error:
            message = "no worker was free in time; try again in a moment"
            raise Refusal(503, message, Retry_After="1") from error
        finally:
            self._waiting -= 1
        if worker is None:
            raise _stopped()
        return worker

    async def _add(self) -> None:
        worker = _Worker()
        self._all.add(worker)
        try:
            self.held = await worker.start(self._place, self._limits)
        except BaseException:
            self._all.discard(worker)
            await worker.end()
            raise
        self._free.put_nowait(worker)

    async def _replaced(self, worker: _Worker) -> None:
        await worker.end()
        self._all.discard(worker)
        while True:
            try:
                return await self._add()
            except KgError as error:
                print(error, file=sys.stderr)  # noqa: T201  the server's log
                await asyncio.sleep(_AGAIN)


class _Worker:
    """A process of `kg.server.worker`, and whether it can be given a job."""

    def __init__(self) -> None:
        self.idle = False
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, place: Place, limits: Limits) -> str:
        """How much it holds, once it is ready; a KgError when it cannot be."""
        arguments = (json.dumps(asdict(limits)), *map(str, place))
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            *("-m", "kg.server.worker"),
            *arguments,
            stdin=pipe,
            stdout=pipe,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        reply = await self._reply()
        if reply.status != 200:  # noqa: PLR2004  OK
            raise KgError(reply.body.decode().strip())
        self.idle = True
        return reply.body.decode()

    async def do(self, job: Mapping[str, Any], seconds: float) -> Reply:
        """What it answers; a Refusal when it died of the job, or did not answer in time."""
        self.idle = False
        try:
            async with asyncio.timeout(seconds):
                reply = await self._reply(job)
        except TimeoutError as error:
            raise _too_long() from error
        self.idle = True
        return reply

    async def end(self) -> None:
        """Kill it and wait until it is gone."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def _reply(self, job: Mapping[str, Any] | None = None) -> Reply:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            message = "a worker was asked before it was started"
            raise RuntimeError(message)
        try:
            if job:
                process.stdin.write(json.dumps(job).encode() + b"\n")
                await process.stdin.drain()
            head = json.loads(await process.stdout.readuntil(b"\n"))
            body = await process.stdout.readexactly(head["size"])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            if await process.wait() == -signal.SIGALRM:
                raise _too_long() from error
            message = "the query needs more memory than it may take, or broke the worker that answered it; ask for less"
            raise Refusal(503, message) from error
        return Reply(body, head["media"], head["status"], head["headers"])


def _stopped() -> Refusal:
    return Refusal(503, "the server is being stopped")


def _too_long() -> Refusal:
    return Refusal(504, "the query took more time than it may; make it ask for less: bind the most exact part first, or add LIMIT")
