"""What the endpoint says of itself to programs (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.ontology import RDF
from kg.server import answering
from kg.server.limits import Limits
from kg.server.reply import Reply
from kg.server.source import Source

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def describe(source: Source, limits: Limits, accept: str, address: str) -> Reply:
    """The description as RDF. address: that of the endpoint, as the client called it."""
    return answering.graph(_said(source, address), limits, accept)


def _said(source: Source, address: str) -> Iterator[ox.Triple]:
    service, dataset, default = map(ox.BlankNode, ("service", "dataset", "default"))
    yield _triple(service, f"{RDF}type", ox.NamedNode(f"{_SD}Service"))
    yield _triple(service, f"{_SD}endpoint", ox.NamedNode(address))
    yield _triple(service, f"{_SD}supportedLanguage", ox.NamedNode(f"{_SD}SPARQL11Query"))
    for form in _RESULTS:
        yield _triple(service, f"{_SD}resultFormat", ox.NamedNode(_FORMATS + form))
    yield _triple(service, f"{_SD}feature", ox.NamedNode(f"{_SD}UnionDefaultGraph"))
    yield _triple(service, f"{_SD}defaultDataset", dataset)
    yield _triple(dataset, f"{RDF}type", ox.NamedNode(f"{_SD}Dataset"))
    yield _triple(dataset, f"{_SD}defaultGraph", default)
    yield _triple(default, f"{RDF}type", ox.NamedNode(f"{_SD}Graph"))
    for number, name in enumerate(sorted(source.database.named_graphs(), key=str)):
        graph = ox.BlankNode(f"graph{number}")
        yield _triple(dataset, f"{_SD}namedGraph", graph)
        yield _triple(graph, f"{RDF}type", ox.NamedNode(f"{_SD}NamedGraph"))
        yield _triple(graph, f"{_SD}name", name)


def _triple(subject: ox.BlankNode, predicate: str, obj: ox.NamedNode | ox.BlankNode) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), obj)
