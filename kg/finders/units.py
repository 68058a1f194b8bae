"""Names that a body's name in front makes longer: an agency's country office, a ministry's department, an organ's session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.finders.heads import is_unit
from kg.finders.shapes import Candidate, cuts, first_letters
from kg.model import Mention
from kg.naming import Names
from kg.yaml_table import any_of

_SHORT_FORM = re.compile(r"(?:[(\uff08][^()\uff08\uff09]{2,24}[)\uff09])?")
_QUOTES = "“《‘「"
_LONGEST = 26
_LEAST, _MUCH = 2, 8  # characters that say which unit or programme it is
_BODIES = {"UNEntity", "IntergovernmentalOrganization", "GovernmentBody", "Organization", "CivilSocietyOrganization"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """What may be a unit of a body: the words behind the body's name, and their last noun."""

    text: str
    start: int
    noun: re.Match[str]
    defined: bool  # the body's short form stands in brackets before them

    @property
    def words(self) -> str:
        return self.text[self.start : self.noun.start()]


@cache
def _patterns(names: Names) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Perhaps a short form in brackets and words without punctuation, the commas of a list excepted; and the nouns of units."""
    marks = "".join(joiner for joiner in names.joiners if not joiner.isalnum())
    heads = {*names.unit_heads, *names.owned}
    letters = any_of(noun for noun in names.unit_heads if len(noun) == 1)
    nouns = any_of(noun for noun in heads if len(noun) > 1)
    stretch = rf"([(\uff08][^()\uff08\uff09]{{2,12}}[)\uff09])?((?:[^\W\d_]|(?<=[^\W\d_])[{re.escape(marks)}]){{1,{_LONGEST}}})"
    return re.compile(stretch), re.compile(f"(?={first_letters(heads)})(?:{nouns}|{letters}(?!{names.not_units}))")


def find_units(text: str, known: Sequence[Mention], found: Sequence[Candidate], names: Names) -> Iterator[Candidate]:
    """Units behind the bodies that are listed (`known`) or were found by their shape (`found`), and what these run and hold."""
    starts = {m.start: m for m in known}
    countries = {m.end: m.start for m in known if m.kind == "Country"}
    bodies = [(m.start, m.end, m.kind, text[m.start : m.end]) for m in known if m.kind in _BODIES]
    bodies += [(one.start, one.end, one.kind, one.name) for one in found if one.kind in _BODIES]
    for start, end, kind, name in bodies:
        unit = _unit(text, end, starts, names)
        if unit is None:
            continue
        first, last = _owner(start, starts, countries), unit.noun.end()
        body = text[first:start] + name
        if first < start:
            yield Candidate(first, end, body, kind, (), f"shape: {text[first:start]}…")
        own = names.owned.get(unit.noun[0], kind)
        if own == kind:
            bodies.append((first, last, kind, body + text[unit.start : last]))  # a unit may have units
        yield Candidate(first, last, body + text[unit.start : last], own, (text[first:last],), f"shape: {body} …{unit.noun[0]}")


def _unit(text: str, end: int, starts: dict[int, Mention], names: Names) -> _Unit | None:
    """The first words behind a body that are one unit of it."""
    stretch, nouns = _patterns(names)
    behind = stretch.match(text, end)
    if behind is None:
        return None
    begin, last = behind.span(2)
    units = (_Unit(text, begin, noun, bool(behind[1])) for noun in nouns.finditer(text, begin, last))
    return next((unit for unit in units if _tells(unit, starts, names) and _is_one(unit, starts, names)), None)


def _is_one(unit: _Unit, starts: dict[int, Mention], names: Names) -> bool:
    """Whether what stands behind a body is not another body that is joined to it."""
    words, end = unit.words, unit.noun.start()
    if names.joining.match(words) or words.startswith(names.national_tails):
        return False
    if any(starts[i].kind in _BODIES for i in range(unit.start, end) if i in starts):
        return False
    joined = {match[0].isalnum() for match in names.joining.finditer(words)}
    parts = names.joining.split(words)
    # A list inside a name ends with a word for "and"; two bodies are no list.
    if joined == {False} or (words and not parts[-1]) or any(part.endswith(names.actors) for part in parts[:-1]):
        return False
    found = [cut for cut in cuts(names).finditer(unit.text, unit.start, unit.noun.end()) if cut["cut"] and cut.start() < end]
    return all(cut["cut"] in names.joiners for cut in found)


def _tells(unit: _Unit, starts: dict[int, Mention], names: Names) -> bool:
    """Whether the words before a unit's noun say which of the body's it is."""
    words, noun = unit.words, unit.noun[0]
    if names.owned.get(noun) == "Programme":
        # A country's programme, or one that is called by much.
        place = starts.get(unit.start)
        return len(words + noun) >= _MUCH or bool(place and place.end == unit.noun.start())
    if not words:
        return noun in names.owned or (unit.defined and len(noun) > 1 and noun not in names.unit_least)
    plain = (words + noun).endswith(names.not_heads) if len(noun) == 1 else words + noun in names.not_heads
    return len(words) >= _LEAST and is_unit(noun, words, names) and not plain


def _owner(start: int, starts: dict[int, Mention], countries: dict[int, int]) -> int:
    """Where a body's name begins: a ministry's with the country that stands right before it. countries: end -> start."""
    return countries[start] if start in countries and start in starts and not starts[start].term else start


def whole(candidate: Candidate, text: str, known: Sequence[Mention]) -> Candidate:
    """A candidate that begins inside a known name begins where that name does."""
    cut = next((m for m in known if m.start < candidate.start < m.end < candidate.end), None)
    if cut is None or text[candidate.start] in _QUOTES:
        return candidate
    return candidate._replace(start=cut.start, name=text[cut.start : candidate.end])


def with_owner(event: Candidate, text: str, known: Sequence[Mention]) -> Candidate:
    """A session of an organ, called by the body whose organ it is when that stands right in front, perhaps with its short form."""
    if event.kind != "Event" or all(m.start != event.start for m in known):
        return event
    for body in known:
        if body.kind in _BODIES and body.end <= event.start and _SHORT_FORM.fullmatch(text, body.end, event.start):
            name = text[body.start : body.end] + event.name
            return event._replace(start=body.start, name=name, also=(text[body.start : event.end],))
    return event
