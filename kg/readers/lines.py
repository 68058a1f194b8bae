"""The lines of a page, each with its place; what is printed on every page or in the contents table is set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.layout import Layout
from kg.text import INVISIBLE

_LINE = re.compile("[^\n\r\f\v\x85\u2028\u2029]+")
_EDGES = re.compile(rf"[\s{INVISIBLE}]*")
_MOST_CLOSED = 0.8  # of the lines, for a blank at the end of one to mean something
_LONGEST_ENTRY = 160  # characters of a line in a contents table
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its text without blanks at the ends stands at [start, end); `stop` is where the next one begins.

    indented: blanks stand before it; closed: blanks stand after it (some PDF readers end a block, not a line, with one).
    """

    text: str
    start: int
    end: int
    stop: int
    indented: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of the source and what it is: "number", "mark", "rule", "furniture", "contents", "front", "heading", "unread"."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Page:
    """The source, the wording of its language, and the length of a full line in characters."""

    source: str
    layout: Layout
    width: int


def piece(source: str, start: int, end: int, stop: int) -> Line | None:
    """The part [start, end) of a line as a line of its own; None when it is blank."""
    text = source[start:end]
    left = _EDGES.match(text)
    first = left.end() if left else 0
    if first == len(text):
        return None
    last = _trailing(text)
    return Line(text[first:last], start + first, start + last, stop, indented=first > 0, closed=last < len(text))


def _trailing(text: str) -> int:
    """Where the blanks at the end of a text begin."""
    end = len(text.rstrip())
    while _EDGES.fullmatch(text[end - 1]):
        end -= 1
    return end


def split(source: str) -> list[Line]:
    """The lines that are not empty, in order; where nearly each ends in a blank, the blank says nothing."""
    found = list(_LINE.finditer(source))
    stops = [*(match.start() for match in found), len(source)][1:]
    lines = (piece(source, match.start(), match.end(), stop) for match, stop in zip(found, stops, strict=True))
    kept = [line for line in lines if line is not None]
    if sum(line.closed for line in kept) > _MOST_CLOSED * len(kept):
        return [replace(line, closed=False) for line in kept]
    return kept


def width(lines: Sequence[Line]) -> int:
    """The length in characters of a full line: four of five lines are no longer."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 4 // 5] if lengths else 0


def set_aside(lines: Sequence[Line], layout: Layout, repeated: frozenset[int]) -> tuple[list[Line], list[Placed]]:
    """The lines of the text proper, and the places of page headers, page numbers and contents tables.

    repeated: the indexes of lines that are known to be on every page.
    """
    symbols = [_DIGITS.sub("0", line.text) for line in lines if _short(line) and layout.symbol.fullmatch(line.text)]
    headers = {shape for shape, count in Counter(symbols).items() if count > 1}
    contents = _contents(lines, layout)
    kept: list[Line] = []
    placed: list[Placed] = []
    for index, line in enumerate(lines):
        if index in contents:
            placed.append(Placed(line.start, line.end, "contents"))
        elif index in repeated or (
            _short(line)
            and (_DIGITS.sub("0", line.text) in headers or any(pattern.fullmatch(line.text) for pattern in layout.page_furniture))
        ):
            placed.append(Placed(line.start, line.end, "furniture"))
        else:
            kept.append(line)
    return kept, placed


def _short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_ENTRY


def _contents(lines: Sequence[Line], layout: Layout) -> set[int]:
    """The lines of contents tables: a row of dots leads to the page number, or they stand under their heading and end in one."""
    leaders = {index for index, line in enumerate(lines) if _short(line) and layout.contents_leader.search(line.text)}
    found = set(leaders)
    inside = False
    for index, line in enumerate(lines):
        inside = _short(line) and (
            layout.contents_heading.fullmatch(line.text) is not None
            or (inside and (not leaders.isdisjoint((index, index + 1)) or _is_entry(line, layout)))
        )
        if inside:
            found.add(index)
    return found


def _is_entry(line: Line, layout: Layout) -> bool:
    """Whether a line under the heading of a contents table ends in a page number, or names the columns."""
    return line.text[-1].isdecimal() or layout.contents_columns.fullmatch(line.text) is not None
