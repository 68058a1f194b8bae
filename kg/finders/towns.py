"""Towns, counties and provinces that stand in no list: foreign names are written with a small set of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.finders.heads import cuts
from kg.finders.shapes import Candidate
from kg.model import Mention
from kg.naming import Names
from kg.yaml_table import any_of


@dataclass(frozen=True, slots=True)
class _Patterns:
    headed: re.Pattern[str]
    bare: re.Pattern[str]
    alone: re.Pattern[str]
    word: re.Pattern[str]
    body: re.Pattern[str]


@cache
def _compiled(names: Names) -> _Patterns:
    letters = f"[{names.transliteration}]"
    town = f"{letters}{{2,6}}"
    joiner = any_of(names.joining)
    return _Patterns(
        re.compile(f"(?<!{letters}){letters}{{2,7}}{any_of(names.place_heads)}(?!{names.government})"),
        re.compile(f"{letters}{{2,7}}{names.after_town}"),
        re.compile(f"{names.before_town}(?P<towns>{town}(?:{joiner}{town}){{0,8}}){names.after_town}"),
        re.compile(town),
        re.compile(f"[^\\W\\d_]{{2,14}}?{any_of(names.country_bodies)}(?!{any_of(names.national_tails)})"),
    )


def find_towns(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Places inside a country: with a head (county, city) anywhere, else behind their country's name or a word such as "in"."""
    patterns = _compiled(names)
    taken = {i for m in known for i in range(m.start, m.end)}
    # A county right behind its country begins where the country ends, though both are written with the same characters.
    outside = "".join("\0" if i in taken else char for i, char in enumerate(text))
    for match in patterns.headed.finditer(outside):
        yield Candidate(*match.span(), match[0], "Locality", (), f"shape: …{match[0][-1]}")
    for country in known:
        behind = patterns.bare.match(text, country.end) if country.kind == "Country" else None
        if behind and country.end not in taken:
            yield Candidate(*behind.span(), behind[0], "Locality", (), "shape: place behind its country")
    for match in patterns.alone.finditer(outside):
        for town in patterns.word.finditer(outside, *match.span("towns")):
            yield Candidate(*town.span(), town[0], "Locality", (), "shape: foreign name of a place")


def find_country_bodies(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Ministries and other public bodies that stand in no list, behind the name of their country or region."""
    body = _compiled(names).body
    starts = {m.start for m in known}
    for place in known:
        match = body.match(text, place.end) if place.kind in {"Country", "Region"} else None
        if match is None or not starts.isdisjoint(range(*match.span())):
            continue
        if not any(cut["cut"] and cut["cut"] not in names.joining for cut in cuts(names).finditer(text, match.start(), match.end() - 1)):
            yield Candidate(
                place.start,
                match.end(),
                text[place.start : match.end()],
                names.class_of(match[0]) or "GovernmentBody",
                (),
                f"shape: {place.text}…",
            )
