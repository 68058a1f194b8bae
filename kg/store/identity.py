"""Which names of which reports are one thing: a function of what all reports say, and of the store's review.

An unlisted thing has an IRI that is made of its name, so that the same name is the same thing in every report. That is put right here:

    review       a person says that two names are one thing, or that a name is another thing in some reports
    general      “the first manual”: a name that says nothing of its own is another thing in each report
    class        one name of things that cannot be one: a programme, and a document called like it
    identifier   two things with the same symbol, code or address are one
    name         a thing called as exactly one other of its kind is also called is that one; so a report that spells out
                 “full name (short form)” teaches the short form to all

Of several IRIs a listed one stays; else the one that the short form leads to. What is decided is recorded, each with its reason.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.ontology import BASE, Ontology, local
from kg.store.general import General
from kg.store.ledger import Record
from kg.store.review import Review

_DECISIONS = "identity.jsonl"
_TOP = {"Party", "Actor"}  # classes that say too little to tell whether two things may be one


Records = Mapping[Record, Collection[str]]  # what a thing is called, and the IRIs of the reports that call it so
Lead = tuple[str, str, str]  # IRI of what a thing is, why, because


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """That a thing is another one, or apart. name: what it is called; thing: its IRI in the parts; report: IRI, "" for all reports.

    to: the IRI it has in the store; into: what that is called; why: one of those above; because: what decided.
    """

    name: str
    thing: str
    report: str
    to: str
    into: str
    why: str
    because: str


@dataclass(frozen=True, slots=True)
class Called:
    """What a thing of the store is called: label and the local name of its class. listed: as in Record."""

    label: str
    kind: str
    listed: bool
    names: frozenset[str] = field(repr=False, default=frozenset())
    identifiers: frozenset[str] = field(repr=False, default=frozenset())


@dataclass(frozen=True, slots=True)
class Identity:
    """All decisions. same: IRI in the parts -> IRI in the store; apart: the same for one report, by IRI and report, which comes first."""

    decisions: tuple[Decision, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict, repr=False)
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    called: Mapping[str, Called] = field(default_factory=dict, repr=False)

    def of(self, thing: str, report: str) -> str:
        """The IRI in the store of what a report means by an IRI."""
        return self.apart.get((thing, report)) or self.same.get(thing, thing)


def of_decisions(made: Iterable[Decision]) -> Identity:
    """What was decided, without what things are called."""
    kept = tuple(sorted(made))
    same = {one.thing: one.to for one in kept if not one.report}
    return Identity(kept, same, {(one.thing, one.report): one.to for one in kept if one.report})


def decisions(generation: Path) -> tuple[Decision, ...]:
    """The decisions of a generation, in order."""
    return tuple(Decision(**json.loads(line)) for line in (generation / _DECISIONS).read_text("utf-8").splitlines())


def write_decisions(generation: Path, made: Sequence[Decision]) -> None:
    """List the decisions of a generation."""
    (generation / _DECISIONS).write_text("".join(f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in sorted(made)), "utf-8")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What decides."""

    review: Review
    ontology: Ontology
    general: General

    def called(self, records: Records) -> Called:
        """What a thing is called by all who name it: the most exact class that most give it."""
        kinds = Counter[str]()
        for record, reports in records.items():
            kinds[record.kind] += len(reports)
        exact = [kind for kind in kinds if not any(other != kind and self.ontology.is_a(other, {kind}) for other in kinds)]
        return Called(
            min(record.label for record in records),
            min(exact, key=lambda kind: (-kinds[kind], kind)),
            any(record.listed for record in records),
            frozenset(name for record in records for name in record.names),
            frozenset(value for record in records for value in record.identifiers),
        )

    def apart(self, thing: str, records: Records) -> Iterator[Decision]:
        """Where the one IRI of a thing stands for several."""
        called = self.called(records)
        if called.listed:
            return
        first = min(record.kind for record in records)
        is_general = all(map(self.general.is_general, called.names)) and not self.review.merges(called.label)
        split = self.review.split_in(called.label)
        for record, reports in sorted(records.items()):
            for report in sorted(reports):
                own = f"{report}/{thing.removeprefix(BASE)}"
                if is_general:
                    yield Decision(called.label, thing, report, own, called.label, "general", "the name says nothing of its own")
                elif local(report) in split:
                    yield Decision(called.label, thing, report, own, called.label, "review", "split by the review")
                elif not self.may_be_one(record.kind, first):
                    to, because = f"{thing}_{self._like(record.kind, records)}", f"a {record.kind} is no {first}"
                    yield Decision(called.label, thing, report, to, called.label, "class", because)

    def joined(self, called: Mapping[str, Called]) -> Iterator[Decision]:
        """Where several IRIs stand for one thing: each leads to at most one other, and what they lead to in the end stays."""
        by_name, by_identifier = self._index(called)
        leads = {}
        for thing, one in called.items():
            if one.listed:
                continue
            others = {other for other in by_name[key(one.label)] if other != thing and self.may_be_one(one.kind, called[other].kind)}
            if into := self.review.merged_into(one.label):
                meant = sorted(other for other in by_name[key(into)] if other != thing)
                lead = (meant[0], "review", "merged by the review") if len(meant) == 1 else None
            else:
                lead = self._identified(thing, called, by_identifier) or self._named(one, others, called)
            if lead:
                leads[thing] = lead
        ways = {thing: lead[0] for thing, lead in leads.items()}
        for thing, (_, why, because) in leads.items():
            to = _end(thing, ways, called)
            if to != thing:
                yield Decision(called[thing].label, thing, "", to, called[to].label, why, because)

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether a thing of one class could be one of the other: both are organizations, or programmes, or places."""
        above = [self.ontology.parents.get(kind, frozenset((kind,))) - _TOP for kind in (one, other)]
        return not above[0].isdisjoint(above[1])

    def _like(self, kind: str, records: Records) -> str:
        """The first class of those that a thing of this class could be of."""
        return min(record.kind for record in records if self.may_be_one(record.kind, kind))

    def _identified(self, thing: str, called: Mapping[str, Called], by_identifier: Mapping[str, set[str]]) -> Lead | None:
        one = called[thing]
        found = [
            (_rank(other, called), other, value)
            for value in self._identifiers(one)
            for other in by_identifier[value]
            if self.may_be_one(one.kind, called[other].kind)
        ]
        _, first, value = min(found, default=(None, thing, ""))
        return (first, "identifier", value) if first != thing else None

    def _named(self, one: Called, others: Collection[str], called: Mapping[str, Called]) -> Lead | None:
        if len(others) != 1 or self.general.is_general(one.label):
            return None
        (other,) = others
        return other, "name", f"{called[other].label} is also called {one.label}"

    def _index(self, called: Mapping[str, Called]) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
        by_name: defaultdict[str, set[str]] = defaultdict(set)
        by_identifier: defaultdict[str, set[str]] = defaultdict(set)
        for thing, one in called.items():
            for name in one.names:
                by_name[key(name)].add(thing)
            for value in self._identifiers(one):
                by_identifier[value].add(thing)
        return by_name, by_identifier

    def _identifiers(self, one: Called) -> set[str]:
        """Its codes and addresses, and the part of its name that is one; of an unlisted thing the name, which may be a report's symbol."""
        inside = {value for name in one.names if (value := self.general.identifier(name))}
        return {*one.identifiers, *inside, *(() if one.listed else (one.label,))}


