"""Countries that stand in no list: a foreign name that stands again and again as a country's does, before a ministry or "two countries"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from kg.finders.lexicon import Entry
from kg.iris import entity_iri
from kg.model import Entity, Mention
from kg.naming import Names
from kg.yaml_table import any_of

_OFTEN = 2  # so many times in a report


@cache
def _patterns(names: Names) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A foreign name that is a country's by what stands behind it, or by the list it stands in; and a foreign name."""
    letter = f"[{names.transliteration}]"
    word = f"{letter}{{3,7}}?"
    several = f"{word}(?:{names.joining.pattern}{word}){{1,8}}{names.countries_counted}"
    ministries = f"(?:{any_of(names.national_bodies)}|{names.ministry.pattern})"
    return re.compile(f"(?<!{letter})(?:{word}(?={ministries})|{several})"), re.compile(f"{letter}{{3,7}}")


def find_countries(texts: Iterable[tuple[str, Sequence[Mention]]], names: Names) -> dict[str, Entry]:
    """Written form -> entry of every such country. texts: each with the listed names in it."""
    pattern, word = _patterns(names)
    outside = [_outside(text, known) for text, known in texts]
    likely = {one[0] for text in outside for match in pattern.finditer(text) for one in word.finditer(text, *match.span())}
    times = Counter({name: sum(text.count(name) for text in outside) for name in sorted(likely)})
    return {
        name: Entry(Entity(entity_iri(name), name, "Country"), "shape: stands as a country does")
        for name, number in sorted(times.items())
        if number >= _OFTEN
    }


def _outside(text: str, known: Sequence[Mention]) -> str:
    """A text with the listed names masked, but for the bodies that every country has."""
    result = list(text)
    for mention in known:
        if mention.term:
            result[mention.start : mention.end] = "\0" * (mention.end - mention.start)
    return "".join(result)
