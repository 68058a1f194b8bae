"""What holds of what strangers send: questions, requests, headers, answers of endpoints, ready parts of a store."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

import pyoxigraph as ox
from fuzz import words
from fuzz.choices import Choices
from fuzz.files import folder
from fuzz.graphs import RDF, any_report
from fuzz.texts import KNOWN, check_refusal
from starlette.requests import Request

from kg import iris, rdf
from kg.errors import EndpointError, QueryError, StoreError
from kg.ontology import BASE, DCTERMS, KG
from kg.ontology import RDF as SYNTAX
from kg.queries import safety
from kg.remote.connection import Answered, Connection
from kg.remote.endpoint import Endpoint
from kg.server import negotiation, protocol
from kg.server.limits import Limits
from kg.server.reply import Refusal
from kg.store import parts
from kg.store.rewriting import rewritten

Done = TypeVar("Done")

_TRIPLE = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(value=True))


def _text(choices: Choices, pieces: Sequence[str], most: int = 60) -> str:
    """Pieces of a language, and now and then any character."""
    made: list[str] = []
    while choices.left and len(made) < most:
        made.append(choices.one(pieces) if choices.upto(15) != 1 else words.char(choices))
    return "".join(made)


# ---------------------------------------------------------------- questions

# Port 1 is refused by oxigraph itself: a SERVICE or LOAD that it sees ends with an OSError, and no call is made.
_AT_NOTHING = "PREFIX : <http://127.0.0.1:1/> PREFIX SERVICE: <http://127.0.0.1:1/> PREFIX b: <http://127.0.0.1:1/> "


def questioning(choices: Choices) -> None:
    """What the check lets through, oxigraph neither takes for an update nor for a call to another server."""
    made = [words.piece(choices, "sparql disguises") for _ in range(1 + choices.upto(3))]
    text = "".join(made)
    for _ in range(choices.upto(12)):
        at = choices.upto(len(text))
        text = text[:at] + words.piece(choices, "sparql") + text[at + choices.upto(1) :]
    try:
        safety.check("q.rq", text)
    except QueryError as error:
        check_refusal(error, "q.rq")
        return
    store = ox.Store()
    store.add(_TRIPLE)
    for ask in (store.query, store.update):
        with suppress(SyntaxError):
            found = ask(_AT_NOTHING + text)
            if not isinstance(found, ox.QueryBoolean | None):
                list(found)
    assert list(store) == [_TRIPLE]


# ---------------------------------------------------------------- requests


def _check_client_error(refusal: Refusal) -> None:
    check_refusal(refusal, "")
    assert 400 <= refusal.status < 500
    assert refusal.reply().body


@cache
def _aside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1)


def awaited(what: Coroutine[Any, Any, Done]) -> Done:
    """What a coroutine gives, in a thread of its own: a browser that tests look at keeps this one's loop busy."""
    return _aside().submit(asyncio.run, what).result()


def requesting(choices: Choices) -> None:
    """A request asks one thing, nothing, or gets a refusal of one line and an HTTP status for it."""
    method = choices.one(("GET", "POST", "POST", "HEAD"))
    kind = "".join(words.piece(choices, "content types") for _ in range(choices.upto(3)))
    length = choices.one(("0", "5", "99999999999", "-1", "\u00b2", "x", "9" * 5000))
    query = _text(choices, words.pieces("form"), 20).encode() if choices.upto(1) else b""
    pieces = (
        [choices.rest()] if choices.upto(7) == 1 else [_text(choices, words.pieces("form"), 20).encode() for _ in range(choices.upto(2))]
    )
    messages: list[MutableMapping[str, Any]] = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages.append(choices.one(({"type": "http.request"}, {"type": "http.disconnect"})))

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0)

    headers = [(b"content-type", kind.encode("latin-1")), (b"content-length", length.encode("latin-1"))]
    request = Request({"type": "http", "method": method, "query_string": query, "headers": headers}, receive)
    try:
        found = awaited(protocol.asked(request, Limits(body=200)))
    except Refusal as refusal:
        _check_client_error(refusal)
    else:
        assert found is None or isinstance(found.query, str)


