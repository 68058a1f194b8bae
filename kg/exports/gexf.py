"""Things and statements as GEXF for Gephi: coloured by class, and on its timeline where sentences say when."""

from __future__ import annotations

import io
from collections.abc import Mapping

from networkx.readwrite.gexf import GEXFWriter

from kg.explorer.content import interface
from kg.exports.attributes import flat
from kg.exports.data import Data


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF; attributes as of `flat`."""
    graph, looks = flat(data), interface()
    for _, thing in graph.nodes(data=True):
        _shape, colour, _dark = looks["kinds"].get(thing.get("class"), looks["other"])
        thing["viz"] = {"color": {name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))}}
    for _, _, iri, fact in graph.edges(keys=True, data=True):
        fact["id"] = iri
    writer = GEXFWriter(graph)
    writer.xml.remove(writer.xml.find("meta"))  # it tells the day
    out = io.BytesIO()
    writer.write(out)
    return {f"{data.name}.gexf": out.getvalue() + b"\n"}
