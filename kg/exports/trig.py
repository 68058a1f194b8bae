"""The graphs apart, as TriG."""

from __future__ import annotations

from collections.abc import Mapping

from kg.exports.data import Data
from kg.writers import blocks


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF: the default graph, then each report's, in reading order."""
    graphs = (section for name, triples in data.graphs.items() for section in blocks.sections(triples, data.prefixes, name))
    return {f"{data.name}.trig": "".join([blocks.header(data.prefixes), *graphs]).encode()}
