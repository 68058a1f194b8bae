"""Slots of the patterns in a language's files: {name} is a phrase or list of words of its profile, {Class} a name of that class."""

from __future__ import annotations

import re
from functools import cache

from kg.needs import needs
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


def gist(text: str, profile: Profile, letters: Alphabet) -> str:
    """A pattern that needs what the filled-in one needs (kg.needs), many times shorter and sooner read; it matches something else."""
    return _SLOT.sub(lambda slot: _least(slot[1], profile, letters), text)


@cache
def _least(name: str, profile: Profile, letters: Alphabet) -> str:
    """The least that a slot needs: one of each set of characters, of a gap nothing."""
    if name not in profile.phrases:
        return "(?:)" if name in profile.gaps else f"[{letters.chars([name])}]"
    needed = needs(gist(profile.phrases[name], profile, letters))
    sets = (re.escape("".join(sorted(chars))) for chars in needed)
    return f"(?:{''.join(f'[{chars}]' for chars in sets)})"


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
