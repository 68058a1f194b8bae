"""A comparison as one page that needs neither a script nor a network: the sentences of both sides beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg import pages
from kg.comparison.likeness import likeness, marked
from kg.comparison.lines import counted
from kg.comparison.matching import CHANGES, Comparison, Pair
from kg.comparison.sides import Passage
from kg.comparison.wording import LANGUAGES, load, sections, wording
from kg.explorer.program import WEB as SHARED

WEB = Path(__file__).parent / "web"
_ALIKE = 0.4  # sentences less alike are not marked: nearly all of them would be


def render(comparison: Comparison, language: str, by: str, changes: Sequence[str]) -> bytes:
    """The page, UTF-8 with LF; the same comparison gives the same bytes. language: in which it opens."""
    words = [wording(comparison, code) for code in LANGUAGES]
    return pages.render(
        WEB / "diff.html.j2",
        SHARED / "index.css",
        WEB / "diff.css",
        texts=load(),
        words=words,
        language=language,
        by=by,
        changes=CHANGES,
        comparison=comparison,
        counted=[counted(comparison, one) for one in words],
        sections=[section for section in sections(comparison, by, changes) if section.pairs],
        passages=_passages,
    )


def _passages(pair: Pair[Any]) -> list[list[tuple[Passage, list[tuple[str, bool]]]]]:
    """For each side its sentences in pieces, those marked that the sentence of the other side has not."""
    sides = [side.evidence if side else () for side in (pair.before, pair.after)]
    mark = all(sides) and pair.likeness >= _ALIKE
    return [
        [(passage, marked(passage.quote, _nearest(passage, other)) if mark else [(passage.quote, False)]) for passage in own]
        for own, other in (sides, sides[::-1])
    ]


def _nearest(passage: Passage, others: Sequence[Passage]) -> str:
    """The sentence of the other side that is most like this one, of two alike the earlier."""
    return max((other.quote for other in others), key=lambda quote: likeness(passage.quote, quote))
