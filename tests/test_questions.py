"""docs/questions.md lists every question with an example of its answer, as it is now."""

from __future__ import annotations

import questions

from kg import queries


def test_page_is_fresh() -> None:
    """The page is what tests/questions.py would write: the questions that there are, their parameters and their first rows."""
    assert questions.PAGE.read_text(encoding="utf-8") == questions.page()


def test_every_question_has_an_example_row() -> None:
    """There are at least 26 questions, and each has an answer on the seed report."""
    catalogue = queries.catalogue()
    assert len(catalogue) >= 26
    assert [asked.name for asked in catalogue if not questions.answer(asked).rows] == []
