"""The graph of a report with other IRIs for some things: what it would be had the report been read so from the start.

The IRIs of statements and observations are hashes of what they say, so these change too; of a symmetric relation the first IRI in
order is the subject; a fact that would join a thing to itself is none; statements that become one keep all evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.iris import evidence_iri, observation_iri, statement_iri
from kg.model import Document, Evidence, Observation, Period, Statement
from kg.ontology import BASE, KG, OA, RDF, UNIT, local

Node = ox.NamedNode | ox.Literal
Triple = tuple[str, str, Node]
Renamed = Callable[[str], str]

_FACT = tuple(f"{RDF}{name}" for name in ("subject", "predicate", "object"))
_SUBJECT, _RELATION, _OBJECT = _FACT
_TYPE, _START, _END = f"{RDF}type", f"{OA}start", f"{OA}end"
_SOURCE, _SELECTOR = f"{OA}hasSource", f"{OA}hasSelector"
_PLACE, _PROGRAMME, _ABOUT, _BASELINE = (f"{KG}{name}" for name in ("place", "programme", "about", "baseline"))
_EVIDENCE, _CONFIDENCE = f"{KG}evidence", f"{KG}confidence"
_SUBJECT_HOW, _OBJECT_HOW = f"{KG}subjectKnownBy", f"{KG}objectKnownBy"
_THINGS = (_SUBJECT, _OBJECT, _PLACE, _PROGRAMME, _ABOUT)
_NODES = {f"{KG}Statement", f"{KG}Observation", f"{KG}Evidence"}


def rewritten(report: str, triples: Iterable[ox.Triple], renamed: Renamed, symmetric: frozenset[str]) -> list[ox.Triple]:
    """The triples of a report's graph, each thing by its other IRI. report: IRI; symmetric: names of relations."""
    graph = _Graph(report, symmetric)
    for triple in triples:
        graph.said[triple.subject.value].append((triple.predicate.value, triple.object))  # type: ignore[union-attr,arg-type]
    found = sorted(set(graph.renamed(renamed)), key=str)
    return [ox.Triple(_named(subject), _named(predicate), obj) for subject, predicate, obj in found]


