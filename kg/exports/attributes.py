"""The network with attributes as files of graphs can hold them: words and numbers, none of them empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
from rdflib import URIRef

from kg.exports.characters import one_line
from kg.exports.data import Data
from kg.graph import K

_BETWEEN = " | "


def flat(data: Data) -> nx.MultiDiGraph[str]:
    """Things and statements, sorted as in `kg.to_networkx`, for Gephi and the like.

    Nodes: `label` (Chinese, else any), `label_en`, `class`, `names`. Edges, keyed by the statement's IRI: `label` (the
    relation in Chinese), `relation`, `status`, `start`, `end` (ISO dates), `amount` and `confidence` (floats), `unit`, `place`, `programme`
    (labels), and in reading order `paragraph` and `quote` of all evidence. Texts are on one line, several are parted by " | ".
    """
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, thing in data.network.nodes(data=True):
        names = _BETWEEN.join(thing["names"])
        result.add_node(iri, **_filled({"label": thing["label"], "label_en": thing["label_en"], "class": thing["kind"], "names": names}))
    label = data.index.label
    for source, target, iri, fact in data.network.edges(keys=True, data=True):
        said = {
            "label": label(K[fact["relation"]]),
            **{name: fact[name] for name in ("relation", "status", "start", "end", "unit")},
            "amount": fact["amount"],
            "place": label(URIRef(fact["place"])) if fact["place"] else "",
            "programme": label(URIRef(fact["programme"])) if fact["programme"] else "",
            "confidence": fact["confidence"],
            "paragraph": _BETWEEN.join(dict.fromkeys(one["paragraph"] for one in fact["evidence"])),
            "quote": _BETWEEN.join(dict.fromkeys(one["quote"] for one in fact["evidence"])),
        }
        result.add_edge(source, target, key=iri, **_filled(said))
    return result


def _filled(attributes: Mapping[str, Any]) -> dict[str, str | float]:
    """Without what is not said; the first cell of a column would otherwise make it one of words."""
    said = {name: value for name, value in attributes.items() if value not in {None, ""}}
    return {name: one_line(value) if isinstance(value, str) else float(value) for name, value in said.items()}
