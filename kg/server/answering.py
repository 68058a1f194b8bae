"""A query's answer: asked of the store, written in the format the client likes best, and whole or not at all."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, RefusedError
from kg.ontology import PREFIXES
from kg.queries import safety
from kg.server import negotiation
from kg.server.limits import Limits
from kg.server.reply import Refusal, Reply
from kg.server.source import Source

_R, _G = ox.QueryResultsFormat, ox.RdfFormat
RESULTS = MappingProxyType(
    {
        "application/sparql-results+json": _R.JSON,
        "application/sparql-results+xml": _R.XML,
        "text/csv; charset=utf-8": _R.CSV,
        "text/tab-separated-values; charset=utf-8": _R.TSV,
        "application/json": _R.JSON,
        "application/xml": _R.XML,
    }
)
GRAPHS = MappingProxyType(
    {
        "text/turtle; charset=utf-8": _G.TURTLE,
        "application/n-triples": _G.N_TRIPLES,
        "application/ld+json": _G.JSON_LD,
        "application/rdf+xml": _G.RDF_XML,
        "application/json": _G.JSON_LD,
        "application/xml": _G.RDF_XML,
    }
)
# What ends a row, or stands between two, and how many rows there are beside those that it tells; a text that holds one itself
# counts as more rows than it is.
_ROW = MappingProxyType({_R.JSON: (b'"}},{"', 1), _R.XML: (b"</result>", 0), _R.CSV: (b"\r\n", -1), _R.TSV: (b"\n", -1)})
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def answer(source: Source, limits: Limits, *, query: str, accept: str, default: Sequence[str], named: Sequence[str]) -> Reply:  # noqa: PLR0913  a job
    """The answer to a SPARQL query. default, named: the IRIs of the graphs to ask, as the protocol's parameters give them.

    A Refusal when it is no query, is not allowed, asks for a graph that is not here, for a format that there is not, or for too much.
    """
    try:
        safety.check("query", query, choosing=True)
        found = source.database.query(query, **_dataset(source, default, named))
        if isinstance(found, ox.QueryTriples):
            return graph(found, limits, accept)
        media = negotiation.media(accept, tuple(RESULTS) if isinstance(found, ox.QuerySolutions) else tuple(RESULTS)[:2])
        out = _Bounded(limits, *_ROW[RESULTS[media]])
        found.serialize(out, RESULTS[media])
        return Reply(out.getvalue(), media)
    except QueryError as error:
        raise Refusal(403 if isinstance(error, RefusedError) else 400, str(error)) from error
    except SyntaxError as error:
        raise Refusal(400, _fault(query, str(error.msg))) from error
    except (ValueError, OSError, RuntimeError) as error:
        message = f"the query cannot be answered: {error}"
        raise Refusal(400, message) from error


def graph(triples: Iterable[ox.Triple], limits: Limits, accept: str) -> Reply:
    """Triples in the format the client likes best; errors as of `answer`."""
    media = negotiation.media(accept, tuple(GRAPHS))
    out = _Bounded(limits)
    ox.serialize(_counted(triples, limits.rows), out, GRAPHS[media], prefixes=dict(PREFIXES))
    return Reply(out.getvalue(), media)


def _dataset(source: Source, default: Sequence[str], named: Sequence[str]) -> dict[str, Any]:
    """The graphs to ask, as pyoxigraph wants to be told."""
    if not default and not named:
        return {}
    try:
        graphs = {iri: ox.NamedNode(iri) for iri in (*default, *named)}
    except ValueError as error:
        message = f"the name of a graph is no IRI: {error}"
        raise Refusal(400, message) from error
    for iri, one in graphs.items():
        if not source.database.contains_named_graph(one):
            message = f"no graph is called <{iri}> here, and none is fetched from elsewhere"
            raise Refusal(400, message)
    return {"default_graph": [graphs[iri] for iri in default], "named_graphs": [graphs[iri] for iri in named]}


def _fault(query: str, message: str) -> str:
    """What is wrong with a query, with the line and a mark below the place."""
    found = _PLACE.match(message)
    if not found:
        return f"not SPARQL: {message}"
    line, column = int(found[1]), int(found[2])
    text = "".join(query.splitlines()[line - 1 : line])
    return f"not SPARQL: line {line}, column {column}: {found[3]}\n\n{text}\n{' ' * (column - 1)}^"


def _counted(triples: Iterable[ox.Triple], most: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number == most:
            raise _too_much(most, "triples")
        yield triple


def _too_much(most: int, what: str) -> Refusal:
    message = f"the answer has more than {most:,} {what}, which is the most that is given at once; ask for less, with LIMIT and OFFSET"
    return Refusal(403, message)


class _Bounded(io.BytesIO):
    """Bytes that are written, up to what an answer may have."""

    def __init__(self, limits: Limits, row: bytes = b"", rows: int = 0) -> None:
        super().__init__()
        self._limits, self._row = limits, row
        self._rows, self._tail = rows, b""

    def write(self, data: bytes) -> int:  # type: ignore[override]  # pyoxigraph writes bytes
        if self._row:
            seen = self._tail + data
            self._rows += seen.count(self._row)
            self._tail = seen[len(seen) - len(self._row) + 1 :]
            if self._rows > self._limits.rows:
                raise _too_much(self._limits.rows, "rows")
        if self.tell() + len(data) > self._limits.answer:
            raise _too_much(self._limits.answer, "bytes")
        return super().write(data)
