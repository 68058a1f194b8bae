"""Slots of the patterns in a language's files: {name} is a phrase or list of words of its profile, {Class} a name of that class."""

from __future__ import annotations

import re

from kg.profile import Profile
from kg.sentences import Alphabet

_SLOT = re.compile(r"\{([A-Za-z_]+)\}")


def fill(text: str, profile: Profile, letters: Alphabet) -> str:
    """A pattern with its slots filled in; raise KeyError with the name of a slot that is neither phrase, gap nor class."""

    def one(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in profile.gaps:
            return _gap(name, profile, letters)
        if name in profile.phrases:
            return fill(profile.phrases[name], profile, letters)
        return f"[{letters.chars([name])}]" if name in letters.kinds else _unknown(name)

    return _SLOT.sub(one, text)


def _unknown(name: str) -> str:
    raise KeyError(name)


def _gap(name: str, profile: Profile, letters: Alphabet) -> str:
    """Some words between two slots, as few as will do: none of certain marks and classes, but "X's" is allowed before a noun."""
    gap = profile.gaps[name]
    closed = letters.chars(gap.without) if gap.without else ""
    marks = profile.sentence_end + (profile.clause_end if gap.inside_clause else "")
    word = f"[^{re.escape(marks + closed)}]"
    if closed:
        word = f"(?:{word}|[{closed}]{profile.possessive})"
    return f"{word}{{0,{gap.most}}}?"
