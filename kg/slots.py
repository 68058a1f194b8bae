"""Slots of the patterns in a language's files: {name} is a phrase or list of words of its profile, {Class} a name of that class."""

from __future__ import annotations

import re
from functools import cache

from kg.needs import ANYTHING, Piece, mark, words
from kg.profile import Profile
from kg.sentences import Alphabet

_SLOT = re.compile(r"\{([A-Za-z_]+)\}")


def fill(text: str, profile: Profile, letters: Alphabet) -> str:
    """A pattern with its slots filled in; raise KeyError with the name of a slot that is neither phrase, gap nor class."""
    return _SLOT.sub(lambda slot: _filling(slot[1], profile, letters), text)


@cache
def _filling(name: str, profile: Profile, letters: Alphabet) -> str:
    if name in profile.gaps:
        return _gap(name, profile, letters)
    if name in profile.phrases:
        return f"(?:{fill(profile.phrases[name], profile, letters)})"
    if name in letters.kinds:
        return f"[{letters.chars([name])}]"
    raise KeyError(name)


def needed_words(text: str, profile: Profile, letters: Alphabet) -> Piece:
    """What a pattern matches (kg.needs) once its slots are filled in, found without doing so, for that is much longer."""
    pieces: list[Piece] = []

    def one(slot: re.Match[str]) -> str:
        pieces.append(_piece(slot[1], profile, letters))
        return mark(len(pieces) - 1)

    return words(_SLOT.sub(one, text), pieces)


@cache
def _piece(name: str, profile: Profile, letters: Alphabet) -> Piece:
    if name in profile.gaps:
        return ANYTHING
    if name in profile.phrases:
        return needed_words(profile.phrases[name], profile, letters)
    return Piece(frozenset(letters.chars([name])))


def _gap(name: str, profile: Profile, letters: Alphabet) -> str:
    """Some words between two slots, as few as will do: none of certain marks and classes, but "X's" is allowed before a noun."""
    gap = profile.gaps[name]
    closed = letters.chars(gap.without) if gap.without else ""
    marks = profile.sentence_end + (profile.clause_end if gap.inside_clause else "")
    word = f"[^{re.escape(marks + closed)}]"
    if closed:
        word = f"(?:{word}|[{closed}]{profile.possessive})"
    return f"{word}{{0,{gap.most}}}?"
