"""How many: finds the numbers that count or measure, with unit, comparator and what is counted, by `kg/lang/<code>/quantities.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kg.finders.counted import counted
from kg.finders.numerals import parse_number
from kg.finders.quantity import Quantity, masked
from kg.finders.quantity_table import QuantityTable, Row, load_quantities
from kg.model import Mention
from kg.needs import may_match
from kg.text import plain

__all__ = ["Numbers", "Quantity", "find_quantities", "load_quantities", "read_numbers"]

_WINDOW = 12  # characters before a number in which its comparator or sign stands
_LONGEST = 40  # characters of a number
_PERCENT = 100
_HUNDREDTH = Decimal("0.01")


class _Number(NamedTuple):
    """A number as written at `text[start:end]`; more: with a word for "a little more"."""

    start: int
    end: int
    value: Decimal
    more: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that a text says in numbers, read once, before it is known which of them stand in names or times.

    plain: the text in half-width characters; words: numbers in words of their own; figures: each a quantity, or a range of two.
    """

    plain: str = field(repr=False)
    words: tuple[Quantity, ...]
    figures: tuple[tuple[Quantity, ...], ...]
    table: QuantityTable = field(repr=False)

    def outside(self, taken: Iterable[Mention]) -> tuple[Quantity, ...]:
        """The quantities outside the `taken` mentions (times, names) in text order; what they count is not yet read."""
        closed = bytearray(len(self.plain))
        for mention in taken:
            _close(closed, mention.start, mention.end)
        found = []
        for one in sorted(self.words, key=lambda word: (word.start, -word.end)):
            if not closed[one.start]:
                found.append(one)
                _close(closed, one.start, one.end)
        reached = 0
        for figures in self.figures:
            if figures[0].start >= reached and not closed[figures[0].start]:
                found += figures
                reached = figures[-1].end
        apart: list[Quantity] = []
        for one in sorted(found):  # a word may begin with the last numeral of figures; what begins first counts
            if not apart or one.start >= apart[-1].end:
                apart.append(one)
        return tuple(apart)


def read_numbers(text: str, table: QuantityTable) -> Numbers:
    """The numbers of a text that count or measure; those in what the table calls no quantity are left out."""
    read = plain(text)
    hidden = bytearray(len(read))
    chars = frozenset(read)
    for rule, needed in table.hidden:
        for match in rule.finditer(read) if may_match(needed, chars) else ():
            _close(hidden, *match.span())
    words = tuple(one._replace(text=text[one.start : one.end]) for one in _in_words(read, table) if not hidden[one.start])
    figures = tuple(tuple(one._replace(text=text[one.start : one.end]) for one in several) for several in _in_figures(read, hidden, table))
    return Numbers(read, words, figures, table)


def find_quantities(numbers: Numbers, taken: Sequence[Mention] = ()) -> tuple[Quantity, ...]:
    """The quantities outside the `taken` mentions (times, names) in text order, with what they count."""
    found = numbers.outside(taken)
    marked = masked(numbers.plain, [one for one in taken if one.kind == "Time"], found)
    known: list[Quantity] = []
    for one in found:
        known.append(one._replace(counted=counted(marked, numbers.plain, one, known, numbers.table)))
    return tuple(known)


def _close(places: bytearray, start: int, end: int) -> None:
    """Let nothing else begin from start to end."""
    places[start:end] = b"\x01" * (end - start)


def _in_words(text: str, table: QuantityTable) -> Iterator[Quantity]:
    """Words with a value of their own, and fractions as per cent."""
    for fixed in table.fixed:
        for match in fixed.pattern.finditer(text):
            number = _Number(*match.span(), fixed.value, more=False)
            comparator = _comparator(text, number, match.end(), table)
            comparator = fixed.comparator if comparator == "exactly" else comparator
            yield _quantity(number, match.end(), fixed.unit, comparator, "fixed")
    for match in table.numerals.fraction.finditer(text):
        over, under = (parse_number(match[name], table.numerals) for name in ("over", "under"))
        whole = Decimal(table.numerals.powers.get(match["under"], 0)) or (under[0] if under else Decimal(0))
        if over and whole:
            share = over[0] * _PERCENT / whole
            shown = share if share == share.quantize(_HUNDREDTH) else share.quantize(_HUNDREDTH)
            number = _Number(*match.span(), shown, over[1])
            comparator = _comparator(text, number, match.end(), table)
            comparator = "about" if comparator == "exactly" and shown != share else comparator
            yield _quantity(number, match.end(), "PERCENT", comparator, "fraction")


