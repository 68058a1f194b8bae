"""A comparison as lines for a terminal: a table of counts, then each change with the sentences of both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kg import tables
from kg.comparison.matching import CHANGES, Comparison, Pair
from kg.comparison.sides import Fact, Figure
from kg.comparison.wording import Wording, sections, wording
from kg.queries import Answer

_SIGNS = {"changed": "~", "new": "+", "gone": "-", "same": "="}
_SAID = {"value", "unit", "comparator", "period", "place", "baseline", "status", "amount", "programme"}  # stand in the first line


def render(comparison: Comparison, language: str, by: str, changes: Sequence[str]) -> str:
    """The lines of a comparison, ending with a newline; `changes` (of CHANGES) are told, all are counted."""
    words = wording(comparison, language)
    told = [_heading(comparison, words), tables.render(counted(comparison, words), "text")]
    for section in sections(comparison, by, changes):
        lines = [line for pair in section.pairs for line in _pair(pair, words)]
        told += ["".join(f"{line}\n" for line in (f"── {words.heading(section, by)}", *lines))] if lines else []
    return "\n".join(told)


def counted(comparison: Comparison, words: Wording) -> Answer:
    """How many facts and figures are changed, new, gone and the same."""
    rows = []
    for kind, pairs in comparison.pairs.items():
        counts = Counter(pair.change for pair in pairs)
        rows.append((words.say("page", kind), *(str(counts[change]) for change in CHANGES)))
    return Answer(("", *(words.say("change", change) for change in CHANGES)), tuple(rows))


def _heading(comparison: Comparison, words: Wording) -> str:
    sides = (("-", comparison.before), ("+", comparison.after))
    return "".join(f"{sign} {words.report(report)}\n" for sign, side in sides for report in side.reports)


def _pair(pair: Pair[Any], words: Wording) -> Iterator[str]:
    one: Fact | Figure = pair.one
    said = " → ".join(dict.fromkeys(words.said(side) for side in (pair.before, pair.after) if side))
    by = words.difference(pair) if isinstance(one, Figure) else ""
    yield f"{_SIGNS[pair.change]} {words.title(one)}  {said}" + (f"  {by}" if by else "")
    for change in pair.changes:
        if change.field in _SAID:
            continue
        field, before, after = words.change(change)
        yield f"    {field}: {before} → {after}"
    for sign, side in (("-", pair.before), ("+", pair.after)):
        for passage in side.evidence if side else ():
            yield f"    {sign} {words.paragraph(passage)} “{passage.quote}”"
    if pair.reason and pair.reason != "triple":
        yield f"    ({words.reason(pair)})"
