"""What holds for every request: by which name the server may be called, how long an answer may take, and what no page may do."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.reply import TEXT

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """The application, guarded."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], seconds: float) -> None:
        """hosts: the names that it answers to beside `localhost` and addresses of numbers; seconds: until an answer must have gone."""
        self._app, self._seconds = app, seconds
        self._hosts = {"localhost", *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["type"] != "http":
            return
        if not self._called(Headers(scope=scope).get("host", "")):
            await _misdirected(guarded)
            return
        async with asyncio.timeout(self._seconds):
            await self._app(scope, receive, guarded)

    def _called(self, host: str) -> bool:
        """Whether that is a name of this server. A page elsewhere can make a name of its own lead here, but never a number or our names."""
        name = host.lower()
        if name.startswith("["):
            name = name[1:].partition("]")[0]
        elif name.count(":") == 1:
            name = name.partition(":")[0]
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self._hosts
        return True


async def _misdirected(send: Send) -> None:
    text = b"this server is not called so; start it with kg serve --name NAME to have it answer to another name\n"
    headers = [(b"content-type", TEXT.encode()), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": text})
