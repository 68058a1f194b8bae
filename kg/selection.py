"""Only what is sure enough: of an extraction before it becomes a graph, and of a graph that was built before; of that, also one report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg import confidence
from kg.errors import UnknownNameError, did_you_mean
from kg.graph import K, O
from kg.model import Extraction, Observation
from kg.ontology import KG, ORG, SCHEMA, local

_WHOLES = (URIRef(f"{SCHEMA}containedInPlace"), URIRef(f"{ORG}subOrganizationOf"))


def of_extraction(extraction: Extraction, least: Decimal) -> Extraction:
    """The same report with the facts and numbers that are at least so sure; names and issues stay."""

    def sure(observation: Observation | None) -> bool:
        return observation is not None and confidence.of(observation) >= least

    statements = tuple(s for s in extraction.statements if confidence.of(s) >= least)
    kept = (o for o in extraction.observations if sure(o))
    observations = tuple(o if sure(o.baseline) else replace(o, baseline=None) for o in kept)
    return replace(extraction, statements=statements, observations=observations)


def of_graph(graph: Graph, least: Decimal) -> Graph:
    """The graph itself, rid of the statements and observations that are less sure, and of the plain triples that only they describe."""
    for node in set(graph.subjects(K.confidence)):
        if max(Decimal(str(sure)) for sure in graph.objects(node, K.confidence)) < least:
            plain = _plain(graph, node)
            graph.remove((node, None, None))
            graph.remove((None, K.baseline, node))
            if plain and not any((one, RDF.object, plain[2]) in graph for one in _described(graph, plain)):
                graph.remove(plain)
    return graph


def of_report(graph: Graph, name: str) -> Graph:
    """What the report of that id says, as a graph of its own: no paragraph of another, nor what only others say, or name."""
    parts = set(graph.subject_objects(DCTERMS.isPartOf))
    reports = {local(str(whole)): whole for _, whole in parts}
    if name not in reports:
        message = f"no report {name!r} in the graph; {did_you_mean(name, reports)}"
        raise UnknownNameError(message)
    own = {part for part, whole in parts if whole == reports[name]} | {reports[name]}
    elsewhere = {evidence for evidence, source in graph.subject_objects(O.hasSource) if source not in own}
    selectors = {selector for evidence in elsewhere for selector in graph.objects(evidence, O.hasSelector)}
    said = {node for kind in (K.Statement, K.Observation) for node in graph.subjects(RDF.type, kind)}
    unsaid = {node for node in said if elsewhere.issuperset(graph.objects(node, K.evidence))}
    known = own.union(*(graph.objects(node) for node in said - unsaid))
    unknown = _unnamed(graph, known, "\n".join(str(text) for paragraph in own for text in graph.objects(paragraph, K.text)))
    gone = {node for pair in parts for node in pair if node not in own} | elsewhere | selectors | unsaid | unknown
    plain = {_plain(graph, node) for node in unsaid} - {_plain(graph, node) for node in said - unsaid}
    result = Graph(bind_namespaces="none")
    result.addN((s, p, o, result) for s, p, o in graph if s not in gone and o not in gone and (s, p, o) not in plain)
    return result


def _unnamed(graph: Graph, known: Collection[Node], text: str) -> set[Node]:
    """The things that are neither known nor named in a text, nor a whole that such a thing is in."""
    kinds = (node for node, kind in graph.subject_objects(RDF.type) if str(kind).startswith(KG) and not str(node).startswith(KG))
    things = {node for node in kinds if (node, RDFS.label, None) in graph}
    names = {thing: [str(name) for way in (RDFS.label, SKOS.altLabel) for name in graph.objects(thing, way)] for thing in things}
    todo = [thing for thing in things if thing in known or any(name in text for name in names[thing])]
    while todo:
        thing = todo.pop()
        things.discard(thing)
        todo += [whole for way in _WHOLES for whole in graph.objects(thing, way) if whole in things]
    return things


def _plain(graph: Graph, statement: Node) -> tuple[Node, Node, Node] | None:
    """The triple that a statement describes; None for an observation."""
    subject, relation, obj = (graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
    return (subject, relation, obj) if subject and relation and obj else None


def _described(graph: Graph, plain: tuple[Node, Node, Node]) -> set[Node]:
    """The statements with the subject and the relation of a triple."""
    return set(graph.subjects(RDF.subject, plain[0])) & set(graph.subjects(RDF.predicate, plain[1]))
