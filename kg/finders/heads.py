"""Names that stand in no list, found by the noun they end in ("… association", "… working group")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.finders.shapes import Candidate
from kg.model import Mention
from kg.naming import Names
from kg.yaml_table import any_of

_LONGEST = 26
_TELLING = 3
_MARKS = "“”《》‘’"
_PLACES = {"Country", "Region", "Locality"}
_NO_BODY = _PLACES | {"Programme", "Fund", "Document", "Event", "KnowledgeProduct"}


@dataclass(frozen=True, slots=True)
class _Patterns:
    heads: re.Pattern[str]
    joiner: re.Pattern[str]
    determiners: re.Pattern[str]


@cache
def cuts(names: Names) -> re.Pattern[str]:
    """What ends the stretch in which a name may stand: a `cut`, unless it is part of a longer word that is `kept`."""
    return re.compile(f"(?P<kept>{any_of(names.not_edges)})|(?P<cut>{names.breaks}|{any_of(names.edges)})")


@cache
def _compiled(names: Names) -> _Patterns:
    return _Patterns(
        re.compile(any_of(list(names.heads))),
        re.compile(any_of(names.joining)),
        re.compile(f"(?:\\d{{4}}[^\\d]|{any_of(names.determiners)})+"),
    )


def find_heads(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Names by their last noun. `known`: the listed names of the text, which no cut divides."""
    patterns = _compiled(names)
    for start, end in _pieces(text, known, names):
        begin = start
        found = list(patterns.heads.finditer(text, start, end))
        for number, head in enumerate(found):
            joined = patterns.joiner.match(text, head.end(), end)
            last = number + 1 == len(found)
            if not joined and not last:
                continue
            candidate = _candidate(text, begin, head, known, names)
            if candidate:
                yield candidate
            begin = joined.end() if joined else head.end()


def _pieces(text: str, known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a name may stand: no punctuation, no words that open or close a phrase."""
    inside = {i for m in known for i in range(m.start, m.end) if text[i] not in _MARKS}
    begin = 0
    position = 0
    while match := cuts(names).search(text, position):
        position = match.end()
        if match["kept"] or match.start() in inside:
            # An edge may begin inside a longer word that is kept, or inside a known name: look on behind its first character.
            position = match.end() if match["kept"] else match.start() + 1
            continue
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    if len(text) > begin:
        yield begin, len(text)


def _candidate(text: str, begin: int, head: re.Match[str], known: Sequence[Mention], names: Names) -> Candidate | None:
    """The name that ends with this head, or None where the words before it make no name."""
    inside = [m for m in known if begin <= m.start and m.end <= head.end()]
    if any(m.end == head.end() for m in inside):
        return None
    begin, first = _beginning(text, begin, head.start(), inside, names)
    kind = names.heads[head[0]]
    if names.counted.search(text, 0, begin) or not _tells(text, begin, head, first, names):
        return None
    name = text[begin : head.end()]
    return Candidate(begin, head.end(), name, _kind(kind, first, name, names), (), f"shape: …{head[0]}")


def _beginning(text: str, begin: int, end: int, inside: Sequence[Mention], names: Names) -> tuple[int, Mention | None]:
    """Where a name begins, and the known name it begins with, if any."""
    joiner = _compiled(names).joiner
    first = next((m for m in inside if m.start == begin), None)
    while first and (joined := joiner.match(text, first.end, end)):
        begin = joined.end()
        first = next((m for m in inside if m.start == begin), None)
    if first is None:
        begin = _without_determiner(text, begin, end, names)
        # A body named in the middle begins a bigger name of its own; a place there is part of the words.
        first = next((m for m in reversed(inside) if m.start > begin and m.kind not in _NO_BODY), None)
    return (first.start if first else begin), first


def _tells(text: str, begin: int, head: re.Match[str], first: Mention | None, names: Names) -> bool:
    """Whether the words before a head make it the name of one thing."""
    words = text[begin : head.start()]
    if head.end() - begin > _LONGEST or words.endswith(names.joining):
        return False
    if head[0] in names.unit_only and (first is None or first.kind in _NO_BODY):
        return False
    if first is None:
        alone = not words and head[0] in names.alone
        return alone or (len(words) >= names.least.get(names.heads[head[0]], 2) and not names.generic.fullmatch(words))
    if first.kind in _PLACES:
        # A place before a bare noun makes no name ("Africa's network"), unless the noun itself says much.
        own = text[first.end : head.start()]
        return len(head[0]) >= _TELLING if not own else len(own) >= _TELLING or not names.generic.fullmatch(own)
    return first.kind not in _NO_BODY and head[0].endswith((*names.unit_heads, *names.unit_only))


def _without_determiner(text: str, begin: int, end: int, names: Names) -> int:
    """Where a name begins when the words are left out that only determine it."""
    match = _compiled(names).determiners.match(text, begin, end)
    return match.end() if match else begin


def _kind(kind: str, first: Mention | None, name: str, names: Names) -> str:
    """The head's class, made more exact by what the name begins with."""
    if kind in {"Programme", "Fund", "KnowledgeProduct", "Event"}:
        return kind
    if first and first.kind == "UNEntity":
        return "UNEntity"
    if kind == "Organization" and ((first and first.kind == "Country") or name.startswith(names.national)):
        return "GovernmentBody"
    return kind
