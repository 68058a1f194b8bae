"""The dataset as sorted N-Quads, what reports share in the default graph: a part that a store loads."""

from __future__ import annotations

from kg import iris, rdf
from kg.pipeline import Built


def render(built: Built) -> bytes:
    """One quad a line, UTF-8 with LF."""
    return rdf.n_quads({"": built.described.shared, iris.report_iri(built.document): built.described.facts})
