"""Centrality as a picture: for each body and programme two dots a measure, with the hub and without it."""

from __future__ import annotations

from kg import plotting
from kg.analysis.measures import Analysis, Centrality
from kg.analysis.report import ranked, words
from kg.errors import KgError

_MEASURES = ("degree", "betweenness", "pagerank")
_WIDTH, _ROW, _MARGIN = 12.0, 0.3, 1.2  # inches
_LINE = "#b8c0cc"
_LOOKS = {"whole": {"s": 52, "color": "#9a5b00", "facecolors": "none"}, "rest": {"s": 24, "color": "#1a5599"}}
_LONGEST = 22  # characters of a name; a letter that is not Chinese counts for half


def draw(analysis: Analysis, language: str, most: int, suffix: str) -> bytes:
    """The picture of the most joined bodies and programmes, hubs left out, as the bytes of a file (".svg" or ".png").

    most: how many. The hubs are left out because beside them all others would be nought. A KgError when there is nothing to draw, or
    matplotlib is not there.
    """
    said = words(language)["plot"]
    shown = [(iri, whole, rest) for iri, whole, rest in ranked(analysis) if rest is not None][:most]
    if not shown:
        message = "there is no body and no programme but hubs, so that there is nothing to plot; give another graph"
        raise KgError(message)
    names = [_short(analysis.label(iri, language)) for iri, _, _ in shown]
    tops = ", ".join(analysis.label(iri, language) for iri in analysis.hubs)
    with plotting.style():
        from matplotlib.figure import Figure  # noqa: PLC0415  an extra
        from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

        figure = Figure(figsize=(_WIDTH, _ROW * len(shown) + _MARGIN), layout=ConstrainedLayoutEngine(wspace=0.06))
        figure.suptitle(said["title"].format(hubs=tops) if tops else said["plain"])
        rows = range(len(shown))
        for panel, measure in zip(figure.subplots(1, len(_MEASURES), sharey=True), _MEASURES, strict=True):
            sides = {"whole": _values([one for _, one, _ in shown], measure), "rest": _values([one for _, _, one in shown], measure)}
            panel.hlines(rows, sides["whole"], sides["rest"], color=_LINE, linewidth=1, zorder=1)
            for side, values in sides.items():
                panel.scatter(values, rows, zorder=2, clip_on=False, label=said[side], **_LOOKS[side])
            panel.set_yticks(rows, names)
            panel.set_title(said[measure], fontsize="medium")
            panel.set_xlim(left=0)
            panel.grid(axis="x", color="#e5e8ed")
            panel.set_axisbelow(True)
            panel.tick_params(length=0)
            panel.spines[:].set_visible(False)
        panel.invert_yaxis()
        figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
        return plotting.written(figure, suffix)


def _values(of: list[Centrality], measure: str) -> list[float]:
    return [getattr(one, measure) for one in of]


def _short(name: str) -> str:
    """As much of a name as has room."""
    room, kept = float(_LONGEST), ""
    for letter in name:
        room -= 1 if letter >= "\u2e80" else 0.5
        if room < 0:
            return f"{kept}…"
        kept += letter
    return name
