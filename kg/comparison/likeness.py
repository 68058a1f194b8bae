"""How alike two wordings are: of what is counted, and of whole sentences; and where two sentences differ."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

# A shared tail shorter than this is a class of things ("donations"), not one thing; a front of one character makes another thing of it
# ("non-core", "women"), so that a front counts as a mere addition only from two characters on.
_TAIL, _FRONT = 3, 2
_PIECE = re.compile(r"\d[\d,.]*|[A-Za-z]+|\s+|.", re.DOTALL)
_DIGITS = re.compile(r"\d[\d,.]*")


def words(counted: str) -> str:
    """What is counted, with width, case, blanks, quotation marks and other punctuation out of the way."""
    plain = unicodedata.normalize("NFKC", counted).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "PZC")


def shares_tail(one: str, other: str) -> bool:
    """Whether the one wording is the end of the other and both say the same thing, the longer more exactly."""
    short, long = sorted((words(one), words(other)), key=len)
    return len(short) >= _TAIL and len(long) - len(short) >= _FRONT and long.endswith(short)


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """How alike two sentences are, from 0 to 1 in hundredths: twice the characters they share in order, by all; numbers count as alike."""
    first, second = (_DIGITS.sub("#", text) for text in (one, other))
    return round(SequenceMatcher(None, first, second, autojunk=False).ratio(), 2)


def marked(one: str, other: str) -> list[tuple[str, bool]]:
    """The pieces of a text, each with whether the other text lacks it there; numbers and Latin words are never cut."""
    first, second = (_PIECE.findall(text) for text in (one, other))
    pieces: list[tuple[str, bool]] = []
    for change, start, end, *_ in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if end > start:
            pieces.append(("".join(first[start:end]), change != "equal"))
    return pieces
