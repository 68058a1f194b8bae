"""Statements, observations and evidence as RDF: the one place that knows the graph's shape.

The report's facts stand in a named graph of the report; the entities and the ontology, which reports share, in the default graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Graph, Literal, URIRef

from kg import confidence, report_graph
from kg.iris import canonical, evidence_iri, observation_iri, paragraph_iri, report_iri, statement_iri
from kg.model import Document, Entity, Evidence, Extraction, Observation, Period, Statement
from kg.ontology import OA, ORG, PREFIXES, SCHEMA, UNIT, Ontology, Said
from kg.rdf import Terms

K = report_graph.K
O = Terms(OA)  # noqa: E741  the prefix oa:
Triple = report_graph.Triple


@dataclass(frozen=True, slots=True)
class Described:
    """A report's triples: `shared` (ontology, entities and what they lie in), which reports have in common, and its own `facts`."""

    shared: tuple[Triple, ...] = field(repr=False)
    facts: tuple[Triple, ...] = field(repr=False)


def describe(extraction: Extraction, ontology: Ontology) -> Described:
    """All triples of a report, each once in its part."""
    return Described(tuple(dict.fromkeys(_shared(extraction, ontology))), tuple(dict.fromkeys(_facts(extraction))))


def dataset(extraction: Extraction, ontology: Ontology) -> Dataset:
    """The whole graph of a report as an rdflib Dataset whose default graph is, for queries, the union of all."""
    described = describe(extraction, ontology)
    result = Dataset(default_union=True)
    _bind(result, extraction.document)
    shared, facts = result.default_graph, result.graph(URIRef(report_iri(extraction.document)))
    shared.addN((*triple, shared) for triple in described.shared)
    facts.addN((*triple, facts) for triple in described.facts)
    return result


def graph(described: Described, document: Document) -> Graph:
    """The same triples in one rdflib Graph, which is quicker to make and to ask."""
    result = Graph(store="SimpleMemory")
    _bind(result, document)
    result.addN((*triple, result) for triple in (*described.shared, *described.facts))
    return result


def union(data: Dataset) -> Graph:
    """All triples of a dataset in one graph, with its prefixes."""
    result = Graph()
    for prefix, iri in data.namespaces():
        result.bind(prefix, iri, replace=True)
    result.addN((s, p, o, result) for s, p, o, _ in data.quads())
    return result


def _bind(to: Graph, document: Document) -> None:
    for prefix, iri in prefixes(document).items():
        to.bind(prefix, iri, replace=True)


def prefixes(document: Document) -> Mapping[str, str]:
    """The prefixes of an export: the project's, and `rep:` for the parts of the report."""
    return {**PREFIXES, "rep": f"{report_iri(document)}/"}


def _numeric(value: Decimal) -> Literal:
    return Literal(canonical(value), datatype=XSD.integer if value == value.to_integral_value() else XSD.decimal)


def _unit(unit: str) -> URIRef:
    return K.times if unit == "MULTIPLE" else URIRef(f"{UNIT}{unit}")


def schema(ontology: Ontology) -> Iterator[Triple]:
    """The classes and relations, with all that the Turtle says of them."""
    return (triple for iri in ontology.schema for triple in _said(iri, ontology))


def _shared(extraction: Extraction, ontology: Ontology) -> Iterator[Triple]:
    """The ontology, and every entity the report uses with all that the Turtle says of it."""
    language = extraction.document.language
    yield from schema(ontology)
    for entity in extraction.entities:
        yield from _entity(entity, ontology, language)
        yield from report_graph.labels(URIRef(entity.iri), entity.name, extraction.document)
    for iri in _around({entity.iri for entity in extraction.entities}, ontology):
        yield from _said(iri, ontology)


def _around(iris: set[str], ontology: Ontology) -> list[str]:
    """The listed things that these lie in or belong to, and those above them: regions, parent bodies."""
    above = {f"{SCHEMA}containedInPlace", f"{ORG}subOrganizationOf"}
    seen, todo = set(iris), sorted(iris)
    while todo:
        wholes = {one.object for one in ontology.said.get(todo.pop(), ()) if one.predicate in above}
        todo += sorted(wholes - seen)
        seen |= wholes
    return sorted((seen - iris) & set(ontology.said))


