"""The forms an answer can be printed in."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.errors import UnknownNameError
from kg.queries import Answer
from kg.tables import FORMATS, render

ANSWER = Answer(("name", "number", "quote"), (("卢旺达", "5", "a | b"), ("Peru", "-12.5", "=1+1"), ("", "", "two\nlines")))


def test_text_is_aligned_by_width() -> None:
    """A Chinese character takes two columns of the terminal, numbers stand to the right, and each row is one line."""
    assert render(ANSWER, "text") == (
        "name    number  quote\n"
        "------  ------  ---------\n"
        "卢旺达       5  a | b\n"
        "Peru     -12.5  =1+1\n"
        "                two lines\n"
    )  # fmt: skip


def test_csv_is_safe_in_a_spreadsheet() -> None:
    """A cell that would be a formula is guarded; numbers and line breaks come back as they were."""
    rows = list(csv.reader(io.StringIO(render(ANSWER, "csv"))))
    assert rows == [["name", "number", "quote"], ["卢旺达", "5", "a | b"], ["Peru", "-12.5", "'=1+1"], ["", "", "two\nlines"]]
    dangerous = Answer(("x",), tuple((cell,) for cell in ("+a", "-b", "@c", "\td", "e\rf", "plain")))
    assert render(dangerous, "csv") == "x\n'+a\n'-b\n'@c\n'\td\ne f\nplain\n"


def test_json_is_a_list_of_objects() -> None:
    """Each row is an object by column, in the order of the answer."""
    assert json.loads(render(ANSWER, "json")) == [dict(zip(ANSWER.columns, row, strict=True)) for row in ANSWER.rows]


def test_markdown_cells_cannot_break_the_table() -> None:
    """What Markdown or HTML would read as a mark is escaped; number columns are set to the right."""
    answer = Answer(("a", "n"), (("x|y <b> *", "1"),))
    assert render(answer, "md") == "| a | n |\n| --- | ---: |\n| x\\|y \\<b> \\* | 1 |\n"


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_empty_answers(form: str) -> None:
    """An answer without rows is still a table, and ends its line."""
    text = render(Answer(("a", "b"), ()), form)
    assert text.endswith("\n")
    assert ("a" in text) != (form == "json")


def test_unknown_format() -> None:
    """A form that is not there is answered with the nearest."""
    with pytest.raises(UnknownNameError, match="no format 'jsno'; did you mean json"):
        render(ANSWER, "jsno")
