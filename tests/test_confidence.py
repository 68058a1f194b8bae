"""How sure a fact is: what was measured, and the lowest of three shares."""

from __future__ import annotations

from decimal import Decimal

import measure_confidence
import pytest

from kg import confidence
from kg.confidence import Measured
from kg.model import Evidence, Observation, Period, Statement
from kg.pipeline import Built

MEASURED = Measured({"zh/funds#1": (8, 10), "zh/funds#2": (0, 1)}, {"listed": (98, 98), "shape": (6, 8), "stands for": (3, 3)})


@pytest.fixture
def small_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small table in place of the one that was measured."""
    monkeypatch.setattr(confidence, "load", lambda _language: MEASURED)


def evidence(rule: str, subject: str, other: str) -> Evidence:
    """Evidence by that rule, with names known so."""
    return Evidence("1", 0, 1, "一", rule, subject, other)


@pytest.mark.usefixtures("small_table")
@pytest.mark.parametrize(
    ("rule", "subject", "other", "sure"),
    [
        ("zh/funds#1", "listed", "listed: 某署", "0.75"),  # (8 + 1) / (10 + 2), the rule is the weakest
        ("zh/funds#1", "listed", "quoted name and head", "0.70"),  # (6 + 1) / (8 + 2), by its shape
        ("zh/funds#2", "listed", "listed", "0.33"),
        ("zh/funds#9", "listed", "listed", "0.50"),  # judged by no gold
        ("zh/funds#1", "“该基金” stands for listed", "listed", "0.75"),
        ("zh/funds#1", "carried on from “某署”", "listed", "0.50"),
    ],
)
def test_lowest_of_three(rule: str, subject: str, other: str, sure: str) -> None:
    """Evidence is as sure as the least sure of its rule, its subject and its object, by Laplace's rule."""
    assert confidence.of_evidence(evidence(rule, subject, other)) == Decimal(sure)


@pytest.mark.usefixtures("small_table")
def test_surest_evidence() -> None:
    """A statement is as sure as the surest sentence that says it; an observation as its one sentence."""
    pieces = (evidence("zh/funds#2", "listed", "listed"), evidence("zh/funds#1", "listed", "listed"))
    assert confidence.of(Statement("a", "funds", "b", evidence=pieces)) == Decimal("0.75")
    number = Observation("a", "村", Decimal(3), "NUM", "exactly", Period(), "", "三", evidence("zh/funds#1", "quoted title", ""))
    assert confidence.of(number) == Decimal("0.70")


@pytest.mark.parametrize(
    ("how", "way"),
    [
        ("listed: 某署", "listed"),
        ("short form defined in 3: 某署", "short for"),
        ("“该署” stands for 某署", "stands for"),
        ("carried on from ““灯塔”方案”", "carried on"),
        ("shape: …协会", "shape"),
        ("title in 《》", "shape"),
    ],
)
def test_ways(how: str, way: str) -> None:
    """How a name was known is one of a few ways; what tells none of them was its shape."""
    assert confidence.way(how) == way


def test_shipped_table_is_as_measured(seed_built: Built) -> None:
    """kg/lang/zh/confidence.yaml is what the gold standards give today; if not: python tests/measure_confidence.py."""
    assert measure_confidence.TABLE.read_text(encoding="utf-8") == measure_confidence.table(seed_built)


def test_every_way_was_judged(seed_built: Built) -> None:
    """Each way of knowing a name that facts of the seed report have stands in the table, so that no way is misspelt."""
    hows = {how for s in seed_built.extraction.statements for e in s.evidence for how in (e.subject_how, e.object_how) if how}
    assert len(hows) > 10
    assert {confidence.way(how) for how in hows} <= set(confidence.load("zh").ways)
