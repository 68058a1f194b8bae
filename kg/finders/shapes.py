"""Names that stand in no list, found by their whole shape: quotation marks with a head noun, titles, symbols, sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import methodcaller
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from kg.naming import Names, Shape
from kg.needs import Needs, may_match, needs
from kg.yaml_table import any_of

COUNTED = 30  # characters before a name in which it is counted
_OPENING = "“《‘「"
_MARKS = re.compile("[“”《》‘’「」]")
_first_group = methodcaller("span", 1)
_LATIN_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


class Candidate(NamedTuple):
    """A name found by shape: its place in the text, what it is called, and its other forms."""

    start: int
    end: int
    name: str
    kind: str
    also: tuple[str, ...]
    how: str


def first_letters(words: Iterable[str]) -> str:
    """The first characters of words, to be looked at first: at most places none of the many words begins."""
    return f"[{re.escape(''.join(sorted({word[0] for word in words})))}]"


@cache
def cuts(names: Names) -> re.Pattern[str]:
    """What ends the stretch in which a name may stand: a `cut`, unless it is part of a longer word that is `kept`."""
    edges = (*names.edges, *names.verbs)
    begins = f"(?={names.breaks}|{first_letters([*names.not_edges, *edges])})"
    return re.compile(f"{begins}(?:(?P<kept>{any_of(names.not_edges)})|(?P<cut>{names.breaks}|{any_of(edges)}))")


@cache
def _cut_words(names: Names) -> tuple[Automaton, int, re.Pattern[str]]:
    """The words that `cuts` looks for, how many of them are kept, and what breaks a stretch wherever it begins."""
    kept = sorted({*names.not_edges})
    return Automaton([*kept, *sorted({*names.edges, *names.verbs} - {*kept})]), len(kept), re.compile(f"(?=({names.breaks}))")


def every_cut(text: str, names: Names) -> list[tuple[int, int, bool]]:
    """Start and end of what `cuts` matches at each place, also inside one another, and whether it is `kept`: quicker than `cuts`."""
    words, kept, breaks = _cut_words(names)
    # What comes later stands: a longer word, for they come by their ends, a break for a word, what is kept for both.
    hits = words.find_overlapping(text)
    found = {start: (start, end, False) for start, end, word in hits if word >= kept}
    found.update({start: (start, end, False) for start, end in map(_first_group, breaks.finditer(text))})
    found.update({start: (start, end, True) for start, end, word in hits if word < kept})
    return sorted(found.values())


def plain(name: str) -> str:
    """A name without quotation marks."""
    return _LATIN_GAP.sub("", _MARKS.sub("", name)).strip()


@cache
def _needs(names: Names) -> tuple[Needs, ...]:
    return tuple(needs(shape.pattern.pattern) for shape in names.shapes)


@cache
def _verbs(names: Names) -> re.Pattern[str]:
    return re.compile(any_of(verb for verb in names.verbs if len(verb) > 1))


def find_shapes(text: str, names: Names) -> Iterator[Candidate]:
    """Every name that one of the language's shapes finds, in the order of the shapes."""
    chars = frozenset(text)
    for shape, needed in zip(names.shapes, _needs(names), strict=True):
        if not may_match(needed, chars):
            continue
        for match in shape.pattern.finditer(text):
            groups = {key: value for key, value in match.groupdict().items() if value}
            if "number" in groups:
                yield _numbered(match, groups, shape.kind, shape.how)
            elif candidate := _named(match, groups, names, shape):
                yield candidate
                if "holder" in groups and candidate.start < match.end("holder"):  # else a verb stood in what looked like it
                    yield _holder(candidate, match, names)


def _numbered(match: re.Match[str], groups: dict[str, str], kind: str, how: str) -> Candidate:
    """A resolution: known by its number, whatever words stand around it."""
    short = f"{match[0][match.start('number') - match.start() - 1]}{groups['number']}{match[0][match.end('number') - match.start()]}"
    name = short + groups["head"]
    full = groups.get("body", "") + name
    start = match.start() if full == match[0] else match.start("number") - 1
    return Candidate(start, match.end(), full, kind, tuple(sorted({name, groups["number"]} - {full})), how)


def _named(match: re.Match[str], groups: dict[str, str], names: Names, shape: Shape) -> Candidate | None:
    start, end = match.span("name")
    name = groups["name"]
    quoted = start > 0 and match.string[start - 1] in _OPENING
    if not quoted:
        opening = names.openings.match(name)
        start += opening.end() if shape.trim and opening else 0
        if shape.trim and shape.kind == "Event":
            start = max((start, *(verb.end() for verb in _verbs(names).finditer(match.string, start, match.end("name") - 1))))
        if groups.get("before"):
            edges = cuts(names).finditer(match.string, start, match.end("before"))
            start = max((start, *(cut.end() for cut in edges if cut["cut"])))
        name = match.string[start:end]
        if names.counted.search(match.string, max(0, start - COUNTED), start):
            return None
        return Candidate(start, end, name, shape.kind, (), shape.how)
    also = {plain(name)}
    if "head" in groups:
        start, end = match.span()
        also |= {plain(match[0]), plain(name) + groups["head"]}
    else:
        start, end = start - 1, end + 1
    for mark in names.splits if shape.kind == "Programme" else ():
        also.add(plain(name.split(mark)[0]))
    # A head right behind the quotation belongs to what it is called; a description between the two does not.
    called = plain(match[0]) if groups.get("tail", "") == groups.get("head", "-") else plain(name)
    return Candidate(start, end, called, shape.kind, tuple(sorted(also - {called})), shape.how)


def _holder(event: Candidate, match: re.Match[str], names: Names) -> Candidate:
    """The body whose meeting it is, named inside the meeting's name."""
    end = match.end("holder")
    name = match.string[event.start : end]
    return Candidate(event.start, end, name, names.class_of(name) or "Organization", (), event.how)
