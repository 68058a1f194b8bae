"""How much of a report was read: its sentences, those that name something, and those of them that gave a fact or a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from kg.model import VALUES, Extraction, Mention, Observation, Paragraph, Statement
from kg.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence of a paragraph, and what was read from it."""

    paragraph: Paragraph
    sentence: Sentence
    facts: tuple[Statement, ...]
    numbers: tuple[Observation, ...]

    @property
    def quote(self) -> str:
        """Its words."""
        return self.paragraph.text[self.sentence.start : self.sentence.end]

    def things(self, start: int = 0, end: int | None = None) -> list[Mention]:
        """The things that the cells from start to end name or mean, carried-on subjects among them."""
        return [m for m in self.sentence.mentions(start, end) if m.kind not in VALUES]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sentences a section has, how many of them name something, and how many of those gave a fact, or else a number."""

    section: tuple[str, ...]
    sentences: int = 0
    named: int = 0
    facts: int = 0
    numbers: int = 0

    @property
    def share(self) -> float:
        """Of the sentences that name something, the share that gave a fact or a number; 0 where there are none."""
        return (self.facts + self.numbers) / self.named if self.named else 0.0

    def __add__(self, other: Coverage) -> Coverage:
        """Both together, under the first's section."""
        numbers = self.numbers + other.numbers
        return Coverage(self.section, self.sentences + other.sentences, self.named + other.named, self.facts + other.facts, numbers)


@dataclass(frozen=True, slots=True)
class Covered:
    """The coverage of a report by section, in reading order, and of the whole."""

    sections: tuple[Coverage, ...] = field(repr=False)
    total: Coverage


def reads(extraction: Extraction, sentences: Mapping[str, Sequence[Sentence]]) -> Iterator[Read]:
    """Every sentence of a report in reading order. sentences: by paragraph number."""
    facts: defaultdict[tuple[str, int], list[Statement]] = defaultdict(list)
    numbers: defaultdict[tuple[str, int], list[Observation]] = defaultdict(list)
    for statement in extraction.statements:
        for place in {(e.paragraph, e.start) for e in statement.evidence}:
            facts[place].append(statement)
    for observation in extraction.observations:
        numbers[observation.evidence.paragraph, observation.evidence.start].append(observation)
    for paragraph in extraction.document.paragraphs:
        for sentence in sentences[paragraph.number]:
            place = (paragraph.number, sentence.start)
            yield Read(paragraph, sentence, tuple(facts[place]), tuple(numbers[place]))


def coverage(read: Iterable[Read]) -> Covered:
    """The coverage of a report's sentences."""
    sections: dict[tuple[str, ...], Coverage] = {}
    for one in read:
        section = one.paragraph.section
        sections[section] = sections.get(section, Coverage(section)) + _of(one)
    return Covered(tuple(sections.values()), reduce(Coverage.__add__, sections.values(), Coverage(())))


def _of(read: Read) -> Coverage:
    """The coverage of one sentence. A subject that goes on from the sentence before is no name of this one."""
    if all(m.start == m.end for m in read.things()):
        return Coverage((), 1)
    return Coverage((), 1, 1, bool(read.facts), bool(read.numbers) and not read.facts)
