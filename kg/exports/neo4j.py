"""Things and statements as CSV for Neo4j's bulk import.

    neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --array-delimiter=TAB

A tab parts the texts of a list, because quotes and names hold every other sign.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import RDFS, URIRef

from kg.exports.characters import one_line
from kg.exports.data import Data
from kg.iris import canonical
from kg.ontology import KG, local

_NODES = ("iri:ID", "label", "label_en", "names:string[]", ":LABEL")
_RELATIONSHIPS = (
    *(":START_ID", ":END_ID", ":TYPE", "statement", "status", "start:date", "end:date", "amount:double", "unit", "place", "programme"),
    *("confidence:double", "paragraphs:string[]", "quotes:string[]"),
)


def render(data: Data) -> Mapping[str, bytes]:
    """Two files, UTF-8 with LF: every thing with all its classes, every statement; each cell on one line."""
    folder = f"{data.name}-neo4j"
    return {
        f"{folder}/nodes.csv": _csv(_NODES, _nodes(data)),
        f"{folder}/relationships.csv": _csv(_RELATIONSHIPS, _relationships(data)),
    }


def _nodes(data: Data) -> Iterator[Sequence[str]]:
    index = data.index
    for iri in sorted({*data.network, *map(str, index.things())}):
        node = URIRef(iri)
        label, label_en = index.label(node), index.text(node, RDFS.label, "en")
        classes = [local(str(kind)) for kind in index.classes(node) if str(kind).startswith(KG)]
        names = (name for name in index.names(node) if name not in {label, label_en})
        yield iri, one_line(label), one_line(label_en), _several(names), _several(classes)


def _relationships(data: Data) -> Iterator[Sequence[str]]:
    for source, target, iri, fact in data.network.edges(keys=True, data=True):
        yield (
            *(source, target, fact["relation"], iri, fact["status"], fact["start"], fact["end"], canonical(fact["amount"])),
            *(fact["unit"], fact["place"], fact["programme"], canonical(fact["confidence"])),
            _several(dict.fromkeys(one["paragraph"] for one in fact["evidence"])),
            _several(dict.fromkeys(one["quote"] for one in fact["evidence"])),
        )


def _several(texts: Iterable[str]) -> str:
    return "\t".join(map(one_line, texts))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
