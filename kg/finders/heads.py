"""Names that stand in no list, found by the noun they end in ("… association", "… working group")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from kg.finders.shapes import COUNTED, Candidate, every_cut, first_letters
from kg.model import Mention
from kg.naming import Names
from kg.yaml_table import any_of

_LONGEST = 26
_TELLING = 3
_OWN, _OWN_UNSURE = 2, 4
_NATIONAL = {"GovernmentBody", "PrivateSectorOrganization", "AcademicInstitution"}
_NATIONAL_LEAST = 5
_MANY = 5  # characters that say how many
_MARKS = "“”《》‘’"
_PLACES = {"Country", "Region", "Locality"}
_WORDS = {"Region", "Locality", "Programme", "Fund", "Document", "Event", "KnowledgeProduct"}
_NO_BODY = _PLACES | {"Programme", "Fund", "Document", "Event", "KnowledgeProduct"}


@dataclass(frozen=True, slots=True)
class _Patterns:
    heads: re.Pattern[str]
    endings: re.Pattern[str]
    nouns: Automaton
    determiners: re.Pattern[str]
    foreign: re.Pattern[str]
    letters: re.Pattern[str]


@cache
def _compiled(names: Names) -> _Patterns:
    nouns = {*names.heads, *names.proper_heads, *names.not_heads}
    letters = {noun for noun in nouns if len(noun) == 1}
    nouns -= letters
    noun = f"{any_of(nouns)}|{any_of(letters)}(?!{names.not_units})"
    return _Patterns(
        re.compile(f"(?={first_letters([*nouns, *letters])})(?P<noun>{noun})(?:{names.stage})?"),
        re.compile(any_of([*names.heads, *names.proper_heads, *names.unsure_heads])),
        Automaton(sorted({*names.heads, *names.proper_heads, *names.not_heads, *names.unsure_heads})),
        re.compile(f"(?:\\d{{4}}[^\\d]|{any_of(names.determiners)})+"),
        re.compile(f"[{names.transliteration}]{{3}}"),
        re.compile(f"[{names.transliteration}{names.rare_transliteration}]{{2,5}}"),
    )


def find_heads(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Names by their last noun. `known`: the listed names of the text in order, which no cut divides."""
    for start, end, near in _pieces(text, known, names):
        begin = start
        found = [head for head in _compiled(names).heads.finditer(text, start, end) if head["noun"] not in names.not_heads]
        for number, head in enumerate(found):
            joined = names.joining.match(text, head.end(), end)
            if not joined and number + 1 < len(found):
                continue
            if candidate := _candidate(text, begin, head, near, names):
                yield candidate
            begin = joined.end() if joined else head.end()


def find_refused(text: str, known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int]]:
    """Start and end of what looks like a name by its last noun and is none. `known`: all names of the text."""
    named = {i for m in known for i in range(m.start, m.end)}
    for start, end, near in _pieces(text, known, names):
        begin = start
        for head in _compiled(names).endings.finditer(text, start, end):
            joined = names.joining.match(text, head.end(), end)
            if not joined and head.end() < end:
                continue
            if head.end() - 1 not in named:
                yield from _refused(text, begin, head, near, names)
            begin = joined.end() if joined else head.end()


def _refused(text: str, begin: int, head: re.Match[str], known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int]]:
    """Where the words before a head say whose or which it is, though too little to make a name."""
    joined = names.joining.match(text, begin, head.start())
    inside = [m for m in known if begin <= m.start and m.end <= head.start()]
    begin, first = _beginning(text, (joined.end() if joined else begin, head.start()), inside, names)
    if inside and inside[-1].end == head.start():
        begin, first = inside[-1].start, inside[-1]
    words = text[begin : head.start()]
    own = names.joining.split(words[first.end - begin :] if first else words)[-1]
    if first and first.kind in _PLACES:
        proper = bool(own) or len(head[0]) >= _TELLING
    else:
        sure = names.heads.get(head[0], "Programme") not in _NO_BODY
        proper = len(own) >= (_OWN if sure else _OWN_UNSURE) and not names.generic.fullmatch(own)
    if proper and not words.startswith(names.not_names) and not names.counted.search(text, max(0, begin - COUNTED), begin):
        yield begin, head.end()


