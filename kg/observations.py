"""What was measured: the quantities of a paragraph, each with whom it is about, where, when, and the baseline it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.finders.quantities import find_quantities
from kg.finders.quantity import Quantity, masked
from kg.finders.quantity_table import QuantityTable
from kg.finders.times import period_of
from kg.model import VALUES, Evidence, Mention, Observation, Paragraph, Period
from kg.ontology import Ontology
from kg.profile import Profile
from kg.sentences import alphabet, split
from kg.text import half_width

_LIST_GAP = 2  # characters between two members of an enumeration, at most


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence at `[start, end)` of its paragraph, and the subject, place and time that it hands on to the next."""

    start: int
    end: int
    subject: Mention | None = None
    place: Mention | None = None
    time: Mention | None = None
    points_back: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A paragraph being read. marked: its text with times and quantities replaced by their marks; names: no Time, in text order."""

    text: str
    marked: str = field(repr=False)
    quantities: tuple[Quantity, ...]
    times: tuple[Mention, ...]
    names: tuple[Mention, ...]
    table: QuantityTable
    profile: Profile
    ontology: Ontology

    def clauses(self, sentence: _Sentence, place: int) -> Iterator[tuple[int, int]]:
        """The clause at a place and those before it in its sentence, nearest first, as `[start, end)`."""
        ends = [n for n in range(sentence.start, sentence.end) if self.text[n] in self.profile.clause_end]
        starts = [sentence.start, *(n + 1 for n in ends)]
        spans = list(zip(starts, [*ends, sentence.end], strict=True))
        yield from reversed([span for span in spans if span[0] <= place])

    def is_a(self, mention: Mention, *kinds: str) -> bool:
        """Whether a mention's class is one of these, or below one."""
        return self.ontology.is_a(mention.kind, kinds)

    def subjects(self, clause: tuple[int, int], end: int, *, first: bool) -> list[Mention]:
        """The names up to `end` that may be the subject of a clause; first: only such as nothing but leading words stands before."""
        leads = self.table.context.leads if first else re.compile(".*")
        names = [
            one
            for one in self.names
            if clause[0] <= one.start and one.end <= end
            if leads.fullmatch(self.marked, clause[0], one.start)
            and not self.table.context.not_subject.search(self.text, clause[0], one.start)
        ]
        actors = [one for one in names if self.is_a(one, "Actor", "KnowledgeProduct")]
        return actors or [one for one in names if first and self.is_a(one, "Place")]


def observe(  # noqa: PLR0913  a paragraph, what was found in it, and what is known of its language and of the report
    paragraph: Paragraph, mentions: Sequence[Mention], table: QuantityTable, profile: Profile, ontology: Ontology, *, main: str = ""
) -> tuple[Observation, ...]:
    """The observations of a paragraph in text order. mentions: names, zero-width subjects and times; main: IRI of the report's actor."""
    times = tuple(sorted(one for one in mentions if one.kind == "Time"))
    names = tuple(sorted(one for one in mentions if one.term and one.kind not in VALUES))
    quantities = find_quantities(paragraph.text, table, [*times, *names])
    marked = masked(half_width(paragraph.text), times, quantities)
    reading = _Reading(paragraph.text, marked, quantities, times, names, table, profile, ontology)
    found: list[Observation] = []
    before = _Sentence(0, 0)
    for one in split(paragraph.text, [], alphabet(ontology), profile.sentence_end):
        sentence = _hand_on(reading, one.start, one.end, before)
        if not profile.self_reference.match(paragraph.text[one.start : one.end]):
            found += _of_sentence(reading, sentence, paragraph.number, main)
        before = sentence
    return tuple(dict.fromkeys(found))


def _hand_on(reading: _Reading, start: int, end: int, before: _Sentence) -> _Sentence:
    """The sentence with its subject, place and time; what it lacks, it may have from the one before."""
    context = reading.table.context
    sentence = _Sentence(start, end)
    clauses = list(reading.clauses(sentence, end))[::-1]
    subject = next((one for clause in clauses for one in reading.subjects(clause, clause[1], first=True)), None)
    places = [one for one in reading.names if start <= one.start < end and reading.is_a(one, "Place")]
    place = next((one for one in places if context.where.search(reading.text, start, one.start) and _lone(one, places)), None)
    points_back = context.points_back.match(reading.text, start) is not None
    if points_back and not places:
        place = before.place
        subject = subject or place
    than = context.than.search(reading.marked, start, end)
    times = (one for one in reading.times if start <= one.start < end and not (than and than.start("time") == one.start))
    return _Sentence(start, end, subject or before.subject, place, next(times, before.time), points_back)


def _lone(place: Mention, places: Sequence[Mention]) -> bool:
    """Whether a place is no member of an enumeration."""
    return all(other is place or not -_LIST_GAP <= max(other.start - place.end, place.start - other.end) <= _LIST_GAP for other in places)


