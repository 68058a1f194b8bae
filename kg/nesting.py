"""How deep one thing may stand in another in what others wrote: pyoxigraph reads by recursion, and too deep ends the whole process."""

from __future__ import annotations

import re

_DEEPEST = 100  # thousands are no danger yet; no graph of ours has two
# Strings, IRIs and comments of Turtle and its kin hold any sign; what begins and ends a triple within a triple stands outside of them.
_RDF = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*+'''|'(?:[^'\\\n]|\\.)*+'"
    rb'|<[^<>"{}|^`\\\x00-\x20]*+>|#[^\n]*+|(?P<open><<)|(?P<close>>>)',
    re.DOTALL,
)
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"|(?P<open>[{\[])|(?P<close>[}\]])', re.DOTALL)


def of_rdf(content: bytes) -> int | None:
    """Where triples within triples become too deep in Turtle, TriG, N-Triples or N-Quads, in bytes; None when they nowhere do."""
    return _too_deep(_RDF, content) if content.count(b"<<") > _DEEPEST else None


def of_json(content: bytes) -> int | None:
    """Where triples within triples, or whatever holds them, become too deep in the JSON of query results; None when they nowhere do."""
    return _too_deep(_JSON, content) if b"triple" in content or b"\\u" in content else None  # else no object says that it is one


def _too_deep(terminals: re.Pattern[bytes], content: bytes) -> int | None:
    depth = 0
    for found in terminals.finditer(content):
        if found["open"]:
            depth += 1
            if depth > _DEEPEST:
                return found.start()
        elif found["close"]:
            depth -= 1
    return None
