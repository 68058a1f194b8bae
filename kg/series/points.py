"""One indicator over time: every figure that is counted in some words, of all reports at hand, ordered by when it held."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.comparison.likeness import words
from kg.comparison.sides import Figure, Passage, Report, Side
from kg.errors import UnknownNameError, did_you_mean
from kg.iris import canonical
from kg.queries import Answer

COLUMNS = ("start", "end", "dated_by", "about", "counted", "comparator", "value", "unit", "place", "report", "paragraph", "quote")


@dataclass(frozen=True, slots=True)
class Point:
    """A figure and when it held: ISO dates, either "" for open; dated: by the "sentence", else the "report", else "" (a baseline)."""

    figure: Figure
    start: str
    end: str
    dated: str
    report: Report

    @property
    def passage(self) -> Passage:
        """The sentence; of several that say the same, the first."""
        return next(iter(self.figure.evidence), Passage("", "", "", 0, 0, ""))

    @property
    def line(self) -> tuple[str, str, str, str]:
        """What makes points one line: unit, about, what is counted, place."""
        return self.figure.unit, self.figure.about, words(self.figure.counted), self.figure.place


def series(side: Side, counted: str, about: Collection[str] | None = None, *, exact: bool = False) -> tuple[Point, ...]:
    """The figures whose words for what is counted hold these (or, exact, are these), those about these IRIs; undated ones last.

    Width, case, blanks and punctuation make no difference. An UnknownNameError gives the nearest words when nothing is counted so.
    """
    wanted = words(counted)
    own = [figure for figure in side.figures if about is None or figure.about in about]
    found = [figure for figure in own if (words(figure.counted) == wanted if exact else wanted in words(figure.counted))]
    if not wanted or not found:
        message = f"nothing is counted as {counted!r}; {did_you_mean(counted, {figure.counted for figure in own})}"
        raise UnknownNameError(message)
    return tuple(sorted((_point(side, figure) for figure in found), key=_order))


def table(side: Side, points: Collection[Point], language: str) -> Answer:
    """The points as rows of COLUMNS, with names in that language."""
    return Answer(COLUMNS, tuple(tuple(_row(side, point, ("zh", "en").index(language))) for point in points))


def _point(side: Side, figure: Figure) -> Point:
    reports = {report.iri: report for report in side.reports}
    report = next((reports[passage.report] for passage in figure.evidence if passage.report in reports), Report(""))
    if figure.start or figure.end:
        return Point(figure, figure.start, figure.end, "sentence", report)
    date = "" if figure.base else report.date
    return Point(figure, date, date, "report" if date else "", report)


def _order(point: Point) -> tuple[object, ...]:
    when = point.end or point.start
    return not when, when, point.start, point.line, point.report, point.passage, point.figure.value


def _row(side: Side, point: Point, language: int) -> Iterator[str]:
    def name(of: str) -> str:
        return side.names[of][language] if of in side.names else of

    figure = point.figure
    yield from (point.start, point.end, point.dated, name(figure.about), figure.counted, name(figure.comparator), canonical(figure.value))
    yield from (name(figure.unit), name(figure.place) if figure.place else "")
    yield from (point.report.symbol or point.report.title, point.passage.paragraph, point.passage.quote)
