"""What a data set is and holds, as VoID: for those who harvest or link it. `void.ttl` beside this says what is the same of every one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from rdflib import OWL, RDF, SKOS, VOID, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg import rdf
from kg.exports.data import Data
from kg.network import Triple
from kg.ontology import BASE, PREFIXES, SCHEMA, local
from kg.writers import blocks

_DATA = URIRef("https://w3id.org/report-kg/data")
_LINKS = (URIRef(f"{SCHEMA}sameAs"), OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
_PREFIXES = {"data": f"{_DATA}/", "part": f"{_DATA}#", "void": str(VOID), **PREFIXES}


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF: the whole, each report's own graph where the graphs are apart, and the links to other data sets."""
    said = Path(__file__).with_suffix(".ttl")
    reports = (triple for report in data.reports for triple in _report(data, report))
    found = set(chain(rdf.read(said), _counted(_DATA, data.triples), reports, _linksets(data)))
    text = blocks.text(rdf.triples(sorted(found, key=_order)), _PREFIXES)
    return {"void.ttl": f"{blocks.header(_PREFIXES)}\n{text}".encode()}


def _report(data: Data, report: Node) -> Iterator[Triple]:
    """The part of the data set that one report says."""
    part = URIRef(f"{_DATA}/{local(str(report))}")
    yield _DATA, DCTERMS.source, report
    if own := data.graphs.get(str(report)):
        yield _DATA, VOID.subset, part
        yield part, DCTERMS.source, report
        for title in data.index.all(report, DCTERMS.title):
            yield part, DCTERMS.title, title
        yield from _counted(part, own)


def _counted(dataset: URIRef, triples: Iterable[Triple]) -> Iterator[Triple]:
    """How much a data set holds: in all, and by class and property."""
    found = list(triples)
    typed = {(s, o) for s, p, o in found if p == RDF.type}
    yield dataset, RDF.type, VOID.Dataset
    counts = {
        VOID.triples: len(found),
        VOID.entities: len({thing for thing, _ in typed if str(thing).startswith(BASE)}),
        VOID.distinctSubjects: len({s for s, _, _ in found}),
        VOID.distinctObjects: len({o for _, _, o in found}),
        VOID.properties: len({p for _, p, _ in found}),
        VOID.classes: len({kind for _, kind in typed}),
    }
    yield from ((dataset, name, _count(number)) for name, number in counts.items())
    partitions = (
        (VOID.classPartition, VOID["class"], VOID.entities, Counter(kind for _, kind in typed)),
        (VOID.propertyPartition, VOID.property, VOID.triples, Counter(p for _, p, _ in found)),
    )
    for contains, of, many, numbers in partitions:
        for term, number in numbers.items():
            part = _part(dataset, local(str(of)), str(term))
            yield from ((dataset, contains, part), (part, of, term), (part, many, _count(number)))


def _linksets(data: Data) -> Iterator[Triple]:
    """The links from things of the graph to other data sets, which are known by how their IRIs begin."""
    links = Counter(
        (predicate, str(obj)[: -len(local(str(obj)))])
        for subject, predicate, obj in data.triples
        if predicate in _LINKS and isinstance(obj, URIRef) and local(obj) and not obj.startswith(BASE) and str(subject).startswith(BASE)
    )
    for (predicate, space), number in links.items():
        target, links_of = _part(_DATA, "of", space), _part(_DATA, local(str(predicate)), space)
        yield from ((target, RDF.type, VOID.Dataset), (target, VOID.uriSpace, Literal(space)))
        yield from ((links_of, RDF.type, VOID.Linkset), (links_of, VOID.linkPredicate, predicate), (links_of, VOID.triples, _count(number)))
        yield from ((links_of, VOID.subjectsTarget, _DATA), (links_of, VOID.objectsTarget, target), (_DATA, VOID.subset, links_of))


def _part(dataset: URIRef, role: str, iri: str) -> URIRef:
    """The IRI of a part of a data set, which tells what part it is."""
    prefix, start = max(((p, i) for p, i in PREFIXES.items() if iri.startswith(i)), key=lambda pair: len(pair[1]), default=("", ""))
    name = re.sub(r"\W+", "-", f"{prefix}-{iri.removeprefix(start)}" if prefix else iri.partition("://")[2]).strip("-")
    return URIRef(f"{dataset}#{role}-{name}")


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _order(triple: Triple) -> tuple[bool, str, bool, str, str]:
    subject, predicate, obj = triple
    return subject != _DATA, str(subject), predicate != RDF.type, str(predicate), repr(obj)
