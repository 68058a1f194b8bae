"""The dataset as sorted N-Quads, what reports share in the default graph: a part that a store loads."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import iris, rdf
from kg.graph import Triple
from kg.pipeline import Built


def render(built: Built) -> bytes:
    """One quad a line, UTF-8 with LF."""
    return rdf.n_quads(_graphs(built))


def quads(built: Built) -> Iterator[ox.Quad]:
    """The same before it is written."""
    return rdf.ox_quads(_graphs(built))


def _graphs(built: Built) -> dict[str, tuple[Triple, ...]]:
    return {"": built.described.shared, iris.report_iri(built.document): built.described.facts}
