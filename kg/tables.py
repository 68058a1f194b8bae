"""An answer as a table: for a terminal, or as CSV, JSON or Markdown. `FORMATS` is the one list of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from wcwidth import ljust, rjust, width

from kg.errors import UnknownNameError, did_you_mean
from kg.queries import Answer
from kg.text import printable

_CONTROLS = re.compile("[\x7f-\x9f]")  # which JSON allows, and a terminal obeys
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def render(answer: Answer, form: str) -> str:
    """The answer in a form of FORMATS, ending with a newline; an UnknownNameError names the forms there are."""
    if form not in FORMATS:
        message = f"no format {form!r}; {did_you_mean(form, FORMATS)}"
        raise UnknownNameError(message)
    return FORMATS[form](answer)


def _numeric(answer: Answer) -> tuple[bool, ...]:
    """For each column, whether it holds numbers and nothing else."""
    columns = [[row[i] for row in answer.rows if row[i]] for i in range(len(answer.columns))]
    return tuple(bool(cells) and all(map(_NUMBER.fullmatch, cells)) for cells in columns)


def _one_line(cell: str) -> str:
    return printable(" ".join(cell.split()))


def _text(answer: Answer) -> str:
    """Columns aligned by the cells a terminal gives to a character (two to a Chinese one); the last is not padded."""
    table = [answer.columns, *(tuple(map(_one_line, row)) for row in answer.rows)]
    widths = [max(width(row[i]) for row in table) for i in range(len(answer.columns))]
    aligns = [rjust if number else ljust for number in _numeric(answer)]
    table.insert(1, tuple("-" * n for n in widths))
    lines = ("  ".join(align(cell, n) for align, cell, n in zip(aligns, row, widths, strict=True)).rstrip() for row in table)
    return "".join(f"{line}\n" for line in lines)


def guarded(cell: str) -> str:
    """A cell that a spreadsheet would read as a formula, kept from it by a quote mark; a number stays as it is."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) and not _NUMBER.fullmatch(cell) else cell


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([guarded(cell.replace("\r", " ")) for cell in row] for row in answer.rows)
    return out.getvalue()


def _json(answer: Answer) -> str:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(rows, ensure_ascii=False, indent=2)) + "\n"


def _markdown(answer: Answer) -> str:
    rules = ("---:" if number else "---" for number in _numeric(answer))
    rows = (tuple(re.sub(r"([\\|<*_`\[])", r"\\\1", _one_line(cell)) for cell in row) for row in answer.rows)
    return "".join(f"| {' | '.join(row)} |\n" for row in (answer.columns, tuple(rules), *rows))


FORMATS: Mapping[str, Callable[[Answer], str]] = MappingProxyType({"text": _text, "csv": _csv, "json": _json, "md": _markdown})
