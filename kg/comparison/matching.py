"""Which fact or figure of one side is which of the other, why, and what has changed.

Facts are matched by subject, relation and object (a symmetric relation either way round). Figures are matched in the steps of `_STEPS`:
by their place in the text (two builds of a report), by the words for what is counted, and where those are said more exactly on one
side, by the words they end with; whom they are about, unit, place and family of comparator (exact or about, at least, at most) are then
the same, and both are baselines or neither is. What stays alone is new or gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from kg.comparison.likeness import likeness, shares_tail, words
from kg.comparison.sides import Fact, Figure, Passage, Side

T = TypeVar("T", Fact, Figure)
Value = str | Decimal | tuple[str, str] | tuple[Passage, ...] | None
CHANGES = ("changed", "new", "gone", "same")
_ALIKE = 0.5  # the least likeness of two sentences that can pair two figures, of several that are counted in the same words
_FAMILIES = {"approximately": "exactly", "moreThan": "atLeast", "lessThan": "atMost"}
_FACT = ("status", "period", "amount", "unit", "place", "programme")
_FIGURE = ("about", "counted", "value", "unit", "comparator", "period", "place", "baseline")
_READING = ("confidence", "evidence")


@dataclass(frozen=True, slots=True)
class Change:
    """What is not the same on both sides. field: as in Fact or Figure, or "period" (start and end)."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A fact or figure on both sides, or on one.

    reason: why the two were matched: "triple", "place", "words", "sentence" or "tail", "" for one alone; likeness: of their sentences.
    """

    before: T | None
    after: T | None
    reason: str = ""
    likeness: float = 0.0
    changes: tuple[Change, ...] = ()

    @property
    def change(self) -> str:
        """One of CHANGES."""
        if self.before is None or self.after is None:
            return "gone" if self.after is None else "new"
        return "changed" if self.changes else "same"

    @property
    def one(self) -> T:
        """What is said after, else what was said before."""
        found = self.after or self.before
        if found is None:  # pragma: no cover
            raise ValueError
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides and all their pairs, in the order of the later side, what is gone behind it."""

    before: Side
    after: Side
    facts: tuple[Pair[Fact], ...] = field(repr=False)
    figures: tuple[Pair[Figure], ...] = field(repr=False)

    @property
    def pairs(self) -> Mapping[str, Sequence[Pair[Any]]]:
        """All pairs by what they are of, figures first."""
        return {"figures": self.figures, "facts": self.facts}


def compare(before: Side, after: Side) -> Comparison:
    """All that is new, gone, changed or the same.

    How a fact was read (confidence, evidence) counts as a change only of reports that are on both sides: of two different reports it
    always differs.
    """
    shared = frozenset(report.iri for report in before.reports) & frozenset(report.iri for report in after.reports)
    symmetric = before.symmetric | after.symmetric

    def triple(fact: Fact) -> Hashable:
        ends = (fact.subject, fact.object)
        return fact.relation, tuple(sorted(ends)) if fact.relation in symmetric else ends

    facts = _Matching(before.facts, after.facts, _FACT, shared)
    facts.step("triple", triple, lambda ones, others: _most(ones, others, lambda a, b: len(_FACT) - len(_differences(a, b, _FACT)) + 1))
    figures = _Matching(before.figures, after.figures, _FIGURE, shared)
    for reason, key, choose in _STEPS:
        figures.step(reason, key, choose)
    return Comparison(before, after, tuple(facts.pairs()), tuple(figures.pairs()))


class _Matching(Generic[T]):
    """Matching under way: who on the later side has whom on the earlier one; each by its place in its side."""

    def __init__(self, before: Sequence[T], after: Sequence[T], fields: Sequence[str], shared: frozenset[str]) -> None:
        self._before: Sequence[T] = before
        self._after: Sequence[T] = after
        self._fields, self._shared = fields, shared
        self._found: dict[int, tuple[int, str]] = {}

    def step(self, reason: str, key: Callable[[T], Hashable], choose: Callable[[list[T], list[T]], Iterable[tuple[int, int]]]) -> None:
        """Match those still alone that have the same key, as `choose` says; a key of None matches nothing."""
        taken = {place for place, _ in self._found.values()}
        groups: defaultdict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, ones, gone in ((0, self._before, taken), (1, self._after, self._found.keys())):
            for place, one in enumerate(ones):
                if place not in gone and (same := key(one)) is not None:
                    groups[same][side].append(place)
        for first, second in groups.values():
            if first and second:
                for a, b in choose([self._before[i] for i in first], [self._after[i] for i in second]):
                    self._found[second[b]] = first[a], reason

    def pairs(self) -> Iterator[Pair[T]]:
        """All of the later side, then what is gone."""
        for place, after in enumerate(self._after):
            other, reason = self._found.get(place, (None, ""))
            yield Pair(None, after) if other is None else self._pair(self._before[other], after, reason)
        taken = {place for place, _ in self._found.values()}
        yield from (Pair(before, None) for place, before in enumerate(self._before) if place not in taken)

    def _pair(self, before: T, after: T, reason: str) -> Pair[T]:
        changes = _differences(before, after, self._fields)
        if self._shared:
            ours, theirs = (tuple(p for p in one.evidence if p.report in self._shared) for one in (before, after))
            changes += [Change("confidence", before.confidence, after.confidence)] if before.confidence != after.confidence else []
            changes += [Change("evidence", ours, theirs)] if ours != theirs else []
        return Pair(before, after, reason, _sentences(before, after), tuple(changes))