def _of_sentence(reading: _Reading, sentence: _Sentence, number: str, main: str) -> list[Observation]:
    """The observations of one sentence: each baseline stands before the observations, as it is needed for them."""
    inside = {one.start: one for one in reading.quantities if sentence.start <= one.start < sentence.end}
    baselines = _comparisons(reading, sentence, inside)
    olds = {old for old, _ in baselines.values()}
    made: dict[int, Observation] = {}
    goals: dict[int, Observation] = {}
    for start in sorted(inside, key=lambda place: (place not in olds, place)):
        quantity = inside[start]
        old, rule = baselines.get(start, (None, ""))
        rule = rule or next((name for older, name in baselines.values() if older == start), quantity.rule)
        about, how = _about(reading, sentence, quantity, main)
        place = _place(reading, sentence, quantity)
        made[start] = Observation(
            about=about,
            counted=quantity.counted,
            value=quantity.value,
            unit=quantity.unit,
            comparator=quantity.comparator,
            period=_period(reading, sentence, quantity, is_baseline=start in olds),
            place=place.term if place else "",
            value_text=quantity.text,
            evidence=Evidence(
                number,
                sentence.start,
                sentence.end,
                reading.text[sentence.start : sentence.end],
                f"{reading.table.language}/quantities#{rule}",
                how,
            ),
            baseline=made.get(old) if old is not None else None,
        )
        goal = reading.table.context.goal.match(reading.marked, start)
        if goal and quantity.comparator != "exactly":
            goals[start] = replace(made[start], counted=f"{quantity.counted}{goal['goal']}", comparator="exactly")
    return [one for start in sorted(inside) for one in (made[start], goals.get(start)) if one]


def _comparisons(reading: _Reading, sentence: _Sentence, inside: dict[int, Quantity]) -> dict[int, tuple[int, str]]:
    """Where a number stands -> where its baseline stands, and the name of the pattern that says so. Both have one unit."""
    found: dict[int, tuple[int, str]] = {}
    for name, pattern in reading.table.context.comparisons:
        for match in pattern.finditer(reading.marked, sentence.start, sentence.end):
            new, old = match.start("new"), match.start("old")
            if new in inside and old in inside and inside[new].unit == inside[old].unit:
                found.setdefault(new, (old, name))
    return found


def _about(reading: _Reading, sentence: _Sentence, quantity: Quantity, main: str) -> tuple[str, str]:
    """IRI of whom or what a quantity is about, and how that was known."""
    measured = reading.text.rfind(quantity.counted, sentence.start, quantity.start) if quantity.counted else -1
    named = [one for one in reading.names if 0 <= measured <= one.start < one.end <= measured + len(quantity.counted)]
    for one in reversed(named):
        if reading.is_a(one, "Actor", "KnowledgeProduct", "Place"):
            return one.term, one.how
    clauses = list(reading.clauses(sentence, quantity.start))
    for first in (True, False):
        for clause in clauses:
            for one in reading.subjects(clause, quantity.start, first=first):
                return one.term, one.how
    place = _place(reading, sentence, quantity)
    known = (sentence.subject or place) if sentence.points_back else (place or sentence.subject)
    if known:
        return known.term, known.how
    return main, "main actor" if main else ""


def _place(reading: _Reading, sentence: _Sentence, quantity: Quantity) -> Mention | None:
    """The place of a quantity: the nearest one before it in its clause, else the place where the sentence plays."""
    clause = next(reading.clauses(sentence, quantity.start))
    places = [one for one in reading.names if clause[0] <= one.start and one.end <= quantity.start and reading.is_a(one, "Place")]
    if not places:
        return sentence.place if sentence.place and sentence.place.start < quantity.start else None
    return places[-1] if _lone(places[-1], places) else None


def _period(reading: _Reading, sentence: _Sentence, quantity: Quantity, *, is_baseline: bool) -> Period:
    """When: the quantity's own time, else the first time of its clause, or of the nearest clause before it that has one."""
    context = reading.table.context
    own, shut = _own_times(reading, sentence, quantity)
    than = context.than.search(reading.marked, sentence.start, sentence.end)
    compared = next((one for one in reading.times if than and one.start == than.start("time")), None)
    if time := own or (compared if is_baseline else None):
        return period_of(time)
    for clause in reading.clauses(sentence, quantity.start):
        for one in reading.times:
            if clause[0] <= one.start < clause[1] and one.start not in shut and one != compared:
                return period_of(one)
    if sentence.time and (compared or context.same_time.match(reading.text, sentence.start)):
        return period_of(sentence.time)
    return Period()


def _own_times(reading: _Reading, sentence: _Sentence, quantity: Quantity) -> tuple[Mention | None, set[int]]:
    """The time that stands with a quantity, and where the times stand that speak of one number only."""
    times = {one.start: one for one in reading.times}
    own, shut = None, set()
    for match in reading.table.context.own_time.finditer(reading.marked, sentence.start, sentence.end):
        time = times.get(match.start("time") if match["time"] else match.start("bracket"))
        if time and quantity.start in (match.start("value"), match.start("later")):
            own = time
        elif time and time.start > sentence.start and reading.text[time.start - 1] not in reading.profile.clause_end:
            shut.add(time.start)
    return own, shut
