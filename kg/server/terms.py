"""The ontology: its reference as a page, and its Turtle."""

from __future__ import annotations

from kg import graph, ontology, rdf
from kg.reference import page as reference
from kg.server import addresses, answering
from kg.server.limits import Limits
from kg.server.reply import Reply
from kg.server.source import Source


def page(source: Source, limits: Limits, media: str, language: str) -> Reply:  # noqa: ARG001  what every job is given
    """Every class, relation and property, as HTML or RDF."""
    known = ontology.load()
    if media == addresses.HTML:
        return Reply(reference.render(known, language), addresses.HTML)
    return answering.graph(rdf.triples(sorted(graph.schema(known))), limits, media)
