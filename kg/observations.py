"""What was measured: the quantities of a paragraph, each with whom it is about, where, when, and the baseline it is compared with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TypeVar

from kg.finders.quantities import Numbers, find_quantities
from kg.finders.quantity import Quantity, masked
from kg.finders.quantity_table import QuantityTable
from kg.finders.times import period_of
from kg.model import VALUES, Evidence, Mention, Observation, Paragraph, Period
from kg.ontology import Ontology
from kg.profile import Profile
from kg.sentences import spans

_LIST_GAP = 2  # characters between two members of an enumeration, at most
_REACH = 60  # characters of a place before another, at most
_WINDOW = 20  # characters before a name in which stands what it cannot be, or is
_T = TypeVar("_T", Mention, Quantity)
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence at `[start, end)` of its paragraph, what it names, and the subject, place and time that it hands on to the next.

    clauses: where each begins; said: for each its time, or that of the clause before it; subjects, actors: of each clause that has
    them the first name with only leading words before it, and the first actor. own: where a number stands -> the time that speaks
    of it only; compared: the time of a baseline.
    """

    start: int
    end: int
    clauses: tuple[int, ...] = ()
    said: tuple[Mention | None, ...] = ()
    subjects: tuple[Mention, ...] = ()
    actors: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    own: Mapping[int, Mention] = field(default_factory=dict)
    compared: Mention | None = None
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

    def is_a(self, mention: Mention, *kinds: str) -> bool:
        """Whether a mention's class is one of these, or below one."""
        return self.ontology.is_a(mention.kind, kinds)

    def subjects(self, clause: tuple[int, int]) -> Iterator[Mention]:
        """The names of a clause that no word before them makes something else than its subject."""
        for one in _within(self.names, *clause):
            if not self.table.context.not_subject.search(self.text, max(clause[0], one.start - _WINDOW), one.start):
                yield one

    def head(self, clause: tuple[int, int]) -> Mention | None:
        """The subject of a clause with only leading words before it: an actor, else a place."""
        names = [one for one in self.subjects(clause) if self.table.context.leads.fullmatch(self.marked, clause[0], one.start)]
        actors = (one for one in names if self.is_a(one, "Actor", "KnowledgeProduct"))
        return next(actors, None) or next((one for one in names if self.is_a(one, "Place")), None)

    def actor(self, clause: tuple[int, int]) -> Mention | None:
        """The first actor among the subjects of a clause, whatever stands before it."""
        return next((one for one in self.subjects(clause) if self.is_a(one, "Actor", "KnowledgeProduct")), None)


def observe(  # noqa: PLR0913  a paragraph, what was found in it, and what is known of its language and of the report
    paragraph: Paragraph, mentions: Sequence[Mention], numbers: Numbers, profile: Profile, ontology: Ontology, *, main: str = ""
) -> tuple[Observation, ...]:
    """The observations of a paragraph in text order. mentions: names, zero-width subjects and times; main: IRI of the report's actor."""
    times = tuple(sorted(one for one in mentions if one.kind == "Time"))
    # Of several at one place, as subjects carried on are, the first named is the first.
    names = tuple(sorted((one for one in mentions if one.term and one.kind not in VALUES), key=lambda one: (one.start, one.end)))
    quantities = find_quantities(numbers, [*times, *names])
    if not quantities:
        return ()
    marked = masked(numbers.plain, times, quantities)
    reading = _Reading(paragraph.text, marked, quantities, times, names, numbers.table, profile, ontology)
    found: list[Observation] = []
    before = _Sentence(0, 0)
    for start, end, _ in spans(paragraph.text, [], profile.sentence_end):
        before = _sentence(reading, start, end, before)
        if not profile.self_reference.match(paragraph.text[start:end]):
            found += _of_sentence(reading, before, paragraph.number, main)
    return tuple(dict.fromkeys(found))


def _sentence(reading: _Reading, start: int, end: int, before: _Sentence) -> _Sentence:
    """The sentence with its subject, place and time; what it lacks, it may have from the one before."""
    context = reading.table.context
    ends = [n for n, char in enumerate(reading.text[start:end], start) if char in reading.profile.clause_end]
    clauses = list(zip([start, *(n + 1 for n in ends)], [*ends, end], strict=True))
    subjects = [one for clause in clauses if (one := reading.head(clause))]
    subject = next((one for one in subjects if one.end <= clauses[bisect_left(ends, one.start)][1]), None)
    places = [one for one in _within(reading.names, start, end) if reading.is_a(one, "Place")]
    lone = (one for one in places if _lone(one, _within(places, one.start - _REACH, one.end + _LIST_GAP + 1)))
    place = next((one for one in lone if context.where.search(reading.text, max(start, one.start - _WINDOW), one.start)), None)
    points_back = context.points_back.match(reading.text, start) is not None
    if points_back and not places:
        place = before.place
        subject = subject or place
    than, times = context.than.search(reading.marked, start, end), _within(reading.times, start, end)
    compared = next((one for one in times if than and one.start == than.start("time")), None)
    own, shut = _own_times(reading, start, end)
    return _Sentence(
        start=start,
        end=end,
        clauses=tuple(clause[0] for clause in clauses),
        said=_said(clauses, [one for one in times if one.start not in shut and one != compared]),
        subjects=tuple(subjects),
        actors=tuple(one for clause in clauses if (one := reading.actor(clause))),
        places=tuple(places),
        own=own,
        compared=compared,
        subject=subject or before.subject,
        place=place,
        time=next((one for one in times if one != compared), before.time),
        points_back=points_back,
    )


