"""Ten made-up reports of five formats in one store; what is asked of it was answered by hand, from the sentences below, beforehand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path

import made_files
import pytest
from click.testing import CliRunner

from kg.cli import kg

REPORTS: Mapping[str, Sequence[str]] = {
    "r-01.txt": ("1. 绿原妇女儿童发展协会(绿原协会)与开发署合作。", "2. 绿原协会在卢旺达开展活动。"),
    "r-02.pdf": ("1. 绿原协会与儿基会合作。", "2. 绿原协会在肯尼亚开展活动。"),
    "r-03.docx": ("1. 开发署与儿基会合作。", "2. 儿基会在肯尼亚开展活动。"),
    "r-04.html": ("1. 妇女署与开发署合作。", "2. 妇女署支持卢旺达。"),
    "r-05.md": ("1. 绿原协会在卢旺达开展活动。", "2. 开发署与绿原协会合作。"),
    "r-06.txt": ("1. 儿基会发布了《湖区儿童状况》。", "2. 妇女署与儿基会合作。"),
    "r-07.pdf": ("1. 妇女署与儿基会合作。", "2. 儿基会支持卢旺达。"),
    "r-08.docx": ("1. 绿原协会与蓝山妇女协会合作。", "2. 开发署在马里开展活动。"),
    "r-09.html": ("1. 开发署与儿基会合作。", "2. 妇女署在马里开展活动。"),
    "r-10.md": ("1. 开发署发布了《山区手册》。", "2. 开发署支持肯尼亚。"),
}
CHANGED = ("1. 开发署在马里开展活动。", "2. 妇女署与蓝山妇女协会合作。")  # r-03 later on
GONE = "r-01"

Rows = list[tuple[str, ...]]
UN, SOCIETY = "联合国实体", "民间社会组织"
UNDP, UNICEF, WOMEN = "联合国开发计划署", "联合国儿童基金会", "联合国促进性别平等和增强妇女权能署"

# Who works with UNDP, of what kind, in how many paragraphs; which countries, in how many facts and paragraphs; who works with UN Women.
# Bodies that are listed are called by their full names.
BEFORE: Mapping[str, Rows] = {
    "partners": [
        (SOCIETY, "绿原妇女儿童发展协会", "2"),  # r-01 1, r-05 2
        (UN, UNICEF, "2"),  # r-03 1, r-09 1
        (UN, WOMEN, "1"),  # r-04 1
    ],
    "countries": [
        ("卢旺达", "3", "4"),  # the society works in it (r-01 2, r-05 1), supported by UN Women (r-04 2) and by UNICEF (r-07 2)
        ("肯尼亚", "3", "3"),  # the society (r-02 2) and UNICEF (r-03 2) work in it, supported by UNDP (r-10 2)
        ("马里", "2", "2"),  # UNDP (r-08 2) and UN Women (r-09 2) work in it
    ],
    "co-partners": [
        (UN, UNICEF, "2"),  # r-06 2, r-07 1
        (UN, UNDP, "1"),  # r-04 1
    ],
}
AFTER: Mapping[str, Rows] = {
    "partners": [
        (SOCIETY, "绿原协会", "1"),  # r-05 2; nobody spells the name out any more
        (UN, WOMEN, "1"),  # equal ones are in the order of their names' code points
        (UN, UNICEF, "1"),  # r-09 1
    ],
    "countries": [
        ("卢旺达", "3", "3"),  # the society's work stands in r-05 1 alone
        ("马里", "2", "3"),  # UNDP's stands in r-03 1 too
        ("肯尼亚", "2", "2"),  # UNICEF's is gone
    ],
    "co-partners": [
        (SOCIETY, "蓝山妇女协会", "1"),  # r-03 2
        (UN, UNICEF, "2"),
        (UN, UNDP, "1"),
    ],
}
QUESTIONS: Mapping[str, Sequence[str]] = {
    "partners": ("partners", "--subject", "开发署"),
    "countries": ("countries",),
    "co-partners": ("partners", "--subject", "妇女署"),
}


def run(*words: object) -> str:
    """What a command prints."""
    result = CliRunner().invoke(kg, [*map(str, words)])
    assert result.exit_code == 0, result.output
    return result.stdout


def exported(store: Path, to: Path) -> bytes:
    """All that a store says, as N-Quads."""
    run("export", "-f", "nquads", "--graph", store, "-o", to)
    (file,) = to.iterdir()
    return file.read_bytes()


def answered(store: Path) -> dict[str, Rows]:
    """The rows of the three questions."""
    found = {}
    for name, words in QUESTIONS.items():
        _head, *rows = csv.reader(StringIO(run("query", *words, "--graph", store, "--format", "csv")))
        found[name] = [tuple(row) for row in rows]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ten reports, each in its format, and two stores of them."""
    place = tmp_path_factory.mktemp("ten")
    for name, lines in REPORTS.items():
        made_files.write(place, name, made_files.of_lines(Path(name).suffix, lines))
    add(place, "first", REPORTS)
    for name in reversed(tuple(REPORTS)):
        add(place, "second", [name])
    return place


def add(folder: Path, store: str, names: Iterable[str]) -> None:
    """`kg add` these reports of a folder to a store in it."""
    run("add", *(folder / name for name in names), "--store", folder / store)


def test_two_orders_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Ten reports of five formats, added all at once or one by one from the last to the first, are exported as the same bytes."""
    first, second = (exported(folder / name, tmp_path / name) for name in ("first", "second"))
    assert first == second
    assert all(f"/{Path(name).stem}> ".encode() in first for name in REPORTS)


def test_answers_worked_out_by_hand(folder: Path, tmp_path: Path) -> None:
    """The three questions get the rows above; and again when a report is replaced and another removed, whichever comes first."""
    assert answered(folder / "first") == BEFORE
    assert answered(folder / "second") == BEFORE
    made_files.write(folder, "r-03.docx", made_files.of_lines(".docx", CHANGED))
    add(folder, "first", ["r-03.docx"])
    run("remove", GONE, "--store", folder / "first")
    run("remove", GONE, "--store", folder / "second")
    add(folder, "second", ["r-03.docx"])
    assert answered(folder / "first") == AFTER
    assert answered(folder / "second") == AFTER
    assert exported(folder / "first", tmp_path / "one") == exported(folder / "second", tmp_path / "two")
