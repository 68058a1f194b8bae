"""What is served: the one place that knows where the graph comes from.

A place is the folder of a store, which each worker reads where it lies, or graph files, which each holds in memory. Either way the default
graph is what all graphs say together, each triple once, and each named graph has its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import store
from kg.errors import KgError
from kg.queries import sources
from kg.store import folders

Place = tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A graph that is open."""

    database: ox.Store = field(repr=False)
    generation: str

    @property
    def size(self) -> int:
        """How many triples there are, those that several graphs say counted once."""
        found = self.database.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        counted = next(found)["n"] if isinstance(found, ox.QuerySolutions) else None
        return int(counted.value) if isinstance(counted, ox.Literal) else 0


def generation(place: Place) -> str:
    """What names the state of the graph: another one, another graph. A KgError when it is not there."""
    if store.is_store(place[0]):
        return folders.current(place[0])
    try:
        stats = [(str(path), found.st_size, found.st_mtime_ns) for path in place for found in [path.stat()]]
    except OSError as error:
        message = f"{error.filename}: cannot be read: {error.strerror}; give a graph that kg build has written"
        raise KgError(message) from error
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:16]


@contextmanager
def opened(place: Place) -> Iterator[Source]:
    """The graph of a place, for as long as the block lasts; a KgError names the file and the line of a fault."""
    if store.is_store(place[0]):
        with store.open(place[0]) as one:
            yield Source(one.database, one.generation)
        return
    name = generation(place)
    yield Source(sources.of_files(place), name)
