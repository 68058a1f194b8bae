"""How well a graph says what people read in a report: precision and recall against a gold folder.

A gold folder holds tables with "|" between the columns, "#" before a comment, and "!" for what must be found ("?": what may be):

    relations.txt      paragraph | subject | relation | object | ! or ?
    entities.txt       name | class, or several with "/" | other names with ";" | ! or ?
    observations.txt   paragraph | about | what is counted | value | unit | period | place | comparator | ! or ?
    footnotes.txt      footnote | the paragraph it hangs on, where it counts; this file may be missing

Things are the same when they share a name, in any language, and a fact counts once a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Dataset, Graph
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.errors import KgError
from kg.graph import K, O
from kg.network import Index
from kg.ontology import local

# Relations that count as one when the comparison is relaxed.
_FAMILY = {"launches": "implements", "manages": "implements", "chairs": "memberOf", "supports": "operatesIn"}
_NAMES = (RDFS.label, SKOS.altLabel, DCTERMS.title, DCTERMS.identifier)
_WIDE = str.maketrans("\uff08\uff09\uff1a\uff0c", "():,", "\u2018\u2019\u201c\u201d\u300a\u300b\u300c\u300d")
_MINOR = re.compile("[\\s\"'\u00b7\u2014-]+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Figures:
    """right, wrong: of what the graph says, what is in the gold or not; found, required: of what the gold demands."""

    right: int
    wrong: int
    found: int
    required: int

    @property
    def precision(self) -> float:
        """The share of what the graph says that is right; 0 when it says nothing."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is demanded that was found; 0 when nothing is demanded."""
        return self.found / max(1, self.required)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures of all facts and of each relation (whose `right` are those found); missed, extra: facts as lines, in reading order."""

    all: Figures
    by_relation: Mapping[str, Figures]
    missed: tuple[str, ...] = field(repr=False)
    extra: tuple[str, ...] = field(repr=False)


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
    """Figures of the numbers; of those found or not whose year is told (timed), how many have it (dated)."""

    all: Figures
    dated: int
    timed: int
    missed: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Score:
    """A graph's figures. strict: with the same relation; relaxed: with one of the same family."""

    strict: Facts
    relaxed: Facts
    entities: Entities
    observations: Observations


def score(graph: Graph | Dataset, gold: Path, first: int = 0, last: int = 0) -> Score:
    """The score of a graph against a gold folder, of the paragraphs from first to last (0: to the end); a KgError for a fault in it."""
    compared = _Comparison(Index(graph), gold, first, last)
    return Score(compared.facts({}), compared.facts(_FAMILY), compared.entities(), compared.observations())