def _pieces(text: str, known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int, Sequence[Mention]]]:
    """The stretches without punctuation, or words that open or close a phrase, but with a noun of a name; and the known names in each."""
    nouns_at = iter(sorted([start for start, _, _ in _compiled(names).nouns.find_overlapping(text)]))
    noun = next(nouns_at, None)  # the first noun behind the last cut
    if noun is None:
        return
    inside = {i for m in known for i in range(m.start, m.end) if text[i] not in _MARKS}
    starts = [m.start for m in known]
    begin = position = 0
    for start, end, kept in every_cut(text, names):
        if start < position:
            continue
        if kept or start in inside:
            # An edge may begin inside a longer word that is kept, or inside a known name: look on behind its first character.
            position = end if kept else start + 1
            continue
        if noun < start:
            yield begin, start, known[bisect_left(starts, begin) : bisect_left(starts, start)]
        begin = position = end
        while noun < begin:
            noun = next(nouns_at, len(text))
        if noun == len(text):
            return
    yield begin, len(text), known[bisect_left(starts, begin) :]


def _candidate(text: str, begin: int, head: re.Match[str], known: Sequence[Mention], names: Names) -> Candidate | None:
    """The name that ends with this head, or None where the words before it make no name."""
    inside = [m for m in known if begin <= m.start and m.end <= head.end()]
    if any(m.end == head.end() and m.start <= head.start() and (m.term or not text[: m.start].endswith(names.national)) for m in inside):
        return None
    before = [m for m in inside if m.start < head.start()]
    begin, first = _beginning(text, (begin, head.start()), before, names, head["noun"])
    many = names.counted.search(text, max(0, begin - COUNTED), begin) or names.counted.match(text, begin, min(head.start(), begin + _MANY))
    if many or not _tells(text, begin, head, first, names):
        return None
    name = text[begin : head.end()]
    kind = _kind(head["noun"], first, name, names)
    if kind in _NO_BODY and text[:begin].endswith(names.joiners) and names.joining.search(name):
        return None  # the end of a list inside a longer name
    return Candidate(begin, head.end(), name, kind, (), f"shape: …{head['noun']}")


def _beginning(text: str, span: tuple[int, int], inside: Sequence[Mention], names: Names, noun: str = "") -> tuple[int, Mention | None]:
    """Where a name with this last noun begins in a stretch, and the known name it begins with, if any."""
    begin = _split(text, span, inside, names, whole=names.heads.get(noun) in _NO_BODY)
    starts = {m.start: m for m in inside}
    first = starts.get(begin)
    if first is None:
        begin = _without_determiner(text, begin, span[1], names)
        opening = (m for m in reversed(inside) if m.start > begin and _opens(m, text[begin : m.start], names))
        first = starts.get(begin) or next(opening, None)
        if first and noun in names.abroad and first.kind == "Country" and first.start > begin:
            first = None
    return (first.start if first else begin), first


def _opens(known: Mention, before: str, names: Names) -> bool:
    """Whether a known name behind some words begins a name of its own.

    A body and a country do, another place may be part of the words, unless they name somebody.
    """
    if len(before) == 1 and before in names.transliteration:
        return False  # "West" of a country is another country's name
    return known.kind not in _WORDS or (known.kind in _PLACES and before.endswith(names.actors))


def _split(text: str, span: tuple[int, int], inside: Sequence[Mention], names: Names, *, whole: bool) -> int:
    """Where the last name begins of some that are joined: a name may have "and" inside, but not behind somebody or before a known name.

    whole: what the name is about may be two things, "policies and plans".
    """
    begin, end = span
    ending = names.actors if whole else (*names.actors, *names.matters)
    own = [m for m in inside if m.kind != "Region"]  # two regions may be what one body is called by
    starts, ends = {m.start for m in own}, {m.end for m in own}
    for joined in names.joining.finditer(text, begin, end):
        before = text[begin : joined.start()]
        somebody = before.endswith(ending) and not before.endswith(names.not_heads)
        if not before or somebody or joined.start() in ends or joined.end() in starts:
            begin = joined.end()
    return begin


