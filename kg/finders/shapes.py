"""Names that stand in no list, found by their whole shape: quotation marks with a head noun, titles, symbols, sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.naming import Names, Shape

_OPENING = "“《‘「"
_MARKS = re.compile("[“”《》‘’「」]")
_LATIN_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name found by shape: its place in the text, what it is called, and its other forms."""

    start: int
    end: int
    name: str
    kind: str
    also: tuple[str, ...]
    how: str


def plain(name: str) -> str:
    """A name without quotation marks."""
    return _LATIN_GAP.sub("", _MARKS.sub("", name)).strip()


def find_shapes(text: str, names: Names) -> Iterator[Candidate]:
    """Every name that one of the language's shapes finds, in the order of the shapes."""
    for shape in names.shapes:
        for match in shape.pattern.finditer(text):
            groups = {key: value for key, value in match.groupdict().items() if value}
            if "number" in groups:
                yield _numbered(match, groups, shape.kind, shape.how)
            elif candidate := _named(match, groups, names, shape):
                yield candidate
                if "holder" in groups:
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
        name = match.string[start:end]
        if names.counted.search(match.string, 0, start):
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