def _in_figures(text: str, hidden: bytearray, table: QuantityTable) -> Iterator[list[Quantity]]:
    """Numbers before (or behind) a unit; the first of a range has the unit of the second."""
    for match in table.numerals.run.finditer(text):
        number = None if hidden[match.start()] else _number(match, table)
        if number is None:
            continue
        numbers = [number]
        fit = _fit(text, number, table)
        if fit is None and (dash := table.dash.match(text, number.end)) and (other := table.numerals.run.match(text, dash.end())):
            second = _number(other, table)
            fit = _fit(text, second, table) if second else None
            if second and fit:
                numbers = [_shared_power(text, number, second, table), second]
        if fit is None:
            continue
        row, unit, end = fit
        comparators = [_comparator(text, one, end, table) for one in numbers]
        stops = [*(one.end for one in numbers[:-1]), end]
        yield [
            _quantity(one._replace(value=one.value * row.factor), stop, unit, comparator, row.name)
            for one, stop, comparator in zip(numbers, stops, comparators, strict=True)
        ]


def _quantity(number: _Number, end: int, unit: str, comparator: str, rule: str) -> Quantity:
    """A quantity whose words, and those for what is counted, are not yet read."""
    value = number.value.to_integral_value() if number.value == number.value.to_integral_value() else number.value.normalize()
    return Quantity(number.start, end, value, unit, comparator, "", "", rule)


def _number(run: re.Match[str], table: QuantityTable) -> _Number | None:
    """The longest number at the beginning of a run of characters that may stand in one."""
    numerals = table.numerals
    bare = run[0].rstrip(".," + numerals.point + "".join(numerals.more))
    for text in (run[0][: len(bare) + 1], bare):
        if len(bare) <= _LONGEST and (read := parse_number(text, numerals)):
            return _Number(run.start(), run.start() + len(text), *read)
    return None


def _shared_power(text: str, first: _Number, second: _Number, table: QuantityTable) -> _Number:
    """The first number of a range; "2 to 3 million" are two million to three."""
    powers = table.numerals.powers
    bare = text[second.start : second.end].rstrip("".join(powers))
    factor = (
        second.value / coefficient if bare and (read := parse_number(bare, table.numerals)) and (coefficient := read[0]) else Decimal(1)
    )
    lone = text[first.end - 1] not in powers and first.value < second.value / factor
    return first._replace(value=first.value * factor) if lone else first


def _fit(text: str, number: _Number, table: QuantityTable) -> tuple[Row, str, int] | None:
    """The first row whose words stand around a number, its unit, and where its words end."""
    written = text[number.start : number.end]
    left = text[max(0, number.start - _WINDOW) : number.start]
    for row in table.rows:
        if (row.alone and written in table.alone) or not row.behind.match(text, number.end) or not row.number.search(written):
            continue
        before = next((unit for unit, words in row.before if words.search(left)), "")
        if row.before and not before:
            continue
        after = next(((unit, match.end()) for unit, words in row.after if (match := words.match(text, number.end))), None)
        if row.after and after is None:
            continue
        return row, before or (after[0] if after else ""), after[1] if after else number.end
    return None


def _comparator(text: str, number: _Number, end: int, table: QuantityTable) -> str:
    """How the number relates to the value: by the words before it, those in it, or those at `end`, after its unit."""
    left = text[max(0, number.start - _WINDOW) : number.start]
    for name, words in table.comparators:
        if words.search(left):
            return name
    if number.more:
        return "moreThan"
    return next((name for name, words in table.comparators_after if words.match(text, end)), "exactly")
