"""A connection, which is closed when nothing comes of it; uvicorn alone would wait for ever for the rest of a request's head."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle


class Connection(H11Protocol):
    """Looks at itself once in the time for which connections are kept: where no request has come since it last did, it ends."""

    _watch: asyncio.TimerHandle
    _seen: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to look."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._watch.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._watch = self.loop.call_later(self.timeout_keep_alive, self._look)

    def _look(self) -> None:
        if self.conn.their_state is h11.IDLE and self.cycle is self._seen:
            self.transport.close()
        else:
            self._seen = self.cycle
            self._wait()
