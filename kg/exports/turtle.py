"""All triples in one graph, as Turtle."""

from __future__ import annotations

from collections.abc import Mapping

from kg.exports.data import Data
from kg.writers import blocks


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF, in reading order."""
    text = "".join([blocks.header(data.prefixes), *blocks.sections(data.triples, data.prefixes)])
    return {f"{data.name}.ttl": text.encode()}
