"""The dataset as TriG: what reports share in the default graph, the report's facts in a graph of its own."""

from __future__ import annotations

from kg import graph
from kg.pipeline import Built
from kg.writers import blocks


def render(built: Built) -> bytes:
    """The default graph, then the report's, UTF-8 with LF."""
    prefixes, name = graph.prefixes(built.document), graph.report_iri(built.document)
    shared = blocks.sections(built.dataset.default_graph, prefixes)
    facts = blocks.sections(built.dataset.graph(name), prefixes, name)
    return "".join([blocks.header(prefixes), *shared, *facts]).encode()
