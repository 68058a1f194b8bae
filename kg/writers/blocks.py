"""Triples as readable text that is the same in every run: by section, by subject, the most telling predicates first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.ontology import KG, OA, RDF, RDFS

_Natural = tuple[str | int, ...]

_EVIDENCE = f"{KG}evidence"
_ENTITIES = "Things"
_SECTIONS = {
    "Ontology": (),
    _ENTITIES: (),
    "Reports and paragraphs": (f"{KG}Report", f"{KG}Paragraph"),
    "Statements": (f"{KG}Statement",),
    "Evidence": (f"{KG}Evidence", f"{OA}TextQuoteSelector"),
    "Observations": (f"{KG}Observation",),
}
_SECTION_OF = {kind: section for section, kinds in _SECTIONS.items() for kind in kinds}
_FIRST = (f"{RDF}type", f"{RDFS}label", f"{RDF}subject", f"{RDF}predicate", f"{RDF}object", f"{OA}start", f"{OA}end")
_RANK = {predicate: rank for rank, predicate in enumerate(_FIRST)}
_DIGITS = re.compile("([0-9]+)")


def header(prefixes: Mapping[str, str]) -> str:
    """The prefixes, in the order given."""
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())


def sections(quads: Iterable[ox.Quad], form: ox.RdfFormat, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The quads of one graph, each section of them a text with a comment above it; form: TURTLE (the graph's name is left out) or TRIG."""
    blocks: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        blocks[quad.subject.value].append(quad)
    by_section: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(blocks, key=lambda subject: (_place(blocks[subject]), subject)):
        by_section[_section(blocks[subject])].append(subject)
    for name in _SECTIONS:
        if by_section[name]:
            ordered = [quad for subject in by_section[name] for quad in sorted(blocks[subject], key=_reading)]
            yield f"\n# {name}\n\n{_text(ordered, form, prefixes)}"


def _text(quads: Iterable[ox.Quad], form: ox.RdfFormat, prefixes: Mapping[str, str]) -> str:
    """Serialized without the prefixes, which pyoxigraph writes in another order in each run."""
    statements = quads if form.supports_datasets else (quad.triple for quad in quads)
    lines = (ox.serialize(statements, format=form, prefixes=dict(prefixes)) or b"").decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("@prefix "))


def _section(block: Iterable[ox.Quad]) -> str:
    """Where a subject stands: by its class, or as a term of the ontology by its IRI."""
    for quad in block:
        if quad.predicate.value == f"{RDF}type" and quad.object.value in _SECTION_OF:
            return _SECTION_OF[quad.object.value]
        if quad.subject.value.startswith(KG.rstrip("#")):
            return "Ontology"
    return _ENTITIES


def _place(block: Sequence[ox.Quad]) -> _Natural:
    """Sorts what has evidence by where it is first said, as its own IRI is a hash."""
    evidence = [_natural(quad.object.value) for quad in block if quad.predicate.value == _EVIDENCE]
    return min(evidence, default=_natural(block[0].subject.value))


def _natural(text: str) -> _Natural:
    """Sorts p9 before p10."""
    return tuple(int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(text)))


def _reading(quad: ox.Quad) -> tuple[int, str, _Natural]:
    predicate, value = quad.predicate.value, quad.object
    return _RANK.get(predicate, len(_FIRST)), predicate, _natural(value.value) if isinstance(value, ox.NamedNode) else (str(value),)