@cache
def _named(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


@dataclass(frozen=True, slots=True)
class _Graph:
    """What a graph says, by subject."""

    report: str
    symmetric: frozenset[str]
    said: defaultdict[str, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))

    def renamed(self, renamed: Renamed) -> Iterator[Triple]:
        kinds = {node: self._kind(node) for node in self.said}
        statements = [node for node, kind in kinds.items() if kind == f"{KG}Statement"]
        observations = {node: self._observed(node, renamed) for node, kind in kinds.items() if kind == f"{KG}Observation"}
        old = {tuple(self._value(node, each) for each in _FACT) for node in statements}
        made = [*self._statements(statements, renamed), *self._observations(observations, renamed)]
        used = {obj.value for _, predicate, obj in made if predicate == _EVIDENCE}
        pieces = [piece for piece in self._evidence(statements) if piece[0] in used]
        selectors = {obj.value for _, predicate, obj in pieces if predicate == _SELECTOR}
        every = {self._value(node, _SELECTOR) for node, kind in kinds.items() if kind == f"{KG}Evidence"}
        yield from made
        yield from pieces
        for node, pairs in self.said.items():
            if kinds[node] not in _NODES and (node in selectors or node not in every):
                yield from ((node, predicate, obj) for predicate, obj in pairs if (node, predicate, obj.value) not in old)

    def _statements(self, nodes: Iterable[str], renamed: Renamed) -> Iterator[Triple]:
        """The statements and the facts they state."""
        confidence: defaultdict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            now, swapped = self._now(node, renamed)
            if now.subject == now.object:
                continue
            iri = statement_iri(now)
            things = {_SUBJECT: now.subject, _OBJECT: now.object, _PLACE: now.place, _PROGRAMME: now.programme}
            yield now.subject, f"{KG}{now.relation}", _named(now.object)
            yield from ((iri, predicate, _named(thing)) for predicate, thing in things.items() if thing)
            for predicate, obj in self.said[node]:
                if predicate == _CONFIDENCE:
                    confidence[iri].append(obj)
                elif predicate == _EVIDENCE and swapped:
                    yield iri, predicate, _named(self._piece(obj.value, swapped=True))
                elif predicate not in things:
                    yield iri, predicate, obj
        for iri, shares in confidence.items():
            yield iri, _CONFIDENCE, max(shares, key=lambda share: Decimal(share.value))

    def _now(self, node: str, renamed: Renamed) -> tuple[Statement, bool]:
        """What a statement says now, and whether subject and object have changed places."""
        subject, obj, place, programme = (
            renamed(thing) if (thing := self._value(node, each)) else "" for each in (_SUBJECT, _OBJECT, _PLACE, _PROGRAMME)
        )
        relation = local(self._value(node, _RELATION))
        was_ordered = self._value(node, _SUBJECT) <= self._value(node, _OBJECT)
        swapped = relation in self.symmetric and was_ordered and obj < subject
        ends = (obj, subject) if swapped else (subject, obj)
        amount = self._value(node, f"{KG}amount")
        return Statement(
            ends[0],
            relation,
            ends[1],
            local(self._value(node, f"{KG}status")),
            self._period(node),
            Decimal(amount) if amount else None,
            self._unit(node),
            place if place not in ends else "",
            programme if programme not in ends else "",
        ), swapped

    def _observations(self, now: dict[str, str], renamed: Renamed) -> Iterator[Triple]:
        for node, iri in now.items():
            for predicate, obj in self.said[node]:
                if predicate == _BASELINE:
                    yield iri, predicate, _named(now.get(obj.value, obj.value))
                else:
                    yield iri, predicate, _named(renamed(obj.value)) if predicate in _THINGS else obj

    def _observed(self, node: str, renamed: Renamed) -> str:
        """The IRI that an observation has now."""
        comparator, place = local(self._value(node, f"{KG}comparator")), self._value(node, _PLACE)
        says = Observation(
            renamed(self._value(node, _ABOUT)),
            self._value(node, f"{KG}counted"),
            Decimal(self._value(node, f"{KG}value")),
            self._unit(node),
            "about" if comparator == "approximately" else comparator,
            self._period(node),
            renamed(place) if place else "",
            self._value(node, f"{KG}valueText"),
            self._read(self._value(node, _EVIDENCE)),
        )
        return observation_iri(self._document, says)

    def _evidence(self, statements: Iterable[str]) -> Iterator[Triple]:
        """All evidence, as it stands, and with subject and object in each other's place."""
        both = {obj.value for node in statements for predicate, obj in self.said[node] if predicate == _EVIDENCE}
        for node in [node for node in self.said if self._value(node, _SELECTOR)]:
            yield from ((node, predicate, obj) for predicate, obj in self.said[node])
            if node in both:
                other = {_SUBJECT_HOW: _OBJECT_HOW, _OBJECT_HOW: _SUBJECT_HOW}
                swapped = self._piece(node, swapped=True)
                yield from ((swapped, other.get(predicate, predicate), obj) for predicate, obj in self.said[node])

    def _piece(self, node: str, *, swapped: bool) -> str:
        return evidence_iri(self._document, self._read(node, swapped=swapped))

    def _read(self, node: str, *, swapped: bool = False) -> Evidence:
        """A piece of evidence, without its words."""
        selector, hows = self._value(node, _SELECTOR), (_SUBJECT_HOW, _OBJECT_HOW)
        first, last = (self._value(node, how) for how in (reversed(hows) if swapped else hows))
        number = self._value(node, _SOURCE).removeprefix(f"{self.report}/p")
        start, end = (int(self._value(selector, each)) for each in (_START, _END))
        return Evidence(number, start, end, "", self._value(node, f"{KG}rule"), first, last, self._value(node, f"{KG}review"))

    @property
    def _document(self) -> Document:
        """As much of the report as its IRIs need."""
        return Document(self.report.removeprefix(BASE), Path(), "", "", "")

    def _period(self, node: str) -> Period:
        return Period(self._value(node, f"{KG}start"), self._value(node, f"{KG}end"))

    def _unit(self, node: str) -> str:
        unit = self._value(node, f"{KG}unit")
        return "MULTIPLE" if unit == f"{KG}times" else unit.removeprefix(UNIT)

    def _kind(self, node: str) -> str:
        """Which of _NODES a node is, whatever else it is; "" for another."""
        return min((obj.value for each, obj in self.said[node] if each == _TYPE and obj.value in _NODES), default="")

    def _value(self, node: str, predicate: str) -> str:
        """The first thing said so of a node, "" if nothing is."""
        return next((obj.value for each, obj in self.said.get(node, ()) if each == predicate), "")
