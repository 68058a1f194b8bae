"""Towns, counties and provinces that stand in no list: foreign names are written with a small set of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.finders.shapes import Candidate, cuts
from kg.model import Mention
from kg.naming import Names
from kg.yaml_table import any_of

_SHORT = 2
_LONG = 4  # characters of a body's noun that says enough behind its country


@dataclass(frozen=True, slots=True)
class _Patterns:
    letters: frozenset[str]
    hidden: re.Pattern[str]
    head: re.Pattern[str]
    headed: re.Pattern[str]
    within: re.Pattern[str]
    bare: re.Pattern[str]
    alone: re.Pattern[str]
    listed: re.Pattern[str]
    word: re.Pattern[str]
    capital: re.Pattern[str]
    site: re.Pattern[str]
    belonging: re.Pattern[str]
    body: re.Pattern[str]


@cache
def _compiled(names: Names) -> _Patterns:
    letter = f"[{names.transliteration}]"
    any_letter = f"[{names.transliteration}{names.rare_transliteration}]"
    head = f"{any_of(names.place_heads)}(?!{names.government}|{names.not_places})"
    # A place of a list that is known already, or not seen before.
    town = f"(?:(?<!\0)\0+(?!\0)|{letter}{{2,6}}{any_of(names.place_heads)}?)"
    several = f"{town}(?:{names.joining.pattern}{town}){{1,8}}"
    behind = f"(?=$|\0|{names.after_town}|{names.breaks}|{any_of((*names.edges, *names.verbs))})"
    long = [body for body in names.country_bodies if len(body) >= _LONG]
    return _Patterns(
        frozenset(names.transliteration),
        re.compile(any_of(names.town_words)),
        re.compile(head),
        re.compile(f"(?<!{any_letter}){any_letter}{{1,6}}(?:[-·]?{any_letter}{{1,6}}){head}|{names.directions}|{names.province}"),
        re.compile(rf"(?!{names.joining.pattern})[^\W\d_]{{2,4}}?{head}"),
        re.compile(f"{letter}{{2,7}}{behind}"),
        re.compile(f"{names.before_town}(?:(?P<one>{letter}{{2,6}}){behind}|(?P<some>{several}))"),
        re.compile(f"{names.before_towns}(?P<some>{several})|(?P<counted>{several}){names.towns_counted}"),
        re.compile(f"{letter}{{2,6}}"),
        re.compile(names.capital),
        re.compile(f"{any_letter}{{0,6}}(?P<noun>{any_of(names.sites)})(?!{names.not_places})"),
        re.compile(f"{names.belonging}(?:(?P<some>{several})|(?P<one>{letter}{{2,7}}){behind})"),
        re.compile(f"(?:{any_of(long)}|[^\\W\\d_]{{2,14}}?{any_of(names.country_bodies)})(?!{any_of(names.national_tails)})"),
    )


def find_towns(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Places inside a country: with a head (county, city) anywhere, else behind their country's name or a word such as "in"."""
    patterns = _compiled(names)
    # A county right behind its country begins where the country ends, though both are written with the same characters.
    taken = _taken(text, known, patterns)
    letters = list(text)
    for i in taken:
        letters[i] = "\0"
    outside = "".join(letters)
    apart = patterns.hidden.sub(lambda word: "\1" * len(word[0]), outside)
    for match in patterns.headed.finditer(apart):
        yield _town(match.span(), text, f"…{match[0][-1]}")
        inner = patterns.within.match(apart, match.end())
        if inner and not any(cut["cut"] for cut in cuts(names).finditer(text, *inner.span())):
            yield _town(inner.span(), text, f"…{inner[0][-1]}")
        elif behind := patterns.bare.match(apart, match.end()):
            yield _town(behind.span(), text, "place behind its province")
    belonging = (patterns.belonging.match(outside, m.end) for m in known if m.kind in {"Country", "Locality"})
    for match in (*patterns.alone.finditer(outside), *patterns.listed.finditer(outside), *filter(None, belonging)):
        for group in match.groupdict():
            for town in patterns.word.finditer(apart, *match.span(group)):
                yield _town(town.span(), text, "foreign name of a place")
    for place in known:
        yield from _beside(place, text, apart, taken, names)