def _within(mentions: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """The mentions or quantities that begin from start to end, of some in text order."""
    return mentions[bisect_left(mentions, start, key=_start) : bisect_left(mentions, end, key=_start)]


def _last(mentions: Sequence[Mention], place: int) -> Mention | None:
    """The last mention that begins at a place or before it, of some in text order."""
    found = bisect_right(mentions, place, key=_start)
    return mentions[found - 1] if found else None


def _lone(place: Mention, beside: Sequence[Mention]) -> bool:
    """Whether a place is no member of an enumeration. beside: the places around it, and perhaps itself."""
    return all(other is place or not -_LIST_GAP <= max(other.start - place.end, place.start - other.end) <= _LIST_GAP for other in beside)


def _said(clauses: Sequence[tuple[int, int]], times: Sequence[Mention]) -> tuple[Mention | None, ...]:
    """For each clause its first time, else that of the clause before it."""
    said: list[Mention | None] = [None]
    for clause in clauses:
        said.append(next(iter(_within(times, *clause)), said[-1]))
    return tuple(said[1:])


def _own_times(reading: _Reading, start: int, end: int) -> tuple[dict[int, Mention], set[int]]:
    """Where a number stands -> the time that stands with it, and where those times stand that say nothing of other numbers."""
    times = {one.start: one for one in _within(reading.times, start, end)}
    own, shut = {}, set()
    for match in reading.table.context.own_time.finditer(reading.marked, start, end):
        if time := times.get(match.start("time") if match["time"] else match.start("bracket")):
            own[match.start("value") if match["time"] else match.start("later")] = time
            if time.start > start and reading.text[time.start - 1] not in reading.profile.clause_end:
                shut.add(time.start)
    return own, shut


def _of_sentence(reading: _Reading, sentence: _Sentence, number: str, main: str) -> list[Observation]:
    """The observations of one sentence: each baseline stands before the observations, as it is needed for them."""
    inside = {one.start: one for one in _within(reading.quantities, sentence.start, sentence.end)}
    baselines = _comparisons(reading, sentence, inside)
    olds = dict(reversed(baselines.values()))
    quote = reading.text[sentence.start : sentence.end]
    made: dict[int, Observation] = {}
    goals: dict[int, Observation] = {}
    for start in sorted(inside, key=lambda place: (place not in olds, place)):
        quantity = inside[start]
        old, rule = baselines.get(start, (None, olds.get(start, quantity.rule)))
        about, how = _about(reading, sentence, quantity, main)
        place = _place(sentence, quantity)
        made[start] = Observation(
            about=about,
            counted=quantity.counted,
            value=quantity.value,
            unit=quantity.unit,
            comparator=quantity.comparator,
            period=_period(reading, sentence, quantity, is_baseline=start in olds),
            place=place.term if place else "",
            value_text=quantity.text,
            evidence=Evidence(number, sentence.start, sentence.end, quote, f"{reading.table.language}/quantities#{rule}", how),
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
    end = measured + len(quantity.counted)
    named = [one for one in _within(reading.names, measured, end) if measured >= 0 and one.start < one.end <= end]
    for one in reversed(named):
        if reading.is_a(one, "Actor", "KnowledgeProduct", "Place"):
            return one.term, one.how
    place = _place(sentence, quantity)
    around = (sentence.subject or place) if sentence.points_back else (place or sentence.subject)
    known = _last(sentence.subjects, quantity.start) or _last(sentence.actors, quantity.start) or around
    if known:
        return known.term, known.how
    return main, "main actor" if main else ""


def _place(sentence: _Sentence, quantity: Quantity) -> Mention | None:
    """The place of a quantity: the nearest one before it in its clause, else the place where the sentence plays."""
    begin = sentence.clauses[bisect_right(sentence.clauses, quantity.start) - 1]
    last = _last(sentence.places, quantity.start)
    if last is None or last.start < begin:
        return sentence.place if sentence.place and sentence.place.start < quantity.start else None
    return last if _lone(last, _within(sentence.places, max(begin, last.start - _REACH), quantity.start + 1)) else None


def _period(reading: _Reading, sentence: _Sentence, quantity: Quantity, *, is_baseline: bool) -> Period:
    """When: the quantity's own time, else the first time of its clause, or of the nearest clause before it that has one."""
    own = sentence.own.get(quantity.start) or (sentence.compared if is_baseline else None)
    if time := own or sentence.said[bisect_right(sentence.clauses, quantity.start) - 1]:
        return period_of(time)
    if sentence.time and (sentence.compared or reading.table.context.same_time.match(reading.text, sentence.start)):
        return period_of(sentence.time)
    return Period()
