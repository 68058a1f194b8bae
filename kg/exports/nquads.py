"""The triples with their graphs, one a line and sorted, as N-Quads: two of them compare with diff."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg import rdf
from kg.exports.data import Data
from kg.exports.ntriples import in_order


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF."""
    quads = (
        ox.Quad(found.subject, found.predicate, found.object, ox.NamedNode(name) if name else ox.DefaultGraph())
        for name, triples in data.graphs.items()
        for found in rdf.triples(triples)
    )
    return {f"{data.name}.nq": in_order(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")}
