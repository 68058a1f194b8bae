"""How many: finds the numbers that count or measure, with unit, comparator and what is counted, by `kg/lang/<code>/quantities.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from kg.finders.counted import counted
from kg.finders.numerals import parse_number
from kg.finders.quantity import Quantity, masked
from kg.finders.quantity_table import QuantityTable, Row, load_quantities
from kg.model import Mention
from kg.text import half_width

__all__ = ["Quantity", "find_quantities", "load_quantities"]

_WINDOW = 12  # characters before a number in which its comparator or sign stands
_LONGEST = 40  # characters of a number
_PERCENT = 100
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written at `text[start:end]`; more: with a word for "a little more"."""

    start: int
    end: int
    value: Decimal
    more: bool


def find_quantities(text: str, table: QuantityTable, taken: Iterable[Mention] = ()) -> tuple[Quantity, ...]:
    """The quantities of a text in order; numbers inside `taken` mentions (times, names) are none."""
    plain = half_width(text)
    mentions = [mention for mention in taken if mention.start < mention.end]
    closed = bytearray(len(plain))
    for start, end in [(one.start, one.end) for one in mentions] + [
        match.span() for rule in table.hidden for match in rule.finditer(plain)
    ]:
        closed[start:end] = b"\x01" * (end - start)
    found = sorted(chain(_in_words(plain, closed, table), _in_numbers(plain, closed, table)))
    marked = masked(plain, [one for one in mentions if one.kind == "Time"], found)
    known: list[Quantity] = []
    for one in found:
        known.append(replace(one, counted=counted(marked, plain, one, known, table), text=text[one.start : one.end]))
    return tuple(known)


def _in_words(text: str, closed: bytearray, table: QuantityTable) -> Iterator[Quantity]:
    """Words with a value of their own, and fractions as per cent; what they cover is closed to plain numbers."""
    for fixed in table.fixed:
        for match in fixed.pattern.finditer(text):
            if not closed[match.start()]:
                number = _Number(*match.span(), fixed.value, more=False)
                comparator = _comparator(text, number, match.end(), table)
                comparator = fixed.comparator if comparator == "exactly" else comparator
                yield _quantity(number, match.end(), fixed.unit, comparator, "fixed")
                closed[match.start() : match.end()] = b"\x01" * len(match[0])
    for match in table.numerals.fraction.finditer(text):
        over, under = (parse_number(match[name], table.numerals) for name in ("over", "under"))
        whole = Decimal(table.numerals.powers.get(match["under"], 0)) or (under[0] if under else Decimal(0))
        if over and whole and not closed[match.start()]:
            share = over[0] * _PERCENT / whole
            shown = share if share == share.quantize(_HUNDREDTH) else share.quantize(_HUNDREDTH)
            number = _Number(*match.span(), shown, over[1])
            comparator = _comparator(text, number, match.end(), table)
            comparator = "about" if comparator == "exactly" and shown != share else comparator
            yield _quantity(number, match.end(), "PERCENT", comparator, "fraction")
            closed[match.start() : match.end()] = b"\x01" * len(match[0])


def _in_numbers(text: str, closed: bytearray, table: QuantityTable) -> Iterator[Quantity]:
    """Numbers before (or behind) a unit; the first of a range has the unit of the second."""
    reached = 0
    for match in table.numerals.run.finditer(text):
        if match.start() < reached or closed[match.start()]:
            continue
        number = _number(match, table)
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
        reached = end
        for one in numbers:
            stop = end if one is numbers[-1] else one.end
            comparator = _comparator(text, one, end, table)
            yield _quantity(replace(one, value=one.value * row.factor), stop, unit, comparator, row.name)


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
    return replace(first, value=first.value * factor) if lone else first


def _fit(text: str, number: _Number, table: QuantityTable) -> tuple[Row, str, int] | None:
    """The first row whose words stand around a number, its unit, and where its words end."""
    written = text[number.start : number.end]
    left = text[max(0, number.start - _WINDOW) : number.start]
    for row in table.rows:
        if (row.alone and written in table.alone) or not row.number.search(written):
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
