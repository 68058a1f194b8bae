"""What a text must hold for a pattern to match in it, so that most texts need not be searched for most patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from re import _parser  # type: ignore[attr-defined]  # the one way to see a pattern as `re` reads it
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Needs = tuple[frozenset[str], ...]
_Parts = Iterable[tuple[object, Any]]

_MOST = 128  # characters of a range that are worth listing


def needs(pattern: str) -> Needs:
    """Sets of characters of each of which a text in which the pattern matches holds at least one, the smallest first."""
    parsed = _parser.parse(pattern)
    found = set() if parsed.state.flags & re.IGNORECASE else set(_of_all(parsed))
    return tuple(sorted(found, key=lambda chars: (len(chars), sorted(chars))))


def may_match(needed: Needs, chars: frozenset[str]) -> bool:
    """Whether a text of these characters has what a pattern needs."""
    for one in needed:  # noqa: SIM110  a loop takes half the time of all() here, and most sentences are asked for most rules
        if one.isdisjoint(chars):
            return False
    return True


class Sieve(Generic[T]):
    """Many things that have a pattern each, of which a text is asked which of them may match in it."""

    def __init__(self, things: Iterable[tuple[T, Needs]]) -> None:
        """A sieve of things and of what their patterns need."""
        bits: dict[frozenset[str], int] = {}
        self._things = [(thing, sum(bits.setdefault(one, 1 << len(bits)) for one in needed)) for thing, needed in things]
        self._has: defaultdict[str, int] = defaultdict(int)  # for each character the bits of the sets it is in
        for chars, bit in bits.items():
            for char in chars:
                self._has[char] |= bit

    def passing(self, text: str) -> list[T]:
        """Those whose needs the text meets, in their order."""
        has = 0
        for char in self._has.keys() & set(text):
            has |= self._has[char]
        return [thing for thing, needed in self._things if needed & has == needed]


def _of_all(parts: _Parts) -> Iterator[frozenset[str]]:
    """What a sequence needs: all that its parts need. A part that is not listed here, such as a negated set, needs nothing."""
    for kind, value in parts:
        match str(kind), value:
            case "LITERAL", code:
                yield frozenset(chr(code))
            case "IN", choices:
                yield from _of_set(choices)
            case "BRANCH", (_, choices):
                yield from _of_any([list(_of_all(choice)) for choice in choices])
            case "SUBPATTERN", (_, 0, 0, inner):  # the zeros: no flags of its own
                yield from _of_all(inner)
            case ("ATOMIC_GROUP", inner) | ("ASSERT", (_, inner)):
                yield from _of_all(inner)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT", (least, _, inner) if least:
                yield from _of_all(inner)


def _of_set(choices: _Parts) -> Iterator[frozenset[str]]:
    chars: set[str] = set()
    for kind, value in choices:
        match str(kind), value:
            case "LITERAL", code:
                chars.add(chr(code))
            case "RANGE", (first, last) if last - first < _MOST:
                chars.update(map(chr, range(first, last + 1)))
            case _:
                return
    yield frozenset(chars)


def _of_any(choices: list[list[frozenset[str]]]) -> Iterator[frozenset[str]]:
    """What a choice needs: one set of each, for nobody knows which it will be."""
    if all(choices):
        yield frozenset[str]().union(*(min(choice, key=len) for choice in choices))
