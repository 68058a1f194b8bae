"""A server of `kg serve` that runs, and clients of it that are not ours."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rdflib import Dataset

from kg import rdf

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d && ?c != ?i && ?f != ?l) }"


@dataclass(frozen=True)
class Answer:
    """What a client got: status, headers by name in small letters, and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def kind(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Served:
    """A server: its process, its address with a `/` at the end, and what it said when it was ready."""

    process: subprocess.Popen[str]
    url: str
    said: str

    def curl(self, path: str, *options: str, data: bytes | None = None) -> Answer:
        """What curl gets of a path; data: what it reads from its standard input."""
        command = ["curl", "--silent", "--show-error", "--include", "--path-as-is", "--max-time", "60", *options, self.url + path]
        found = subprocess.run(command, input=data, capture_output=True, check=True).stdout  # noqa: S603  our own words
        while found.startswith(b"HTTP/1.1 100"):
            found = found.partition(b"\r\n\r\n")[2]
        head, _, body = found.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        return Answer(int(status.split()[1]), {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}, body)

    def ask(self, query: str, *options: str) -> Answer:
        """What curl gets for a query."""
        return self.curl("sparql", "--get", "--data-urlencode", f"query={query}", *options)

    def workers(self) -> set[int]:
        """The processes that the server has started and that live."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return set(map(int, listed.split()))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait until it has ended."""
        self.process.send_signal(how)
        self.process.wait(10)


@contextmanager
def served(*graphs: Path, options: tuple[str, ...] = ()) -> Iterator[Served]:
    """A server of these graphs at a port that is free."""
    given = [word for graph in graphs for word in ("--graph", str(graph))]
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", *given, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  our own words
        try:
            said = process.stdout.readline() if process.stdout else ""
            yield Served(process, said.partition(": ")[0], said)
        finally:
            process.kill()


def written(data: Dataset, path: Path) -> Path:
    """A dataset as a file of N-Quads."""
    graphs = {str(graph.identifier) if str(graph.identifier).startswith("http") else "": list(graph) for graph in data.graphs()}
    path.write_bytes(rdf.n_quads(graphs))
    return path
