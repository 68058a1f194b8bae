"""Facts and numbers as rows of short values, with the passages of the reports that say them told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
from rdflib import URIRef
from rdflib.term import Node

from kg.explorer.content import Numbered, short
from kg.graph import K
from kg.iris import canonical, statement_iri
from kg.model import Period, Statement
from kg.network import Index, evidence_of
from kg.ontology import local

_QUALIFIERS = ("start", "end", "amount", "unit", "place", "programme")
_USUAL = "done"


class Rows:
    """The rows of one page; `texts`: rules and ways of knowing."""

    def __init__(self, things: Mapping[str, int], paragraphs: Mapping[str, Any], texts: Numbered) -> None:
        """Number what rows point at: things and paragraphs by IRI; texts grow as rows are made."""
        self._things = things
        self._paragraphs = {iri: i for i, iri in enumerate(paragraphs)}
        self._texts = texts
        self._passages: dict[tuple[int, int, int], int] = {}
        self._pages: dict[tuple[int, int, int], int] = {}

    @property
    def passages(self) -> list[Sequence[int]]:
        """The stretches of text that rows were said by, as they came: [paragraph, start, end], in characters of the paragraph.

        Where the report tells the page, it is the fourth.
        """
        return [(*key, self._pages[key]) if key in self._pages else key for key in self._passages]

    def facts(self, graph: nx.MultiDiGraph[str], relations: Mapping[str, int]) -> Iterator[list[Any]]:
        """[from, relation, to, IRI, confidence, evidence, qualifiers] of every edge.

        Evidence: [passage, rule, how subject, how object, review]. The review is left out where nobody decided, and the qualifiers where
        there are none but the usual status. An edge that no statement describes has no IRI, confidence or status.
        """
        for source, target, iri, fact in graph.edges(keys=True, data=True):
            ends = self._things[source], relations[fact["relation"]], self._things[target]
            if fact["confidence"] is None:
                yield [*ends, "", "", [], {"status": ""}]
                continue
            said = {"status": fact["status"] if fact["status"] != _USUAL else "", **{name: fact[name] for name in _QUALIFIERS}}
            said["amount"] = canonical(fact["amount"])
            own = "" if iri == _statement(source, target, fact) else short(iri)
            said |= {name: self._things.get(said[name], said[name]) for name in ("place", "programme")}
            qualifiers = {name: value for name, value in said.items() if value != ""}
            evidence = [self._evidence(one) for one in fact["evidence"]]
            yield [*ends, own, str(fact["confidence"]), evidence, *([qualifiers] if qualifiers else [])]

    def figures(self, index: Index) -> Iterator[list[Any]]:
        """Every observation, in reading order, the baseline as a place in this list, or -1.

        [about, counted, value, unit, comparator, start, end, place or -1, words of the number, passage, rule, confidence, baseline, IRI]
        """
        evidenced = ((node, index.one(node, K.evidence)) for node in index.of(K.Observation))
        found = {str(node): (evidence_of(index, one), node) for node, one in evidenced if one}
        order = sorted(found, key=lambda iri: (*self._order(found[iri][0]), index.text(found[iri][1], K.valueText), iri))
        places = {iri: i for i, iri in enumerate(order)}
        for iri in order:
            evidence, node = found[iri]
            passage, rule, *_ = self._evidence(evidence)
            yield [
                self._things.get(index.text(node, K.about), -1),
                index.text(node, K.counted),
                index.text(node, K.value),
                _name(index, node, K.unit),
                _name(index, node, K.comparator),
                index.text(node, K.start),
                index.text(node, K.end),
                self._things.get(index.text(node, K.place), -1),
                index.text(node, K.valueText),
                passage,
                rule,
                index.text(node, K.confidence),
                places.get(index.text(node, K.baseline), -1),
                short(iri),
            ]

    def _order(self, evidence: Mapping[str, Any]) -> tuple[int, int, int]:
        return self._paragraphs.get(evidence["source"], -1), evidence["start"], evidence["end"]

    def _evidence(self, evidence: Mapping[str, Any]) -> list[int]:
        key = self._order(evidence)
        passage = self._passages.setdefault(key, len(self._passages))
        if evidence["page"]:
            self._pages[key] = evidence["page"]
        hows = [self._texts[evidence[name]] for name in ("rule", "subject_how", "object_how")]
        return [passage, *hows, *([self._texts[evidence["review"]]] if evidence["review"] else [])]


def _statement(source: str, target: str, fact: Mapping[str, Any]) -> str:
    """The IRI that a statement of this has."""
    period, qualifiers = Period(fact["start"], fact["end"]), (fact[name] for name in ("amount", "unit", "place", "programme"))
    return statement_iri(Statement(source, fact["relation"], target, fact["status"], period, *qualifiers))


def _name(index: Index, node: Node, predicate: URIRef) -> str:
    return local(index.text(node, predicate))
