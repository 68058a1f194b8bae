"""The front page: title, symbol, session, date and agenda item, and the summary below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.readers.extracted import BETWEEN_CELLS
from kg.readers.lines import Line, Page, piece
from kg.text import Mapped

_FULL = 0.85  # of the width of the page: a line shorter than this ends a paragraph
_TITLE = 0.7  # of it: a title this long goes on in the next line
_LONGEST = 120  # characters of a line of the front page


@dataclass(frozen=True, slots=True)
class Front:
    """What a front page says, each "" when it does not; `summary` is its lines, one tuple a paragraph, `prose` what else is told."""

    title: str = ""
    symbol: str = ""
    session: str = ""
    date: str = ""
    agenda_item: str = ""
    publisher: str = ""
    masthead: tuple[Line, ...] = ()
    summary_heading: Line | None = None
    summary: tuple[tuple[Line, ...], ...] = ()
    prose: tuple[Line, ...] = ()


def read(lines: Sequence[Line], page: Page) -> Front:
    """The front page on these lines, which hold no footnotes and no headings of the first paragraph."""
    layout = page.layout
    at = next((index for index, line in enumerate(lines) if layout.summary_heading.fullmatch(line.text[:_LONGEST])), len(lines))
    above, heading, below = lines[:at], lines[at : at + 1], lines[at + 1 :]
    prose_at = next((index for index, line in enumerate(above) if _is_prose(line, page)), len(above))
    found: dict[str, str] = {}
    titles: list[str] = []
    full_before = known_before = False
    masthead = above[:prose_at]
    for line in (cell for whole in masthead for cell in _cells(whole, page)):
        text = Mapped.of(page.source, line.start, line.end).flat().text
        known = _say(text, line.text, found, page)
        if known_before and not known and found.get("agenda_item", "").isalnum():
            found["agenda_item"] += f" {text}"
            known = True
        if not known and titles and full_before and len(titles[-1]) <= _LONGEST:
            titles[-1] += text
        elif not known:
            titles.append(text)
        full_before = not known and len(line.text) >= _TITLE * page.width and not line.closed
        known_before = known
    number, _, item = found.get("agenda_item", "").partition(" ")
    if item and (not titles or page.layout.author.fullmatch(titles[0])):  # what stands below the number is the report's title
        found["agenda_item"] = number
        titles.insert(0, item)
    return Front(
        title=_title(titles, page, said=bool(found)),
        **found,
        publisher=_publisher(titles, page),
        masthead=tuple(masthead),
        summary_heading=heading[0] if heading else None,
        summary=tuple(_paragraphs(below, page)),
        prose=tuple(above[prose_at:]),
    )


def _is_prose(line: Line, page: Page) -> bool:
    ends = page.layout.ends_sentence(line.text) or page.layout.clause_end.search(line.text[-1:]) is not None
    return ends or len(line.text) > _LONGEST


def _say(text: str, printed: str, found: dict[str, str], page: Page) -> bool:
    """Whether a line says one of the things a front page says; what is said first counts."""
    layout = page.layout
    if match := layout.date.fullmatch(text):
        try:
            day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return False
        found.setdefault("date", day.isoformat())
    elif layout.session.fullmatch(text):
        found.setdefault("session", text)
    elif match := layout.agenda_item.fullmatch(text):
        found.setdefault("agenda_item", match["number"])
    elif layout.symbol.fullmatch(printed):
        found.setdefault("symbol", printed.rstrip("*"))
    else:
        return False
    return True


def _title(titles: Sequence[str], page: Page, *, said: bool) -> str:
    """The title: what stands above the author, else the longest of the lines below the masthead, else the first line."""
    by = next((index for index, title in enumerate(titles) if index and page.layout.author.fullmatch(title)), 0)
    if by:
        return titles[by - 1]
    return max(titles, key=len, default="") if said else next(iter(titles), "")


def _publisher(titles: Sequence[str], page: Page) -> str:
    """The body whose report it is, by the surest of the signs; of two lines with the same one the first."""
    matches = (pattern.fullmatch(title) for pattern in page.layout.publisher for title in titles if len(title) <= _LONGEST)
    return next((match["body"] for match in matches if match), "")


def _cells(line: Line, page: Page) -> Iterator[Line]:
    """The cells of a row, each a line: letterheads are set as tables."""
    start = line.start
    for cell in line.text.split(BETWEEN_CELLS):
        if (found := piece(page.source, start, start + len(cell), line.stop)) is not None:
            yield found
        start += len(cell) + len(BETWEEN_CELLS)


def _paragraphs(lines: Sequence[Line], page: Page) -> list[tuple[Line, ...]]:
    """The lines in paragraphs: a new one begins after a sentence where the line is set in, or the one before stops short."""
    found: list[list[Line]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is None or (
            page.layout.ends_sentence(before.text) and (line.indented or before.closed or len(before.text) < _FULL * page.width)
        ):
            found.append([])
        found[-1].append(line)
    return [tuple(group) for group in found]
