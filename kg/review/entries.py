"""What people decide, as frozen values: one for each kind of entry in a review."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.model import Period

Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class FactDecision:
    """What to do with a fact. verb: "reject", "accept" or "correct"; where: its place in the file ("facts[1]").

    fact: names of subject and object around the relation; paragraph: its number, "" for wherever the fact is said.
    to, status, period: what a correction changes; None and "" leave it as it is.
    """

    where: str
    verb: str
    fact: Fact
    paragraph: str = ""
    why: str = ""
    to: Fact | None = None
    status: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class NumberDecision:
    """What to do with a number. verb: "reject" or "accept"; about: a name; counted: the words for what is counted."""

    where: str
    verb: str
    about: str
    counted: str
    value: Decimal
    paragraph: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A name to be found everywhere: of a new thing of the class `kind`, or else another name of the thing called `of`."""

    where: str
    name: str
    kind: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two things that are one: the thing called `name` is the one called `into`."""

    where: str
    name: str
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """A written form that stands, in these paragraphs, for the thing called `thing`; kind: its class when it is new."""

    where: str
    form: str
    paragraphs: tuple[str, ...]
    thing: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All decisions about a report, each kind in the order of the file."""

    path: Path = Path()
    facts: tuple[FactDecision, ...] = ()
    numbers: tuple[NumberDecision, ...] = ()
    added: tuple[Added, ...] = ()
    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
