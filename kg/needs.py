"""What a text must hold for a pattern to match in it, so that most texts need not be searched for most patterns.

Of a pattern are read the characters that it needs (`needs`), or the words in their order (`words`): fewer texts have these, but it
takes longer to look for them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from re import _parser  # type: ignore[attr-defined]  # the one way to see a pattern as `re` reads it
from typing import Any, Generic, NamedTuple, TypeVar

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

T = TypeVar("T")
Words = frozenset[str]
Needs = tuple[Words, ...]

_MOST_CHARS = 128  # of a range that are worth listing
_MOST_WORDS = 32  # that are worth putting together
_LONGEST = 12
_NOTHING = Words([""])
_PIECES = 0xF0000  # where the characters begin that stand for pieces; no language uses them


class Piece(NamedTuple):
    """What a part of a pattern matches: one of the words of `exact`, or, where that is None, a text with `needed` in it."""

    exact: Words | None
    needed: Needs = ()

    @property
    def needs(self) -> Needs:
        """Sets of words of each of which what it matches holds one, in the order in which they stand in it."""
        return (self.exact,) if self.exact and "" not in self.exact else self.needed


ANYTHING = Piece(None)


def needs(pattern: str) -> Needs:
    """Sets of characters of each of which a text in which the pattern matches holds at least one, the smallest first."""
    found = set(_Reader((), 1).piece(pattern).needs)
    return tuple(sorted(found, key=lambda chars: (len(chars), sorted(chars))))


def words(pattern: str, pieces: Sequence[Piece] = ()) -> Piece:
    """What a pattern matches, as words; it may hold `mark(n)`, which stands for pieces[n]."""
    return _Reader(pieces, _LONGEST).piece(pattern)


def mark(number: int) -> str:
    """What stands for a piece in a pattern, to which quantifiers apply as a whole."""
    # The empty condition keeps `re` from making a set of choices of one character each.
    return f"(?:{chr(_PIECES + number)}(?=))"


def may_match(needed: Needs, chars: frozenset[str]) -> bool:
    """Whether a text of these characters has what a pattern needs."""
    for one in needed:  # noqa: SIM110  a loop takes half the time of all() here, and most sentences are asked for most rules
        if one.isdisjoint(chars):
            return False
    return True


class Sieve(Generic[T]):
    """Many things that have a pattern each, of which a text is asked which of them may match in it.

    All are asked at once: a number has a bit for each thing and each count of its needs, and the bit is set when so many of them
    were met, one behind the other.
    """

    def __init__(self, things: Iterable[tuple[T, Needs]]) -> None:
        """A sieve of things and of the words that their patterns need."""
        listed = list(things)
        self._things = [thing for thing, _ in listed]
        self._all = 0  # the bits of those of which all needs were met
        meets: defaultdict[str, int] = defaultdict(int)  # for each word the bits of the things that need it next
        for place, (_, needs) in enumerate(listed):
            for number, one in enumerate(needs):
                for word in one:
                    meets[word] |= 1 << number * len(listed) + place
            self._all |= 1 << len(needs) * len(listed) + place
        self._meets = list(meets.values())
        self._automaton = Automaton(list(meets)) if meets else None

    def passing(self, text: str) -> list[T]:
        """Those whose needs the text meets, in their order; words that overlap count as one behind the other."""
        many, meets = len(self._things), self._meets
        met = (1 << many) - 1
        for _, _, word in self._automaton.find_overlapping(text) if self._automaton else ():  # by their ends
            met |= (met & meets[word]) << many
        met &= self._all
        places = []
        while met:
            places.append(met.bit_length() - 1)
            met ^= 1 << places[-1]
        return [self._things[place] for place in sorted([place % many for place in places])]


class _Reader:
    """Reads what patterns match off their parse trees."""

    def __init__(self, pieces: Sequence[Piece], longest: int) -> None:
        """A reader that puts words together to this many characters."""
        self._pieces = pieces
        self._longest = longest

    def piece(self, pattern: str) -> Piece:
        """What a pattern matches."""
        parsed = _parser.parse(pattern)
        return ANYTHING if parsed.state.flags & re.IGNORECASE else self._sequence(parsed)

    def _sequence(self, parts: Iterable[tuple[object, Any]]) -> Piece:
        """Parts one behind the other: their words put together as long as there are few."""
        needed: list[Words] = []
        last, whole = _NOTHING, True
        for kind, value in parts:
            piece = self._part(str(kind), value)
            joined = self._joined(last, piece.exact)
            if joined is None:
                needed += [*Piece(last).needs, *piece.needed]
                whole = False
            last = joined or piece.exact or _NOTHING
        return Piece(last) if whole else Piece(None, (*needed, *Piece(last).needs))

    def _joined(self, left: Words, right: Words | None) -> Words | None:
        """Each word on the left with each on the right behind it; None if that is too much."""
        if left == _NOTHING or not right:
            return right or None
        many = len(left) * len(right) > _MOST_WORDS and 1 not in {len(left), len(right)}
        if many or max(map(len, left)) + max(map(len, right)) > self._longest:
            return None
        return Words(map("".join, product(left, right)))

    def _part(self, kind: str, value: Any) -> Piece:  # noqa: ANN401, PLR0911  what `re` gives
        """One part. One that is not listed here, such as a negated set, may be anything."""
        match kind, value:
            case "LITERAL", code:
                return self._pieces[code - _PIECES] if code >= _PIECES else Piece(Words(chr(code)))
            case "IN", choices:
                return _set(choices)
            case "BRANCH", (_, choices):
                return _any([self._sequence(choice) for choice in choices])
            case ("SUBPATTERN", (_, 0, 0, inner)) | ("ATOMIC_GROUP", inner):  # the zeros: no flags of its own
                return self._sequence(inner)
            case "ASSERT", (_, inner) if self._longest == 1:  # what stands beside has no place in the order of words
                return Piece(None, self._sequence(inner).needs)
            case (("ASSERT" | "ASSERT_NOT" | "AT"), _):
                return Piece(_NOTHING)
            case (("MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT"), (least, most, inner)):
                piece = self._sequence(inner)
                if most == 1:
                    return piece if least else Piece(piece.exact | _NOTHING) if piece.exact else ANYTHING
                return Piece(None, piece.needs) if least else ANYTHING
        return ANYTHING


def _set(choices: Iterable[tuple[object, Any]]) -> Piece:
    chars: set[str] = set()
    for kind, value in choices:
        match str(kind), value:
            case "LITERAL", code if code < _PIECES:
                chars.add(chr(code))
            case "RANGE", (first, last) if last - first < _MOST_CHARS:
                chars.update(map(chr, range(first, last + 1)))
            case _:
                return ANYTHING
    return Piece(Words(chars))


def _any(choices: Sequence[Piece]) -> Piece:
    """A choice: the words of all, else one set of each, for nobody knows which it will be."""
    exact = [choice.exact for choice in choices if choice.exact]
    if len(exact) == len(choices):
        return Piece(Words().union(*exact))
    sets = [min(choice.needs, key=_weight, default=_NOTHING) for choice in choices]
    return ANYTHING if _NOTHING in sets else Piece(None, (Words().union(*sets),))


def _weight(one: Words) -> float:
    """How likely a text is to hold one of these words: long ones are rare."""
    return sum(4.0 ** -len(word) for word in one)
