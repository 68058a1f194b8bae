r"""Whether a query only reads, and only what is here.

Oxigraph reads letter by letter: `trueSERVICE<x>{}` and `SERVICE:x{}` are to it what they are with blanks, so the word is looked for
anywhere in a word and in a prefix. Where a `<` could open an IRI or mean "less than", a string or a remark could begin in what looks
like the IRI and hide what follows: such an IRI is refused. `\u0022` is a quotation mark by the standard, to oxigraph only a letter in a
text: both readings are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What SPARQL is made of, as far as a word in it can be mistaken for a keyword.
_TERMINAL = re.compile(
    r"""
      (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | \"{3}(?:"{0,2}(?:[^"\\]|\\.))*+"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
    | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
    | \#[^\n\r]*+
    | [?$]\w++                                                     # a variable
    | (?P<prefix> (?:\w[\w.-]*+)?+ ): (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*+
    | (?P<word> \w[\w.-]*+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_DOUBTFUL = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://).*[#')]")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_LAST = 0x10FFFF


def refused(text: str) -> str:
    """Why a query is not asked, for people; "" when it may be.

    FROM and FROM NAMED may: they choose among the graphs that are here, and nothing is ever fetched for them.
    """
    for reading in dict.fromkeys((text, _plain(text))):
        words = list(_words(reading))
        if next((word for word in words if word in _UPDATES or word in _QUERIES), "") in _UPDATES:
            return "an update is refused: this endpoint only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)"
        if any("SERVICE" in word for word in words):
            return "SERVICE is refused: a query is asked of the graph at hand, and never of another server; take the SERVICE clause out"
        iris = (found["iri"] for found in _TERMINAL.finditer(reading) if found["iri"])
        if doubtful := next(filter(_DOUBTFUL.match, iris), ""):
            return f"{doubtful} is refused: it could be read as an IRI or as two comparisons; write the IRI with a prefix"
    return ""


def chooses(text: str) -> bool:
    """Whether a query says itself which graphs it is asked of (FROM, FROM NAMED)."""
    return any("FROM" in word for word in _words(text))


def _words(text: str) -> Iterator[str]:
    """The words and prefixes, in large letters."""
    yield from (word.upper() for found in _TERMINAL.finditer(text) if (word := found["word"] or found["prefix"]))


def _plain(text: str) -> str:
    r"""The text with \u0041 as the letter it stands for."""

    def letter(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number <= _LAST else found[0]

    return _ESCAPED.sub(letter, text)
