"""A comparison as JSON, for programs.

    before, after   reports (iri, title, symbol, date), and how many facts and figures
    counts          facts and figures: how many are changed, new, gone, same
    facts, figures  the pairs, those told: change; reason ("triple", "place", "words", "sentence", "tail", or "" for one alone); likeness
                    of the sentences, 0 to 1; before and after, each as in `sides.Fact` and `sides.Figure`, or null; changes (field,
                    before, after); figures on both sides also difference and percent (null where the earlier value is 0)
    names           Chinese and English, by IRI or local name, of what the pairs speak of

Numbers are JSON numbers, evidence is a list of passages; a period is a list of two dates, "" for an open one.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from kg.comparison.matching import CHANGES, Comparison, Pair
from kg.comparison.sides import Figure, Side
from kg.comparison.wording import difference, wording


def render(comparison: Comparison, changes: Sequence[str]) -> str:
    """The comparison with the pairs of those changes, ending with a newline."""
    counts = {kind: Counter(pair.change for pair in pairs) for kind, pairs in comparison.pairs.items()}
    told = {kind: [pair for pair in pairs if pair.change in changes] for kind, pairs in comparison.pairs.items()}
    used = {name for pairs in told.values() for pair in pairs for name in _named(pair)}
    names = wording(comparison, "zh").names
    value = {
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "counts": {kind: {change: found[change] for change in CHANGES} for kind, found in counts.items()},
        **{kind: [_pair(pair) for pair in pairs] for kind, pairs in told.items()},
        "names": {name: dict(zip(("zh", "en"), names[name], strict=True)) for name in sorted(used & names.keys())},
    }
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _side(side: Side) -> dict[str, Any]:
    return {"reports": [dataclasses.asdict(report) for report in side.reports], "facts": len(side.facts), "figures": len(side.figures)}


def _pair(pair: Pair[Any]) -> dict[str, Any]:
    found = {
        "change": pair.change,
        "reason": pair.reason,
        "likeness": pair.likeness,
        **{name: side and dataclasses.asdict(side) for name, side in (("before", pair.before), ("after", pair.after))},
        "changes": [dataclasses.asdict(change) for change in pair.changes],
    }
    if isinstance(pair.one, Figure) and (by := difference(pair)):
        found |= dict(zip(("difference", "percent"), by, strict=True))
    return found


def _named(pair: Pair[Any]) -> Iterator[str]:
    for side in filter(None, (pair.before, pair.after)):
        yield from (
            value
            for name in ("subject", "relation", "object", "about", "status", "comparator", "unit", "place", "programme")
            if (value := getattr(side, name, ""))
        )


def _plain(value: object) -> float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(value)
