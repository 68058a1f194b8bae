"""What answers a question: RDF files in memory, a store on disk, an endpoint. All give what pyoxigraph gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg import rdf_files, store

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_HELD = ExitStack()  # the stores that this process reads

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Source(Protocol):
    """Whatever answers SPARQL; its default graph is the union of all graphs."""

    def query(self, query: str, /) -> Results:
        """The results; SyntaxError with "error at line:column", OSError, RuntimeError or a KgError when there are none."""
        ...


def of_files(paths: Iterable[Path]) -> ox.Store:
    """The triples of RDF files, in memory; errors as of `rdf_files.quads`."""
    held = ox.Store()
    for path in paths:
        held.bulk_extend(_united(rdf_files.quads(path)))
    return held


def of_store(folder: Path) -> store.Opened:
    """The generation of a store that is in force, held for as long as this process lives; a KgError when there is no store."""
    return _HELD.enter_context(store.open(folder))


def _united(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The same, and what is in a named graph also in the default graph: oxigraph's own union tells a triple of two graphs twice."""
    for quad in quads:
        yield quad
        if isinstance(quad.graph_name, ox.NamedNode | ox.BlankNode):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
