"""A sentence in which every name is one character that stands for its class, so that a pattern is a plain regular expression.

An index leads from each character back to the paragraph. Words left out and words that stand for other things become characters
of their own, which is why one place of the paragraph can have several, or none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from operator import is_
from typing import NamedTuple

from kg.model import VALUES, Mention
from kg.ontology import Ontology

_FIRST = 0xE000
_CLASSES = re.compile("[\ue000-\uf8ff]")  # what a class may have for a character
_OPENS, _CLOSES = "(\uff08", ")\uff09"
_BRACKET = re.compile(f"[{re.escape(_OPENS + _CLOSES)}]")


class Cell(NamedTuple):
    """One character of a sentence as patterns see it: itself, or a class character with the mention it stands for."""

    # A tuple, for there is one for every character of a report.
    char: str
    start: int
    end: int
    mention: Mention | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph: `paragraph_text[start:end]`, and its cells."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @cached_property
    def text(self) -> str:
        """The sentence as patterns see it."""
        return written(self.cells)

    @cached_property
    def named(self) -> tuple[int, ...]:
        """The places of the cells that have a mention: few, which is why nobody goes through all cells for them."""
        cells = self.cells
        return tuple([place for match in _CLASSES.finditer(self.text) if cells[place := match.start()].mention])

    def mentions(self, start: int = 0, end: int | None = None) -> list[Mention]:
        """The mentions of the cells from start to end."""
        named = self.named
        if start or end is not None:
            named = named[bisect_left(named, start) : bisect_left(named, len(self.cells) if end is None else end)]
        return [mention for place in named if (mention := self.cells[place].mention)]

    def of(self, cells: Sequence[Cell]) -> Sentence:
        """The same sentence of these cells."""
        same = len(cells) == len(self.cells) and all(map(is_, cells, self.cells))
        return self if same else Sentence(self.start, self.end, tuple(cells))

    def members(self, start: int, end: int) -> Iterator[Mention]:
        """The mentions of the cells from start to end, without those in brackets that open between them."""
        if not _BRACKET.search(self.text, start, end):
            yield from self.mentions(start, end)
            return
        depth = 0
        for cell in self.cells[start:end]:
            depth = _depth(depth, cell.char)
            if cell.mention and not depth:
                yield cell.mention


class Alphabet:
    """A private character for each class, and for times and quantities."""

    def __init__(self, ontology: Ontology) -> None:
        """The alphabet of an ontology's classes, in the order of their names."""
        kinds = [*sorted(ontology.parents), *sorted(VALUES)]
        self._chars = {kind: chr(_FIRST + number) for number, kind in enumerate(kinds)}
        self._ontology = ontology

    @property
    def kinds(self) -> tuple[str, ...]:
        """All that has a character."""
        return tuple(self._chars)

    def char(self, kind: str) -> str:
        """The character of a class."""
        return self._chars[kind]

    def chars(self, classes: Iterable[str]) -> str:
        """The characters of these classes and of all below them, for use inside [...]."""
        classes = set(classes)
        below = self._ontology.kinds_below(classes) | (classes & VALUES) | ({"Money"} if "Quantity" in classes else set())
        return "".join(sorted(self._chars[kind] for kind in below))

    def cell(self, mention: Mention) -> Cell:
        """The cell of a mention."""
        return Cell(self._chars[mention.kind], mention.start, mention.end, mention)


@cache
def alphabet(ontology: Ontology) -> Alphabet:
    """The one alphabet of an ontology."""
    return Alphabet(ontology)


def written(cells: Iterable[Cell]) -> str:
    """Cells as patterns see them."""
    return "".join([cell.char for cell in cells])


def split(text: str, mentions: Iterable[Mention], letters: Alphabet, sentence_end: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph. Marks inside a name or a bracket end none; a closing quotation mark belongs to its sentence."""
    return tuple(
        Sentence(begin, end, _cells(text, begin, end, inside, letters)) for begin, end, inside in spans(text, mentions, sentence_end)
    )


def spans(text: str, mentions: Iterable[Mention], sentence_end: str) -> Iterator[tuple[int, int, list[Mention]]]:
    """Start and end of each sentence, and the mentions in it; one that begins inside another is none."""
    by_start = {m.start: m for m in mentions if m.start < len(text)}
    inside: list[Mention] = []
    begin = position = depth = 0
    for place in (*sorted(by_start), len(text)):
        if place < position:
            continue
        for mark in _marks(sentence_end).finditer(text, position, place):
            depth = _depth(depth, mark["mark"])
            if mark["mark"] in sentence_end and not depth:
                yield begin, mark.end(), inside
                begin, inside = mark.end(), []
        if place < len(text):
            inside.append(by_start[place])
            position = max(by_start[place].end, place + 1)
    if begin < len(text):
        yield begin, len(text), inside


def _cells(text: str, begin: int, end: int, mentions: Iterable[Mention], letters: Alphabet) -> tuple[Cell, ...]:
    """The cells of a sentence: its mentions, and the characters between them."""
    cells: list[Cell] = []
    for mention in mentions:
        cells += _plain(text, begin, mention.start)
        cells.append(letters.cell(mention))
        begin = max(mention.end, mention.start + 1)
    cells += _plain(text, begin, end)
    return tuple(cells)


def _plain(text: str, start: int, end: int) -> Iterator[Cell]:
    """Characters as they stand. Made without `Cell()`, which takes three times as long, and there is one for every character."""
    return map(tuple.__new__, repeat(Cell), zip(text[start:end], range(start, end), range(start + 1, end + 1), repeat(None)))


def clauses(text: str, clause_end: str) -> list[tuple[int, int]]:
    """Start and end of each clause of a sentence's pattern text, the mark that ends it left out; brackets hold together."""
    result: list[tuple[int, int]] = []
    begin = depth = 0
    for mark in _marks(clause_end).finditer(text):
        depth = _depth(depth, mark["mark"])
        if mark["mark"] in clause_end and not depth:
            result.append((begin, mark.start()))
            begin = mark.start() + 1
    result.append((begin, len(text)))
    return result


@cache
def _marks(ends: str) -> re.Pattern[str]:
    """A bracket, or one of the marks that end something, and the closing quotation marks right behind it."""
    return re.compile(f"(?P<mark>[{re.escape(_OPENS + _CLOSES + ends)}])[”’」》]*")


def _depth(depth: int, mark: str) -> int:
    """How many brackets are open behind a mark."""
    return max(0, depth + (mark in _OPENS) - (mark in _CLOSES))
