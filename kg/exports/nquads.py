"""The triples with their graphs, one a line and sorted, as N-Quads: two of them compare with diff."""

from __future__ import annotations

from collections.abc import Mapping

from kg import rdf
from kg.exports.data import Data


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF."""
    return {f"{data.name}.nq": rdf.n_quads(data.graphs)}
