"""The dataset as TriG: what reports share in the default graph, the report's facts in a graph of its own."""

from __future__ import annotations

from kg import graph, iris
from kg.pipeline import Built
from kg.writers import blocks


def render(built: Built) -> bytes:
    """The default graph, then the report's, UTF-8 with LF."""
    prefixes, name = graph.prefixes(built.document), iris.report_iri(built.document)
    shared = blocks.sections(built.described.shared, prefixes)
    facts = blocks.sections(built.described.facts, prefixes, name)
    return "".join([blocks.header(prefixes), *shared, *facts]).encode()
