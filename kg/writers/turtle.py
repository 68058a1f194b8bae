"""All triples in one graph, as Turtle."""

from __future__ import annotations

from kg import graph
from kg.pipeline import Built
from kg.writers import blocks


def render(built: Built) -> bytes:
    """Ontology, things, facts and evidence, UTF-8 with LF; a triple that two graphs hold stands once."""
    prefixes = graph.prefixes(built.document)
    return "".join([blocks.header(prefixes), *blocks.sections(built.graph, prefixes)]).encode()
