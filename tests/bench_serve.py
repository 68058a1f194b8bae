"""How many requests `kg serve` answers, how soon, and what memory it takes: `make bench-serve`.

Clients on loopback ask questions of queries/, pages of things, the explorer, wrong queries and queries without end, all mixed.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from serving import FOREVER, Served, served

from kg import queries

_QUESTIONS = ("partners", "countries", "evidence", "funding", "links", "sums")
_MIB = 1 << 20
HEADERS = {"Accept": "text/html, */*;q=0.5"}


@dataclass
class Load:
    """What clients met: answers by status, seconds by kind of request, and bytes of the server and its largest worker, before and after."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    server: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    lasted: float = 0.0

    def note(self, kind: str, status: int, seconds: float) -> None:
        """Note an answer."""
        self.statuses[kind, status] += 1
        self.seconds.setdefault(kind, []).append(seconds)


def requests(things: Sequence[str], *, endless: bool) -> Iterator[tuple[str, str, int]]:
    """Kind, path and the status that is due, again and again."""
    number = 0
    while True:
        name = _QUESTIONS[number % len(_QUESTIONS)]
        # A remark that nobody wrote before, so that every query is asked anew.
        yield "query", _asking(f"# {number}\n{queries.question(name).text}"), 200
        yield "thing", f"/id/{quote(things[number % len(things)])}", 200
        if number % 5 == 0:
            yield "wrong", _asking(f"SELECT {number}"), 400
            yield "page", ("/", "/sparql", "/explore", "/ontology")[number // 5 % 4], 200
        if endless and number % 40 == 0:
            yield "endless", _asking(FOREVER), 504
        number += 1


def run(server: Served, things: Sequence[str], clients: int, each: int, *, endless: bool = True) -> Load:
    """The load of so many clients that make so many requests each, one after another; an AssertionError when an answer is not as is due."""
    load = Load()
    place = urlsplit(server.url)
    _measure(server, load)

    def client(first: int) -> None:
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        kinds = requests([*things[first:], *things[:first]], endless=endless and first == 0)
        for _, (kind, path, due) in zip(range(each), kinds, strict=False):
            begun = time.perf_counter()
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            body = answer.read()
            load.note(kind, answer.status, time.perf_counter() - begun)
            assert answer.status == due, (kind, path, answer.status, body[:200])
        connection.close()

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(client, range(clients)))
    load.lasted = time.perf_counter() - begun
    _measure(server, load)
    return load


def _asking(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def _measure(server: Served, load: Load) -> None:
    load.server.append(resident(server.process.pid))
    load.workers.append(max(map(resident, server.workers())))


def resident(process: int) -> int:
    """Bytes of memory that a process holds."""
    return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * 4096


def main() -> None:
    """Print a table."""
    path = Path(next(iter(sys.argv[1:]), "exports/000_99bf147bf4ea3876.trig"))
    things = ["unwomen", "ECU", "un", "undp", "fge", "AFG", "000_99bf147bf4ea3876", "000_99bf147bf4ea3876/p23"]
    with served(path, options=("--workers", "2", "--timeout", "2")) as server:
        run(server, things, 4, 60)  # pages are written and workers have loaded what they need
        for clients in (1, 4, 16):
            load = run(server, things, clients, 1600 // clients)
            print(f"{clients} clients: {sum(load.statuses.values()) / load.lasted:,.0f} requests/s")
            for kind, seconds in sorted(load.seconds.items()):
                found = sorted(1000 * each for each in seconds)
                print(f"  {kind:8} {len(found):5}  median {statistics.median(found):7.1f} ms  99 % {found[int(len(found) * 0.99)]:7.1f} ms")
            print(
                f"  server {load.server[0] / _MIB:.0f} → {load.server[1] / _MIB:.0f} MiB, largest worker {load.workers[1] / _MIB:.0f} MiB"
            )


if __name__ == "__main__":
    main()
