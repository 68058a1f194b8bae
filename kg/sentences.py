"""A sentence in which every name is one character that stands for its class, so that a pattern is a plain regular expression.

An index leads from each character back to the paragraph. Words left out and words that stand for other things become characters
of their own, which is why one place of the paragraph can have several, or none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count, repeat
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

    # A tuple, for there is one for every character of a sentence that is changed.
    char: str
    start: int
    end: int
    mention: Mention | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph: `paragraph_text[start:end]`.

    text: as patterns see it, one character for each cell; held: the mentions by the places of their cells, in order; changed: its
    cells, where they are no longer those of the paragraph.
    """

    start: int
    end: int
    text: str
    held: Mapping[int, Mention]
    changed: tuple[Cell, ...] = ()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, made when asked for: most sentences stay as the paragraph has them, and few ask where a character stood."""
        return self.changed or tuple(_cells(self.text, self.start, self.held))

    @cached_property
    def _places(self) -> tuple[int, ...]:
        return tuple(self.held)

    def mentions(self, start: int = 0, end: int | None = None) -> list[Mention]:
        """The mentions of the cells from start to end."""
        if not start and end is None:
            return list(self.held.values())
        places = self._places
        last = len(places) if end is None else bisect_left(places, end)
        return [self.held[place] for place in places[bisect_left(places, start) : last]]

    def of(self, cells: Sequence[Cell]) -> Sentence:
        """The same sentence of these cells."""
        if len(cells) == len(self.cells) and all(map(is_, cells, self.cells)):
            return self
        text = written(cells)
        held = {place: mention for match in _CLASSES.finditer(text) if (mention := cells[place := match.start()].mention)}
        return Sentence(self.start, self.end, text, held, tuple(cells))

    def members(self, start: int, end: int) -> Iterator[Mention]:
        """The mentions of the cells from start to end, without those in brackets that open between them."""
        if not _BRACKET.search(self.text, start, end):
            yield from self.mentions(start, end)
            return
        depth = 0
        for place in range(start, end):
            depth = _depth(depth, self.text[place])
            if place in self.held and not depth:
                yield self.held[place]


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
    return tuple(_sentence(text, begin, end, inside, letters) for begin, end, inside in spans(text, mentions, sentence_end))


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


def _sentence(text: str, start: int, end: int, mentions: Iterable[Mention], letters: Alphabet) -> Sentence:
    """A sentence of a text: its mentions, and the characters between them."""
    pieces: list[str] = []
    held: dict[int, Mention] = {}
    begin, left = start, 0  # where the text goes on behind a mention, and how many characters more it has up to there than cells
    for mention in mentions:
        pieces += text[begin : mention.start], letters.char(mention.kind)
        held[mention.start - start - left] = mention
        begin = max(mention.end, mention.start + 1)
        left += begin - mention.start - 1
    return Sentence(start, end, "".join([*pieces, text[begin:end]]), held)


def _cells(text: str, start: int, held: Mapping[int, Mention]) -> Iterator[Cell]:
    """The cells of a sentence that stands in its paragraph from start on and has these mentions."""
    begin = 0
    for place, mention in held.items():
        yield from _plain(text[begin:place], start)
        yield Cell(text[place], mention.start, mention.end, mention)
        begin, start = place + 1, max(mention.end, mention.start + 1)
    yield from _plain(text[begin:], start)


def _plain(text: str, start: int) -> Iterator[Cell]:
    """Characters as they stand. Made without `Cell()`, which takes three times as long, and there may be many."""
    return map(tuple.__new__, repeat(Cell), zip(text, count(start), count(start + 1), repeat(None)))


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
