"""The server, from the first worker to the last."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import uvicorn

from kg.errors import KgError
from kg.server.app import Server
from kg.server.connection import Connection
from kg.server.limits import Limits
from kg.server.pool import Pool
from kg.server.source import Place

_END = 1  # seconds in which requests may end when the server is stopped


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to serve what. names: host names that the server answers to; origins: sites whose pages may ask it."""

    place: Place
    host: str
    port: int
    workers: int
    limits: Limits
    names: Sequence[str] = ()
    origins: Sequence[str] = ()


def serve(settings: Settings, ready: Callable[[str, str], None]) -> None:
    """Serve until the process is told to end (SIGINT, SIGTERM). ready: is told the address and how much the graph holds.

    A KgError when the graph cannot be read or the address cannot be had.
    """
    with _listening(settings) as listening:
        asyncio.run(_serve(settings, listening, ready))


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        message = f"{settings.host}:{settings.port}: cannot be served: {reason}; choose another --port or --host"
        raise KgError(message) from error
    # An answer goes out in pieces: none waits until the client has told that it has the one before.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Who takes nothing of an answer for so long is gone, as far as we are concerned.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(settings.limits.sending * 1000))
    return listening


class _Server(uvicorn.Server):
    """Ends when it is told to, the workers first; uvicorn's own would end the process and leave them."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear the signals to end."""
        for one in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(one, self.handle_exit, one, None)
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer who waits, and close all connections."""
        await self._pool.close()
        await super().shutdown(sockets)


async def _serve(settings: Settings, listening: socket.socket, ready: Callable[[str, str], None]) -> None:
    limits = settings.limits
    pool = Pool(settings.place, limits, settings.workers)
    app = Server(settings.place, limits, pool).app((settings.host, *settings.names), settings.origins)
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=limits.idle,
        timeout_graceful_shutdown=_END,
        limit_concurrency=limits.connections,
    )
    try:
        await pool.start()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        ready(f"http://{host}:{listening.getsockname()[1]}/", pool.held)
        await _Server(config, pool).serve(sockets=[listening])
    finally:
        await pool.close()
