"""All triples in one graph, as Turtle."""

from __future__ import annotations

import pyoxigraph as ox

from kg import graph, store
from kg.pipeline import Built
from kg.writers import blocks


def render(built: Built) -> bytes:
    """Ontology, things, facts and evidence, UTF-8 with LF; a triple that two graphs hold stands once."""
    prefixes = graph.prefixes(built.document)
    union = {quad.triple: quad for quad in store.quads(built.dataset)}
    return "".join([blocks.header(prefixes), *blocks.sections(union.values(), ox.RdfFormat.TURTLE, prefixes)]).encode()
