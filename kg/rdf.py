"""Graphs between rdflib, pyoxigraph and files: pyoxigraph reads and writes Turtle many times faster than rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg import rdf_files
from kg.errors import KgError

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Terms(Namespace):
    """A namespace that makes each of its terms once, for rdflib looks at every letter of an IRI that it makes."""

    def term(self, name: str) -> URIRef:
        """A class or a property."""
        return _term(self + name)


@cache
def _term(iri: str) -> URIRef:
    return URIRef(iri)


def read(*paths: Path) -> Graph:
    """The triples of RDF files and stores, of all their graphs, as one graph; a KgError names the file and line of a fault."""
    graph = Graph(bind_namespaces="none")
    graph.addN((s, p, o, graph) for s, p, o, _ in quads(*paths))
    return graph


def quads(*paths: Path) -> Iterator[tuple[Node, Node, Node, str]]:
    """The triples of RDF files and stores, each with the IRI of its graph, "" for the default graph; errors as of `read`."""
    terms: dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, Node] = {}

    def term(found: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
        if found not in terms:
            terms[found] = from_ox(found)
        return terms[found]

    for path in paths:
        for q in rdf_files.quads(path):
            graph = q.graph_name.value if isinstance(q.graph_name, ox.NamedNode) else ""
            yield term(q.subject), term(q.predicate), term(q.object), graph


def triples(found: Iterable[tuple[Node, Node, Node]]) -> Iterator[ox.Triple]:
    """The same triples as pyoxigraph has them, in the same order."""
    terms: dict[Node, Any] = {}
    for triple in found:
        for node in triple:
            if node not in terms:
                terms[node] = _to_ox(node)
        yield ox.Triple(*(terms[node] for node in triple))


def graph(found: Iterable[ox.Triple]) -> Graph:
    """The triples that pyoxigraph has, as an rdflib Graph."""
    result = Graph(bind_namespaces="none")
    result.addN((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object), result) for triple in found)
    return result


def store(graph: Graph) -> ox.Store:
    """The triples of a graph, of a Dataset those that its queries see, as an oxigraph store, which answers queries quicker."""
    result = ox.Store()
    result.bulk_extend(ox.Quad(*triple) for triple in triples(graph.triples((None, None, None))))
    return result


def n_quads(graphs: Mapping[str, Iterable[tuple[Node, Node, Node]]]) -> bytes:
    """Triples by the IRI of their graph ("" for the default graph) as N-Quads, one a line and sorted, UTF-8 with LF."""
    return in_order(ox.serialize(ox_quads(graphs), format=ox.RdfFormat.N_QUADS) or b"")


def ox_quads(graphs: Mapping[str, Iterable[tuple[Node, Node, Node]]]) -> Iterator[ox.Quad]:
    """The same as pyoxigraph has them, in the order given."""
    for name, held in graphs.items():
        graph_name = ox.NamedNode(name) if name else ox.DefaultGraph()
        yield from (ox.Quad(found.subject, found.predicate, found.object, graph_name) for found in triples(held))


def in_order(lines: bytes) -> bytes:
    """Lines sorted by their bytes."""
    return b"".join(b"%b\n" % line for line in sorted(lines.split(b"\n")) if line)


def from_ox(found: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """A term as rdflib has it; a KgError for a triple inside a triple."""
    if isinstance(found, ox.NamedNode):
        return URIRef(found.value)
    if isinstance(found, ox.BlankNode):
        return BNode(found.value)
    if isinstance(found, ox.Triple):
        message = f"a triple inside a triple is not understood: {found}; use a graph that kg build has written"
        raise KgError(message)
    datatype = None if found.language or found.datatype.value == _XSD_STRING else URIRef(found.datatype.value)
    return Literal(found.value, lang=found.language, datatype=datatype)


def _to_ox(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, Literal):
        datatype = ox.NamedNode(node.datatype) if node.datatype and not node.language else None
        return ox.Literal(str(node), language=node.language, datatype=datatype)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))