def preferring(choices: Choices) -> None:
    """A client gets one of the types that there are and that it does not refuse, and one of the languages."""
    header = _text(choices, words.pieces("accept"), 30)
    offered = ("text/html; charset=utf-8", "text/turtle", "application/ld+json")
    assert negotiation.language(choices.one(("", "en", "fr")), header) in negotiation.LANGUAGES
    with suppress(Refusal):
        best = negotiation.media(header, offered)
        assert best in offered
        assert negotiation.media(f"{header},{best.partition(';')[0]};q={choices.one(('0.0', 'nan', 'x', '-1'))}", offered) != best


# ---------------------------------------------------------------- answers

_TABLE, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class _Stranger(Connection):
    """A connection over which comes one answer, whatever is asked."""

    def __init__(self, answer: Answered) -> None:
        self._answer = answer

    def send(self, *_what: object, **_how: object) -> Answered:
        """The answer."""
        return self._answer


def answers(choices: Choices) -> None:
    """An endpoint's answer is a table, a truth or triples to the end, or an error of one line."""
    graph = choices.upto(1)
    kind = choices.one((_TRIPLES if graph else _TABLE, _TRIPLES if graph else _TABLE, "text/plain", "\x1b[2J", ""))
    body = _text(choices, RDF if graph else words.pieces("json")).encode(errors="replace") + (
        choices.rest() if choices.upto(7) == 1 else b""
    )
    endpoint = Endpoint("http://127.0.0.1:1/", _Stranger(Answered(kind, body)))
    try:
        found = endpoint.query("CONSTRUCT WHERE {}" if graph else "SELECT * {}")
    except EndpointError as error:
        check_refusal(error, "http://127.0.0.1:1/: ")
    else:
        assert isinstance(found, ox.QueryBoolean) or list(found) is not None


# ---------------------------------------------------------------- parts

_REPORT = f"<{BASE}any>"
_SUBJECTS = (_REPORT, _REPORT, f"<{BASE}any/p1>", f"<{BASE}A>", "_:b", "<urn:x>", "<<( <urn:a> <urn:b> <urn:c> )>>")
_PREDICATES = (f"<{SYNTAX}type>", f"<{KG}number>", f"<{DCTERMS}title>", f"<{DCTERMS}date>", "<urn:p>")
_OBJECTS = (f"<{KG}Report>", f"<{KG}Statement>", '"7"', '"\u00b2"', '""', '"\\u0000"', '"\u7532"@zh', '"x"^^<urn:y>', *_SUBJECTS)
_GRAPHS = (_REPORT, _REPORT, _REPORT, "", f"<{BASE}any/b>", f"<{BASE}>", "<urn:x>", "_:b")
_SYMMETRIC = frozenset(name for name, one in KNOWN.relations.items() if one.symmetric)


def ready_parts(choices: Choices) -> None:
    """A part that is brought ready is kept as it is, or refused in one line that names it."""
    lines = [f"{_REPORT} <{SYNTAX}type> <{KG}Report> {_REPORT} .\n"]
    for _ in range(choices.upto(20)):
        line = f"{choices.one(_SUBJECTS)} {choices.one(_PREDICATES)} {choices.one(_OBJECTS)} {choices.one(_GRAPHS)} .\n"
        lines.append(choices.one(RDF) if choices.upto(40) == 1 else line)
    try:
        quads = parts.parse("".join(lines).encode())
        row = parts.save(quads, folder(), "any.nq", "")
    except SyntaxError:
        return  # told by `kg.rdf`, which reads the file before
    except StoreError as error:
        check_refusal(error, "any.nq")
        return
    assert set(parts.load(folder() / f"{row.part}.nq.gz")) == set(quads)


def renaming(choices: Choices) -> None:
    """A report's graph can be rewritten, whatever things become one, and twice is as once."""
    made = any_report(choices)
    report = iris.report_iri(made.document)
    before = list(rdf.triples(made.described.facts))
    things = [entity.iri for entity in made.extraction.entities]
    into = {thing: choices.one((*things, f"{BASE}other")) for thing in things if choices.upto(1)}
    into = {thing: new for thing, new in into.items() if new not in into}
    once = rewritten(report, before, lambda thing: into.get(thing, thing), _SYMMETRIC)
    assert rewritten(report, once, lambda thing: into.get(thing, thing), _SYMMETRIC) == once
