"""The graphs of a store: one for each report, what reports share, the decisions; and in the default graph the union of them all.

The union is kept, not asked for: oxigraph's own tells a triple of two graphs twice, so that a fact which two reports state would count
as two, and it is slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.iris import SHARED
from kg.store.terms import DEFAULT, quad


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs in their database."""

    database: ox.Store

    def add(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Put triples into the graph of that IRI, in one transaction."""
        self.database.extend(_both(graph, triples))

    def add_many(self, graphs: Iterable[tuple[str, Iterable[ox.Triple]]]) -> None:
        """The same with many graphs: quicker, and not in one transaction."""
        self.database.bulk_extend(q for graph, triples in graphs for q in _both(graph, triples))

    def take(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Take triples out of a graph, and out of the union what stands in no other."""
        for triple in triples:
            self.database.remove(quad(triple, ox.NamedNode(graph)))
            if all(q.graph_name == DEFAULT for q in self.database.quads_for_pattern(triple.subject, triple.predicate, triple.object)):
                self.database.remove(quad(triple, DEFAULT))

    def drop(self, graph: str) -> None:
        """Take a graph away."""
        self.take(graph, self.triples(graph))
        self.database.remove_graph(ox.NamedNode(graph))

    def exchange(self, graph: str, have: set[ox.Triple], want: set[ox.Triple]) -> None:
        """Put some triples in the place of others."""
        self.take(graph, have - want)
        self.add(graph, want - have)

    def triples(self, graph: str, subject: str = "") -> set[ox.Triple]:
        """The triples of a graph, or those of one thing in it."""
        found = self.database.quads_for_pattern(ox.NamedNode(subject) if subject else None, None, None, ox.NamedNode(graph))
        return {q.triple for q in found}

    def __iter__(self) -> Iterator[ox.Quad]:
        """Each quad once, as files have them: what reports share in the default graph."""
        for q in self.database:
            if q.graph_name != DEFAULT:
                yield quad(q.triple, DEFAULT) if q.graph_name == ox.NamedNode(SHARED) else q


def _both(graph: str, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph)
    for triple in triples:
        yield quad(triple, name)
        yield quad(triple, DEFAULT)
