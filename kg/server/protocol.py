"""The SPARQL 1.1 Protocol: what a request asks, as values; https://www.w3.org/TR/sparql11-protocol/#query-operation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.server.limits import Limits
from kg.server.reply import Refusal

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_UPDATES = "an update is refused: this endpoint only reads; it takes queries (SELECT, ASK, CONSTRUCT, DESCRIBE)"
_MOST_FIELDS = 200
_DIGITS = 18  # of a length that are read; what is longer is too long, whatever follows


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the IRIs of the graphs that it is asked of, none for the whole store."""

    query: str
    default: Sequence[str] = ()
    named: Sequence[str] = ()


async def asked(request: Request, limits: Limits) -> Asked | None:
    """What a request asks, None when it is a GET that asks nothing; a Refusal when it is not as the protocol says."""
    fields = _fields(request.scope["query_string"], "the address")
    if request.method != "POST":
        return _of(fields) if fields else None
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise Refusal(403, _UPDATES)
    if kind not in {_FORM, _QUERY}:
        message = f"a query is sent as {_FORM} or {_QUERY}, not as {kind or 'nothing that is named'}"
        raise Refusal(415, message)
    if "charset=" in parameters.lower() and parameters.lower().partition("charset=")[2].strip(' "') not in {"utf-8", "utf8"}:
        message = f"a query is sent as UTF-8, not as{parameters}"
        raise Refusal(415, message)
    body = await _body(request, limits)
    if kind == _FORM:
        return _of([*fields, *_fields(body, "the form")])
    if any(name == "query" for name, _ in fields):
        message = "there are two queries: one in the address and one in the body"
        raise Refusal(400, message)
    return _of([("query", _text(body, "the query")), *fields])


def _of(fields: Sequence[tuple[str, str]]) -> Asked | None:
    named = {name: [value for key, value in fields if key == name] for name, _ in fields}
    if "update" in named or {"using-graph-uri", "using-named-graph-uri"} & set(named):
        raise Refusal(403, _UPDATES)
    found = named.get("query", [])
    if len(found) != 1:
        message = "there are several queries; send one" if found else "there is no query; send one as the parameter query"
        raise Refusal(400, message)
    return Asked(found[0], named.get("default-graph-uri", ()), named.get("named-graph-uri", ()))


def _fields(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """The fields of a form; the language of the page is no part of a query."""
    try:
        fields = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        message = f"{where} is not UTF-8"
        raise Refusal(400, message) from error
    except ValueError as error:
        message = f"{where} has more than {_MOST_FIELDS} fields"
        raise Refusal(400, message) from error
    return [(name, value) for name, value in fields if name != "lang"]


def _text(body: bytes, what: str) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        message = f"{what} is not UTF-8: byte {error.start}"
        raise Refusal(400, message) from error


async def _body(request: Request, limits: Limits) -> bytes:
    """The body of a request; a Refusal when it is too long, or does not come."""
    message = f"the request is longer than {limits.body:,} bytes"
    declared = request.headers.get("content-length", "0")
    if declared.isascii() and declared.isdigit() and int(declared[:_DIGITS]) > limits.body:
        raise Refusal(413, message, Connection="close")
    found = bytearray()
    try:
        async with asyncio.timeout(limits.reading):
            async for piece in request.stream():
                found += piece
                if len(found) > limits.body:
                    raise Refusal(413, message, Connection="close")
    except TimeoutError as error:
        late = f"the request did not come within {limits.reading:g} seconds"
        raise Refusal(408, late, Connection="close") from error
    except ClientDisconnect as error:
        left = "the client left"
        raise Refusal(400, left) from error
    return bytes(found)
