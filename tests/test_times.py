"""Times: what a text says of when, as periods with offsets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.errors import LanguageError
from kg.finders.times import find_times, load_times, period_of, read_times
from kg.model import Period

CASES = yaml.safe_load((Path(__file__).parent / "quantities" / "times.yaml").read_text(encoding="utf-8"))
TABLE = Path(__file__).parents[1] / "kg" / "lang" / "zh" / "times.yaml"


def marked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with each span in ⟦⟧."""
    for start, end in reversed(spans):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case: dict[str, object]) -> None:
    """The times of a text are those of the table, at the marked places."""
    given = str(case["text"])
    text = given.replace("⟦", "").replace("⟧", "")
    found = find_times(text, load_times("zh"))
    assert marked(text, [(one.start, one.end) for one in found]) == given
    assert [one.term for one in found] == case["gives"]
    assert all(one.text == text[one.start : one.end] and one.kind == "Time" for one in found)


def test_period_of_a_mention() -> None:
    """A time's term reads back as a period, open sides too."""
    since, until = find_times("自2009年以来，截至2011年12月", load_times("zh"))
    assert (period_of(since), period_of(until)) == (Period("2009-01-01", ""), Period("", "2011-12-31"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("ten: 十", "tenth: 十", "tenth"),
        ("[7, 12]", "[7]", "months.下半年"),
        ("open: before", "open: after", "did you mean|choices"),
        ("{dash}{to}", "{dsah}{to}", "did you mean dash"),
        ("(?P<p>第", "(?P<p第", "not a regular expression"),
    ],
)
def test_fault_in_the_table(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """A fault in a table of times is a LanguageError that names the file and the key."""
    path = tmp_path / "times.yaml"
    good = TABLE.read_text(encoding="utf-8")
    assert old in good
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LanguageError, match=fault) as error:
        read_times(path)
    assert str(path) in str(error.value)
