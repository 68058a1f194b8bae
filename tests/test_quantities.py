"""Quantities: numbers with unit, comparator and what is counted, with offsets."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LanguageError
from kg.finders.numerals import parse_number
from kg.finders.quantities import find_quantities, load_quantities, read_numbers
from kg.finders.quantity_table import read_quantities
from kg.finders.times import find_times, load_times
from kg.model import Mention

CASES = yaml.safe_load((Path(__file__).parent / "quantities" / "quantities.yaml").read_text(encoding="utf-8"))
TABLE = Path(__file__).parents[1] / "kg" / "lang" / "zh" / "quantities.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case: dict[str, object]) -> None:
    """The quantities of a text are those of the table, at the marked places."""
    marked = str(case["text"])
    text = marked.replace("⟦", "").replace("⟧", "")
    found = find_quantities(read_numbers(text, load_quantities("zh")), find_times(text, load_times("zh")))
    shown = text
    for one in reversed(found):
        shown = f"{shown[: one.start]}⟦{shown[one.start : one.end]}⟧{shown[one.end :]}"
    assert shown == marked
    assert [f"{one.value} {one.unit} {one.comparator} {one.counted}" for one in found] == case["gives"]


def test_every_row_is_shown_by_a_case() -> None:
    """No row of the table is without a case that it alone explains."""
    table = load_quantities("zh")
    texts = [str(case["text"]).replace("⟦", "").replace("⟧", "") for case in CASES]
    used = {one.rule for text in texts for one in find_quantities(read_numbers(text, table), find_times(text, load_times("zh")))}
    assert used == {row.name for row in table.rows} | {"fixed", "fraction"}


def test_numbers_in_names_do_not_count() -> None:
    """A number inside a name that was found is no quantity."""
    text = "“四个城市”方案覆盖五个国家"
    name = Mention(0, 8, "Programme", "x:p", "list", text[:8])
    found = find_quantities(read_numbers(text, load_quantities("zh")), [name])
    assert [one.text for one in found] == ["五个"]


def test_mention_of_a_quantity() -> None:
    """A quantity is a mention of kind Quantity at its own place."""
    (one,) = find_quantities(read_numbers("共有117个会员国。", load_quantities("zh")))
    assert one.mention == Mention(2, 6, "Quantity", "117 NUM", "count", "117个")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", "10"),
        ("十二", "12"),
        ("一百零五", "105"),
        ("三千五百万", "35000000"),
        ("1.5万", "15000"),
        ("三万亿", "3000000000000"),
        ("三点五", "3.5"),
        ("12,659,893", "12659893"),
        ("120多万", "1200000"),
    ],
)
def test_number(written: str, value: str) -> None:
    """A number in figures, numerals or both has its exact value."""
    read = parse_number(written, load_quantities("zh").numerals)
    assert read is not None
    assert read[0] == Decimal(value)


@pytest.mark.parametrize("written", ["三四", "二〇一二", "15多", "5,10", "多", "1.2.3", "三点", "点五", ""])
def test_no_number(written: str) -> None:
    """A run of digits that says no one number has no value."""
    assert parse_number(written, load_quantities("zh").numerals) is None


@given(st.integers(min_value=1, max_value=99_999))
def test_numerals_and_figures_agree(number: int) -> None:
    """A whole number written in numerals has the value of its figures."""
    places = ["", "十", "百", "千", "万"]
    written, gap = "", False
    for place in range(4, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + places[place]
        gap = not digit
    assert parse_number(written, load_quantities("zh").numerals) == (Decimal(number), False)


@given(st.text(alphabet="0123456789,.一二三十百千万亿多余半个名年月%成倍元美第(从至约超过的 ，。ab/", max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Quantities of any text lie in it in order, apart, and with their words as printed."""
    found = find_quantities(read_numbers(text, load_quantities("zh")), find_times(text, load_times("zh")))
    assert all(one.text == text[one.start : one.end] for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("point: 点", "pont: 点", "pont"),
        ("counted: after", "counted: behind", "behind"),
        ("moreThan: ", "more: ", "comparator"),
        ("most: 20", "most: many", "whole number"),
        ("{changes}|从", "{chnges}|从", "did you mean changes"),
        ("dash: ", "dash: [1]\nx: ", "dash|x"),
    ],
)
def test_fault_in_the_table(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """A fault in a table of quantities is a LanguageError that names the file and the key."""
    path = tmp_path / "quantities.yaml"
    good = TABLE.read_text(encoding="utf-8")
    assert old in good
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LanguageError, match=fault) as error:
        read_quantities(path, "zh")
    assert str(path) in str(error.value)
