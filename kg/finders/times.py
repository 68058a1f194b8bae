"""When something happened: finds the times a text names and gives each as a period, by the patterns of `kg/lang/<code>/times.yaml`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kg.model import Mention, Period
from kg.needs import Needs, may_match, needs
from kg.resources import language_folder
from kg.text import plain
from kg.yaml_table import Table, any_of, open_table


@dataclass(frozen=True, slots=True)
class TimePattern:
    """One way to say when. none: it is no time, but hides what stands in it.

    open: "start" (until then), "before" (until the day before), "end" (since then) or "" (from its first to its last day).
    needs: as in kg.needs.
    """

    name: str
    pattern: re.Pattern[str]
    open: str
    none: bool
    needs: Needs = field(repr=False)


@dataclass(frozen=True, slots=True)
class TimeTable:
    """A language's times. months: parts of a year as first and last month; days: parts of a month as first and last day."""

    patterns: tuple[TimePattern, ...]
    digits: Mapping[str, int]
    ten: str
    months: Mapping[str, tuple[int, int]]
    days: Mapping[str, tuple[int, int]]


@cache
def load_times(language: str) -> TimeTable:
    """The times of a language ("zh"); a LanguageError names the file and the key of a fault."""
    return read_times(language_folder(language) / "times.yaml")


def read_times(path: Path) -> TimeTable:
    """The times that a file describes; a LanguageError names the key of a fault."""
    file = open_table(path).only("digits", "ten", "months", "days", "pieces", "patterns")
    months, days = file.table("months").pairs(), file.table("days").pairs()
    pieces = {"months": any_of(months), "days": any_of(days)}
    for name, piece in file.table("pieces").texts().items():
        pieces[name] = f"(?:{file.table('pieces').compiled(name, piece, pieces).pattern})"
    patterns = tuple(_pattern(row, pieces) for row in file.tables("patterns"))
    return TimeTable(patterns, file.table("digits").numbers(), file.text("ten"), months, days)


def _pattern(row: Table, pieces: Mapping[str, str]) -> TimePattern:
    pattern = row.pattern("pattern", pieces)
    opened = row.text("open", ("", "start", "before", "end"))
    return TimePattern(row.text("name"), pattern, opened, row.values.get("none") is True, needs(pattern.pattern))


def find_times(text: str, table: TimeTable) -> tuple[Mention, ...]:
    """The times of a text in order, kind "Time", term "first day/last day" in ISO; at each place the longest reading."""
    read = plain(text)
    chars = frozenset(read)
    matches = [(match, row) for row in table.patterns if may_match(row.needs, chars) for match in row.pattern.finditer(read)]
    matches.sort(key=lambda found: (found[0].start(), -found[0].end()))
    mentions: list[Mention] = []
    reached, year = 0, ""
    for match, row in matches:
        if match.start() < reached:
            continue
        reached = match.end()
        period = None if row.none else _period(match.groupdict(), year, table)
        if period is None:
            continue
        year = period.end[:4]
        start, end = match.span()
        mentions.append(Mention(start, end, "Time", _term(period, row.open), "time", text[start:end]))
    return tuple(mentions)


def period_of(time: Mention) -> Period:
    """The period that a mention of kind "Time" stands for."""
    start, _, end = time.term.partition("/")
    return Period(start, end)


def _term(period: Period, opened: str) -> str:
    """The period as text, "first day/last day", one side left open where the pattern says so."""
    match opened:
        case "start":
            return f"/{period.end}"
        case "before":
            return f"/{date.fromisoformat(period.start) - timedelta(days=1)}"
        case "end":
            return f"{period.start}/"
    return f"{period.start}/{period.end}"


def _period(groups: Mapping[str, str | None], year: str, table: TimeTable) -> Period | None:
    """The period of a match; what its end leaves out is as in its beginning, a year left out is the one named before."""
    part = {name: value for name, value in groups.items() if value}
    first_year = part.get("y", year)
    if not first_year:
        return None
    first = last = _days(first_year, {name: part.get(name) for name in "mpdq"}, table)
    if part.keys() & set("YMDPQ"):
        last_year = part.get("Y", first_year)
        if len(last_year) < len(first_year):
            last_year = first_year[: -len(last_year)] + last_year
        ends = {name: part.get(name.upper()) for name in "mpdq"}
        if not part.keys() & set("YMP"):
            ends["m"] = part.get("m")
        last = _days(last_year, ends, table)
    if first is None or last is None or first[0] > last[1]:
        return None
    return Period(first[0], last[1])


def _days(year: str, part: Mapping[str, str | None], table: TimeTable) -> tuple[str, str] | None:
    """First and last day in ISO; None when the calendar has no such day. part: month m, months p, day d, days q."""
    number = _number(year, table)
    first_month, last_month = _span(part["m"], part["p"], table.months, table) or (1, 12)
    if not 1 <= first_month <= last_month <= 12:  # noqa: PLR2004  months of a year
        return None
    length = monthrange(number, last_month)[1]
    first_day, last_day = _span(part["d"], part["q"], table.days, table) or (1, length)
    if first_day > length:
        return None
    return f"{number:04}-{first_month:02}-{first_day:02}", f"{number:04}-{last_month:02}-{min(last_day, length):02}"


def _span(one: str | None, several: str | None, spans: Mapping[str, tuple[int, int]], table: TimeTable) -> tuple[int, int] | None:
    """First and last of a month or day written as a number, or of a word for several; None for neither."""
    if several:
        return spans[several]
    return (_number(one, table),) * 2 if one else None


def _number(text: str, table: TimeTable) -> int:
    """A year, month or day, in figures or in the language's own numerals."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition(table.ten)
    if ten:
        return (table.digits[tens] if tens else 1) * 10 + (table.digits[ones] if ones else 0)
    return int("".join(str(table.digits[digit]) for digit in text))
