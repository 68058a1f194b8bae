"""Triples as readable text that is the same in every run: by section, by subject, the most telling predicates first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import pyoxigraph as ox
from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.term import Node

from kg import rdf
from kg.graph import K, O

Triple = tuple[Node, Node, Node]
_Natural = tuple[str | int, ...]

_ENTITIES = "Things"
_SECTIONS: Mapping[str, tuple[URIRef, ...]] = {
    "Ontology": (),
    _ENTITIES: (),
    "Reports and paragraphs": (K.Report, K.Paragraph),
    "Statements": (K.Statement,),
    "Evidence": (K.Evidence, O.TextQuoteSelector),
    "Observations": (K.Observation,),
}
_SECTION_OF: Mapping[Node, str] = {kind: section for section, kinds in _SECTIONS.items() for kind in kinds}
_FIRST: tuple[Node, ...] = (RDF.type, RDFS.label, RDF.subject, RDF.predicate, RDF.object, O.start, O.end)
_RANK = {predicate: rank for rank, predicate in enumerate(_FIRST)}
_DIGITS = re.compile("([0-9]+)")


def header(prefixes: Mapping[str, str]) -> str:
    """The prefixes, in the order given."""
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())


def sections(triples: Iterable[Triple], prefixes: Mapping[str, str], graph: str = "") -> Iterator[str]:
    """The triples of one graph, each section of them with a comment above it: as Turtle, or as TriG when the graph has a name."""
    for name, blocks in ordered(triples):
        yield f"\n# {name}\n\n{text(rdf.triples(chain.from_iterable(blocks)), prefixes, graph)}"


def ordered(triples: Iterable[Triple]) -> Iterator[tuple[str, list[list[Triple]]]]:
    """The name of each section that has any, and its blocks: what is said of one subject, in reading order."""
    blocks: dict[Node, list[Triple]] = defaultdict(list)
    for triple in triples:
        blocks[triple[0]].append(triple)
    by_section: dict[str, list[Node]] = defaultdict(list)
    for subject in sorted(blocks, key=lambda subject: (_place(blocks[subject]), str(subject))):
        by_section[_section(blocks[subject])].append(subject)
    for name in _SECTIONS:
        if by_section[name]:
            yield name, [sorted(blocks[subject], key=_reading) for subject in by_section[name]]


def text(found: Iterable[ox.Triple], prefixes: Mapping[str, str], graph: str = "") -> str:
    """Serialized in the order given, without the prefixes, which pyoxigraph writes in another order in each run."""
    if graph:
        name = ox.NamedNode(graph)
        written = ox.serialize(
            (ox.Quad(t.subject, t.predicate, t.object, name) for t in found), format=ox.RdfFormat.TRIG, prefixes=dict(prefixes)
        )
    else:
        written = ox.serialize(found, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    lines = (written or b"").decode().split("\n")
    return "\n".join(line for line in lines if not line.startswith("@prefix "))


def _section(block: Iterable[Triple]) -> str:
    """Where a subject stands: by its class, or as a term of the ontology by its IRI."""
    for subject, predicate, obj in block:
        if predicate == RDF.type and obj in _SECTION_OF:
            return _SECTION_OF[obj]
        if str(subject).startswith(str(K).rstrip("#")):
            return "Ontology"
    return _ENTITIES


def _place(block: Sequence[Triple]) -> _Natural:
    """Sorts what has evidence by where it is first said, as its own IRI is a hash."""
    return min((_natural(obj) for _, predicate, obj in block if predicate == K.evidence), default=_natural(block[0][0]))


def _natural(node: Node) -> _Natural:
    """Sorts p9 before p10."""
    return tuple(int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(str(node))))


def _reading(triple: Triple) -> tuple[int, str, _Natural]:
    _, predicate, obj = triple
    value = (str(obj), obj.language or "", str(obj.datatype)) if isinstance(obj, Literal) else _natural(obj)
    return _RANK.get(predicate, len(_FIRST)), str(predicate), value
