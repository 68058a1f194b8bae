r"""What a question may not say: it reads, and only the graph at hand. No update, no SERVICE, no FROM, in whatever disguise.

The text is cut into the terminals of SPARQL's grammar, in linear time. Oxigraph however reads letter by letter, without terminals:
`trueSERVICE<x>{}`, `ASKFROM<x>{}` and `SERVICE:x{}` are to it what they are with blanks. So a forbidden word is looked for anywhere
in a word, and in a prefix. And where a `<` could open an IRI or mean "less than", so that a comment or a string could begin inside the
IRI and hide what follows, the IRI is refused; one with `://` after its scheme is no such place. By the standard `\u0053` means S
anywhere, to oxigraph only in strings and IRIs: the text is read both ways.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import zip_longest

from kg.errors import QueryError, RefusedError

_LONGEST = 1_000_000
_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
# The letters of names, digits among them, by the grammar's PN_CHARS; a name may hold "-" and "." too.
_LETTER = (
    r"\w\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_TERMINAL = re.compile(
    rf"""
    (?P<blank> [ \t\n]++ | \#[^\n]*+ )
    | (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | "(?:[^"\\\n]|\\.)*+"
                | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+\'\'\' | '(?:[^'\\\n]|\\.)*+' )
    | (?P<iri> <(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*+> )
    | (?P<variable> [?$][{_LETTER}]++ | _:[{_LETTER}][{_LETTER}.-]*+ )
    | (?P<name> (?P<prefix>(?:[{_LETTER}][{_LETTER}.-]*+)?+): (?:(?:[{_LETTER}:]|{_LOCAL})(?:[{_LETTER}:.-]|{_LOCAL})*+)?+ )
    | (?P<word> [{_LETTER}][{_LETTER}.-]*+ )
    | (?P<mark> [{{}}()\[\]<>=!&|+*/^.,;?@~$%-] )
    | (?P<stray> . )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_DOUBTFUL = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://).*[#')]")

Terminal = re.Match[str]


def check(where: str, text: str, *, choosing: bool = False) -> None:
    """A RefusedError that says what is refused and where, if a question does anything but read the graph at hand.

    A QueryError where a character stands that is in no question. choosing: FROM is let through, which chooses among the graphs at hand
    where they are not files.
    """
    if len(text) > _LONGEST:
        message = f"{where}: a question of {len(text):,} characters is refused; {_LONGEST:,} are the most"
        raise RefusedError(message)
    for reading in dict.fromkeys((text, _unescaped(text))):
        _check(where, reading, ("SERVICE",) if choosing else ("SERVICE", "FROM"))


def form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; "" of what is no question."""
    words = ((found["word"] or "").upper() for found in _terminals(text))
    return next((word for word in words if word in _FORMS), "")


def unknown_prefix(text: str) -> tuple[int, str] | None:
    """The first prefix that is used and not declared, and where it stands."""
    declared: set[str] = set()
    last = ""
    for found in _terminals(text):
        if (prefix := found["prefix"]) is not None:
            if last.upper() == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return found.start(), prefix
        last = found[0]
    return None


def place(text: str, offset: int) -> str:
    """The line and the column of a character, both from 1."""
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def _terminals(text: str) -> Iterator[Terminal]:
    return (found for found in _TERMINAL.finditer(text) if found.lastgroup != "blank")


def _unescaped(text: str) -> str:
    """The text as the standard reads it, each escape as the character that it stands for."""

    def character(found: Terminal) -> str:
        digits = found[0][2:]
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else found[0]  # noqa: PLR2004  the last character of Unicode

    return re.sub(_ESCAPE, character, text).replace("\r", "\n")


def _check(where: str, text: str, clauses: Collection[str]) -> None:
    terminals = list(_terminals(text))
    depth, last = 0, ""
    for found, after in zip_longest(terminals, terminals[1:]):
        at = f"{where}:{place(text, found.start())}"
        if found.lastgroup == "stray":
            message = f"{at}: not SPARQL: unexpected {found[0]!r}"
            raise QueryError(message)
        if reason := _doubt(found) or _update(found) or _reach(found, after, clauses, outside=not depth and last.upper() != "PREFIX"):
            message = f"{at}: {reason}"
            raise RefusedError(message)
        last = found[0]
        depth += (last == "{") - (last == "}")


def _doubt(found: Terminal) -> str:
    if found.lastgroup == "iri" and _DOUBTFUL.match(found[0]):
        return f"{found[0]} is refused: it could be read as an IRI or as two comparisons; write the IRI with a prefix"
    return ""


def _update(found: Terminal) -> str:
    if (found["word"] or "").upper() in _UPDATES:
        return f"an update is refused ({found[0]}): a question only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)"
    return ""


def _reach(found: Terminal, after: Terminal | None, clauses: Collection[str], *, outside: bool) -> str:
    """Why a word that holds one of these clauses is refused, else "". outside: it stands in no braces and declares no prefix.

    A prefix that holds such a word is only a prefix where the clause cannot be: SERVICE has its group after its name, FROM is outside.
    """
    word = (found["word"] or found["prefix"] or "").upper()
    possible = {"SERVICE": after is not None and after[0] == "{", "FROM": outside}
    clause = next((clause for clause in clauses if clause in word and (found["word"] or possible[clause])), "")
    return f"{clause} is refused: a question is asked of the graph at hand; take the {clause} clause out" if clause else ""
