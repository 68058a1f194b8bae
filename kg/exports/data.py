"""What is exported: triples, apart by the graph they stand in, and the ways in which formats look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import networkx as nx
from rdflib import Graph
from rdflib.term import Node

from kg import rdf, selection
from kg.graph import K
from kg.network import Index, Triple, network_of
from kg.ontology import BASE, PREFIXES, local

_SEVERAL = "report-kg"


@dataclass(frozen=True)
class Data:
    """Triples by the IRI of their named graph, "" for the default graph, which reports share."""

    graphs: Mapping[str, tuple[Triple, ...]] = field(repr=False)

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """Those of all graphs, each once."""
        return tuple(dict.fromkeys(triple for triples in self.graphs.values() for triple in triples))

    @cached_property
    def index(self) -> Index:
        """The same by subject and predicate."""
        return Index(self.triples)

    @cached_property
    def network(self) -> nx.MultiDiGraph[str]:
        """The same as things and the statements between them."""
        return network_of(self.index)

    @property
    def reports(self) -> list[Node]:
        """The IRIs of the reports that were read, sorted."""
        return self.index.of(K.Report)

    @property
    def name(self) -> str:
        """What its files are called: the id of its report, of several the project's name."""
        return local(str(self.reports[0])) if len(self.reports) == 1 else _SEVERAL

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The project's, and `rep:` for the parts of its report when there is only one."""
        return PREFIXES | ({"rep": f"{self.reports[0]}/"} if len(self.reports) == 1 else {})

    def of_report(self, name: str) -> Data:
        """What the report of that id says and what it needs of the rest; an UnknownNameError when there is no such report."""
        graph = Graph(bind_namespaces="none")
        graph.addN((*triple, graph) for triple in self.triples)
        kept = set(selection.of_report(graph, name))
        own = {"", f"{BASE}{name}"} & set(self.graphs)
        return Data({iri: tuple(triple for triple in self.graphs[iri] if triple in kept) for iri in sorted(own)})


def read(*paths: Path) -> Data:
    """The triples of RDF files by graph, those of the default graph first; errors as of `kg.rdf.read`."""
    graphs: defaultdict[str, dict[Triple, None]] = defaultdict(dict)
    for *triple, graph in rdf.quads(*paths):
        graphs[graph][tuple(triple)] = None  # type: ignore[index]
    return Data({graph: tuple(graphs[graph]) for graph in sorted(graphs)})
