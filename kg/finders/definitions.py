"""Short forms that a report defines, "full name(short form)"; they hold in the whole report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.naming import Pattern

_BRACKET = re.compile(r"[(\uff08](?P<short>[^()\uff08\uff09,;:\uff0c\u3002\uff1b\uff1a\u3001]{2,24})[)\uff09]")
_LONGEST = 30  # characters before a bracket in which a full name stands
_OPENS, _CLOSES = "“《‘", "”》’"


@dataclass(frozen=True, slots=True)
class Definition:
    """A name from start to end with its bracket up to close, and the short form the bracket teaches."""

    start: int
    end: int
    close: int
    short: str


def find_unknown(text: str, known: Iterable[tuple[int, int]], defining: Pattern, cuts: Pattern) -> Iterator[Definition]:
    """What looks like a definition, or an abbreviation in Latin letters, but stands in and behind no name that is known.

    The full name is what stands before the bracket behind the last of `cuts`; it may be empty.
    """
    taken = {i for begin, end in known for i in range(begin, end + 1)}
    for match in _BRACKET.finditer(text):
        # A number with brackets is a resolution's, and says its year or session.
        if not taken.isdisjoint(range(*match.span())) or text[max(0, match.start() - 1) : match.start()].isdecimal():
            continue
        short = defining.sub("", match["short"], count=1)
        bare = short.strip(_OPENS + _CLOSES)
        first = max(0, match.start() - _LONGEST)
        start = max((cut.end() for cut in cuts.finditer(text, first, match.start()) if cut["cut"]), default=first)
        latin = bare.isascii() and sum(letter.isupper() for letter in bare) > 1
        if latin or (bare and short != match["short"]) or (len(short) > 1 and is_short_for(short, text[start : match.start()])):
            yield Definition(start, match.start(), match.end(), bare)


def is_short_for(short: str, name: str) -> bool:
    """Whether the characters of the short form stand in the name in the same order."""
    rest = iter(name.lower())
    return all(letter in rest for letter in short.lower())


def find_definitions(text: str, spans: Iterable[tuple[int, int]], defining: Pattern) -> Iterator[Definition]:
    """The definitions in a text whose full name is one of the spans: name, bracket, short form, perhaps behind a defining word."""
    by_end: dict[int, int] = {}
    for begin, end in spans:
        by_end[end] = min(begin, by_end.get(end, begin))
    for match in _BRACKET.finditer(text):
        if match.start() not in by_end:
            continue
        start = by_end[match.start()]
        short = defining.sub("", match["short"], count=1)
        quoted = short[0] in _OPENS and short[-1] in _CLOSES
        bare = short.strip(_OPENS + _CLOSES)
        acronym = bare.isascii() and bare.isupper() and bare.isalpha()
        if not bare:
            continue
        if quoted or acronym or is_short_for(bare, text[start : match.start()]):
            yield Definition(start, match.start(), match.end(), bare)
