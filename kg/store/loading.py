"""The databases of a new generation: what a change touches is made anew, all else stays as it is.

Touched are the things that a gone or come report speaks of, and those that are decided otherwise. For each of them what the store says
of it is worked out from the ledger and compared with what stands there; only reports in which an IRI changes are loaded again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg import ontology
from kg.iris import SHARED
from kg.ontology import BASE, DCTERMS, KG, RDF, RDFS, SKOS
from kg.store import folders, general, identity, parts, terms
from kg.store.graphs import Graphs
from kg.store.identity import Called, Decision, Identity
from kg.store.ledger import Ledger, Record
from kg.store.parts import Row
from kg.store.review import Review
from kg.store.rewriting import rewritten

IDENTITY_GRAPH = f"{BASE}store/identity"  # with a slash, which the IRI of no report has
_AT_ONCE = 500  # things that are said anew in one transaction
_MANY = 50  # reports from which on the bulk loader is quicker, which a transaction for each is below
_LANGUAGE = "zh"
_TYPE, _LABEL, _ALSO = (ox.NamedNode(iri) for iri in (f"{RDF}type", f"{RDFS}label", f"{SKOS}altLabel"))
Rows = Mapping[str, Row]


def decide(ledger: Ledger, review: Review) -> tuple[Identity, dict[str, Record]]:
    """What is one thing by all that stands in the ledger, and the records of its blocks."""
    records = ledger.records()
    said = ((thing, report, records[block]) for thing, block, report in ledger.said() if block in records)
    grounds = identity.Grounds(review, ontology.load(), general.load(_LANGUAGE))
    return identity.decide(said, grounds), records


def load(root: Path, generation: Path, rows: tuple[Rows, Rows], review: Review, old: Identity) -> tuple[Decision, ...]:
    """Bring the databases of a generation from the reports that they hold to others; give what is decided then. rows: before and after."""
    before, after = ({row.iri: row.part for row in each.values()} for each in rows)
    gone = [report for report, part in sorted(before.items()) if after.get(report) != part]
    come = [report for report, part in sorted(after.items()) if before.get(report) != part]
    ledger = Ledger(ox.Store(str(generation / folders.LEDGER)))
    graphs = Graphs(ox.Store(str(generation / folders.DATABASE)))
    vocabulary = ledger.vocabulary()
    touched = _struck(ledger, gone)
    for report in come:
        ledger.enter(report, parts.load(folders.part(root, after[report])))
        touched |= {(thing, report) for thing, _, _ in ledger.said(report=report)}
    now, records = decide(ledger, review)
    moved = _moved(ledger, old, now)
    again = sorted({*come, *(report for _, report in moved)})
    for report in {*gone, *again}:
        graphs.drop(report)
    made = ((report, _graph(report, parts.load(folders.part(root, after[report])), now)) for report in again)
    if len(again) >= _MANY:
        graphs.add_many(made)
    else:
        for report, triples in made:
            graphs.add(report, triples)
    shared = Shared(ledger, records, now)
    things = sorted({iri for pair in touched | moved for iri in (old.of(*pair), now.of(*pair))})
    for start in range(0, len(things), _AT_ONCE):
        some = things[start : start + _AT_ONCE]
        have, want = (set(chain.from_iterable(map(said, some))) for said in (partial(graphs.triples, SHARED), shared.says))
        graphs.exchange(SHARED, have, want)
    graphs.exchange(SHARED, vocabulary, ledger.vocabulary())
    was, is_ = set(old.decisions), set(now.decisions)
    graphs.exchange(IDENTITY_GRAPH, _told(was - is_), _told(is_ - was))
    ledger.store.flush()
    graphs.database.flush()
    return now.decisions


def _struck(ledger: Ledger, reports: Iterable[str]) -> set[tuple[str, str]]:
    """Things and reports of what is taken out of the ledger."""
    touched = set()
    for report in reports:
        touched |= {(thing, report) for thing, _, _ in ledger.said(report=report)}
        ledger.strike(report)
    return touched


def _moved(ledger: Ledger, old: Identity, now: Identity) -> set[tuple[str, str]]:
    """Things and reports for which a thing is decided otherwise than before."""
    things = {one.thing for one in set(old.decisions) ^ set(now.decisions)}
    said = ((thing, report) for each in things for thing, _, report in ledger.said(each))
    return {pair for pair in said if old.of(*pair) != now.of(*pair)}


def _graph(report: str, quads: Iterable[ox.Quad], now: Identity) -> set[ox.Triple]:
    """A report's own graph, its things by the IRIs they have in the store."""
    symmetric = frozenset(name for name, relation in ontology.load().relations.items() if relation.symmetric)
    own = [q.triple for q in quads if q.graph_name != terms.DEFAULT]
    return set(rewritten(report, own, lambda thing: now.of(thing, report), symmetric))


