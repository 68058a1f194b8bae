"""What one graph says, as plain values that can be set beside those of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.explorer import content
from kg.graph import K
from kg.network import Index, evidence_of, network_of, reading_order
from kg.ontology import local


@dataclass(frozen=True, slots=True, order=True)
class Report:
    """A report that a graph speaks for: its IRI, and "" for what the graph does not tell of it. date: ISO."""

    iri: str
    title: str = ""
    symbol: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A sentence: the IRI of its report, the number and headings of its paragraph, and its place there (characters, half-open)."""

    report: str
    paragraph: str
    section: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement. subject, object, place, programme: IRIs (the last two "" for none); relation, status, unit: local names.

    start, end: ISO dates, "" for open ones.
    A symmetric relation said both ways is one fact, with all the evidence; `confidence` is that of the surest.
    """

    subject: str
    relation: str
    object: str
    status: str = ""
    start: str = ""
    end: str = ""
    amount: Decimal | None = None
    unit: str = ""
    place: str = ""
    programme: str = ""
    confidence: Decimal = Decimal(0)
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation. about, place: IRIs (place "" for none); unit, comparator: local names; baseline: the value it is compared with.

    base: whether it is the baseline of another, so that it is older than its report; text: the number as printed.
    """

    about: str
    counted: str
    value: Decimal
    unit: str = ""
    comparator: str = ""
    start: str = ""
    end: str = ""
    place: str = ""
    baseline: Decimal | None = None
    base: bool = False
    text: str = ""
    confidence: Decimal = Decimal(0)
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison, in reading order.

    symmetric: local names of the relations that hold both ways; names: in Chinese and English, by IRI or local name.
    """

    reports: tuple[Report, ...]
    facts: tuple[Fact, ...] = field(repr=False)
    figures: tuple[Figure, ...] = field(repr=False)
    symmetric: frozenset[str] = field(default=frozenset(), repr=False)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)


def read(graph: Graph) -> Side:
    """What a graph says."""
    index = Index(graph)
    facts = [_fact(index, *edge) for edge in network_of(index).edges(data=True)]
    nodes = index.of(K.Observation)
    bases = {index.one(node, K.baseline) for node in nodes}
    figures = [_figure(index, node, base=node in bases) for node in nodes]
    said = [one.evidence for one in facts] + [one.evidence for one in figures]
    return Side(
        tuple(_reports(index, (passage.report for evidence in said for passage in evidence))),
        tuple(sorted(facts, key=_fact_order)),
        tuple(sorted(figures, key=_figure_order)),
        frozenset(local(str(relation)) for relation in index.of(OWL.SymmetricProperty)),
        dict(_names(index, facts, figures)),
    )


def _fact(index: Index, subject: str, obj: str, said: Mapping[str, Any]) -> Fact:
    kept = ("relation", "status", "start", "end", "amount", "unit", "place", "programme", "confidence")
    evidence = tuple(_passage(index, one) for one in said["evidence"])
    return Fact(subject=subject, object=obj, evidence=tuple(dict.fromkeys(evidence)), **{name: said[name] for name in kept})


def _figure(index: Index, node: Node, *, base: bool) -> Figure:
    def number(of: Node | None, name: str) -> Decimal | None:
        text = index.text(of, K[name]) if of else ""
        return Decimal(text) if text else None

    evidence = sorted({_passage(index, evidence_of(index, one)) for one in index.all(node, K.evidence)}, key=_reading)
    return Figure(
        about=index.text(node, K.about),
        counted=index.text(node, K.counted),
        value=number(node, "value") or Decimal(0),
        unit=local(index.text(node, K.unit)),
        comparator=local(index.text(node, K.comparator)),
        start=index.text(node, K.start),
        end=index.text(node, K.end),
        place=index.text(node, K.place),
        baseline=number(index.one(node, K.baseline), "value"),
        base=base,
        text=index.text(node, K.valueText),
        confidence=number(node, "confidence") or Decimal(0),
        evidence=tuple(evidence),
    )


def _passage(index: Index, said: Mapping[str, Any]) -> Passage:
    report = index.text(URIRef(said["source"]), DCTERMS.isPartOf)
    return Passage(report, *(said[name] for name in ("paragraph", "section", "start", "end", "quote")))


def _reports(index: Index, used: Iterable[str]) -> Iterator[Report]:
    for iri in sorted({*used, *map(str, index.of(K.Report))} - {""}):
        yield Report(iri, *(index.text(URIRef(iri), said) for said in (DCTERMS.title, DCTERMS.identifier, DCTERMS.date)))


def _names(index: Index, facts: Iterable[Fact], figures: Iterable[Figure]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The names of everything that is spoken of, and of every relation, status, comparator and unit."""
    things = {iri for fact in facts for iri in (fact.subject, fact.object, fact.place, fact.programme)}
    things |= {iri for figure in figures for iri in (figure.about, figure.place)}
    for iri in sorted(things - {""}):
        zh, en = content.both(index, URIRef(iri))
        yield iri, (zh, en)
    for name, (zh, en) in {**content.interface()["units"], **content.words(index)}.items():
        yield name, (zh, en)
    for relation in {*index.of(K.Relation), *index.of(RDF.Property)}:
        zh, en = content.both(index, URIRef(str(relation)))
        yield local(str(relation)), (zh, en)


def _reading(passage: Passage) -> tuple[object, ...]:
    return (*reading_order(f"{passage.report}/", passage.paragraph), passage.start, passage.end)


def _place(evidence: tuple[Passage, ...]) -> tuple[object, ...]:
    return _reading(evidence[0]) if evidence else ()


def _fact_order(fact: Fact) -> tuple[object, ...]:
    said = (fact.subject, fact.relation, fact.object, fact.status, fact.start, fact.end, str(fact.amount), fact.place, fact.programme)
    return (*_place(fact.evidence), *said)


def _figure_order(figure: Figure) -> tuple[object, ...]:
    said = (figure.about, figure.counted, figure.value, figure.unit, figure.comparator, figure.start, figure.end, figure.place, figure.text)
    return (*_place(figure.evidence), *said)
