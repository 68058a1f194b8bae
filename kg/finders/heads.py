"""Names that stand in no list, found by the noun they end in ("… association", "… working group")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.finders.shapes import Candidate
from kg.language import Names, any_of
from kg.model import Mention

_LONGEST = 26
_TELLING = 3
_MARKS = "“”《》‘’"
_PLACES = {"Country", "Region", "Locality"}
_NO_BODY = _PLACES | {"Programme", "Fund", "Document", "Event", "KnowledgeProduct"}


@cache
def _compiled(names: Names) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    cuts = re.compile(f"(?P<kept>{any_of(names.not_edges)})|(?P<cut>{names.breaks}|{any_of(names.edges)})")
    return cuts, re.compile(any_of(list(names.heads))), re.compile(any_of(names.joining))


def find_heads(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Names by their last noun. `known`: the listed names of the text, which no cut divides."""
    _, heads, joins = _compiled(names)
    for start, end in _pieces(text, known, names):
        begin = start
        found = list(heads.finditer(text, start, end))
        for number, head in enumerate(found):
            joined = joins.match(text, head.end(), end)
            last = number + 1 == len(found)
            if not joined and not last:
                continue
            candidate = _candidate(text, begin, head, known, names)
            if candidate:
                yield candidate
            begin = joined.end() if joined else head.end()


def _pieces(text: str, known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a name may stand: no punctuation, no words that open or close a phrase."""
    cuts, _, _ = _compiled(names)
    inside = {i for m in known for i in range(m.start, m.end) if text[i] not in _MARKS}
    begin = 0
    position = 0
    while match := cuts.search(text, position):
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
    end = head.end()
    inside = [m for m in known if begin <= m.start and m.end <= end]
    if any(m.end == end for m in inside):
        return None
    first = next((m for m in inside if m.start == begin), None)
    while first and (joiner := re.compile(any_of(names.joining)).match(text, first.end, head.start())):
        begin = joiner.end()
        first = next((m for m in inside if m.start == begin), None)
    if first is None:
        begin = _without_generic(text, begin, head.start(), names)
        # A body named in the middle begins a bigger name of its own; a place there is part of the words.
        later = [m for m in inside if m.start > begin and m.kind not in _NO_BODY]
        if later:
            first = later[-1]
            begin = first.start
    if names.counted.search(text, 0, begin) or joins_end(text, head.start(), names):
        return None
    kind = names.heads[head[0]]
    own = text[first.end if first else begin : head.start()]
    words = text[begin : head.start()]
    generic = names.generic.fullmatch(words)
    # A country or region adjoining its generic noun is no name, but a body with a unit noun is: "the Department's working group".
    alone = not words and head[0] in names.alone
    if not alone and (end - begin > _LONGEST or generic or len(words) < names.least.get(kind, 2)):
        return None
    if first and first.kind in _NO_BODY - _PLACES:
        return None
    unit = first is not None and first.kind not in _PLACES
    # A place before a bare noun makes no name ("Africa's network"), unless the noun itself says much.
    if first and not unit and ((not own and len(head[0]) < _TELLING) or (own and len(own) < _TELLING and names.generic.fullmatch(own))):
        return None
    if unit and not head[0].endswith(names.unit_heads):
        return None
    kind = _kind(kind, first, text[begin:end], names)
    parent = (first.start, first.end) if first and unit else None
    return Candidate(begin, end, text[begin:end], kind, (), f"shape: …{head[0]}", parent)


def joins_end(text: str, end: int, names: Names) -> bool:
    """Whether the words before `end` stop in a joiner: "resources and | programme"."""
    return any(text.startswith(word, end - len(word)) for word in names.joining)


def _without_generic(text: str, begin: int, end: int, names: Names) -> int:
    """Where a name begins when one leading numeral-like or determining word is left out."""
    match = re.compile(f"(?:\\d{{4}}[^\\d]|{any_of(names.determiners)})+").match(text, begin, end)
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
