"""The limits of `kg serve`: time, rows, bytes, memory, waiting, names, and how it starts and ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import bench_serve
import pytest
import ten_reports
from made_up import COUNTRIES, made_up
from serving import FOREVER, Served, served, written

from kg import store
from kg.errors import KgError
from kg.ontology import KG, RDF
from kg.server.limits import Limits
from kg.server.pool import Pool
from kg.server.reply import Refusal, Reply

LIMITS = Limits(seconds=1)
ALL = "SELECT * { ?s ?p ?o }"
Run = Callable[..., Coroutine[Any, Any, Reply]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up report's graph."""
    return written(made_up(), tmp_path_factory.mktemp("data") / "made-up.nq")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Served]:
    """A server with one worker that may take a second, and give fifty rows."""
    with served(data, options=("--workers", "1", "--timeout", "1", "--max-rows", "50")) as running:
        yield running


def gone(process: int) -> bool:
    """Whether a process has ended, or does so within a few seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


# ---------------------------------------------------------------- time, rows, bytes


def test_a_query_without_end_is_ended(server: Served) -> None:
    """A query that would never end is answered with 504, its worker is killed, and the next query is answered by another."""
    before = server.workers()
    answer = server.ask(FOREVER)
    assert (answer.status, answer.kind) == (504, "text/plain")
    assert "more time" in answer.text
    assert server.ask("ASK {}").status == 200
    assert len(server.workers()) == 1
    assert server.workers().isdisjoint(before)


@pytest.mark.parametrize(
    "kind", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
def test_rows_are_limited(server: Served, kind: str) -> None:
    """As many rows as may be are given, one more is refused, in every format; nothing is left out in silence."""
    assert server.ask(f"{ALL} LIMIT 50", "-H", f"Accept: {kind}").status == 200
    answer = server.ask(f"{ALL} LIMIT 51", "-H", f"Accept: {kind}")
    assert (answer.status, answer.text.partition(",")[0]) == (403, "the answer has more than 50 rows")


def test_triples_are_limited(server: Served) -> None:
    """The same holds for the triples of a graph."""
    construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT"
    assert server.ask(f"{construct} 50").status == 200
    assert server.ask(f"{construct} 51").text.startswith("the answer has more than 50 triples")


@pytest.mark.parametrize("length", [("-H", "Content-Length: 3000000"), ("-H", "Transfer-Encoding: chunked")])
def test_bodies_are_limited(server: Served, length: tuple[str, str]) -> None:
    """A request of three million bytes is refused, whether it says how long it is or not."""
    answer = server.curl(
        "sparql", "-H", "Content-Type: application/sparql-query", *length, "-H", "Expect:", "--data-binary", "@-", data=b" " * 3_000_000
    )
    assert (answer.status, answer.text) == (413, "the request is longer than 1,048,576 bytes\n")


def test_a_body_that_does_not_come(server: Served) -> None:
    """Who announces a body and sends half of it holds no worker: others are answered meanwhile."""
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 20\r\n\r\nASK")
        assert server.ask("ASK {}").status == 200


HASTY = """
import sys; from pathlib import Path
from kg.server.limits import Limits; from kg.server.running import Settings, serve
place = (Path(sys.argv[1]),)
serve(Settings(place, "127.0.0.1", 0, 1, Limits(idle=1, reading=1)), lambda address, held: print(f"{address}: {held}", flush=True))
"""


@pytest.mark.parametrize(
    ("sent", "got"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: local", b""),
        (b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT", b"HTTP/1.1 404"),
        (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
            b"HTTP/1.1 408",
        ),
    ],
)
def test_who_sends_half_a_request_is_left(data: Path, sent: bytes, got: bytes) -> None:
    """A connection on which nothing comes, or half a request, is answered as far as can be, and closed."""
    with subprocess.Popen([sys.executable, "-c", HASTY, str(data)], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  our own words
        assert process.stdout
        port = int(process.stdout.readline().split(":")[2].rstrip("/"))
        with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
            slow.sendall(sent)
            found = b"".join(iter(lambda: slow.recv(4096), b""))
        process.terminate()
    assert found[:12] == got


# ---------------------------------------------------------------- the pool by itself


def run_in(pool: Pool, doing: Callable[[Run], Coroutine[Any, Any, None]]) -> None:
    """Start a pool, do something with it, and close it."""

    async def query(text: str, gone: Any = None) -> Reply:  # noqa: ANN401  whatever can be waited for
        return await pool.run("query", {"query": text, "accept": "*/*", "default": (), "named": ()}, gone)

    async def done() -> None:
        await pool.start()
        try:
            await doing(query)
        finally:
            await pool.close()

    with ThreadPoolExecutor() as threads:  # playwright's loop may run in this one
        threads.submit(lambda: asyncio.run(done())).result()


def test_only_so_many_wait(data: Path) -> None:
    """When as many wait as may, the next is refused at once with 503 and a time to come again; those that wait are answered."""

    async def doing(query: Run) -> None:
        running = asyncio.create_task(query(FOREVER))
        waiting = asyncio.create_task(query("ASK {}"))
        await asyncio.sleep(0.2)
        with pytest.raises(Refusal, match="too many") as refused:
            await query("ASK {}")
        assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "1"})
        with pytest.raises(Refusal, match="more time"):
            await running
        assert (await waiting).status == 200

    run_in(Pool((data,), replace(LIMITS, waiting=1, seconds=3), 1), doing)


def test_memory_is_limited(data: Path) -> None:
    """A query that needs more memory than it may take is refused, and the next one is answered."""

    async def doing(query: Run) -> None:
        with pytest.raises(Refusal, match="more memory") as refused:
            await query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a")
        assert refused.value.status == 503
        assert (await query("ASK {}")).status == 200

    run_in(Pool((data,), replace(LIMITS, memory=30 << 20, seconds=30), 1), doing)


def test_answers_are_limited(data: Path) -> None:
    """An answer of more bytes than may be is refused."""

    async def doing(query: Run) -> None:
        reply = await query(f"{ALL} LIMIT 100")
        assert (reply.status, reply.body.partition(b",")[0]) == (403, b"the answer has more than 4")

    run_in(Pool((data,), replace(LIMITS, answer=4096), 1), doing)


def test_who_leaves_ends_the_query(data: Path) -> None:
    """A query whose client has left is given up, and its worker is free for others long before its time is over."""

    async def doing(query: Run) -> None:
        with pytest.raises(Refusal, match="nobody waits"):
            await query(FOREVER, asyncio.sleep(0.1))
        async with asyncio.timeout(20):
            assert (await query("ASK {}")).status == 200

    run_in(Pool((data,), replace(LIMITS, seconds=60), 1), doing)


def test_a_changed_graph_is_read_anew(tmp_path: Path) -> None:
    """When the file has changed, the next answer is of what it holds now; while it is broken, a query is refused with the line."""
    path = tmp_path / "graph.ttl"

    def put(text: str) -> None:
        path.with_suffix(".new").write_text(text, "utf-8")
        path.with_suffix(".new").replace(path)

    async def doing(query: Run) -> None:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert b'"1"' in (await query(count)).body
        put("<a:a> <a:b> 1 , 2 .")
        assert b'"2"' in (await query(count)).body
        put("<a:a> <a:b> 1 , 2")
        broken = await query(count)
        assert (broken.status, broken.body.partition(b": not")[0]) == (503, f"{path}:1".encode())
        put("<a:a> <a:b> 1 , 2 , 3 .")
        assert b'"3"' in (await query(count)).body

    put("<a:a> <a:b> 1 .")
    run_in(Pool((path,), LIMITS, 1), doing)


def test_a_store_is_served_as_it_grows(tmp_path: Path) -> None:
    """Of a store the generation in force is served: each report once it is in, and what two reports say once."""
    root = tmp_path / "store"
    said = f"SELECT (COUNT(*) AS ?n) {{ ?fact a <{KG}Statement> }}"

    async def doing(query: Run) -> None:
        answers = [(await query(said)).body]
        for report in ("r-02", "r-08"):
            ten_reports.add(root, report)
            answers.append((await query(said)).body)
        assert len(set(answers)) == 3
        with store.open(root) as opened:
            facts = {q.subject for q in opened.quads if q.predicate.value == f"{RDF}type" and str(q.object) == f"<{KG}Statement>"}
        assert f'"{len(facts)}"'.encode() in answers[-1]

    ten_reports.add(root, "r-01")
    run_in(Pool((root,), LIMITS, 1), doing)


# ---------------------------------------------------------------- names and headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("", 421),
    ],
)
def test_only_its_own_names(server: Served, host: str, status: int) -> None:
    """A page that makes its own name lead to this machine (DNS rebinding) gets nothing."""
    assert server.ask("ASK {}", "-H", f"Host: {host}").status == status


def test_other_names_and_origins_are_given(data: Path) -> None:
    """A name and an origin that were allowed are answered; no other origin may read an answer."""
    with served(data, options=("--workers", "1", "--name", "kg.example", "--allow-origin", "https://site.example")) as running:
        assert running.ask("ASK {}", "-H", "Host: kg.example").status == 200
        assert running.ask("ASK {}", "-H", "Origin: https://site.example").headers["access-control-allow-origin"] == "https://site.example"
        assert "access-control-allow-origin" not in running.ask("ASK {}", "-H", "Origin: https://evil.example").headers


def test_no_other_origin_may_read(server: Served) -> None:
    """Without --allow-origin no page of another site may read an answer, and a browser that asks beforehand is told nothing."""
    assert "access-control-allow-origin" not in server.ask("ASK {}", "-H", "Origin: https://evil.example").headers
    asked = server.curl("sparql", "-X", "OPTIONS", "-H", "Origin: https://evil.example", "-H", "Access-Control-Request-Method: POST")
    assert not [name for name in asked.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "sparql",
        "sparql?query=ASK%7B%7D",
        "id/%E8%93%9D%E6%B9%96%E7%BD%B2",
        "ontology",
        "explore/made-up",
        "static/yasgui.js",
        "nothing",
    ],
)
def test_every_answer_is_guarded(server: Served, path: str) -> None:
    """Every answer says that its type is not to be guessed; every page has a policy that lets nothing load from elsewhere nor frame it."""
    answer = server.curl(path, "-H", "Accept: text/html, */*;q=0.1")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    if answer.kind == "text/html":
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert policy.endswith("frame-ancestors 'none'")
        assert "unsafe" not in policy
        assert "http" not in policy


# ---------------------------------------------------------------- start and end


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_soon_and_wholly(data: Path, how: signal.Signals) -> None:
    """Told to end in the midst of a query, it ends within a few seconds with all its workers, and says so to who asked."""
    with served(data, options=("--workers", "2")) as running:
        with ThreadPoolExecutor() as threads:
            asking = threads.submit(running.ask, FOREVER)
            time.sleep(0.5)
            workers = running.workers()
            running.stop(how)
            answer = asking.result()
        assert (answer.status, answer.text) == (503, "the server is being stopped\n")
        assert len(workers) == 2
        assert all(map(gone, workers))
        assert running.process.returncode == 0
        assert running.process.stderr
        assert running.process.stderr.read() == ""


def test_workers_do_not_outlive_a_killed_server(data: Path) -> None:
    """When the server itself is killed, a worker that is busy ends when its time is over, one that is not at once."""
    with served(data, options=("--workers", "2", "--timeout", "1")) as running:
        with ThreadPoolExecutor() as threads:
            asking = threads.submit(running.ask, FOREVER)
            time.sleep(0.5)
            workers = running.workers()
            running.stop(signal.SIGKILL)
            assert isinstance(asking.exception(), subprocess.CalledProcessError)
        assert len(workers) == 2
        assert all(map(gone, workers))


def fails(*arguments: str) -> str:
    """What `kg serve` says when it cannot start: one line."""
    run = subprocess.run([sys.executable, "-m", "kg", "serve", *arguments], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  our own words
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.count("\n") == 1
    return run.stderr


def test_a_port_that_is_taken(server: Served, data: Path) -> None:
    """A port that is in use is told in one line."""
    port = server.url.rstrip("/").rpartition(":")[2]
    assert (
        fails("--graph", str(data), "--port", port)
        == f"Error: 127.0.0.1:{port}: cannot be served: address already in use; choose another --port or --host\n"
    )


def test_a_graph_that_cannot_be_read(tmp_path: Path) -> None:
    """A graph that is missing or broken is told in one line, with its path and the line of the fault."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a:a> <a:b>\n", "utf-8")
    assert f"{broken}:2: not Turtle" in fails("--graph", str(broken), "--port", "0")
    assert f"{tmp_path}/none.ttl: cannot be read: No such file" in fails("--graph", f"{tmp_path}/none.ttl", "--port", "0")


