"""The tables as Parquet, for DuckDB, pandas, Polars and R."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kg.errors import KgError
from kg.exports import records
from kg.exports.data import Data
from kg.exports.records import Table

_TABLES = (records.facts, records.figures, records.things, records.evidence)


def render(data: Data) -> Mapping[str, bytes]:
    """A file for each table: numbers as doubles, dates as days, several texts as a list; a KgError where pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra that only this format needs
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        message = "parquet: pyarrow is not installed; install it with pip install 'report-kg[parquet]', or choose -f excel"
        raise KgError(message) from error
    types = {
        records.TEXT: pa.string(),
        records.TEXTS: pa.list_(pa.string()),
        records.NUMBER: pa.float64(),
        records.COUNT: pa.int64(),
    }

    def column(table: Table, at: int, kind: str) -> Any:  # noqa: ANN401  an array of pyarrow
        cells = [float(cell) if isinstance(cell, Decimal) else cell for cell in (row[at] for row in table.rows)]
        return pa.array(cells, pa.string()).cast(pa.date32()) if kind == records.DATE else pa.array(cells, types[kind])

    def written(table: Table) -> bytes:
        out = io.BytesIO()
        columns = {name: column(table, at, kind) for at, (name, kind) in enumerate(table.columns.items())}
        pq.write_table(pa.table(columns), out, compression="zstd")
        return out.getvalue()

    return {f"{data.name}-parquet/{table.name}.parquet": written(table) for table in (made(data) for made in _TABLES)}
