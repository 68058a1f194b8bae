"""The file of a review: read and checked."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg import limits
from kg.errors import LanguageError, ReportError, did_you_mean
from kg.model import Period
from kg.ontology import Ontology
from kg.resources import load_yaml
from kg.review.entries import Added, Fact, FactDecision, Merge, NumberDecision, Review, Split
from kg.yaml_table import Table

STATUSES = ("done", "ongoing", "planned")
_SUFFIX = ".review.yaml"
_SECTIONS = ("facts", "numbers", "names")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_FACT = ("subject", "relation", "object")
_NUMBER = "expected [about, counted, value]; the value is a number"


def path_of(report: Path) -> Path:
    """Where the review of a report stands, if there is one."""
    return report.with_suffix(_SUFFIX)


def read(report: Path, ontology: Ontology) -> Review:
    """The review beside a report, an empty one when there is none; a ReportError names file, place, fault and choices."""
    path = path_of(report)
    if not os.path.lexists(path):
        return Review()
    try:
        table = _open(path).only(**dict.fromkeys(_SECTIONS))
        names = _rows(table, "names")
        return Review(
            path,
            tuple(_fact_decision(row, ontology) for row in _rows(table, "facts")),
            tuple(_number_decision(row) for row in _rows(table, "numbers")),
            tuple(_added(row, ontology) for row in names if _verb(row, "add", "merge", "split") == "add"),
            tuple(_merge(row) for row in names if "merge" in row.values),
            tuple(_split(row, ontology) for row in names if "split" in row.values),
        )
    except LanguageError as error:  # what a YAML table raises
        raise ReportError(str(error)) from error


def _open(path: Path) -> Table:
    try:
        text = limits.content(path, limits.REVIEW).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path}: cannot be read: {error}; save it as UTF-8"
        raise ReportError(message) from error
    content = load_yaml(path)
    table = Table(path, "", content if isinstance(content, dict) else {})
    if not isinstance(content, dict | None):
        table.fail("file", f"expected a mapping; write {', '.join(f'{name}:' for name in _SECTIONS)} and a list below each")
    _require_words(table, list(table.values))
    # YAML would drop the first of them in silence, which is what a block pasted below another would come to.
    for name, times in Counter(re.findall(r"^(\w+):", text, re.MULTILINE)).items():
        if times > 1:
            table.fail(name, "stands twice in the file; put the two lists below one")
    return table


def _rows(table: Table, key: str) -> tuple[Table, ...]:
    """The entries of a section; a heading with nothing below it has none."""
    rows = () if table.values.get(key) is None else table.tables(key)
    for row in rows:
        _require_words(row, list(row.values))
    return rows


def _require_words(table: Table, keys: Sequence[object]) -> None:
    if odd := [key for key in keys if not isinstance(key, str)]:
        table.fail("" if table.key else "file", f"{odd[0]!r} is no key; the keys are words")


def _verb(row: Table, *verbs: str) -> str:
    """The one verb of an entry."""
    found = [verb for verb in verbs if verb in row.values]
    if len(found) != 1:
        row.fail("", f"says {' and '.join(found) or 'nothing'}; write one of: {', '.join(verbs)}")
    return found[0]


def _fact_decision(row: Table, ontology: Ontology) -> FactDecision:
    row.only(**dict.fromkeys(("reject", "accept", "correct", "paragraph", "why", "to", "status", "period")))
    verb = _verb(row, "reject", "accept", "correct")
    changes = row.values.keys() & {"to", "status", "period"}
    if verb == "correct" and not changes:
        row.fail("correct", "nothing is changed; write to: [subject, relation, object], status: or period:")
    if verb != "correct" and changes:
        row.fail(min(changes), f"is no part of {verb}; write correct: instead")
    to = _fact(row, "to", ontology) if "to" in changes else None
    status = row.text("status", STATUSES) if "status" in changes else ""
    period = _period(row) if "period" in changes else None
    return FactDecision(row.key, verb, _fact(row, verb, ontology), _paragraph(row), row.text("why"), to, status, period)


def _number_decision(row: Table) -> NumberDecision:
    row.only(**dict.fromkeys(("reject", "accept", "paragraph", "why")))
    verb = _verb(row, "reject", "accept")
    match row.values[verb]:
        case [str(about), str(counted), int() | float() | str() as number]:
            try:
                value = Decimal(str(number))
            except (InvalidOperation, ValueError):
                row.fail(verb, _NUMBER)
        case _:
            row.fail(verb, _NUMBER)
    if not value.is_finite():
        row.fail(verb, _NUMBER)
    return NumberDecision(row.key, verb, about, counted, value, _paragraph(row), row.text("why"))


def _added(row: Table, ontology: Ontology) -> Added:
    row.only("add", kind="", of="")
    of = _name(row, "of") if _verb(row, "kind", "of") == "of" else ""
    return Added(row.key, _name(row, "add"), _kind(row, ontology), of)


def _merge(row: Table) -> Merge:
    row.only("merge", "into")
    return Merge(row.key, _name(row, "merge"), _name(row, "into"))


def _split(row: Table, ontology: Ontology) -> Split:
    row.only("split", "paragraphs", "as", kind="")
    numbers = row.values["paragraphs"]
    if not isinstance(numbers, list) or not numbers:
        row.fail("paragraphs", "expected a list of paragraph numbers")
    paragraphs = tuple(_number_of(row, "paragraphs", number) for number in numbers)
    return Split(row.key, _name(row, "split"), paragraphs, _name(row, "as"), _kind(row, ontology))


def _fact(row: Table, key: str, ontology: Ontology) -> Fact:
    value = row.values[key]
    if not isinstance(value, list) or len(value) != len(_FACT) or not all(isinstance(name, str) and name for name in value):
        row.fail(key, f"expected [{', '.join(_FACT)}]; put a name that is a number in quotes")
    subject, relation, other = value
    if relation not in ontology.relations:
        row.fail(key, f"no relation {relation!r}; {did_you_mean(relation, ontology.relations)}")
    return subject, relation, other


def _kind(row: Table, ontology: Ontology) -> str:
    """The class of a thing, "" when none is given: one that some relation can join, or one below it."""
    joined = {kind for relation in ontology.relations.values() for kind in relation.domain | relation.range}
    return row.text("kind", sorted(ontology.kinds_below(joined))) if "kind" in row.values else ""


def _name(row: Table, key: str) -> str:
    return row.text(key) or row.fail(key, "a name is expected")


def _paragraph(row: Table) -> str:
    return _number_of(row, "paragraph", row.values["paragraph"]) if "paragraph" in row.values else ""


def _number_of(row: Table, key: str, value: object) -> str:
    if not isinstance(value, int | str) or isinstance(value, bool) or value == "":
        row.fail(key, f"{value!r} is no paragraph; write its number (33), summary or fn1")
    return str(value)


def _period(row: Table) -> Period:
    """The period at the key; a text without a time in it stands for no time."""
    text = str(row.values["period"])
    first, _, last = text.partition("/")
    try:
        period = Period(_days(first)[0], _days(last if "/" in text else first)[1])
    except ValueError:
        row.fail("period", f"{text!r} is no time; write 2012, 2012-06, 2012-06-30, or first/last")
    if period.start > period.end != "":
        row.fail("period", f"{text!r} ends before it begins")
    return period


def _days(text: str) -> tuple[str, str]:
    """First and last day of a year, a month or a day, in ISO; both "" for nothing. A ValueError for what is no time."""
    match = _DAY.fullmatch(text)
    if text and not match:
        raise ValueError(text)
    if match is None:
        return "", ""
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return first.isoformat(), last.isoformat()
