"""Only what is sure enough, of an extraction and of a graph: the same is left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rdflib import RDF, XSD, Graph, Literal, URIRef

from kg import confidence, selection
from kg.graph import K
from kg.network import to_networkx
from kg.pipeline import Built


@pytest.mark.parametrize("least", ["0", "0.8", "0.9", "1"])
def test_build_and_query_leave_the_same(seed_built: Built, least: str) -> None:
    """A graph built of the sure facts says of statements, observations and relations what the whole graph says when it is cut."""
    share = Decimal(least)
    built = seed_built.at_least(share)
    cut = selection.of_graph(built_anew(seed_built), share)
    relations = set(cut.subjects(RDF.type, K.Relation))

    assert all(confidence.of(s) >= share for s in built.extraction.statements)
    for kind in (K.Statement, K.Observation):
        assert set(cut.subjects(RDF.type, kind)) == set(built.graph.subjects(RDF.type, kind))
    plain = {(s, p, o) for s, p, o in cut if p in relations}
    assert plain == {(s, p, o) for s, p, o in built.graph if p in relations}
    assert {(s, o) for s, o in cut.subject_objects(K.baseline)} == {(s, o) for s, o in built.graph.subject_objects(K.baseline)}


def test_some_facts_are_less_sure(seed_built: Built) -> None:
    """A higher bound leaves fewer facts, and the whole report has facts below 0.9."""
    counts = [len(seed_built.at_least(Decimal(least)).extraction.statements) for least in ("0", "0.9", "1")]
    assert counts[0] > counts[1] > counts[2]


def test_a_fact_said_twice_stays(seed_built: Built) -> None:
    """The plain triple stays while one statement that describes it is sure enough."""
    graph = built_anew(seed_built)
    plain, first, second = (URIRef(f"urn:{name}") for name in ("plain", "first", "second"))
    for node, sure in ((first, "0.5"), (second, "0.9")):
        graph.add((node, RDF.subject, plain))
        graph.add((node, RDF.predicate, K.funds))
        graph.add((node, RDF.object, plain))
        graph.add((node, K.confidence, confidence_literal(sure)))
    graph.add((plain, K.funds, plain))

    assert (plain, K.funds, plain) in selection.of_graph(graph, Decimal("0.8"))
    assert (plain, K.funds, plain) not in selection.of_graph(graph, Decimal("0.95"))


def test_the_greater_confidence_counts() -> None:
    """A fact that two reports are unlike sure of is as sure as the surer one says, for a selection and for the network."""
    graph = Graph()
    for predicate, obj in ((RDF.type, K.Statement), (RDF.subject, K.a), (RDF.predicate, K.funds), (RDF.object, K.b)):
        graph.add((K.fact, predicate, obj))
    for sure in ("0.9", "0.5"):
        graph.add((K.fact, K.confidence, confidence_literal(sure)))

    assert (K.fact, RDF.type, K.Statement) in selection.of_graph(graph, Decimal("0.8"))
    assert [fact["confidence"] for _, _, fact in to_networkx(graph).edges(data=True)] == [Decimal("0.9")]


def built_anew(built: Built) -> Graph:
    """The graph of a build, a copy that may be cut."""
    graph = Graph()
    graph += built.graph
    return graph


def confidence_literal(sure: str) -> Literal:
    """A confidence as the graph has it."""
    return Literal(sure, datatype=XSD.decimal)
