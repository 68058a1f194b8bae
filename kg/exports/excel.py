"""The tables as CSV that Excel, LibreOffice and WPS open with a double click, Chinese and all."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from kg.exports import records
from kg.exports.characters import printable
from kg.exports.data import Data
from kg.exports.records import Cell, Table
from kg.iris import canonical
from kg.tables import guarded


def render(data: Data) -> Mapping[str, bytes]:
    """A file for each table: UTF-8 with a byte order mark, CRLF; guarded against formulas; of several texts in a cell, each on a line."""
    return {f"{data.name}-excel/{table.name}.csv": _csv(table) for table in (made(data) for made in _TABLES)}


_TABLES = (records.facts, records.figures, records.things)


def _csv(table: Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(map(_text, row) for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return canonical(cell)
    if isinstance(cell, int) or cell is None:
        return "" if cell is None else str(cell)
    return guarded(printable("\n".join(cell) if isinstance(cell, tuple) else cell))