def _entity(entity: Entity, ontology: Ontology, language: str) -> Iterator[Triple]:
    node = URIRef(entity.iri)
    if entity.listed:
        yield from _said(entity.iri, ontology)
    else:
        yield node, RDF.type, K[entity.kind]
        yield node, RDFS.label, Literal(entity.name, lang=language)
    known = {entity.name, *(one.object for one in ontology.said.get(entity.iri, ()))}
    yield from ((node, SKOS.altLabel, Literal(name, lang=language)) for name in sorted({*entity.names} - known))


def _facts(extraction: Extraction) -> Iterator[Triple]:
    document = extraction.document
    yield from report_graph.report(document)
    for paragraph in document.paragraphs:
        yield from report_graph.paragraph(document, paragraph)
    for statement in extraction.statements:
        yield from _statement(document, statement)
    yield from (triple for observation in extraction.observations for triple in _observation(document, observation))
    if document.pages:
        yield from report_graph.pages(extraction)


def _statement(document: Document, statement: Statement) -> Iterator[Triple]:
    subject, relation, obj = URIRef(statement.subject), K[statement.relation], URIRef(statement.object)
    yield subject, relation, obj
    node = URIRef(statement_iri(statement))
    yield node, RDF.type, K.Statement
    yield node, RDF.subject, subject
    yield node, RDF.predicate, relation
    yield node, RDF.object, obj
    yield node, K.status, K[statement.status]
    yield node, K.confidence, _numeric(confidence.of(statement))
    yield from _period(node, statement.period)
    if statement.amount is not None:
        yield node, K.amount, _numeric(statement.amount)
        yield node, K.unit, _unit(statement.unit)
    if statement.place:
        yield node, K.place, URIRef(statement.place)
    if statement.programme:
        yield node, K.programme, URIRef(statement.programme)
    for evidence in statement.evidence:
        yield node, K.evidence, URIRef(evidence_iri(document, evidence))
        yield from _evidence(document, evidence)


def _evidence(document: Document, evidence: Evidence) -> Iterator[Triple]:
    node = URIRef(evidence_iri(document, evidence))
    source = URIRef(paragraph_iri(document, evidence.paragraph))
    selector = URIRef(f"{source}-{evidence.start}-{evidence.end}")
    yield node, RDF.type, K.Evidence
    yield node, O.hasSource, source
    yield node, O.hasSelector, selector
    yield node, K.rule, Literal(evidence.rule)
    if evidence.subject_how:
        yield node, K.subjectKnownBy, Literal(evidence.subject_how)
    if evidence.object_how:
        yield node, K.objectKnownBy, Literal(evidence.object_how)
    if evidence.review:
        yield node, K.review, Literal(evidence.review)
    yield selector, RDF.type, O.TextQuoteSelector
    yield selector, RDF.type, O.TextPositionSelector
    yield selector, O.exact, Literal(evidence.quote, lang=document.language)
    yield selector, O.start, Literal(evidence.start)
    yield selector, O.end, Literal(evidence.end)


def _observation(document: Document, observation: Observation) -> Iterator[Triple]:
    node = URIRef(observation_iri(document, observation))
    yield node, RDF.type, K.Observation
    yield node, K.about, URIRef(observation.about)
    yield node, K.counted, Literal(observation.counted, lang=document.language)
    yield node, K.value, _numeric(observation.value)
    yield node, K.unit, _unit(observation.unit)
    yield node, K.comparator, K["approximately" if observation.comparator == "about" else observation.comparator]
    yield node, K.valueText, Literal(observation.value_text, lang=document.language)
    yield node, K.confidence, _numeric(confidence.of(observation))
    yield from _period(node, observation.period)
    if observation.place:
        yield node, K.place, URIRef(observation.place)
    if observation.baseline:
        yield node, K.baseline, URIRef(observation_iri(document, observation.baseline))
    yield node, K.evidence, URIRef(evidence_iri(document, observation.evidence))
    yield from _evidence(document, observation.evidence)


def _period(node: URIRef, period: Period) -> Iterator[Triple]:
    if period.start:
        yield node, K.start, Literal(period.start, datatype=XSD.date)
    if period.end:
        yield node, K.end, Literal(period.end, datatype=XSD.date)


@cache
def _said(iri: str, ontology: Ontology) -> tuple[Triple, ...]:
    """All that the Turtle says of a thing, which every report that names it says again."""
    return tuple((URIRef(iri), URIRef(one.predicate), _object(one)) for one in ontology.said[iri])


def _object(one: Said) -> URIRef | Literal:
    if not one.datatype:
        return URIRef(one.object)
    plain = one.language or one.datatype == str(XSD.string)
    return Literal(one.object, lang=one.language or None, datatype=None if plain else URIRef(one.datatype))
