"""Things and statements as GraphML, for Gephi, yEd, Cytoscape and igraph."""

from __future__ import annotations

import io
from collections.abc import Mapping

import networkx as nx

from kg.exports.attributes import flat
from kg.exports.data import Data


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF; attributes as of `flat`."""
    out = io.BytesIO()
    nx.write_graphml_xml(flat(data), out)
    return {f"{data.name}.graphml": out.getvalue() + b"\n"}
