"""rdflib as a source of answers, so that every question can be asked of both engines."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph

from kg.queries.sources import Results


@dataclass(frozen=True)
class Rdflib:
    """A graph, or a Dataset whose default graph is the union, that answers SELECT and ASK as rdflib does."""

    graph: Graph

    def query(self, query: str, /) -> Results:
        """The results, handed over as SPARQL's own JSON."""
        answer = self.graph.query(query)
        if answer.type == "SELECT":
            answer.bindings = [row for row in answer.bindings if row]  # rdflib makes a row of groups when there is nothing to group
        found = answer.serialize(format="json")
        assert found
        results = ox.parse_query_results(found, format=ox.QueryResultsFormat.JSON)
        assert isinstance(results, ox.QuerySolutions | ox.QueryBoolean)
        return results
