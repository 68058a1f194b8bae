"""The dataset as TriG: what reports share in the default graph, the report's facts in a graph of its own."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg import graph, store
from kg.pipeline import Built
from kg.writers import blocks


def render(built: Built) -> bytes:
    """The default graph, then the report's, UTF-8 with LF."""
    prefixes = graph.prefixes(built.document)
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in store.quads(built.dataset):
        graphs["" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value].append(quad)
    parts = [part for name in sorted(graphs) for part in blocks.sections(graphs[name], ox.RdfFormat.TRIG, prefixes)]
    return "".join([blocks.header(prefixes), *parts]).encode()
