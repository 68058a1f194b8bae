"""How sure a fact is: the lowest of three measured shares, so that anybody can compute it again.

A piece of evidence names the rule that fired and how its subject and its object were known. For each of the three
`kg/lang/<code>/confidence.yaml` tells how many of the facts read so were right in the gold standards, [right, judged];
the share is (right + 1) / (judged + 2), Laplace's rule, so that one half stands for what no gold has judged. A statement is
as sure as its surest evidence; what a person has confirmed is sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.model import Evidence, Observation, Statement
from kg.resources import language_folder
from kg.yaml_table import open_table

_HUNDREDTH = Decimal("0.01")
# How a name was known, by how the words begin that say it; what is not here was known by the shape of the name.
_WAYS = ("listed", "short for", "carried on", "stands for", "national body", "belongs to", "named in", "main actor")
_SHAPE = "shape"
_WORDS_THEMSELVES = re.compile(r"^“.*” (?=stands for )")

Tally = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Measured:
    """For each rule, and for each way of knowing a name: how many facts were right, and how many were judged."""

    rules: Tally
    ways: Tally


@cache
def load(language: str) -> Measured:
    """What was measured for a language; a LanguageError names the file and the fault."""
    table = open_table(language_folder(language) / "confidence.yaml").only("rules", "ways")
    return Measured(table.table("rules").pairs(), table.table("ways").pairs())


def way(how: str) -> str:
    """The way in which a name was known: the table's key for `Mention.how`."""
    words = _WORDS_THEMSELVES.sub("", how)
    return next((known for known in _WAYS if words.startswith(known)), _SHAPE)


def of(said: Statement | Observation) -> Decimal:
    """How sure a statement or an observation is, from 0 to 1, in hundredths; 0 without evidence."""
    pieces = said.evidence if isinstance(said, Statement) else (said.evidence,)
    return max(map(of_evidence, pieces), default=Decimal(0))


def of_evidence(evidence: Evidence) -> Decimal:
    """How sure a fact is by this sentence alone."""
    if evidence.review:
        return Decimal(1)
    measured = load(evidence.rule.partition("/")[0])
    shares = [_share(measured.rules, evidence.rule)]
    shares += [_share(measured.ways, way(how)) for how in (evidence.subject_how, evidence.object_how) if how]
    return min(shares).quantize(_HUNDREDTH)


def _share(tally: Tally, key: str) -> Decimal:
    right, judged = tally.get(key, (0, 0))
    return Decimal(right + 1) / Decimal(judged + 2)