def test_what_to_install_is_told(data: Path) -> None:
    """Where the server's libraries are missing, the command says how to get them; other commands need none of them."""
    program = "import sys; sys.modules['uvicorn'] = None; from kg.cli import main; main()"
    run = subprocess.run([sys.executable, "-c", program, "serve", "--graph", str(data)], capture_output=True, text=True, check=False)  # noqa: S603  our own words
    assert (run.returncode, run.stderr) == (
        1,
        "Error: kg serve: uvicorn is not installed; install it with pip install 'report-kg[serve]'\n",
    )


def test_a_pool_that_cannot_start_leaves_nothing(tmp_path: Path) -> None:
    """When the graph cannot be read, the pool says so and no worker is left."""
    path = tmp_path / "broken.ttl"
    path.write_text("no", "utf-8")
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    before = children.read_text("ascii")
    with pytest.raises(KgError, match="not Turtle"):
        run_in(Pool((path,), LIMITS, 2), lambda _: asyncio.sleep(0))
    assert children.read_text("ascii") == before


def test_many_clients(data: Path) -> None:
    """Under many clients with all kinds of requests every answer is as is due, and the server's memory does not grow."""
    things = ["made-up", "made-up/p1", *COUNTRIES]
    with served(data, options=("--workers", "2", "--timeout", "1")) as running:
        bench_serve.run(running, things, 6, 40)
        load = bench_serve.run(running, things, 6, 80)
        assert load.statuses["endless", 504] > 0
        assert load.server[1] - load.server[0] < 8 << 20
        assert len(running.workers()) == 2