def _beside(place: Mention, text: str, apart: str, taken: set[int], names: Names) -> Iterator[Candidate]:
    """Places whose name begins with a listed place's, stands right behind it, or has a side in front of it."""
    patterns = _compiled(names)
    if place.kind == "Locality" and names.side.match(text, place.start - 1) and place.start - 1 not in taken:
        yield _town((place.start - 1, place.end), text, "side of a town")
    if place.kind == "Country" and (capital := patterns.capital.match(text, place.end)):
        yield _town((place.start, capital.end()), text, "city called by its country")
    elif place.kind == "Country" and place.end not in taken and (behind := patterns.bare.match(apart, place.end)):
        yield _town(behind.span(), text, "place behind its country")
    elif place.kind == "Locality" and (site := patterns.site.match(text, place.end)):
        yield _town((place.start, site.end()), text, f"…{site['noun']}")
    elif place.kind == "Locality" and (head := patterns.head.match(text, place.end)):
        same = (place.text,) if head[0] in names.towns else ()
        yield _town((place.start, head.end()), text, f"…{head[0]}")._replace(also=same)


def _town(span: tuple[int, int], text: str, how: str) -> Candidate:
    return Candidate(*span, text[slice(*span)], "Locality", (), f"shape: {how}")


def _taken(text: str, known: Sequence[Mention], patterns: _Patterns) -> set[int]:
    """Where listed names stand, but for short names of places that are the end of a longer foreign name."""
    taken = {i for m in known for i in range(m.start, m.end)}
    for m in known:
        short = m.kind in {"Region", "Locality"} and m.end - m.start <= _SHORT
        if short and m.start - 1 not in taken and text[m.start - 1 : m.start] in patterns.letters:
            taken.difference_update(range(m.start, m.end))
    return taken


def find_country_bodies(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Ministries and other public bodies that stand in no list, behind the name of their country or region."""
    body = _compiled(names).body
    starts = {m.start: m for m in known}
    for place in known:
        if place.kind not in {"Country", "Region"}:
            continue
        behind = starts.get(place.end)
        if place.kind == "Region" and behind and behind.kind == "UNEntity":
            # A region's agency is not the agency of the same name that all know.
            name = text[place.start : behind.end]
            yield Candidate(place.start, behind.end, name, "IntergovernmentalOrganization", (), f"shape: {place.text}…")
        match = None if behind else body.match(text, place.end)
        # A listed name inside makes it two names, unless every country has such a body.
        if match is None or any(starts[i].term for i in range(*match.span()) if i in starts) or not _is_one(match, names):
            continue
        kind = names.class_of(match[0]) or "GovernmentBody"
        if place.kind == "Region" and kind == "GovernmentBody":
            kind = "IntergovernmentalOrganization"
        yield Candidate(place.start, match.end(), place.text + match[0], kind, (), f"shape: {place.text}…")


def _is_one(match: re.Match[str], names: Names) -> bool:
    """Whether the words behind a place are one name."""
    *joined, last = names.joining.split(match[0])
    if names.joining.match(match[0]) or last.endswith(names.not_heads) or any(part.endswith(names.actors) for part in joined):
        return False
    found = cuts(names).finditer(match.string, match.start(), match.end())
    return not any(cut["cut"] and cut.end() < match.end() for cut in found)


def find_ministries(text: str, known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int]]:
    """Start and end of the names of ministries whose country is not said with them."""
    ends = {m.end for m in known}
    for match in names.ministry.finditer(text):
        before = text[: match.start()]
        if not before or match.start() in ends or before.endswith(_opens(names)) or not before[-1].isalnum():
            yield match.span()


@cache
def _opens(names: Names) -> tuple[str, ...]:
    """The words behind which a name may begin."""
    return (*names.edges, *names.verbs, *names.determiners, *names.actors, *names.joiners)
