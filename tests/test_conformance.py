"""The measures that need no gold: counted by hand on a small graph, and on the seed report."""

from __future__ import annotations

from rdflib import RDF, Graph, Literal, URIRef

from kg.conformance import Conformance, measure
from kg.graph import K, O
from kg.pipeline import Built


def test_seed_is_faithful(seed_built: Built) -> None:
    """Every fact of the seed report conforms to the ontology, and every quote is its source."""
    found = measure(seed_built.dataset)
    assert found.facts > len(seed_built.extraction.statements)
    assert (found.conform, found.relations, found.quotes) == (found.facts, 0, 0)
    assert found.share(found.subjects + found.objects) < 0.02


def test_faults_are_counted(seed_built: Built) -> None:
    """A relation the ontology has not, a class it does not allow, a name that is nowhere in the paragraph and a wrong quote each count."""
    graph = Graph()
    graph += seed_built.graph
    whole = measure(graph)
    statements = sorted(graph.subjects(RDF.type, K.Statement), key=str)
    lone = [s for s in statements if len(set(graph.objects(s, K.evidence))) == 1]

    graph.set((lone[0], RDF.predicate, K.invents))
    funded = next(s for s in lone[1:] if (s, RDF.predicate, K.partnerOf) in graph)
    graph.set((funded, RDF.object, URIRef("urn:nameless")))
    quoted = next(graph.objects(lone[-1], K.evidence / O.hasSelector))
    graph.set((quoted, O.exact, Literal("别的话")))

    found = measure(graph)
    assert found.relations == 1
    assert found.conform == whole.facts - 2
    assert found.objects == whole.objects + 1
    assert found.quotes >= 1


def test_empty_graph() -> None:
    """A graph without facts has none of anything, and shares of 0."""
    assert measure(Graph()) == Conformance(0, 0, 0, 0, 0, 0)
    assert measure(Graph()).share(0) == 0
