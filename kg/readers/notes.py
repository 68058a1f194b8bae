"""Footnotes: their texts below a rule or at the end, and their marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.readers.extracted import BELOW_NOTES, RAISED, lowered
from kg.readers.layout import MARKS, Layout
from kg.readers.lines import Line, Page, Placed, piece

_FULL = 0.85  # of the width of the page: a line shorter than this ends a footnote
_LONGEST_RULE = 200
_MOST_LINES = 100  # of one footnote
_MARK_ALONE = re.compile(rf"\d{{1,3}}|\*{{1,3}}|[{RAISED}]+")
_RAISED = re.compile(rf"(?<![\d.m])[{RAISED}]+")  # behind a number or a metre it is a power
_DIGIT = re.compile(r"\d")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
_BLANK_RULE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number as printed, with its dot at [start, end) of the source, and the lines of its text."""

    number: str
    start: int
    end: int
    lines: tuple[Line, ...]


def take_out(lines: Sequence[Line], page: Page) -> tuple[list[Line], list[Note], list[Placed]]:
    """The lines without the footnotes among them, the footnotes, and the places of rules and of the footnotes' numbers."""
    rest: list[Line] = []
    notes: list[Note] = []
    placed: list[Placed] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.text == BELOW_NOTES:
            placed.append(Placed(line.start, line.end, "rule"))
            continue
        if len(line.text) > _LONGEST_RULE or not page.layout.note_rules.fullmatch(line.text):
            rest.append(line)
            continue
        cut_short = bool(rest) and not page.layout.ends_sentence(rest[-1].text)
        found, following = _block(lines, index, page, cut_short=cut_short)
        if found or _BLANK_RULE.fullmatch(line.text):
            placed.append(Placed(line.start, line.end, "rule"))
        else:
            rest.append(line)
        notes += found
        placed += [Placed(note.start, note.end, "number") for note in found]
        index = following
    return rest, notes, placed


def _block(lines: Sequence[Line], index: int, page: Page, *, cut_short: bool) -> tuple[list[Note], int]:
    """The footnotes that begin at an index, and the index after them."""
    notes: list[Note] = []
    while index < len(lines):
        mark = _note_number(lines[index], page.layout)
        if mark is None or (notes and not _follows(notes[-1].number, mark["number"])):
            break
        line = lines[index]
        rest = piece(page.source, line.start + mark.end(), line.end, line.stop)
        end = _end(lines, index if rest else index + 1, mark["number"], page, cut_short=cut_short)
        text = [*([rest] if rest else []), *lines[index + 1 : end]]
        notes.append(Note(mark["number"], line.start, line.start + len(mark.group().rstrip()), tuple(text)))
        index = end
    return notes, index


def _note_number(line: Line, layout: Layout) -> re.Match[str] | None:
    return layout.note_number.match(line.text)


def _follows(number: str, following: str) -> bool:
    """Whether two numbers of footnotes follow each other."""
    if number.isdecimal() and following.isdecimal():
        return int(following) == int(number) + 1
    return not number.isdecimal()


def _end(lines: Sequence[Line], start: int, number: str, page: Page, *, cut_short: bool) -> int:
    """The index after a footnote whose text begins at `start`; cut_short: the text above the rule must go on below it."""
    first: int | None = None
    limit = min(len(lines), start + _MOST_LINES)
    below = next((index for index in range(start, limit) if lines[index].text == BELOW_NOTES), None)
    if below is not None:
        marks = (
            index
            for index in range(start + 1, below)
            if (mark := _note_number(lines[index], page.layout)) and _follows(number, mark["number"])
        )
        return next(marks, below)
    for index in range(start, limit):
        line = lines[index]
        if not page.layout.ends_sentence(line.text):
            continue
        first = first or index + 1
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None:
            break
        mark = _note_number(following, page.layout)
        sets_off = line.closed or following.indented or len(line.text) < _FULL * page.width
        if (mark and _follows(number, mark["number"])) or (sets_off and not (cut_short and _nothing_below(lines[index + 1 : limit], page))):
            return index + 1
    return first if first and cut_short else limit


def _nothing_below(lines: Sequence[Line], page: Page) -> bool:
    """Whether no sentence ends on these lines, so that a text cut short cannot go on there."""
    return not any(page.layout.ends_sentence(line.text) for line in lines)


def _counts(following: str, layout: Layout) -> bool:
    """Whether what follows a digit shows that it is a number of something, or the first group of a long number."""
    return bool(layout.counted.match(following) or _THREE_DIGITS.match(following))


def alone(lines: Sequence[Line], known: frozenset[str], layout: Layout) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those that hold nothing but the mark of a footnote or a page number."""
    kept: list[Line] = []
    marks: list[Line] = []
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        before = kept[-1].text[-1:] if kept else ""
        safe = lowered(line.text) in known or not (before.isdecimal() or _counts(following, layout))
        if safe and _MARK_ALONE.fullmatch(line.text):
            marks.append(line)
        else:
            kept.append(line)
    return kept, marks


def _apart(match: re.Match[str], start: int, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of raised marks that stand together: each digit is one where the whole is none that is known."""
    digits = lowered(match[0])
    if digits not in known and known.issuperset(digits):
        yield from ((start + place, start + place + 1) for place in range(*match.span()))
    else:
        yield start + match.start(), start + match.end()


def glued(line: Line, before: str, following: str, known: frozenset[str], page: Page) -> list[tuple[int, int]]:
    """Where the marks of footnotes are glued to the words of a line, as places in the source.

    A raised digit always is one. Another is taken for a mark only when that is safe: no word that is counted follows it, and a
    footnote of that number is known or the report has lost its footnotes.
    """
    layout = page.layout
    spans = [span for match in _RAISED.finditer(line.text) for span in _apart(match, line.start, known)]
    if not _DIGIT.search(line.text):
        return spans
    for shape in MARKS:
        if shape == "at_start" and not layout.ends_sentence(before):
            continue
        for match in layout.marks[shape].finditer(line.text):
            after = line.text[match.end() : match.end() + 40].lstrip() or following
            if _counts(after, layout) or (known and match.group() not in known):
                continue
            if shape == "after_word" and not known and len(line.text) >= _FULL * page.width:
                continue
            spans.append((line.start + match.start(), line.start + match.end()))
    return sorted(set(spans))
