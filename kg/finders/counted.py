"""The words for what a number counts or measures: the noun behind it, or what its clause says before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kg.finders.quantity import Quantity
from kg.finders.quantity_table import NUMBER, QuantityTable

_READ = 40  # characters before or after a number in which the words stand
_BEFORE = 200  # characters before a number in which its sentence names what it measures


def counted(marked: str, text: str, one: Quantity, known: Sequence[Quantity], table: QuantityTable) -> str:
    """The words for what a quantity counts. marked: the text with times and quantities masked; known: the quantities before it."""
    side = next((row.counted for row in table.rows if row.name == one.rule), "of")
    unit = _unit(text, one, table)
    near = takewhile(lambda other: not _parted(text, other.end, one.start, table), reversed(known))
    if side == "after":
        alike = (other.counted for other in near if _unit(text, other, table) == unit)
        noun = _noun_after(marked, text, one.end, table)
        return noun or next(alike, "") or _head_before(marked, one.start, table, across=True) or unit
    head = _head_before(marked, one.start, table)
    if side == "unit":
        return head if table.head.measures.search(head) else unit
    of = table.noun.of.match(text, one.end)
    noun = "" if side == "before" and of else _noun_after(marked, text, one.end, table)
    if head and not (side == "of" and of and noun and not table.head.measures.search(head)):
        return head
    said = table.head.topic.finditer(marked, max(0, one.start - _BEFORE), one.start)
    topics = [match for match in said if not _parted(text, match.end(), one.start, table)]
    return noun or next((other.counted for other in near if other.counted), "") or (topics[-1]["topic"] if topics else unit)


def _parted(text: str, first: int, second: int, table: QuantityTable) -> bool:
    """Whether two places stand in two sentences, or far apart."""
    return second - first > _BEFORE or table.head.sentence.search(text, first, second) is not None


def _unit(text: str, one: Quantity, table: QuantityTable) -> str:
    """The words after the number inside a quantity."""
    run = table.numerals.run.match(text, one.start, one.end)
    return text[run.end() if run else one.start : one.end]


def _noun_after(marked: str, text: str, start: int, table: QuantityTable) -> str:
    """The noun phrase at a place; a clause before it ("… founded by women") is left out."""
    noun = table.noun
    for _, words in table.comparators_after:
        if match := words.match(text, start):
            start = match.end()
            break
    phrase = marked[start : start + _READ]
    if stop := noun.stop.search(phrase):
        phrase = phrase[: stop.start()]
    for part in (phrase, phrase[of.end() :] if (of := noun.of.search(phrase)) else ""):
        end = noun.end.search(part)
        if kept := noun.trim.sub("", noun.skip.sub("", part[: end.start()] if end else part)[: noun.most]):
            return kept
    return ""


def _head_before(marked: str, end: int, table: QuantityTable, *, across: bool = False) -> str:
    """The noun phrase that ends before a place, words between it and the number left out; the noun of another number is none.

    across: when its clause has none, that of the clause before.
    """
    head = table.head
    first = max(0, end - _READ)
    while True:
        while trail := head.trail.search(marked, first, end):
            end = trail.start()
        starts = list(head.start.finditer(marked, first, end))
        begin = starts[-1].end() if starts else first
        if begin < end and starts and marked[begin - 1] == NUMBER:
            end = begin
        elif begin == end and starts and across:
            end, across = starts[-1].start(), False
        else:
            return marked[begin:end][-head.most :]
