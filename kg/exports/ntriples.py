"""All triples in one graph, one a line and sorted, as N-Triples."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg import rdf
from kg.exports.data import Data


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF."""
    return {f"{data.name}.nt": rdf.in_order(ox.serialize(rdf.triples(data.triples), format=ox.RdfFormat.N_TRIPLES) or b"")}