@dataclass(frozen=True)
class Shared:
    """What the store says of things that reports share."""

    ledger: Ledger
    records: Mapping[str, Record]
    now: Identity
    _meant: Mapping[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Turn the decisions round: IRI in the store -> IRIs in the parts."""
        meant: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.now.decisions:
            meant[one.to].add(one.thing)
        object.__setattr__(self, "_meant", meant)

    def says(self, thing: str) -> set[ox.Triple]:
        """All triples of a thing: what reports say of it, its one class, and as other names those of the things that it is."""
        called = self.now.called.get(thing)
        found: set[ox.Triple] = set()
        also: set[ox.Literal] = set()
        for block in self._blocks(thing):
            own = called is None or self._is_own(block, called)
            for triple in self.ledger.block(block):
                if own:
                    found.add(self._renamed(thing, triple))
                elif triple.predicate in {_LABEL, _ALSO} and isinstance(triple.object, ox.Literal):
                    also.add(triple.object)
        node = ox.NamedNode(thing)
        if called and not called.listed:
            found = {triple for triple in found if triple.predicate != _TYPE} | {ox.Triple(node, _TYPE, ox.NamedNode(KG + called.kind))}
        labels = {triple.object for triple in found if triple.predicate == _LABEL}
        return found | {ox.Triple(node, _ALSO, name) for name in also - labels}

    def _blocks(self, thing: str) -> set[str]:
        said = (each for key in {thing, *self._meant.get(thing, ())} for each in self.ledger.said(key))
        return {block for key, block, report in said if self.now.of(key, report) == thing}

    def _is_own(self, block: str, called: Called) -> bool:
        """Whether a block is of the thing that stays, not of one that turned out to be the same."""
        record = self.records.get(block)
        return record is None or (record.listed if called.listed else record.label == called.label)

    def _renamed(self, thing: str, triple: ox.Triple) -> ox.Triple:
        obj = triple.object
        same = self.now.same.get(terms.iri(obj), "")
        return ox.Triple(ox.NamedNode(thing), triple.predicate, ox.NamedNode(same) if same else obj)


def _told(decisions: Iterable[Decision]) -> set[ox.Triple]:
    """Decisions as triples."""
    told: set[ox.Triple] = set()
    for one in decisions:
        digest = hashlib.sha256(f"{one.thing}\x1f{one.report}".encode()).hexdigest()
        node = ox.NamedNode(f"{IDENTITY_GRAPH}/{digest[:16]}")
        said: dict[str, ox.NamedNode | ox.Literal] = {
            f"{RDF}type": ox.NamedNode(f"{KG}Identification"),
            f"{SKOS}prefLabel": ox.Literal(one.name, language=_LANGUAGE),
            f"{KG}identified": ox.NamedNode(one.thing),
            f"{KG}identifiedAs": ox.NamedNode(one.to),
            f"{KG}reason": ox.Literal(f"{one.why}: {one.because}"),
        }
        if one.report:
            said[f"{DCTERMS}source"] = ox.NamedNode(one.report)
        told |= {ox.Triple(node, ox.NamedNode(predicate), obj) for predicate, obj in said.items()}
    return told
