"""What a query's answer chooses of a graph: the facts that its triples are, and what it says beyond them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain

import networkx as nx
import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from kg import rdf
from kg.errors import QueryError
from kg.graph import K, O
from kg.network import Index, Triple, network_of
from kg.ontology import KG
from kg.queries.sources import Results, Term

_COLUMNS = (("s", "p", "o"), ("subject", "relation", "object"))
_PARTS = (K.Evidence, O.TextQuoteSelector)  # what statements consist of is no thing to draw


def triples(found: Results, where: str) -> set[Triple]:
    """What a CONSTRUCT or a DESCRIBE gives, or a SELECT of ?s ?p ?o or ?subject ?relation ?object; a QueryError for any other question."""
    if isinstance(found, ox.QueryTriples):
        return {_triple(*triple) for triple in found}
    for s, p, o in _COLUMNS:
        if isinstance(found, ox.QuerySolutions) and {variable.value for variable in found.variables}.issuperset((s, p, o)):
            rows = ((row[s], row[p], row[o]) for row in found)
            return {_triple(*row) for row in rows if None not in row}
    message = f"{where}: gives no triples; ask with CONSTRUCT, or SELECT ?s ?p ?o or ?subject ?relation ?object, each an IRI"
    raise QueryError(message)


def _triple(s: Term, p: Term, o: Term) -> Triple:
    return rdf.from_ox(s), rdf.from_ox(p), rdf.from_ox(o)


def choose(graph: Graph, answer: Collection[Triple]) -> tuple[Index, nx.MultiDiGraph[str]]:
    """The graph with only the facts and numbers that these triples choose, and its network.

    A triple that statements describe chooses these, with their evidence; a statement or an observation is chosen by its IRI. Any other
    triple between IRIs is an edge without evidence. Labels and classes are for what the graph has none for; other literals are left out.
    Numbers about what is joined are kept. Of triples that choose nothing nothing is left.
    """
    index = Index(graph)
    statements, observations = set(index.of(K.Statement)), set(index.of(K.Observation))
    described = _described(index, statements)
    chosen = {node for triple in answer for node in triple} & (statements | observations)
    chosen = chosen.union(*(described.get(triple, ()) for triple in answer))
    no_ends = statements | observations | {node for kind in _PARTS for node in index.of(kind)}
    bare = {triple for triple in answer if triple not in described and _joins(triple, no_ends)}
    ends = {end for s, _, o in bare for end in (s, o)} | {index.one(one, end) for one in chosen for end in (RDF.subject, RDF.object)}
    about = {one for one in observations if index.one(one, K.about) in ends}
    gone = (statements | observations) - chosen - about
    found = Index(chain((triple for triple in graph if triple[0] not in gone), _names(index, answer)))
    return found, network_of(found, bare)


def _joins(triple: Triple, no_ends: Collection[Node]) -> bool:
    """Whether a triple says how two things are related, and not what one is or is called."""
    subject, predicate, obj = triple
    return predicate not in {RDF.type, RDFS.label} and all(isinstance(end, URIRef) and end not in no_ends for end in (subject, obj))


def _described(index: Index, statements: Iterable[Node]) -> dict[Triple, set[Node]]:
    """The statements by the triple they describe; of a symmetric relation, either way round."""
    symmetric = set(index.of(OWL.SymmetricProperty))
    found: defaultdict[Triple, set[Node]] = defaultdict(set)
    for one in statements:
        subject, predicate, obj = (index.one(one, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        if subject and predicate and obj:
            found[subject, predicate, obj].add(one)
            if predicate in symmetric:
                found[obj, predicate, subject].add(one)
    return dict(found)


def _names(index: Index, answer: Iterable[Triple]) -> list[Triple]:
    """The labels and classes that an answer gives to what has none, a label in each language."""
    return [
        (subject, predicate, obj)
        for subject, predicate, obj in answer
        if (predicate == RDFS.label and isinstance(obj, Literal) and not index.text(subject, RDFS.label, obj.language or ""))
        or (predicate == RDF.type and str(obj).startswith(KG) and not index.kind(subject))
    ]
