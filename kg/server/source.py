"""What is served: the one place that knows where the graph comes from.

A place is a tuple of graph files. Each worker holds them in memory: what all graphs say together as the default graph, each triple once,
and each named graph by its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import rdf
from kg.errors import KgError

Place = tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A graph that is open. union: whether what named graphs say must be asked for beside the default graph, which then lacks it."""

    database: ox.Store = field(repr=False)
    generation: str
    union: bool = False

    @property
    def size(self) -> int:
        """How many triples there are, those that several graphs say counted once where they are held so."""
        found = self.database.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", use_default_graph_as_union=self.union)
        counted = next(found)["n"] if isinstance(found, ox.QuerySolutions) else None
        return int(counted.value) if isinstance(counted, ox.Literal) else 0


def generation(place: Place) -> str:
    """What names the state of the graph: another one, another graph. A KgError when it is not there."""
    try:
        stats = [(str(path), found.st_size, found.st_mtime_ns) for path in place for found in [path.stat()]]
    except OSError as error:
        message = f"{error.filename}: cannot be read: {error.strerror}; give a graph that kg build has written"
        raise KgError(message) from error
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:16]


@contextmanager
def opened(place: Place) -> Iterator[Source]:
    """The graph of a place, for as long as the block lasts; a KgError names the file and the line of a fault."""
    name = generation(place)
    database = ox.Store()
    for path in place:
        database.bulk_extend(rdf.parsed(path))
        database.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in rdf.parsed(path))
    yield Source(database, name)
