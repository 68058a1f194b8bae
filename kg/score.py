"""How well a graph says what people read in a report: precision and recall against a gold folder (kg/gold.py).

Things are the same when they share a name, in any language, and a fact counts once a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Dataset, Graph
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg import gold as gold_folder
from kg.gold import Figures, Gold, Row
from kg.graph import K, O
from kg.network import Index
from kg.ontology import local

# Relations that count as one when the comparison is relaxed.
_FAMILY = {"launches": "implements", "manages": "implements", "chairs": "memberOf", "supports": "operatesIn"}
_NAMES = (RDFS.label, SKOS.altLabel, DCTERMS.title, DCTERMS.identifier)
_WIDE = str.maketrans("\uff08\uff09\uff1a\uff0c", "():,", "\u2018\u2019\u201c\u201d\u300a\u300b\u300c\u300d")
_MINOR = re.compile("[\\s\"'\u00b7\u2014-]+")
_CURRENCY = re.compile("[A-Z]{3}")
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact or a number that the graph says in a paragraph: whether it is right, its evidence there, and itself as a line."""

    right: bool
    evidence: tuple[Node, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures of all facts and of each relation (whose `right` are those found); missed: facts as lines; both in reading order."""

    all: Figures
    by_relation: Mapping[str, Figures]
    missed: tuple[str, ...] = field(repr=False)
    judged: tuple[Judged, ...] = field(repr=False)

    @property
    def extra(self) -> tuple[str, ...]:
        """What the graph says and the gold does not, as lines, in reading order."""
        return _wrong(self.judged)


@dataclass(frozen=True, slots=True)
class Entities:
    """Of the things demanded: how many the graph names, and how many of these have a class that the gold allows."""

    named: int
    right_class: int
    required: int
    missed: tuple[str, ...] = field(repr=False)

    @property
    def share(self) -> float:
        """The share of things that are named and of a right class."""
        return self.right_class / max(1, self.required)


@dataclass(frozen=True, slots=True)
class Observations:
    """Figures of the numbers; of those found or not whose year is told (timed), how many have it (dated); missed: as lines."""

    all: Figures
    dated: int
    timed: int
    missed: tuple[str, ...] = field(repr=False)
    judged: tuple[Judged, ...] = field(repr=False)

    @property
    def extra(self) -> tuple[str, ...]:
        """The numbers of the graph that the gold does not have, as lines."""
        return _wrong(self.judged)


@dataclass(frozen=True, slots=True)
class Score:
    """A graph's figures. strict: with the same relation; relaxed: with one of the same family."""

    strict: Facts
    relaxed: Facts
    entities: Entities
    observations: Observations


def score(graph: Graph | Dataset, gold: Path, first: int = 0, last: int = 0) -> Score:
    """The score of a graph against a gold folder, of the paragraphs from first to last (0: to the end); a KgError for a fault in it."""
    compared = _Comparison(Index(graph), gold_folder.read(gold, first, last))
    return Score(compared.facts({}), compared.facts(_FAMILY), compared.entities(), compared.observations())


@dataclass(frozen=True, slots=True)
class _Said:
    paragraph: str
    subject: Node
    relation: str
    object: Node
    evidence: list[Node]


class _Comparison:
    """A graph beside a gold folder."""

    def __init__(self, index: Index, gold: Gold) -> None:
        self._index = index
        self._gold = gold
        self._aliases = {row[0]: {_folded(name) for name in (row[0], *row[2].split(";")) if name.strip()} for row in gold.things}
        self._symmetric = {local(str(relation)) for relation in index.of(OWL.SymmetricProperty)}

    def facts(self, family: Mapping[str, str]) -> Facts:
        """The figures of the facts, where the relations that `family` maps to another count as that."""
        by_paragraph: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._gold.facts):
            by_paragraph[row[0]].append(number)
        found: set[int] = set()
        judged, wrong = [], Counter[str]()
        for said in self._said():
            hits = {n for n in by_paragraph[said.paragraph] if self._same(said, self._gold.facts[n], family)}
            found |= hits
            wrong[said.relation] += not hits
            line = f"{said.paragraph} | {self._index.label(said.subject)} | {said.relation} | {self._index.label(said.object)}"
            judged.append(Judged(bool(hits), tuple(said.evidence), line))
        required = {number for number, row in enumerate(self._gold.facts) if row[4] == "!"}
        demanded, got = (Counter(self._gold.facts[n][2] for n in numbers) for numbers in (required, required & found))
        return Facts(
            Figures(len(judged) - wrong.total(), wrong.total(), len(required & found), len(required)),
            {
                name: Figures(got[name], wrong[name], got[name], demanded[name])
                for name in sorted(demanded, key=lambda n: (-demanded[n], n))
            },
            tuple(" | ".join(self._gold.facts[number][:4]) for number in sorted(required - found)),
            tuple(judged),
        )

    def entities(self) -> Entities:
        """The figures of the things, in whatever paragraph they stand."""
        named: dict[str, set[Node]] = defaultdict(set)
        for thing in self._index.things():
            for name in self._names(thing):
                named[name].add(thing)
        required = [row for row in self._gold.things if row[3] in {"!", ""}]
        nodes = {row[0]: {node for name in self._aliases[row[0]] for node in named.get(name, ())} for row in required}
        right = sum(any(self._classes(node) & set(row[1].split("/")) for node in nodes[row[0]]) for row in required)
        missed = tuple(name for name, found in nodes.items() if not found)
        return Entities(len(required) - len(missed), right, len(required), missed)

    def observations(self) -> Observations:
        """The figures of the numbers: the same value and sort of unit in the same paragraph."""
        numbers = self._index.of(K.Observation)
        said = [(at, node, found) for node in numbers for at, found in self._evidence(node) if self._gold.counts(at)]
        used: set[Node] = set()
        found, dated, missed = 0, 0, []
        required = [row for row in self._gold.numbers if row[8] == "!"]
        for row in self._gold.numbers:
            hits = [node for at, node, _ in said if at == row[0] and self._same_number(node, row)]
            used.update(hits)
            if row[8] == "!" and hits:
                found += 1
                dated += bool(row[5]) and any(row[5][:4] in self._index.text(n, K.start) + self._index.text(n, K.end) for n in hits)
            elif row[8] == "!":
                missed.append(" | ".join(row[:6]))
        judged = tuple(Judged(node in used, (evidence,), f"{at} | {self._number(node)}") for at, node, evidence in said)
        figures = Figures(len(used), sum(not one.right for one in judged), found, len(required))
        return Observations(figures, dated, sum(bool(row[5]) for row in required), tuple(missed), judged)

    def _number(self, node: Node) -> str:
        """An observation as a line."""
        about = self._index.one(node, K.about) or node
        value, unit = self._index.text(node, K.value), local(self._index.text(node, K.unit))
        return f"{self._index.label(about)} | {self._index.text(node, K.counted)} | {value} | {unit}"

    def _said(self) -> list[_Said]:
        """What the graph says, once a paragraph, a symmetric relation one way round; in reading order."""
        facts: dict[tuple[str, str, tuple[Node, ...]], _Said] = {}
        for statement in self._index.of(K.Statement):
            ends = [node for p in (RDF.subject, RDF.object) if (node := self._index.one(statement, p))]
            relation = local(self._index.text(statement, RDF.predicate))
            pair = tuple(sorted(ends, key=str) if relation in self._symmetric else ends)
            for paragraph, evidence in self._evidence(statement):
                if self._gold.counts(paragraph) and len(pair) > 1:
                    said = facts.setdefault((paragraph, relation, pair), _Said(paragraph, pair[0], relation, pair[1], []))
                    said.evidence.append(evidence)
        return sorted(facts.values(), key=lambda said: (int(said.paragraph), str(said.subject), said.relation, str(said.object)))

    def _evidence(self, node: Node) -> Iterator[tuple[str, Node]]:
        """The pieces of evidence of a statement or an observation, each with the number of the paragraph where it counts."""
        for evidence in self._index.all(node, K.evidence):
            for source in self._index.all(evidence, O.hasSource):
                yield self._gold.place(self._index.text(source, K.number)), evidence

    def _same(self, said: _Said, row: Row, family: Mapping[str, str]) -> bool:
        if family.get(said.relation, said.relation) != family.get(row[2], row[2]):
            return False
        straight = self._is(said.subject, row[1]) and self._is(said.object, row[3])
        return straight or (row[2] in self._symmetric and self._is(said.subject, row[3]) and self._is(said.object, row[1]))

    def _is(self, thing: Node, name: str) -> bool:
        return not self._names(thing).isdisjoint(self._aliases.get(name) or {_folded(name)})

    def _names(self, thing: Node) -> set[str]:
        return {_folded(str(name)) for predicate in _NAMES for name in self._index.all(thing, predicate)}

    def _classes(self, thing: Node) -> set[str]:
        """The local names of a thing's classes and of all above them."""
        return {local(str(kind)) for kind in self._index.classes(thing)}

    def _same_number(self, node: Node, row: Row) -> bool:
        value, unit = float(self._index.text(node, K.value) or "nan"), local(self._index.text(node, K.unit))
        if _CURRENCY.fullmatch(row[4]):
            same_unit = unit == f"CCY_{row[4]}"
        else:
            same_unit = not unit.startswith("CCY_") and (unit == "PERCENT") == (row[4] == "%")
        return same_unit and abs(value - float(row[3])) < _NEAR * max(1, abs(value))


def _wrong(judged: Iterable[Judged]) -> tuple[str, ...]:
    return tuple(one.line for one in judged if not one.right)


def _folded(name: str) -> str:
    """A name without what does not tell it from another: blanks, quotation marks, hyphens, case."""
    return _MINOR.sub("", name.translate(_WIDE)).lower()
