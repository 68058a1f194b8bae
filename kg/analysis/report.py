"""The measures as tables. `TABLES` is the one list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import networkx as nx
from rdflib import URIRef

from kg.analysis.measures import Analysis, Centrality, centrality, co_implementers, communities, modularity
from kg.graph import K
from kg.ontology import KG
from kg.queries import Answer
from kg.resources import load_yaml

LANGUAGES = ("zh", "en")
SEPARATOR = "; "  # of names in a cell


def words(language: str) -> dict[str, Any]:
    """The titles, notes and names of measures in a language."""
    said: Any = load_yaml(Path(__file__).with_name("words.yaml"))
    return {key: {name: texts[LANGUAGES.index(language)] for name, texts in part.items()} for key, part in said.items()}


def ranked(analysis: Analysis) -> list[tuple[str, Centrality, Centrality | None]]:
    """Every body and programme with its centrality with and without the hubs (None for a hub); the most joined first."""
    whole, rest = centrality(analysis.whole), centrality(analysis.rest)
    actors = [iri for iri in analysis.whole if analysis.is_a(iri, K.Actor)]
    between = {iri: rest[iri].betweenness if iri in rest else 1.0 for iri in actors}
    ordered = sorted(actors, key=lambda iri: (-whole[iri].degree, -round(between[iri], 9), iri))
    return [(iri, whole[iri], rest.get(iri)) for iri in ordered]


def _overview(analysis: Analysis, language: str) -> Answer:
    """Counts and shares of the network as a whole, with and without the hubs."""
    names = words(language)["measures"]
    sides = [_counts(graph) for graph in (analysis.whole, analysis.rest)]
    sides[0]["facts"] = str(analysis.network.number_of_edges())
    sides[1]["facts"] = str(analysis.network.subgraph(analysis.rest).number_of_edges())
    return Answer(("measure", "with_hub", "without_hub"), tuple((names[name], *(side[name] for side in sides)) for name in names))


def _counts(graph: nx.Graph[str]) -> dict[str, str]:
    components = [len(one) for one in nx.connected_components(graph)]
    found = communities(graph)
    return {
        "things": str(len(graph)),
        "pairs": str(graph.number_of_edges()),
        "density": f"{nx.density(graph):.4f}",
        "mean_degree": f"{2 * graph.number_of_edges() / max(len(graph), 1):.2f}",
        "components": str(len(components)),
        "largest": str(max(components, default=0)),
        "alone": str(components.count(1)),
        "communities": str(sum(len(one) > 1 for one in found)),
        "modularity": f"{modularity(graph, found):.3f}",
    }


def _classes(analysis: Analysis, language: str) -> Answer:
    counts = Counter(str(thing["kind"]) for _, thing in analysis.network.nodes(data=True))
    rows = ((analysis.label(f"{KG}{kind}", language), str(count)) for kind, count in _most(counts))
    return Answer(("class", "things"), tuple(rows))


def _relations(analysis: Analysis, language: str) -> Answer:
    edges = list(analysis.network.edges(data=True))
    facts = Counter(fact["relation"] for _, _, fact in edges)
    sentences: Counter[str] = Counter()
    for _, _, fact in edges:
        sentences[fact["relation"]] += len({(one["source"], one["quote"]) for one in fact["evidence"]})
    rows = ((analysis.label(f"{KG}{relation}", language), str(count), str(sentences[relation])) for relation, count in _most(facts))
    return Answer(("relation", "facts", "sentences"), tuple(rows))


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _centrality(analysis: Analysis, language: str) -> Answer:
    columns = ("degree", "betweenness", "pagerank")
    rows = (
        (analysis.label(iri, language), _kind(analysis, iri, language), *_cells(whole), *_cells(rest))
        for iri, whole, rest in ranked(analysis)
    )
    return Answer(("name", "class", *columns, *(f"{column}_without" for column in columns)), tuple(rows))


def _kind(analysis: Analysis, iri: str, language: str) -> str:
    return analysis.label(f"{KG}{analysis.index.kind(URIRef(iri))}", language)


def _cells(one: Centrality | None) -> tuple[str, str, str]:
    return (str(one.degree), f"{one.betweenness:.4f}", f"{one.pagerank:.4f}") if one else ("", "", "")


def _communities(analysis: Analysis, language: str) -> Answer:
    """Without the hubs, which would hold everything together; who is joined with nobody is in none."""
    found = [one for one in communities(analysis.rest) if len(one) > 1]
    rows = ((str(n), str(len(one)), _names(analysis, one, language)) for n, one in enumerate(found, 1))
    return Answer(("community", "size", "members"), tuple(rows))


def _co_implementation(analysis: Analysis, language: str) -> Answer:
    rows = (
        (analysis.label(one, language), analysis.label(other, language), str(len(programmes)), _names(analysis, programmes, language))
        for one, other, programmes in co_implementers(analysis)
    )
    return Answer(("party", "other", "count", "programmes"), tuple(rows))


def _names(analysis: Analysis, iris: list[str], language: str) -> str:
    return SEPARATOR.join(analysis.label(iri, language) for iri in iris)


# A new table is one function and one line here, and its title in words.yaml.
TABLES: Mapping[str, Callable[[Analysis, str], Answer]] = MappingProxyType(
    {
        "overview": _overview,
        "classes": _classes,
        "relations": _relations,
        "centrality": _centrality,
        "communities": _communities,
        "co-implementation": _co_implementation,
    }
)
