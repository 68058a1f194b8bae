"""The addresses of the server, and what each gives."""

from __future__ import annotations

import asyncio
import hashlib
import html
import re
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.ontology import BASE
from kg.server import addresses, console, negotiation, protocol, source
from kg.server.answering import GRAPHS
from kg.server.guard import Guard
from kg.server.limits import Limits
from kg.server.pool import Pool
from kg.server.reply import TEXT, Refusal, Reply

_PIECE = 1 << 16  # bytes that go out at once; the next go when the client has taken these
_CHANGING = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)  # answers that are another each time
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_FAST = "default-src 'none'; base-uri 'none'; form-action 'none'"


class Server:
    """What the addresses give: jobs for the pool, pages kept as long as the graph stays the same."""

    def __init__(self, place: source.Place, limits: Limits, pool: Pool) -> None:
        """The addresses of a pool's graph."""
        self._place, self._limits, self._pool = place, limits, pool
        self._pages: OrderedDict[str, Reply] = OrderedDict()
        self._files = console.files()

    def app(self, hosts: Sequence[str], origins: Sequence[str]) -> Starlette:
        """The application. hosts: names it answers to; origins: other sites whose pages may ask queries."""
        routes = [
            Route("/", self.start),
            Route("/sparql", self.sparql, methods=["GET", "POST", "OPTIONS"]),
            Route("/explore", self.explore),
            Route("/explore/{report:path}", self.explore),
            Route("/ontology", self.ontology),
            Route("/ontology.ttl", self.ontology),
            Route("/docs", lambda _: RedirectResponse("/ontology", 308)),
            Route("/id/{name:path}", self.thing),
            Route("/static/{name}", self.static),
        ]
        middleware = [
            Middleware(
                Guard, hosts=hosts, seconds=self._limits.patience + max(self._limits.seconds, self._limits.writing) + self._limits.sending
            )
        ]
        if origins:
            headers = ["ETag", "Retry-After"]
            middleware.append(Middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], expose_headers=headers))
        return Starlette(routes=routes, middleware=middleware, exception_handlers={Refusal: _refused, 404: _missing, 405: _missing})

    async def start(self, request: Request) -> Response:
        """The reports, and the ways in."""
        return await self._page(request, "start", {"language": _language(request)})

    async def sparql(self, request: Request) -> Response:
        """The answer to a query; without one the query page, or the description of the service for who asks for RDF."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        asked = await protocol.asked(request, self._limits)
        accept = request.headers.get("accept", "")
        if asked is None:
            if negotiation.media(accept, (addresses.HTML, *GRAPHS)) == addresses.HTML:
                return await self._page(request, "console", {"language": _language(request)})
            address = str(request.url.replace(query=""))
            return await self._page(request, "service", {"accept": accept, "address": address})
        given = {"query": asked.query, "accept": accept, "default": asked.default, "named": asked.named}
        if _CHANGING.search(asked.query):
            return _response(await self._pool.run("query", given, _left(request)), "no-store")
        tag = self._tag("query", given)
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
        reply = await self._pool.run("query", given, _left(request))
        return _response(reply, "no-cache", tag)

    async def explore(self, request: Request) -> Response:
        """The explorer of everything, of a report, or of what is around a thing."""
        report, focus = request.path_params.get("report", ""), request.query_params.get("focus", "")
        hops = request.query_params.get("hops", "1")
        if not hops.isascii() or not hops.isdigit() or not 1 <= int(hops[:3]) <= addresses.MOST_HOPS:
            message = f"hops is a number from 1 to {addresses.MOST_HOPS}"
            raise Refusal(400, message)
        given = {"report": report, "focus": focus, "hops": int(hops), "language": _language(request)}
        return await self._page(request, "explore", given)

    async def ontology(self, request: Request) -> Response:
        """The ontology, as a page or as RDF."""
        offered = (addresses.HTML, *GRAPHS)
        media = offered[1] if request.url.path.endswith(".ttl") else negotiation.media(request.headers.get("accept", ""), offered)
        return await self._page(request, "ontology", {"media": media, "language": _language(request)})

    async def thing(self, request: Request) -> Response:
        """What an IRI names, in the form that its ending asks for, else as the client likes best."""
        name = request.path_params["name"]
        stem, _, ending = name.rpartition(".")
        if stem and ending in addresses.FORMS:
            return await self._page(request, "thing", {"name": stem, "media": addresses.FORMS[ending], "language": _language(request)})
        media = negotiation.media(request.headers.get("accept", ""), tuple(addresses.FORMS.values()))
        form = next(form for form, one in addresses.FORMS.items() if one == media)
        response = await self._page(request, "thing", {"name": name, "media": media, "language": _language(request)})
        response.headers["Content-Location"] = f"{addresses.of(BASE + name)}.{form}"
        return response

    async def static(self, request: Request) -> Response:
        """The program and the style of the query page."""
        if request.path_params["name"] not in self._files:
            raise _nothing(request)
        packed, media = self._files[request.path_params["name"]]
        tag = f'"{hashlib.sha256(packed).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Type": media}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "deflate" in request.headers.get("accept-encoding", ""):
            return Response(packed, headers={**headers, "Content-Encoding": "deflate"})
        return Response(zlib.decompress(packed), headers=headers)

    async def _page(self, request: Request, job: str, given: Mapping[str, Any]) -> Response:
        """A page that a worker writes, or that is kept from before."""
        tag = self._tag(job, given)
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept, Accept-Language"})
        reply = self._pages.get(tag)
        if reply is None:
            reply = await self._pool.run(job, given, _left(request))
            self._keep(tag, reply)
        else:
            self._pages.move_to_end(tag)
        return _response(reply, "no-cache", tag)

    def _keep(self, tag: str, reply: Reply) -> None:
        if reply.status == 200:  # noqa: PLR2004  OK
            self._pages[tag] = reply
        while sum(len(page.body) for page in self._pages.values()) > self._limits.pages:
            self._pages.popitem(last=False)

    def _tag(self, job: str, given: Mapping[str, Any]) -> str:
        """What names the answer to a job as long as the graph stays the same."""
        said = repr((source.generation(self._place), job, sorted(given.items())))
        return f'"{hashlib.sha256(said.encode()).hexdigest()[:24]}"'


def _language(request: Request) -> str:
    return negotiation.language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


async def _left(request: Request) -> None:
    """Ends when the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(reply: Reply, caching: str, tag: str = "") -> Response:
    """An answer on its way: in pieces, so that a slow client holds no more than one."""
    headers = {"Content-Type": reply.media, "Content-Length": str(len(reply.body)), **reply.headers}
    if reply.status == 200:  # noqa: PLR2004  OK
        headers |= {"Cache-Control": caching, "Vary": "Accept, Accept-Language"} | ({"ETag": tag} if tag else {})
    found = _POLICY.search(reply.body, 0, 4096) if reply.media == addresses.HTML else None
    headers["Content-Security-Policy"] = f"{html.unescape(found[1].decode()) if found else _FAST}; frame-ancestors 'none'"

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(reply.body), _PIECE):
            yield reply.body[start : start + _PIECE]
            await asyncio.sleep(0)

    return StreamingResponse(pieces(), reply.status, headers)


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return _response(error.reply(), "no-store")


def _missing(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    if status == 404:  # noqa: PLR2004  not found
        return _response(_nothing(request).reply(), "no-store")
    headers = getattr(error, "headers", None) or {}
    return _response(Reply(f"{request.method} is not for this address\n".encode(), TEXT, status, headers), "no-store")


def _nothing(request: Request) -> Refusal:
    return Refusal(404, f"nothing is at {request.url.path!r}; begin at /")
