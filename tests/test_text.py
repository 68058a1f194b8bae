"""Text that knows where each of its characters stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import Mapped, agrees, plain

TEXTS = st.text(alphabet="甲乙。“”aB12 \n\t\r\u3000\u200b\x02-/.", max_size=40)


@pytest.mark.parametrize(
    ("printed", "flat"),
    [
        ("2011 年有 7 个", "2011年有7个"),
        ("1 600 多家", "1600多家"),
        ("12 659 893 美元", "12659893美元"),
        ("4\n300 万", "4300万"),
        ("2011 117 号", "2011 117号"),
        ("64/289 100", "64/289 100"),
        ("2.5 100", "2.5 100"),
        ("12 34", "12 34"),
        ("1 2345", "1 2345"),
        ("5 000、6 000", "5000、6000"),
        ("United  Nations", "United Nations"),
        ("United\nNations", "United Nations"),
        ("2011-\n2012 年", "2011-2012年"),
        ("A/\n67/1", "A/67/1"),
        ("从 “AA” 提升", "从“AA”提升"),
        ("the “big” one", "the “big” one"),
        ("(a) 方案；\n(b) 管理", "(a)方案；(b)管理"),
        (" \n甲 \t\u3000乙\n ", "甲乙"),
        ("甲\u200b乙 a\u00adb", "甲乙ab"),
        ("a \x02\n b", "a b"),
        ("", ""),
    ],
)
def test_flat(printed: str, flat: str) -> None:
    """A text on one line has no blank beside a CJK character or in a number, and one between words."""
    assert Mapped.of(printed).flat().text == flat


def test_parts_keep_their_places() -> None:
    """A slice, a sum and a text with a piece cut out keep the places of their characters."""
    source = "零一二三四五六七"
    text = Mapped.of(source, 2, 7)
    assert (text.text, text.offsets) == ("二三四五六", (2, 3, 4, 5, 6))
    assert text[1:3] == Mapped("三四", (3, 4))
    assert Mapped.of(source, 0, 1) + Mapped.of(source, 7) == Mapped("零七", (0, 7))
    assert text.without([(0, 1), (2, 4)]) == Mapped("三六", (3, 6))
    assert len(text) == 5


def test_a_character_without_a_place_is_refused() -> None:
    """A text whose characters and places differ in number cannot be made."""
    with pytest.raises(ValueError, match="2 characters but 1 places"):
        Mapped("ab", (0,))


@given(TEXTS)
def test_flat_maps_back(source: str) -> None:
    """Each character of a flat text stands at its place in the source, places rise, and no visible character is lost."""
    flat = Mapped.of(source).flat()
    assert agrees(flat.text, flat.offsets, source)
    assert all(a < b for a, b in zip(flat.offsets, flat.offsets[1:], strict=False))
    visible = [char for char in source if not char.isspace() and char not in "\u200b\x02"]
    assert [char for char in flat.text if char != " "] == visible


@given(TEXTS)
def test_flat_twice_is_flat(source: str) -> None:
    """Making a flat text flat again changes nothing."""
    flat = Mapped.of(source).flat()
    assert Mapped.of(flat.text).flat().text == flat.text


@pytest.mark.parametrize(("text", "offsets", "fits"), [("ab", (0, 3), True), ("a ", (0, 1), True), ("ab", (0, 2), False), ("a", (), False)])
def test_agrees(text: str, offsets: tuple[int, ...], fits: bool) -> None:  # noqa: FBT001  a column of the table above
    """A text agrees with a source only where each character stands, and a blank may stand for a line break."""
    assert agrees(text, offsets, "a\ncb") is fits


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("该署与伙伴合作,并支持两国;见第2条:共1,600人", "该署与伙伴合作，并支持两国；见第2条：共1,600人"),
        ("共１２％（约三成）", "共12%(约三成)"),
        ("UN Women, UNDP: yes", "UN Women, UNDP: yes"),
        ("网址http://a.b,另见", "网址http://a.b，另见"),
    ],
)
def test_plain(printed: str, read: str) -> None:
    """Marks of a Chinese sentence are full-width, digits and brackets half-width, each in its place; Latin text stays."""
    assert plain(printed) == read
    assert len(printed) == len(read)
