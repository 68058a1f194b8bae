"""Plots by matplotlib, an extra: the same numbers give the same bytes, and Chinese names a font that has them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import KgError, did_you_mean

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png")
# In order of preference; of a collection (.ttc) matplotlib knows the first face only, which is the Japanese one of Noto.
_FONTS = ("Noto Sans SC", "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei")
_LATIN = "DejaVu Sans"  # comes with matplotlib
_DPI = 150


@contextmanager
def style() -> Iterator[None]:
    """What every plot is made and written in: fonts, and no random names. A KgError when matplotlib is not installed."""
    try:
        from matplotlib import rc_context  # noqa: PLC0415
    except ImportError as error:
        message = "a plot needs matplotlib, which is not installed; install report-kg[plot]"
        raise KgError(message) from error
    fonts = [font for font in (chinese_font(), _LATIN) if font]
    with rc_context({"font.family": fonts, "svg.fonttype": "none", "svg.hashsalt": "report-kg", "axes.unicode_minus": False}):
        yield


def chinese_font() -> str:
    """The font that Chinese names are drawn in, "" when none is installed. It needs matplotlib."""
    from matplotlib import font_manager  # noqa: PLC0415

    there = set(font_manager.get_font_names())
    return next((font for font in _FONTS if font in there), "")


def font_note() -> str:
    """What to tell whoever has no font for Chinese names; "" where there is one."""
    return "" if chinese_font() else "no font with Chinese letters is installed, so that names may be boxes; install fonts-noto-cjk"


def written(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a file of that suffix (FORMATS), without time and version; a KgError for another suffix."""
    if suffix not in FORMATS:
        message = f"no plot in the format {suffix or 'without a suffix'!r}; {did_you_mean(suffix, FORMATS)}"
        raise KgError(message)
    out = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if suffix == ".svg" else {"Software": None}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from font")  # one for each letter; `font_note` says it once
        figure.savefig(out, format=suffix.removeprefix("."), metadata=metadata, dpi=_DPI, bbox_inches="tight")
    return out.getvalue().replace(b"\r\n", b"\n") if suffix == ".svg" else out.getvalue()
