"""SPARQL servers for tests: Oxigraph and Virtuoso as they are installed, each in a folder of its own, and one that misbehaves as told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{other}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 5
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
"""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Server:
    """A server that runs. store: its graph store's address; query: where it is asked; environment: the credentials it wants."""

    store: str
    query: str
    environment: dict[str, str]
    _command: list[str]
    _folder: Path
    _process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(self._command, cwd=self._folder, stdout=output, stderr=output)  # noqa: S603  our own
        for _ in range(600):
            if self._process.poll() is not None:
                break
            try:
                httpx.get(self.query, timeout=5)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        self.kill()
        raise RuntimeError((self._folder / "output").read_text("utf-8"))

    def kill(self) -> None:
        """End it as `kill -9` does; it may be started again."""
        self._process.kill()
        self._process.wait()
        (self._folder / "virtuoso.lck").unlink(missing_ok=True)


def _oxigraph(folder: Path) -> Server:
    at = f"127.0.0.1:{_free_port()}"
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--location", "data", "--bind", at]
    return Server(f"http://{at}/store", f"http://{at}/query?union-default-graph", {}, command, folder)


def _virtuoso(folder: Path) -> Server:
    port = _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(port=port, other=_free_port()), encoding="utf-8")
    at = f"http://127.0.0.1:{port}"
    login = {"KG_ENDPOINT_USER": "dba", "KG_ENDPOINT_PASSWORD": "dba"}  # those of every new database
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    return Server(f"{at}/sparql-graph-crud-auth", f"{at}/sparql-auth", login, command, folder)


KINDS: dict[str, Callable[[Path], Server]] = {"oxigraph": _oxigraph, "virtuoso": _virtuoso}


def missing(kind: str) -> str:
    """Why a kind of server cannot be started here, "" when it can."""
    if kind == "oxigraph":
        return "" if Path(sys.executable).with_name("oxigraph").exists() else "no Oxigraph server: pip install oxigraph"
    return "" if shutil.which("virtuoso-t") else "no Virtuoso: apt-get install virtuoso-opensource-7-bin"


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Server]:
    """A server of that kind on a free port of loopback, with its data in that folder."""
    server = KINDS[kind](folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass
class Misbehaving:
    """A server that answers each request by a function. seen: the headers of the requests; ending: set when it is to be closed."""

    url: str
    seen: list[dict[str, str]]
    ending: threading.Event


@contextmanager
def misbehaving(answer: Callable[[BaseHTTPRequestHandler, threading.Event], None]) -> Iterator[Misbehaving]:
    """A server on loopback that reads each request and then does this."""
    seen: list[dict[str, str]] = []
    ending = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            seen.append({name.lower(): value for name, value in self.headers.items()})
            answer(self, ending)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Misbehaving(f"http://127.0.0.1:{server.server_port}/query", seen, ending)
    finally:
        ending.set()
        server.shutdown()
        server.server_close()
        thread.join()
