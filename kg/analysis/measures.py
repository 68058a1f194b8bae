"""Measures of the network, by networkx: two things are joined when any fact joins them, whichever way and however often.

PageRank stands beside degree and betweenness, and not eigenvector centrality: without the hub the network falls into many components,
and the eigenvector is nothing in all but one of them.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import networkx as nx
from rdflib import RDFS, URIRef

from kg.explorer.layout import hubs
from kg.graph import K
from kg.network import Index, network_of
from kg.ontology import local

_DAMPING = 0.85
_STEPS = 100  # after which no rank changes in its first seven digits: 0.85 ** 100
_SEED = 0


@dataclass(frozen=True, slots=True)
class Centrality:
    """How central a thing is.

    degree: how many others it is joined with; betweenness: the share of all shortest ways between others that lead through it; pagerank:
    the share of its time that a walk along the facts spends there, 1 in sum over the network.
    """

    degree: int
    betweenness: float
    pagerank: float


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """A graph, its network, who was taken for a hub, and the joined things with them and without them."""

    index: Index
    network: nx.MultiDiGraph[str] = field(repr=False)
    hubs: tuple[str, ...]
    whole: nx.Graph[str] = field(repr=False)
    rest: nx.Graph[str] = field(repr=False)

    def label(self, iri: str, language: str) -> str:
        """What a thing is called in that language, else in any."""
        return self.index.label(URIRef(iri), language)

    def is_a(self, iri: str, kind: URIRef) -> bool:
        """Whether a thing is of that class or of one below it."""
        return kind in self.index.classes(URIRef(iri))


def analyse(index: Index, names: Iterable[str] = ()) -> Analysis:
    """The network of a graph. names: of its hubs, each by any of its names; else the explorer's, that touch a quarter of all things.

    Raises UnknownNameError when nothing in the network is called so.
    """
    network = network_of(index)
    given = {iri for name in names for iri in index.called(name, map(URIRef, network))}
    tops = sorted(given) or hubs(network)
    whole = joined(network)
    return Analysis(index, network, tuple(tops), whole, nx.Graph(whole.subgraph(sorted(set(whole) - set(tops)))))


def joined(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Its things, sorted, each pair that any fact joins by one edge; a fact of a thing with itself joins nothing."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(network))
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in network.edges() if pair[0] != pair[1]}))
    return graph


def centrality(graph: nx.Graph[str]) -> dict[str, Centrality]:
    """How central each thing is. Its memory grows with the square of the things: for some thousands, not for more."""
    if not graph:
        return {}
    ways = nx.betweenness_centrality(graph)
    matrix = nx.google_matrix(graph, alpha=_DAMPING)  # by numpy, which spaCy brings; nx.pagerank would want SciPy
    ranks = matrix.mean(axis=0)
    for _ in range(_STEPS):
        ranks = ranks @ matrix
    return {iri: Centrality(graph.degree[iri], ways[iri], float(rank)) for iri, rank in zip(graph, ranks, strict=True)}


def communities(graph: nx.Graph[str]) -> list[list[str]]:
    """Those more joined with each other than with others, by Louvain's method; the largest first, in each the most joined first."""
    # Numbers for names: a set of texts has another order in each run.
    names = list(graph)
    numbers = {iri: number for number, iri in enumerate(names)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_edges_from((numbers[one], numbers[other]) for one, other in graph.edges)
    found = [[names[number] for number in community] for community in nx.community.louvain_communities(numbered, seed=_SEED)]
    ordered = [sorted(community, key=lambda iri: (-graph.degree[iri], iri)) for community in found]
    return sorted(ordered, key=lambda community: (-len(community), community))


def modularity(graph: nx.Graph[str], found: Iterable[Collection[str]]) -> float:
    """How much more of the edges lie within communities than would by chance, at most 1; 0 without edges."""
    return float(nx.community.modularity(graph, map(set, found))) if graph.size() else 0.0


def co_implementers(analysis: Analysis) -> list[tuple[str, str, list[str]]]:
    """Pairs of parties and the programmes that both implement, launch or manage; most programmes first, then by IRI."""
    ways = {local(str(way)) for way in analysis.index.of(K.Relation) if way == K.implements or K.implements in _above(analysis.index, way)}
    by: defaultdict[str, set[str]] = defaultdict(set)
    for party, programme, fact in analysis.network.edges(data=True):
        if fact["relation"] in ways and analysis.is_a(programme, K.Programme):
            by[programme].add(party)
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for programme in sorted(by):
        for pair in itertools.combinations(sorted(by[programme]), 2):
            shared[pair].append(programme)
    return [(*pair, shared[pair]) for pair in sorted(shared, key=lambda pair: (-len(shared[pair]), pair))]


def _above(index: Index, relation: object) -> set[object]:
    """The relations above one."""
    found: set[object] = set()
    todo = [relation]
    while todo:
        todo = [up for one in todo for up in index.all(URIRef(str(one)), RDFS.subPropertyOf) if up not in found]
        found.update(todo)
    return found
