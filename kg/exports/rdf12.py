"""All triples in one graph, as Turtle of RDF 1.2: a statement reifies its triple instead of naming the three parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import pyoxigraph as ox
from rdflib import RDF

from kg import rdf
from kg.exports.data import Data
from kg.network import Triple
from kg.writers import blocks

_REIFIES = ox.NamedNode(f"{RDF}reifies")
_PARTS = (RDF.subject, RDF.predicate, RDF.object)


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF, in the order of the Turtle."""
    sections = (
        f"\n# {name}\n\n{blocks.text(chain.from_iterable(map(_reifying, found)), data.prefixes)}"
        for name, found in blocks.ordered(data.triples)
    )
    return {f"{data.name}.rdf12.ttl": "".join([blocks.header(data.prefixes), *sections]).encode()}


def _reifying(block: Sequence[Triple]) -> Iterator[ox.Triple]:
    """What is said of one subject; where it has all three parts of a triple, `rdf:reifies` says them at the place of the first."""
    parts = [obj for part in _PARTS for _, predicate, obj in block if predicate == part]
    if len(parts) != len(_PARTS):
        yield from rdf.triples(block)
        return
    (reified,) = rdf.triples([(parts[0], parts[1], parts[2])])
    for triple in block:
        if triple[1] == RDF.subject:
            (subject,) = {found.subject for found in rdf.triples([triple])}
            yield ox.Triple(subject, _REIFIES, reified)
        elif triple[1] not in _PARTS:
            yield from rdf.triples([triple])