class _Comparison:
    """A graph beside a gold folder."""

    def __init__(self, index: Index, gold: Path, first: int, last: int) -> None:
        self._index = index
        self._inside = range(first, last + 1 if last else 1_000_000)
        self._footnotes = {row[0]: row[1] for row in _rows(gold / "footnotes.txt", 2)} if (gold / "footnotes.txt").exists() else {}
        self._things = list(_rows(gold / "entities.txt", 4))
        self._facts = [row for row in _rows(gold / "relations.txt", 5) if self._counts(row[0])]
        self._numbers = [row for row in _rows(gold / "observations.txt", 9) if self._counts(row[0])]
        if odd := [row for row in self._numbers if not _NUMBER.fullmatch(row[3])]:
            message = f"{gold / 'observations.txt'}: {' | '.join(odd[0][:4])}: {odd[0][3]!r} is no number; write plain digits"
            raise KgError(message)
        self._aliases = {row[0]: {_folded(name) for name in (row[0], *row[2].split(";")) if name.strip()} for row in self._things}
        self._symmetric = {local(str(relation)) for relation in index.of(OWL.SymmetricProperty)}

    def facts(self, family: Mapping[str, str]) -> Facts:
        """The figures of the facts, where the relations that `family` maps to another count as that."""
        by_paragraph: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._facts):
            by_paragraph[row[0]].append(number)
        found: set[int] = set()
        right, extra = 0, []
        for said in self._said():
            hits = {n for n in by_paragraph[said[0]] if self._same(said, self._facts[n], family)}
            found |= hits
            right += bool(hits)
            extra += [] if hits else [said]
        required = {number for number, row in enumerate(self._facts) if row[4] == "!"}
        demanded, got = (Counter(self._facts[n][2] for n in numbers) for numbers in (required, required & found))
        wrong = Counter(said[2] for said in extra)
        return Facts(
            Figures(right, len(extra), len(required & found), len(required)),
            {
                name: Figures(got[name], wrong[name], got[name], demanded[name])
                for name in sorted(demanded, key=lambda n: (-demanded[n], n))
            },
            tuple(" | ".join(self._facts[number][:4]) for number in sorted(required - found)),
            tuple(f"{p} | {self._index.label(s)} | {r} | {self._index.label(o)}" for p, s, r, o in extra),
        )

    def entities(self) -> Entities:
        """The figures of the things, in whatever paragraph they stand."""
        named: dict[str, set[Node]] = defaultdict(set)
        for thing in self._index.things():
            for name in self._names(thing):
                named[name].add(thing)
        required = [row for row in self._things if row[3] in {"!", ""}]
        nodes = {row[0]: {node for name in self._aliases[row[0]] for node in named.get(name, ())} for row in required}
        right = sum(any(self._classes(node) & set(row[1].split("/")) for node in nodes[row[0]]) for row in required)
        missed = tuple(name for name, found in nodes.items() if not found)
        return Entities(len(required) - len(missed), right, len(required), missed)

    def observations(self) -> Observations:
        """The figures of the numbers: the same value and sort of unit in the same paragraph."""
        numbers = self._index.of(K.Observation)
        said = [(paragraph, node) for node in numbers for paragraph in self._paragraphs(node) if self._counts(paragraph)]
        used: set[Node] = set()
        found, dated, missed = 0, 0, []
        required = [row for row in self._numbers if row[8] == "!"]
        for row in self._numbers:
            hits = [node for paragraph, node in said if paragraph == row[0] and self._same_number(node, row)]
            used.update(hits)
            if row[8] == "!" and hits:
                found += 1
                dated += bool(row[5]) and any(row[5][:4] in self._index.text(n, K.start) + self._index.text(n, K.end) for n in hits)
            elif row[8] == "!":
                missed.append(" | ".join(row[:6]))
        figures = Figures(len(used), len({node for _, node in said} - used), found, len(required))
        return Observations(figures, dated, sum(bool(row[5]) for row in required), tuple(missed))

    def _said(self) -> list[tuple[str, Node, str, Node]]:
        """What the graph says, once a paragraph, a symmetric relation one way round; in reading order."""
        facts: dict[tuple[str, str, Sequence[Node]], tuple[str, Node, str, Node]] = {}
        for statement in self._index.of(K.Statement):
            ends = [node for p in (RDF.subject, RDF.object) if (node := self._index.one(statement, p))]
            relation = local(self._index.text(statement, RDF.predicate))
            pair = sorted(ends, key=str) if relation in self._symmetric else ends
            for paragraph in self._paragraphs(statement):
                if self._counts(paragraph) and len(pair) > 1:
                    facts[paragraph, relation, tuple(pair)] = (paragraph, pair[0], relation, pair[1])
        return sorted(facts.values(), key=lambda said: (int(said[0]), str(said[1]), said[2], str(said[3])))

    def _paragraphs(self, node: Node) -> set[str]:
        """The numbers of the paragraphs in which a statement or an observation is said."""
        sources = (source for evidence in self._index.all(node, K.evidence) for source in self._index.all(evidence, O.hasSource))
        numbers = {self._index.text(source, K.number) for source in sources}
        return {self._footnotes.get(number.removeprefix("fn"), number) if number.startswith("fn") else number for number in numbers}

    def _counts(self, paragraph: str) -> bool:
        return paragraph.isdecimal() and int(paragraph) in self._inside

    def _same(self, said: tuple[str, Node, str, Node], row: Sequence[str], family: Mapping[str, str]) -> bool:
        _, subject, relation, obj = said
        if family.get(relation, relation) != family.get(row[2], row[2]):
            return False
        straight = self._is(subject, row[1]) and self._is(obj, row[3])
        return straight or (row[2] in self._symmetric and self._is(subject, row[3]) and self._is(obj, row[1]))

    def _is(self, thing: Node, name: str) -> bool:
        return not self._names(thing).isdisjoint(self._aliases.get(name) or {_folded(name)})

    def _names(self, thing: Node) -> set[str]:
        return {_folded(str(name)) for predicate in _NAMES for name in self._index.all(thing, predicate)}

    def _classes(self, thing: Node) -> set[str]:
        """The local names of a thing's classes and of all above them."""
        kinds = self._index.all(thing, RDF.type)
        for kind in kinds:
            kinds += [up for up in self._index.all(kind, RDFS.subClassOf) if up not in kinds]
        return {local(str(kind)) for kind in kinds}

    def _same_number(self, node: Node, row: Sequence[str]) -> bool:
        value, unit = float(self._index.text(node, K.value) or "nan"), local(self._index.text(node, K.unit))
        money, percent = "USD" in unit, unit == "PERCENT"
        same_unit = money if row[4] == "USD" else percent if row[4] == "%" else not (money or percent)
        return same_unit and abs(value - float(row[3])) < _NEAR * max(1, abs(value))


def _folded(name: str) -> str:
    """A name without what does not tell it from another: blanks, quotation marks, hyphens, case."""
    return _MINOR.sub("", name.translate(_WIDE)).lower()


def _rows(path: Path, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of a gold file, with that many columns at least; missing ones are ""."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {getattr(error, 'strerror', 'not UTF-8')}; give a gold folder such as tests/gold/seed-1-45"
        raise KgError(message) from error
    for line in lines:
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            yield tuple((cells + [""] * columns)[:columns])
