"""A comparison in the words of a language: what a fact or figure says, what has changed in it, and why two were matched."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from kg.comparison.matching import Change, Comparison, Pair, Value
from kg.comparison.sides import Fact, Figure, Passage, Report
from kg.iris import canonical
from kg.ontology import local
from kg.resources import load_yaml

LANGUAGES = ("zh", "en")
_PLAIN = {"exactly", "done"}  # goes without saying


def load() -> dict[str, Any]:
    """The texts of words.yaml."""
    return load_yaml(Path(__file__).with_name("words.yaml"))  # type: ignore[return-value]


def grouped(value: Decimal) -> str:
    """A number with its thousands set off; what is exact stays exact."""
    whole, point, part = canonical(value).partition(".")
    return f"{'-' if value < 0 else ''}{int(whole.lstrip('-')):,}{point}{part}"


def difference(figure: Pair[Figure]) -> tuple[Decimal, Decimal | None] | None:
    """By how much a value has changed: in its unit, and in percent of the earlier one (tenths; None of 0). None for one alone."""
    if figure.before is None or figure.after is None:
        return None
    before, by = figure.before.value, figure.after.value - figure.before.value
    return by, (by * 100 / abs(before)).quantize(Decimal("0.1"), ROUND_HALF_EVEN) if before else None


def _length(start: str, end: str) -> int:
    """How much of two ISO dates says all: of years "2012", of months "2012-06", else everything; either may be ""."""
    last = f"-{calendar.monthrange(int(end[:4]), int(end[5:7]))[1]}" if end else ""
    for length, first, to in ((4, "-01-01", "-12-31"), (7, "-01", last)):
        if start.endswith(first if start else "") and end.endswith(to if end else ""):
            return length
    return len("2012-06-01")


@dataclass(frozen=True, slots=True)
class Section:
    """Pairs under one heading: a change and what it is of ("new", "facts"), or a thing by its IRI."""

    heading: tuple[str, ...]
    pairs: Sequence[Pair[Any]]


@dataclass(frozen=True, slots=True)
class Wording:
    """A language, its texts, and the names of both sides."""

    language: int
    texts: Mapping[str, Any]
    names: Mapping[str, tuple[str, str]]

    def say(self, group: str, key: str, **values: object) -> str:
        """A text of words.yaml, filled in."""
        text: str = self.texts[group][key][self.language]
        return text.format(**values) if values else text

    def name(self, of: str) -> str:
        """What a thing, relation, status, comparator or unit is called."""
        return self.names[of][self.language] if of in self.names else local(of) or of

    def report(self, report: Report) -> str:
        """A report by its title, symbol and date."""
        return " · ".join(filter(None, (report.title or local(report.iri), report.symbol, report.date)))

    def title(self, one: Fact | Figure) -> str:
        """Which fact it is, or whose figure and of what."""
        if isinstance(one, Figure):
            return self.say("say", "counted", about=self.name(one.about), counted=one.counted)
        return f"{self.name(one.subject)} {self.name(one.relation)} {self.name(one.object)}"

    def said(self, one: Fact | Figure) -> str:
        """What is said of it: a value or a status, when, and where."""
        if isinstance(one, Figure):
            parts = [self.value(one), self.period(one.start, one.end)]
            parts += [self.say("say", "baseline", value=self._amount(one.baseline, one.unit))] if one.baseline is not None else []
        else:
            parts = [self.name(one.status), self.period(one.start, one.end)]
            parts += [self._amount(one.amount, one.unit)] if one.amount is not None else []
            parts += [self.say("say", "programme", name=self.name(one.programme))] if one.programme else []
        parts += [self.say("say", "place", name=self.name(one.place))] if one.place else []
        return ", ".join(filter(None, parts))

    def value(self, figure: Figure) -> str:
        """A number with its comparator, unless that is "exactly", and its unit."""
        comparator = "" if figure.comparator in _PLAIN else self.name(figure.comparator)
        return " ".join(filter(None, (comparator, self._amount(figure.value, figure.unit))))

    def _amount(self, value: Decimal, unit: str) -> str:
        word = self.name(unit)
        return f"{grouped(value)}{'' if word == '%' else ' '}{word}".rstrip() if unit else grouped(value)

    def period(self, start: str, end: str) -> str:
        """Whole years as years, whole months as months, else days; "" when nothing says."""
        if not start and not end:
            return ""
        first, to = (day[: _length(start, end)] for day in (start, end))
        if not first or not to:
            return self.say("say", "since" if first else "until", date=first or to)
        return first if first == to else f"{first} – {to}"

    def difference(self, pair: Pair[Figure]) -> str:
        """By how much a value has changed, "+12 (+10.3%)"; "" when it has not."""
        found = difference(pair)
        if found is None or not found[0]:
            return ""
        by, share = found
        sign = "+" if by > 0 else ""
        if pair.one.unit == "PERCENT":
            return self.say("say", "points", value=f"{sign}{grouped(by)}")
        return f"{sign}{grouped(by)}" + (f" ({sign}{share}%)" if share is not None else "")

    def heading(self, section: Section, by: str) -> str:
        """What a section is of."""
        if by == "thing":
            return self.name(section.heading[0])
        change, kind = section.heading
        return self.say("page", "heading", kind=self.say("page", kind), change=self.say("change", change).lower())

    def reason(self, pair: Pair[Any]) -> str:
        """Why the two were matched."""
        alike = self.texts["likeness"][self.language].format(share=f"{pair.likeness:.2f}")
        return f"{self.say('reason', pair.reason)}; {alike}" if pair.reason else ""

    def change(self, change: Change) -> tuple[str, str, str]:
        """The name of a field, and what stood and stands there."""
        return self.say("field", change.field), self._shown(change.field, change.before), self._shown(change.field, change.after)

    def _shown(self, field: str, value: Value) -> str:
        if isinstance(value, Decimal):
            return grouped(value) if field != "confidence" else canonical(value)
        if field == "evidence":
            return self.say("say", "evidence", count=len(value or ()))
        if field == "period" and isinstance(value, tuple):
            start, end = map(str, value)
            return self.period(start, end) or self.say("say", "nothing")
        return (str(value) if field == "counted" else self.name(str(value))) if value else self.say("say", "nothing")

    def paragraph(self, passage: Passage) -> str:
        """The paragraph of a sentence."""
        return self.say("say", "paragraph", number=passage.paragraph)


def wording(comparison: Comparison, language: str) -> Wording:
    """The words of a language, and the names of a comparison; those of the later side come first."""
    return Wording(LANGUAGES.index(language), load(), {**comparison.before.names, **comparison.after.names})


def sections(comparison: Comparison, by: str, changes: Sequence[str]) -> Iterator[Section]:
    """The pairs of those changes, by "change" (figures first) or by "thing" (subjects and whom figures are about, sorted by IRI)."""
    if by == "change":
        for change in changes:
            for kind, pairs in comparison.pairs.items():
                yield Section((change, kind), [pair for pair in pairs if pair.change == change])
        return
    found: dict[str, list[Pair[Any]]] = {}
    for pairs in comparison.pairs.values():
        for pair in pairs:
            if pair.change in changes:
                found.setdefault(pair.one.about if isinstance(pair.one, Figure) else pair.one.subject, []).append(pair)
    yield from (Section((thing,), found[thing]) for thing in sorted(found))
