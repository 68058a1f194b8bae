"""Headings: where the text of a paragraph ends and the headings of the next one begin, and which stands under which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.readers.extracted import BETWEEN_CELLS
from kg.readers.lines import Line, Page, piece
from kg.text import Mapped

_MOST_UNNUMBERED = 2  # unnumbered headings in a row; more short lines are a table
_MOST_OPENING = 6  # lines of headings before the first paragraph
_MOST_LINES = 3  # of one heading
_LONGEST = 100  # characters of a heading on one line
_LONGEST_STUCK = 40  # of one without a number that sticks to the sentence before it
_FULL = 0.7  # of the width of the page: a heading this long may go on in the next line


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the lines it stands on and its level, 0 the outermost; the last level is that of the unnumbered."""

    lines: tuple[Line, ...]
    level: int

    def title(self, page: Page) -> str:
        """The heading on one line, with one blank after its number."""
        first = self.lines[0]
        mark = page.layout.headings[self.level].match(first.text) if self.level < len(page.layout.headings) else None
        start = first.start + (mark.end() if mark else 0)
        parts = [Mapped.of(page.source, start, first.stop), *(Mapped.of(page.source, line.start, line.stop) for line in self.lines[1:])]
        number = "".join(mark.group().split()) if mark else ""
        return f"{number} {Mapped.join(parts).flat().text}".strip()


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two numbers: the text of the first, the headings of the second, and what is neither."""

    body: tuple[Line, ...]
    headings: tuple[Heading, ...] = ()
    left_over: tuple[Line, ...] = ()


@dataclass(slots=True)
class Outline:
    """The headings met so far: `path` is the way to here, `titles` all of them in reading order."""

    path: tuple[tuple[int, str], ...] = ()
    titles: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """The titles on the way to here, outermost first."""
        return tuple(title for _, title in self.path)

    def enter(self, headings: Iterable[Heading], page: Page) -> None:
        """Go below the headings that stand here together; unnumbered ones in a row go one under the other."""
        fresh = True
        for heading in headings:
            unnumbered = heading.level == len(page.layout.headings)
            kept = tuple(step for step in self.path if step[0] < heading.level or (unnumbered and not fresh))
            self.path = (*kept, (heading.level, heading.title(page)))
            self.titles.append(self.path[-1][1])
            fresh = fresh and not unnumbered


def opening(lines: Sequence[Line], page: Page) -> Part:
    """The lines before the first number, and the headings of the first paragraph at their end."""
    if not lines:
        return Part(())
    stuck = _unstick(lines[-1], page)
    whole = [*lines[:-1], *(stuck or lines[-1:])]
    first = len(whole)
    for index in range(len(whole) - 1, max(-1, len(whole) - 1 - _MOST_OPENING), -1):
        line = whole[index]
        if page.layout.ends_sentence(line.text) or len(line.text) > _LONGEST:
            break
        if page.layout.heading_level(line.text) is not None or (
            index == len(whole) - 1 and page.layout.opening_headings.fullmatch(line.text)
        ):
            first = index
    return Part(tuple(whole[:first]), tuple(_headings(whole[first:], page)))


def divide(lines: Sequence[Line], page: Page) -> Part:
    """The text of one paragraph, and the headings after it; `lines` begin with the paragraph."""
    ended = 1 + max((index for index, line in enumerate(lines) if page.layout.ends_sentence(line.text)), default=-1)
    inner = [index for index in range(1, ended) if _stands_alone(lines[index - 1], lines[index], page)]
    body = list(lines[: inner[0] if inner else ended])
    headings: list[Heading] = []
    left_over: list[Line] = []
    for start, end in pairwise([*inner, ended] if inner else []):
        size = 2 if start + 1 < end and _goes_on(lines[start], lines[start + 1], page) else 1
        headings += _headings(lines[start : start + size], page)
        left_over += lines[start + size : end]
    plain, numbered = _tail(lines[ended:], page)
    rows = [line for line in plain if ended and BETWEEN_CELLS in line.text]  # of a table: neither text nor headings
    plain = plain if not rows else [line for line in plain if BETWEEN_CELLS not in line.text]
    if plain and ended and not left_over and _are_headings(lines[ended - 1], plain, page):
        headings += _headings(plain, page)
    elif len(plain) > _MOST_UNNUMBERED and ended and all(len(line.text) < _FULL * page.width for line in plain):
        left_over += plain
    else:
        (left_over or body).extend(plain)
    found = _headings(numbered, page)
    headings += found[: _MOST_OPENING + 1]
    left_over += [line for heading in found[_MOST_OPENING + 1 :] for line in heading.lines]
    left_over = sorted([*left_over, *rows], key=lambda line: line.start)
    return Part(tuple(body), tuple(headings), tuple(left_over))


def _tail(lines: Sequence[Line], page: Page) -> tuple[list[Line], list[Line]]:
    """The lines after the last that ends a sentence: those before the first numbered heading, and the others."""
    tail = list(lines)
    if tail and (stuck := _unstick(tail[0], page)):
        return stuck[:1], [*stuck[1:], *tail[1:]]
    first = next(
        (index for index, line in enumerate(tail) if len(line.text) <= _LONGEST and page.layout.heading_level(line.text) is not None),
        len(tail),
    )
    return tail[:first], tail[first:]


def _unstick(line: Line, page: Page) -> list[Line]:
    """A line with headings stuck to its last sentence as that sentence and the headings; nothing for another line."""
    offset = max(0, len(line.text) - 3 * _LONGEST)
    ends = [match.end() for match in page.layout.sentence_end.finditer(line.text, offset)][-2:]
    if not ends or ends[-1] == len(line.text):
        return []
    at = next((end for end in ends if _is_stuck(line.text[end:], page, last=end == ends[-1])), None)
    if at is None:
        return []
    starts = (
        index
        for index in range(at + 1, len(line.text))
        if line.text[index - 1].isspace() and page.layout.heading_level(line.text[index : index + _LONGEST]) is not None
    )
    edges = [0, at, *starts, len(line.text)]
    stops = [*(line.start + edge for edge in edges[1:-1]), line.stop]
    pieces = [
        piece(page.source, line.start + start, line.start + end, stop) for start, end, stop in zip(edges, edges[1:], stops, strict=False)
    ]
    return [found for found in pieces if found is not None]


def _is_stuck(rest: str, page: Page, *, last: bool) -> bool:
    """Whether what follows a sentence on its line is a heading: with a number, or short and set off by a blank.

    last: it holds no other sentence end; only a numbered heading may hold one (a colon).
    """
    title = rest.strip()
    bare = not page.layout.clause_end.search(title)
    if page.layout.heading_level(title) is not None:
        return len(title) <= 2 * _LONGEST and (last or bare)
    return last and bare and rest[:1].isspace() and len(title) <= _LONGEST_STUCK


def _stands_alone(before: Line, line: Line, page: Page) -> bool:
    """Whether a line in the middle of a text is a numbered heading: text without a number follows it."""
    level = page.layout.heading_level(line.text)
    return (
        level is not None
        and level < len(page.layout.headings) - 1
        and len(line.text) <= _LONGEST
        and page.layout.ends_sentence(before.text)
        and not page.layout.ends_sentence(line.text)
        and not page.layout.clause_end.search(line.text)
    )


def _are_headings(before: Line, lines: Sequence[Line], page: Page) -> bool:
    """Whether lines without a number are headings, not the end of a text that lacks its full stop."""
    full = _FULL * page.width
    first = lines[0]
    apart = len(first.text) < full or first.indented or before.closed or len(before.text) < full
    return (
        apart
        and not page.layout.sentence_end.search(first.text)
        and len(_headings(lines, page)) <= _MOST_UNNUMBERED
        and all(len(line.text) <= _LONGEST for line in lines)
    )


def _headings(lines: Sequence[Line], page: Page) -> list[Heading]:
    """The headings on these lines; a long one goes on in the next line."""
    found: list[Heading] = []
    for line in lines:
        if found and len(found[-1].lines) < _MOST_LINES and _goes_on(found[-1].lines[-1], line, page):
            found[-1] = Heading((*found[-1].lines, line), found[-1].level)
        else:
            level = page.layout.heading_level(line.text)
            found.append(Heading((line,), len(page.layout.headings) if level is None else level))
    return found


def _goes_on(line: Line, following: Line, page: Page) -> bool:
    """Whether the line after a heading belongs to it."""
    return (
        len(line.text) >= _FULL * page.width
        and not line.closed
        and page.layout.heading_level(following.text) is None
        and not page.layout.ends_sentence(following.text)
    )
