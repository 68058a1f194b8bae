"""What `kg/lang/<code>/quantities.yaml` says: numerals, units, comparators, and where the words for what is counted stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kg.needs import Needs, needs
from kg.resources import language_folder
from kg.yaml_table import Table, open_table

COMPARATORS = ("exactly", "about", "moreThan", "atLeast", "lessThan", "atMost")
COUNTED = ("after", "before", "of", "unit")
# Private characters that stand, one for each character, for a time and for a number with its unit.
TIME, NUMBER = "\ue000", "\ue001"
_RUN = "{1,99}"  # so many of them in a row, and no more, or a long run would be read again from each of its characters

Pattern = re.Pattern[str]
Patterns = tuple[tuple[str, Pattern], ...]


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are written. token: one piece of a number; more: words for "a little more"; point: the decimal point in words."""

    digits: Mapping[str, int]
    powers: Mapping[str, int]
    more: tuple[str, ...]
    point: str
    run: Pattern
    token: Pattern
    fraction: Pattern


@dataclass(frozen=True, slots=True)
class Fixed:
    """Words that have a value of their own, such as "half"."""

    pattern: Pattern
    value: Decimal
    unit: str
    comparator: str


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of quantity. after, before: unit and what stands there; alone: lone articles do not count; factor: the unit's worth.

    behind: what stands after the number, of whatever unit; a number is read against all rows, of which most have many units.
    """

    name: str
    counted: str
    after: Patterns
    before: Patterns
    behind: Pattern
    number: Pattern
    alone: bool
    factor: int


@dataclass(frozen=True, slots=True)
class Noun:
    """How the words for what is counted are read after a number: up to stop or end, else behind `of`; skip and trim are dropped from it."""

    stop: Pattern
    end: Pattern
    of: Pattern
    skip: Pattern
    trim: Pattern
    most: int


@dataclass(frozen=True, slots=True)
class Head:
    """How they are read back from a number: without trail at their end, from the last start on; measures says that they measure.

    topic: the subject of a sentence up to its verb; sentence: where one ends.
    """

    trail: Pattern
    start: Pattern
    measures: Pattern
    topic: Pattern
    sentence: Pattern
    most: int


@dataclass(frozen=True, slots=True)
class Context:
    """How numbers stand in their sentence: compared, as a goal, with their own time; and which names are subject or place."""

    comparisons: Patterns
    goal: Pattern
    than: Pattern
    own_time: Pattern
    not_subject: Pattern
    where: Pattern
    leads: Pattern
    points_back: Pattern
    same_time: Pattern


@dataclass(frozen=True, slots=True)
class QuantityTable:
    """A language's quantities. comparators, comparators_after: name and words, the first that fits counts.

    hidden: what is no quantity, each with what it needs (kg.needs).
    """

    language: str
    numerals: Numerals
    alone: tuple[str, ...]
    dash: Pattern
    fixed: tuple[Fixed, ...]
    hidden: tuple[tuple[Pattern, Needs], ...]
    comparators: Patterns
    comparators_after: Patterns
    rows: tuple[Row, ...]
    noun: Noun
    head: Head
    context: Context


_KEYS = (
    "numerals", "powers", "more", "point", "fraction", "alone", "dash", "fixed", "not", "comparators", "between", "comparators_after",
    "rows", "noun", "head", "words", "comparisons", "goal", "than", "own_time", "not_subject", "where", "leads", "points_back", "same_time",
)  # fmt: skip


@cache
def load_quantities(language: str) -> QuantityTable:
    """The quantities of a language ("zh"); a LanguageError names the file and the key of a fault."""
    return read_quantities(language_folder(language) / "quantities.yaml", language)


def read_quantities(path: Path, language: str) -> QuantityTable:
    """The quantities that a file describes; a LanguageError names the key of a fault."""
    file = open_table(path).only(*_KEYS)
    chars = f"[0-9.,{''.join(file.table('numerals').values)}{''.join(file.table('powers').values)}]"
    digits = f"(?:(?<!{chars}){chars}+)"  # from its beginning only, or a long run of digits would be read once for each of them
    pieces = {"digits": digits, "time": f"{TIME}{_RUN}", "number": f"{NUMBER}{_RUN}", "marks": TIME + NUMBER}
    for name, piece in file.table("words").texts().items():
        pieces[name] = f"(?:{file.table('words').compiled(name, piece, pieces).pattern})"
    between = file.text("between")
    return QuantityTable(
        language=language,
        numerals=_numerals(file),
        alone=file.words("alone"),
        dash=file.pattern("dash", pieces),
        fixed=tuple(_fixed(row) for row in file.tables("fixed")),
        hidden=tuple((rule, needs(rule.pattern)) for text in file.words("not") for rule in [file.compiled("not", text, pieces)]),
        comparators=_compared(file, "comparators", f"(?:{{}})(?:{between}){{{{0,2}}}}$"),
        comparators_after=_compared(file, "comparators_after", "{}"),
        rows=tuple(_row(row) for row in file.tables("rows")),
        noun=_noun(file.table("noun").only("stop", "end", "of", "skip", "trim", "most"), pieces),
        head=_head(file.table("head").only("trail", "start", "measures", "topic", "sentence", "most"), pieces),
        context=_context(file, pieces),
    )


def _numerals(file: Table) -> Numerals:
    digits, powers, more = file.table("numerals").numbers(), file.table("powers").numbers(), file.words("more")
    point, fraction = file.text("point"), file.text("fraction")
    ten = min(powers, key=lambda word: powers[word])
    every = "".join([*digits, *powers, *more, point])
    lead = "".join(word for word, value in digits.items() if value) + ten
    words = "".join([*digits, *powers])
    return Numerals(
        digits,
        powers,
        more,
        point,
        run=re.compile(f"[0-9{lead}][0-9.,{every}]*"),
        token=re.compile(rf"[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|[{every}]"),
        fraction=re.compile(f"(?<![{words}])(?P<under>[{words}]+){re.escape(fraction)}(?P<over>[0-9.{words}{point}]+)"),
    )


def _fixed(row: Table) -> Fixed:
    value = row.values.get("value")
    if not isinstance(value, int):
        row.fail("value", "expected a whole number")
    comparator = row.text("comparator", ("", *COMPARATORS)) or "exactly"
    return Fixed(row.pattern("pattern", {}), Decimal(value), row.text("unit"), comparator)


def _compared(file: Table, key: str, form: str) -> Patterns:
    table = file.table(key)
    for name in table.values:
        if name not in COMPARATORS:
            table.fail(name, f"unknown comparator; choices: {', '.join(COMPARATORS)}")
    return tuple((name, table.compiled(name, form.format(words), {})) for name, words in table.texts().items())


def _row(row: Table) -> Row:
    def units(key: str) -> Patterns:
        table = row.table(key) if key in row.values else Table(row.path, row.key, {})
        return tuple((unit, table.pattern(unit, {})) for unit in table.values)

    factor = row.values.get("factor", 1)
    if not isinstance(factor, int):
        row.fail("factor", "expected a whole number")
    if not units("after") and not units("before"):
        row.fail("after", "a row needs units, after or before the number")
    return Row(
        name=row.text("name"),
        counted=row.text("counted", COUNTED),
        after=units("after"),
        before=units("before"),
        behind=re.compile("|".join(words.pattern for _, words in units("after"))),
        number=row.pattern("number", {}),
        alone=row.values.get("alone") is True,
        factor=factor,
    )


def _noun(table: Table, pieces: Mapping[str, str]) -> Noun:
    stop, end, of, skip, trim = (table.pattern(key, pieces) for key in ("stop", "end", "of", "skip", "trim"))
    return Noun(stop, end, of, skip, trim, _most(table))


def _head(table: Table, pieces: Mapping[str, str]) -> Head:
    trail, start, measures, topic, sentence = (table.pattern(key, pieces) for key in ("trail", "start", "measures", "topic", "sentence"))
    return Head(trail, start, measures, topic, sentence, _most(table))


def _most(table: Table) -> int:
    most = table.values.get("most")
    if not isinstance(most, int):
        table.fail("most", "expected a whole number of characters")
    return most


def _context(file: Table, pieces: Mapping[str, str]) -> Context:
    goal, than, own_time, not_subject, where, leads, points_back, same_time = (
        file.pattern(key, pieces) for key in ("goal", "than", "own_time", "not_subject", "where", "leads", "points_back", "same_time")
    )
    comparisons = tuple((row.text("name"), row.pattern("pattern", pieces)) for row in file.tables("comparisons"))
    return Context(comparisons, goal, than, own_time, not_subject, where, leads, points_back, same_time)
