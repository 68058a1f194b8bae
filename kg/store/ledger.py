"""The ledger: which report says what of the things that reports share, in the report's own words and IRIs.

What a report says of one thing is a block, and the same block of many reports is kept once:

    <thing> says <block> <report> .     in the graph of each report
    <block> record "…"                  the block as a `Record`, all that deciding about names needs
    … <block> .                         in the graph of each block: its triples

What a report says of the vocabulary is one block too, of a thing called VOCABULARY.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from kg.iris import entity_iri
from kg.ontology import BASE, DCTERMS, KG, RDF, RDFS, SCHEMA, SKOS, XSD, local
from kg.store import terms

VOCABULARY = "urn:report-kg:vocabulary"
_SAYS, _RECORD = ox.NamedNode("urn:report-kg:says"), ox.NamedNode("urn:report-kg:record")
_LABEL, _ALSO, _TYPE = f"{RDFS}label", f"{SKOS}altLabel", f"{RDF}type"
_IDENTIFIERS = {f"{SKOS}notation", f"{SCHEMA}sameAs", f"{DCTERMS}identifier"}
_LANGUAGE = "zh"


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """What a report calls a thing. kind: local name of its class; identifiers: codes and addresses.

    names: all in the language of the reports, the label among them. listed: whether its IRI is given to it by a list, or is that of a
    report, and not made of its name.
    """

    label: str
    kind: str
    names: tuple[str, ...]
    identifiers: tuple[str, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in its database."""

    store: ox.Store

    def enter(self, report: str, quads: Iterable[ox.Quad]) -> None:
        """Enter what a part says. report: IRI."""
        shared: defaultdict[str, list[ox.Triple]] = defaultdict(list)
        own: list[ox.Triple] = []
        for q in quads:
            thing = terms.iri(q.subject)
            if q.graph_name == terms.DEFAULT:
                shared[thing if thing.startswith(BASE) else VOCABULARY].append(q.triple)
            elif thing == report:
                own.append(q.triple)
        entries: list[ox.Quad] = []
        for thing, triples in shared.items():
            entries += self._block(report, thing, triples, _record(thing, triples))
        entries += self._block(report, report, [], _record(report, own))
        self.store.extend(entries)

    def strike(self, report: str) -> None:
        """Take away what a report says, and the blocks that no other says."""
        graph = ox.NamedNode(report)
        blocks = {block for _, block, _ in self.said(VOCABULARY, report)} | {block for _, block, _ in self.said(report=report)}
        self.store.remove_graph(graph)
        for block in map(ox.NamedNode, sorted(blocks)):
            if next(self.store.quads_for_pattern(None, _SAYS, block, None), None) is None:
                self.store.remove_graph(block)
                for q in list(self.store.quads_for_pattern(block, _RECORD, None, terms.DEFAULT)):
                    self.store.remove(q)

    def records(self) -> dict[str, Record]:
        """Each block of a thing as a record."""
        found = self.store.quads_for_pattern(None, _RECORD, None, terms.DEFAULT)
        return {terms.iri(q.subject): _read(terms.text(q.object)) for q in found}

    def said(self, thing: str | None = None, report: str | None = None) -> Iterator[tuple[str, str, str]]:
        """Thing, block and report, all or those of one thing or report; nothing of the vocabulary unless it is asked for."""
        which, where = ox.NamedNode(thing) if thing else None, ox.NamedNode(report) if report else None
        for q in self.store.quads_for_pattern(which, _SAYS, None, where):
            if thing or terms.iri(q.subject) != VOCABULARY:
                yield terms.iri(q.subject), terms.iri(q.object), terms.iri(q.graph_name)

    def block(self, name: str) -> Iterator[ox.Triple]:
        """The triples of a block."""
        return (q.triple for q in self.store.quads_for_pattern(None, None, None, ox.NamedNode(name)))

    def vocabulary(self) -> set[ox.Triple]:
        """What the reports say of the vocabulary, together."""
        blocks = {block for _, block, _ in self.said(VOCABULARY)}
        return {triple for block in blocks for triple in self.block(block)}

    def _block(self, report: str, thing: str, triples: list[ox.Triple], record: Record | None) -> Iterator[ox.Quad]:
        words = json.dumps(asdict(record), ensure_ascii=False) if record else ""
        lines = "\n".join([thing, words, *sorted(map(str, triples))])
        block = ox.NamedNode(f"urn:sha256:{hashlib.sha256(lines.encode()).hexdigest()[:32]}")
        new = next(self.store.quads_for_pattern(None, _SAYS, block, None), None) is None
        yield ox.Quad(ox.NamedNode(thing), _SAYS, block, ox.NamedNode(report))
        if new:
            yield from (terms.quad(triple, block) for triple in triples)
            if record:
                yield ox.Quad(block, _RECORD, ox.Literal(words))


def _record(thing: str, triples: Iterable[ox.Triple]) -> Record | None:
    """None of what has no class or no name: it is no thing that another name could stand for."""
    said: defaultdict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for triple in triples:
        said[triple.predicate.value].append(triple.object)  # type: ignore[arg-type]
    kinds = sorted(local(kind.value) for kind in said[_TYPE] if kind.value.startswith(KG))
    labels = sorted(said[_LABEL], key=lambda label: (getattr(label, "language", "") != _LANGUAGE, label.value))
    if not kinds or not labels:
        return None
    made = next((label.value for label in labels if entity_iri(label.value) == thing), "")
    label = made or labels[0].value
    names = {label, *(name.value for name in (*labels, *said[_ALSO]) if getattr(name, "language", "") == _LANGUAGE)}
    identifiers = {_identifier(value) for predicate in _IDENTIFIERS for value in said[predicate]}
    return Record(label, kinds[0], tuple(sorted(names)), tuple(sorted(identifiers)), not made)


def _identifier(value: ox.NamedNode | ox.Literal) -> str:
    """An address or a code; a code of a kind with its kind, for another kind may have the same."""
    kind = value.datatype.value if isinstance(value, ox.Literal) else ""
    return f"{value.value} {kind}" if kind and kind != f"{XSD}string" else value.value


def _read(words: str) -> Record:
    found = json.loads(words)
    return Record(found["label"], found["kind"], tuple(found["names"]), tuple(found["identifiers"]), found["listed"])