def _value(one: Fact | Figure, name: str) -> Value:
    value: Value = (one.start, one.end) if name == "period" else getattr(one, name)
    return value


def _differences(one: T, other: T, fields: Sequence[str]) -> list[Change]:
    pairs = ((name, _value(one, name), _value(other, name)) for name in fields)
    return [Change(name, before, after) for name, before, after in pairs if before != after and not _turned(name, one, other)]


def _turned(name: str, one: Fact | Figure, other: Fact | Figure) -> bool:
    """Whether two figures are counted in words that differ in nothing but signs."""
    return name == "counted" and isinstance(one, Figure) and isinstance(other, Figure) and words(one.counted) == words(other.counted)


def _sentences(one: T, other: T) -> float:
    return max((likeness(a.quote, b.quote) for a in one.evidence for b in other.evidence), default=0.0)


def _most(ones: list[T], others: list[T], score: Callable[[T, T], float]) -> Iterator[tuple[int, int]]:
    """Pairs from the highest score down, of two alike the earlier; nobody twice, and none with a score of 0."""
    scored = sorted((-score(one, other), a, b) for a, one in enumerate(ones) for b, other in enumerate(others))
    first, second = set(range(len(ones))), set(range(len(others)))
    for less, a, b in scored:
        if less < 0 and a in first and b in second:
            first.remove(a)
            second.remove(b)
            yield a, b


def _place(figure: Figure) -> Hashable:
    """Where a number stands; two builds of a report may read it differently."""
    return next(((p.report, p.paragraph, p.start, p.end, p.quote, figure.text) for p in figure.evidence), None)


def _indicator(figure: Figure) -> Hashable:
    return (words(figure.counted), *_measure(figure))


def _measure(figure: Figure) -> tuple[Hashable, ...]:
    """A baseline goes with a baseline: "from 107 to 117" and "from 117 to 129" are one indicator at 117, then 129."""
    return figure.base, figure.about, figure.unit, _FAMILIES.get(figure.comparator, figure.comparator), figure.place


def _equal(ones: list[Figure], others: list[Figure]) -> Iterator[tuple[int, int]]:
    return _most(ones, others, lambda a, b: len(_FIGURE) - len(_differences(a, b, _FIGURE)) + 1)


def _dated(figure: Figure) -> Hashable:
    return (_indicator(figure), figure.start, figure.end) if figure.start or figure.end else None


def _alone(ones: list[Figure], others: list[Figure]) -> Iterator[tuple[int, int]]:
    """One on each side is the same indicator; so are several, each of a time of its own: the latest goes with the latest."""
    times = [[(one.end, one.start) for one in side] for side in (ones, others)]
    if len(ones) == len(others) == 1 or all(("", "") not in said and len(set(said)) == len(said) for said in times):
        yield from zip(*(sorted(range(len(said)), key=said.__getitem__, reverse=True) for said in times), strict=False)


def _alike(ones: list[Figure], others: list[Figure]) -> Iterator[tuple[int, int]]:
    return _most(ones, others, lambda a, b: alike if (alike := _sentences(a, b)) >= _ALIKE else 0)


def _tails(ones: list[Figure], others: list[Figure]) -> Iterator[tuple[int, int]]:
    return _most(ones, others, lambda a, b: alike if shares_tail(a.counted, b.counted) and (alike := _sentences(a, b)) >= _ALIKE else 0)


_STEPS: tuple[tuple[str, Callable[[Figure], Hashable], Callable[[list[Figure], list[Figure]], Iterable[tuple[int, int]]]], ...] = (
    ("place", _place, _equal),
    ("words", lambda one: (_indicator(one), one.value, one.start, one.end), _equal),
    ("words", _dated, _alone),
    ("words", _indicator, _alone),
    ("sentence", _indicator, _alike),
    ("tail", _measure, _tails),
)
