"""A sentence in which every name is one character that stands for its class, so that a pattern is a plain regular expression.

An index leads from each character back to the paragraph. Words left out and words that stand for other things become characters
of their own, which is why one place of the paragraph can have several, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import VALUES, Mention
from kg.ontology import Ontology

_FIRST = 0xE000


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of a sentence as patterns see it: itself, or a class character with the mention it stands for."""

    char: str
    start: int
    end: int
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: `paragraph_text[start:end]`, and its cells."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The sentence as patterns see it."""
        return "".join(cell.char for cell in self.cells)

    def mentions(self, start: int, end: int) -> Iterator[Mention]:
        """The mentions of the cells from start to end."""
        return (cell.mention for cell in self.cells[start:end] if cell.mention)


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


def split(text: str, mentions: Sequence[Mention], letters: Alphabet, sentence_end: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph. Marks inside a name or a bracket end none; a closing quotation mark belongs to its sentence."""
    by_start = {m.start: m for m in mentions}
    cells: list[Cell] = []
    sentences: list[Sentence] = []
    begin = position = 0
    depth = 0
    while position < len(text):
        mention = by_start.get(position)
        cell = letters.cell(mention) if mention else Cell(text[position], position, position + 1)
        cells.append(cell)
        position = max(cell.end, position + 1)
        depth = max(0, depth + (cell.char in "(（") - (cell.char in ")）"))
        if cell.char in sentence_end and not depth:
            closing = re.compile("[”’」》]*").match(text, position)
            end = closing.end() if closing else position
            cells += [Cell(text[i], i, i + 1) for i in range(position, end)]
            sentences.append(Sentence(begin, end, tuple(cells)))
            cells, begin, position = [], end, end
    if cells:
        sentences.append(Sentence(begin, len(text), tuple(cells)))
    return tuple(sentences)


def clauses(text: str, clause_end: str) -> list[tuple[int, int]]:
    """Start and end of each clause of a sentence's pattern text, the mark that ends it left out; brackets hold together."""
    result: list[tuple[int, int]] = []
    begin = depth = 0
    for index, char in enumerate(text):
        depth = max(0, depth + (char in "(（") - (char in ")）"))
        if char in clause_end and not depth:
            result.append((begin, index))
            begin = index + 1
    result.append((begin, len(text)))
    return result
