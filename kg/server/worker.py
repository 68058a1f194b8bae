"""A worker: a process that holds the graph, does one job after another, and dies when one takes too long.

Nothing but the end of its process ends a query that runs away. So a job begins with an alarm that, when it is not taken back in time,
makes the system kill the process, whatever it is doing and whoever started it. Jobs come as lines of JSON on the standard input; for each
goes out a line of JSON and, after it, the body.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KgError
from kg.server import source
from kg.server.jobs import job
from kg.server.limits import Limits
from kg.server.reply import Refusal, Reply
from kg.server.source import Source


def main() -> None:
    """Do the jobs that come, until no more can come. Arguments: the limits as JSON, and the place of the graph."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    limits, place = Limits(**json.loads(sys.argv[1])), tuple(map(Path, sys.argv[2:]))
    opened = ExitStack()
    try:
        held = opened.enter_context(source.opened(place))
    except KgError as error:
        _send(out, Refusal(503, str(error)).reply())
        return
    _send(out, Reply(f"{held.size:,} triples".encode()), held.generation)
    _bound(limits.memory)
    for line in sys.stdin.buffer:
        try:
            held = _current(held, opened, place)
            reply = _done(held, limits, json.loads(line))
        except Refusal as refusal:
            reply = refusal.reply()
        except KgError as error:
            reply = Refusal(503, str(error)).reply()
        _send(out, reply, held.generation)


def _current(held: Source, opened: ExitStack, place: source.Place) -> Source:
    """The graph as it is now; what is held is let go only when there is another."""
    if source.generation(place) == held.generation:
        return held
    with ExitStack() as new:
        found = new.enter_context(source.opened(place))
        opened.close()
        opened.push(new.pop_all())
    return found


def _done(held: Source, limits: Limits, asked: Mapping[str, Any]) -> Reply:
    do = job(asked["job"])
    signal.setitimer(signal.ITIMER_REAL, limits.time(asked["job"]))
    try:
        return do(held, limits, **asked["given"])
    except MemoryError as error:
        message = "the answer needs more memory than it may take; ask for less"
        raise Refusal(503, message) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _bound(more: int) -> None:
    """Let the process take no more than so many bytes beyond those it has."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])  # of data
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _send(out: BinaryIO, reply: Reply, generation: str = "") -> None:
    head = {"status": reply.status, "media": reply.media, "headers": dict(reply.headers), "size": len(reply.body)}
    out.write(json.dumps({**head, "generation": generation}).encode() + b"\n" + reply.body)
    out.flush()


if __name__ == "__main__":
    main()
