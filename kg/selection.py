"""Only what is sure enough: of an extraction before it becomes a graph, and of a graph that was built before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rdflib import RDF, Graph
from rdflib.term import Node

from kg import confidence
from kg.graph import K
from kg.model import Extraction, Observation


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
    for node, sure in list(graph.subject_objects(K.confidence)):
        if Decimal(str(sure)) < least:
            plain = _plain(graph, node)
            graph.remove((node, None, None))
            graph.remove((None, K.baseline, node))
            if plain and not any((one, RDF.object, plain[2]) in graph for one in _described(graph, plain)):
                graph.remove(plain)
    return graph


def _plain(graph: Graph, statement: Node) -> tuple[Node, Node, Node] | None:
    """The triple that a statement describes; None for an observation."""
    subject, relation, obj = (graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
    return (subject, relation, obj) if subject and relation and obj else None


def _described(graph: Graph, plain: tuple[Node, Node, Node]) -> set[Node]:
    """The statements with the subject and the relation of a triple."""
    return set(graph.subjects(RDF.subject, plain[0])) & set(graph.subjects(RDF.predicate, plain[1]))
