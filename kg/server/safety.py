"""Whether a query only reads, and only what is here."""

from __future__ import annotations

import re

# What SPARQL is made of, as far as a word in it can be mistaken for a keyword; the last group is a word on its own.
_TOKEN = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                                   # an IRI
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*
    | [?$]\w+                                                     # a variable
    | (?:\w[\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*             # a prefixed name
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                                # a language
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_LAST = 0x10FFFF


def refused(text: str) -> str:
    """Why a query is not asked, for people; "" when it may be.

    FROM and FROM NAMED may: they choose among the graphs that are here, and nothing is ever fetched for them.
    """
    words = _words(text)
    if next((word for word in words if word in _UPDATES or word in _QUERIES), "") in _UPDATES:
        return "an update is refused: this endpoint only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)"
    if "SERVICE" in words:
        return "SERVICE is refused: a query is asked of the graph at hand, and never of another server; take the SERVICE clause out"
    return ""


def chooses(text: str) -> bool:
    """Whether a query says itself which graphs it is asked of (FROM, FROM NAMED)."""
    return "FROM" in _words(text)


def _words(text: str) -> list[str]:
    return [found["word"].upper() for found in _TOKEN.finditer(_plain(text)) if found["word"]]


def _plain(text: str) -> str:
    r"""The text with \u0041 as the letter it stands for, which SPARQL reads before anything else."""

    def letter(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number <= _LAST else found[0]

    return _ESCAPED.sub(letter, text)
