"""Many made-up reports, the same in every run: sentences of the seed and of the gold reports in new company, names and numbers changed.

No two paragraphs are alike, so that nothing is gained by remembering one.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from kg import language, ontology
from kg.finders.lexicon import Lexicon, listed, mentions
from kg.model import Document, Paragraph
from kg.readers import read

TESTS = Path(__file__).parent
SEED = TESTS.parent / "seeds" / "000_99bf147bf4ea3876.txt"
GOLD = tuple(sorted(TESTS.glob("gold/*/report.txt")))

_PARAGRAPHS, _SENTENCES = 30, 4  # of a report and of a paragraph: some 7,000 characters in all
_CHANGED = 0.7  # so many of the names
_SENTENCE = re.compile("[^\u3002]{8,}\u3002")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURES = re.compile(r"(?<![\d.,/])[1-9]\d?(?![\d.,/])")

# A stretch of a sentence, and the class of the name that it is, "" where it is none.
Piece = tuple[str, str]


def reports(count: int) -> Iterator[Document]:
    """So many reports."""
    for number in range(count):
        chance = random.Random(number)  # noqa: S311  no secret hangs on it
        paragraphs = tuple(_paragraph(str(n), chance) for n in range(1, _PARAGRAPHS + 1))
        yield Document(f"report-{number}", Path(f"report-{number}.txt"), "", "zh", f"Report {number}", paragraphs=paragraphs)


def _paragraph(number: str, chance: random.Random) -> Paragraph:
    text = "".join(_changed(pieces, chance) for pieces in chance.sample(_pool(), _SENTENCES))
    return Paragraph(number, "paragraph", text, tuple(range(len(text))))


def _changed(pieces: Sequence[Piece], chance: random.Random) -> str:
    """A sentence with other names of the same classes, other years and other small numbers."""
    names = _names()
    said = "".join(chance.choice(names[kind]) if kind and chance.random() < _CHANGED else text for text, kind in pieces)
    said = _YEAR.sub(lambda _: str(chance.randint(1995, 2029)), said)
    return _FIGURES.sub(lambda figures: str(chance.randint(1, 9)) + "".join(str(chance.randint(0, 9)) for _ in figures[0][1:]), said)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """The names of the listed things by class."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for entity in ontology.load().entities:
        names[entity.kind].append(entity.name)
    return {kind: tuple(found) for kind, found in names.items()}


@cache
def _pool() -> tuple[tuple[Piece, ...], ...]:
    """The sentences of all reports, cut into names and what stands between them."""
    known = Lexicon(listed(ontology.load(), language.load("zh")))
    texts = (paragraph.text for path in (SEED, *GOLD) for paragraph in read(path).paragraphs if paragraph.kind == "paragraph")
    return tuple(tuple(_pieces(sentence, known)) for text in texts for sentence in _SENTENCE.findall(text))


def _pieces(sentence: str, known: Lexicon) -> Iterator[Piece]:
    begin = 0
    for name in mentions(sentence, known.find(sentence)):
        if name.kind in _names():
            yield sentence[begin : name.start], ""
            yield name.text, name.kind if name.term and name.text[0].isalpha() else ""
            begin = name.end
    yield sentence[begin:], ""
