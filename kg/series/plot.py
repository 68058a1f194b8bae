"""The figures of one indicator over time as a picture: a panel for each unit, a line for each thing that is spoken of.

A bar is as long as the time that a figure is of; what only the date of its report tells is faint and joined to nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kg import plotting
from kg.comparison.sides import Side
from kg.errors import KgError
from kg.series.points import Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_EPOCH = dt.date(1970, 1, 1).toordinal()
_WIDTH, _PANEL = 9.0, 3.6  # inches
# How a figure is drawn by its comparator: marker and whether it is filled; a bound points to where the true value lies.
_MARKERS = {"approximately": ("o", False), "moreThan": ("^", True), "atLeast": ("^", True), "lessThan": ("v", True), "atMost": ("v", True)}


def draw(side: Side, points: Collection[Point], title: str, language: str, suffix: str) -> bytes:
    """The picture as the bytes of a file (".svg" or ".png"); a KgError when no figure has a date, or matplotlib is not there."""
    dated = [point for point in points if point.dated]
    if not dated:
        message = f"{title}: no figure has a date, so that there is nothing to plot; give the report's date in its .toml and build it again"
        raise KgError(message)
    units = sorted({point.figure.unit for point in dated})
    with plotting.style():
        from matplotlib.figure import Figure  # noqa: PLC0415  an extra

        figure = Figure(figsize=(_WIDTH, _PANEL * len(units)), layout="constrained")
        panels: list[Axes] = list(figure.subplots(len(units), 1, sharex=True, squeeze=False)[:, 0])
        panels[0].set_title(title)
        for panel, unit in zip(panels, units, strict=True):
            _panel(panel, side, [point for point in dated if point.figure.unit == unit], ("zh", "en").index(language))
        return plotting.written(figure, suffix)


def _panel(panel: Axes, side: Side, points: Sequence[Point], language: int) -> None:
    """One unit: its lines, each figure with its value, and what each line is."""

    def name(iri: str) -> str:
        return side.names[iri][language] if iri in side.names else iri

    for number, line in enumerate(dict.fromkeys(point.line for point in points)):
        own = [point for point in points if point.line == line]
        _, about, _, place = line
        label = " · ".join(filter(None, (name(about), own[-1].figure.counted, name(place) if place != about else "")))
        colour = f"C{number % 10}"
        panel.plot([], [], "o-", color=colour, label=label)
        timed = [point for point in own if point.dated == "sentence"]
        panel.plot([sum(_days(one)) / 2 for one in timed], [float(one.figure.value) for one in timed], color=colour, linewidth=1)
        for one in own:
            marker, filled = _MARKERS.get(one.figure.comparator, ("o", True))
            days, value = _days(one), float(one.figure.value)
            faint = 1.0 if one.dated == "sentence" else 0.5
            panel.hlines([value], *days, color=colour, linewidth=4, alpha=0.3)
            panel.plot([sum(days) / 2], [value], marker, color=colour, markerfacecolor=colour if filled else "white", alpha=faint)
            comparator = "" if one.figure.comparator == "exactly" else f"{name(one.figure.comparator)} "
            panel.annotate(
                f"{comparator}{one.figure.value:,f}", (sum(days) / 2, value), textcoords="offset points", xytext=(7, 3), fontsize=8
            )
    panel.xaxis_date()
    panel.set_ylabel(name(points[0].figure.unit))
    panel.yaxis.set_major_formatter("{x:,.10g}")
    panel.margins(x=0.12, y=0.2)
    panel.grid(visible=True, alpha=0.3)
    panel.legend(fontsize=8, loc="upper left", bbox_to_anchor=(0, -0.12), frameon=False)


def _days(point: Point) -> tuple[float, float]:
    """The first and the last day of its time, or the one that it has twice, in days since 1970, as matplotlib counts dates."""
    first, last = (dt.date.fromisoformat(day).toordinal() - _EPOCH for day in (point.start or point.end, point.end or point.start))
    return float(first), float(last)
