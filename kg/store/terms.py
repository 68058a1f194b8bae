"""Between pyoxigraph's terms and the little of them that a store is made of: IRIs and literals, no blank nodes."""

from __future__ import annotations

import pyoxigraph as ox

DEFAULT = ox.DefaultGraph()
Graph = ox.NamedNode | ox.DefaultGraph


def iri(term: object) -> str:
    """The IRI of a named node, "" of any other term."""
    return term.value if isinstance(term, ox.NamedNode) else ""


def text(term: object) -> str:
    """The IRI of a named node, the text of a literal."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def quad(triple: ox.Triple, graph: Graph) -> ox.Quad:
    """A triple in a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
