"""A quantity found in a text, and the text with its quantities and times masked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from kg.finders.quantity_table import NUMBER, TIME
from kg.model import Mention


class Quantity(NamedTuple):
    """A number with its unit at `text[start:end]`. unit: "NUM", "PERCENT", "MULTIPLE", "CCY_USD", "YR", … ; value: exact.

    comparator as in kg.model.Observation; counted: the words for what is counted, or ""; rule: the row of the table that found it.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: str
    counted: str
    text: str
    rule: str

    @property
    def mention(self) -> Mention:
        """Itself as a mention of kind "Quantity" or "Money", its term "value unit"."""
        return Mention(
            self.start, self.end, "Money" if self.unit.startswith("CCY_") else "Quantity", f"{self.value} {self.unit}", self.rule, self.text
        )


def masked(text: str, times: Iterable[Mention], quantities: Iterable[Quantity]) -> str:
    """The text with each character of a time and of a quantity replaced by its mark (TIME, NUMBER); offsets stay."""
    marks = list(text)
    for mark, spans in ((TIME, times), (NUMBER, quantities)):
        for span in spans:
            marks[span.start : span.end] = mark * (span.end - span.start)
    return "".join(marks)