def decide(said: Iterable[tuple[str, str, Record]], grounds: Grounds) -> Identity:
    """What is one thing. said: IRI of a thing, IRI of a report, and what the report calls it."""
    by_thing: defaultdict[str, defaultdict[Record, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, report, record in said:
        by_thing[thing][record].add(report)
    apart = [one for thing, records in by_thing.items() for one in grounds.apart(thing, records)]
    gone = defaultdict[str, set[str]](set)
    called = {}
    for one in apart:
        gone[one.thing].add(one.report)
        kind = next(record.kind for record, reports in sorted(by_thing[one.thing].items()) if one.report in reports)
        called[one.to] = Called(one.name, kind, listed=False)
    left = {}
    for thing, records in by_thing.items():
        if rest := {record: reports - gone[thing] for record, reports in records.items() if reports - gone[thing]}:
            left[thing] = grounds.called(rest)
    found = of_decisions([*apart, *grounds.joined(left)])
    return Identity(found.decisions, found.same, found.apart, called | left)


def unmet(review: Review, decided: Iterable[Decision]) -> Iterator[str]:
    """What of the review has no effect, in words."""
    done = {(one.name, local(one.report)) for one in decided if one.why == "review"}
    for merge in review.joined:
        if merge.name != merge.into and (merge.name, "") not in done:
            yield f"{review.path}: merge {merge.name} into {merge.into} matches nothing; give the names of two things of like classes"
    for split in review.splits:
        for report in split.reports:
            if (split.name, report) not in done:
                yield f"{review.path}: split {split.name} matches nothing in {report}; give the label of an unlisted thing"


def _rank(thing: str, called: Mapping[str, Called]) -> tuple[bool, int, str]:
    """The first of several that are one thing is listed, else has the longest name."""
    return not called[thing].listed, -len(called[thing].label), thing


def _end(thing: str, leads: Mapping[str, str], called: Mapping[str, Called]) -> str:
    """Where a thing leads to in the end; of things that lead to each other, the first in rank."""
    seen = [thing]
    while (to := leads.get(seen[-1], seen[-1])) not in seen:
        seen.append(to)
    return min(seen[seen.index(to) :], key=lambda one: _rank(one, called))


def key(name: str) -> str:
    """What two spellings of a name have in common: widths, marks and blanks do not tell names apart."""
    return re.sub(r"[\W_]+", "_", unicodedata.normalize("NFKC", name)).strip("_")