def _tells(text: str, begin: int, head: re.Match[str], first: Mention | None, names: Names) -> bool:
    """Whether the words before a head make it the name of one thing."""
    noun = head["noun"]
    words = text[begin : head.start()]
    if head.end() - begin > _LONGEST or _joins(words, names):
        return False
    if noun in names.unit_only and (first is None or first.kind in _NO_BODY):
        # A unit without its body is known by what it is for; one of a country, by its own words.
        said = names.office.fullmatch(words) if first is None else first.kind == "Country" and head.start() - first.end >= _TELLING
        return bool(said) and len(noun) == 1
    if first is None:
        if noun in names.proper_heads:
            company = names.proper_heads[noun] == "PrivateSectorOrganization" and _compiled(names).letters.fullmatch(words)
            national = words.startswith(names.national) and len(words) > _TELLING
            long = len(words) >= names.least.get(noun, _LONGEST)
            much = long and not names.joining.search(words) and not names.generic.fullmatch(words)
            return bool(company or national or much or _compiled(names).foreign.match(words))
        alone = not words and noun in names.alone
        national = words.startswith(names.national) and names.heads[noun] in _NATIONAL and len(words) + len(noun) > _NATIONAL_LEAST
        least = names.least.get(noun, names.least.get(names.heads[noun], 2))
        own = names.joining.sub("", words) if names.heads[noun] in _NO_BODY else words
        return alone or national or (len(words) >= least and not names.generic.fullmatch(own))
    own = text[first.end : head.start()]
    if first.kind in _PLACES:
        # A place before a bare noun makes no name ("Africa's network"), unless the noun itself says much.
        one = first.kind == "Locality" or (first.kind == "Region" and len(first.text) >= _TELLING)
        telling = names.heads.get(noun) == "AcademicInstitution" and (own or one)
        long = len(noun) >= _TELLING if not own else len(own) >= _TELLING or len(noun) > _TELLING
        return bool(telling or long or (own and not names.generic.fullmatch(own)))
    # A company is a unit of another company only.
    unit = first.kind == "PrivateSectorOrganization" or names.heads.get(noun) != "PrivateSectorOrganization"
    return first.kind not in _NO_BODY and unit and noun.endswith(names.unit_heads) and is_unit(noun, own, names)


def is_unit(noun: str, own: str, names: Names) -> bool:
    """Whether the words between a body's name and a noun that is often a plain word say which unit of the body it is."""
    least = names.unit_least.get(noun, 0)
    return len(own) >= least and not (least and names.generic.fullmatch(own)) and (len(own) > 1 or len(noun) > 1)


def _joins(words: str, names: Names) -> bool:
    """Whether words end in one that joins."""
    return any(match.end() == len(words) for match in names.joining.finditer(words))


def _without_determiner(text: str, begin: int, end: int, names: Names) -> int:
    """Where a name begins when the words are left out that only determine it."""
    match = _compiled(names).determiners.match(text, begin, end)
    return match.end() if match else begin


def _kind(noun: str, first: Mention | None, name: str, names: Names) -> str:
    """The head's class, made more exact by what the name begins with."""
    kind = names.heads.get(noun) or names.proper_heads[noun]
    if kind in {"Programme", "Fund", "KnowledgeProduct", "Event"}:
        return kind
    if first and first.kind not in _WORDS and "UNEntity" in {kind, first.kind}:
        return "GovernmentBody" if first.kind == "Country" else first.kind
    if kind == "Organization" and any(word in name for word in names.civil):
        return "CivilSocietyOrganization"
    if kind == "Organization" and first and first.kind == "Region":
        return "IntergovernmentalOrganization"
    if kind == "Organization" and ((first and first.kind in {"Country", "Locality"}) or name.startswith(names.national)):
        return "GovernmentBody"
    return kind
