"""`kg push` and the endpoint, on the servers that start on a plain Debian machine, and on one that misbehaves in every way at hand."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import ten_reports as ten
from click.testing import CliRunner, Result
from rdflib import Dataset
from servers import KINDS, Server, misbehaving, missing, running

from kg import queries, rdf
from kg.cli import kg
from kg.errors import EndpointError, KgError, UnknownNameError
from kg.iris import SHARED
from kg.ontology import BASE, KG
from kg.remote import reports
from kg.remote.addresses import addresses
from kg.remote.connection import Connection, Credentials, Limits
from kg.remote.endpoint import Endpoint
from kg.remote.push import Pushed, Target, push

NEAR = Credentials(user="ann", password="s3cret")  # noqa: S106  made up
X = "http://www.w3.org/2001/XMLSchema#"
TERMS = (
    ox.Literal('𠮷 "q" \\ \t\r\n\u2028\x01', language="zh"),
    ox.Literal("字" * 20_000),
    ox.Literal("v", language="zh-Hans"),
    ox.Literal("99999999999", datatype=ox.NamedNode(f"{X}integer")),
    ox.Literal("1.50", datatype=ox.NamedNode(f"{X}decimal")),
    ox.Literal("2012-01-31", datatype=ox.NamedNode(f"{X}date")),
    ox.Literal("2012", datatype=ox.NamedNode(f"{X}gYear")),
    ox.Literal("646", datatype=ox.NamedNode(f"{KG}m49")),
    ox.NamedNode(f"{BASE}第2012_6号决定"),
)
SHARED_NOW = (
    ox.Triple(ox.NamedNode(f"{KG}Report"), ox.NamedNode(f"{KG}x"), ox.Literal("报告", language="zh")),
    ox.Triple(ox.NamedNode(f"{BASE}a"), ox.NamedNode(f"{KG}x"), ox.Literal("甲", language="zh")),
)


def made_up(name: str, word: str, size: int = 20) -> tuple[str, tuple[ox.Triple, ...]]:
    """The graph of a report that says a word many times, and whatever a literal can hold."""
    graph, says = ox.NamedNode(f"{BASE}{name}"), ox.NamedNode(f"{KG}says")
    typed = ox.Triple(graph, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(f"{KG}Report"))
    words = (ox.Triple(ox.NamedNode(f"{graph.value}/p{i}"), says, ox.Literal(f"{word}{i}")) for i in range(size))
    return graph.value, (*words, *(ox.Triple(graph, says, term) for term in TERMS), typed)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What pyoxigraph made is dropped in the thread that made it, as it wants to be, and not when a server's thread makes room."""
    yield
    gc.collect()


@pytest.fixture(scope="module", params=sorted(KINDS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server, empty at first."""
    if why := missing(request.param):
        pytest.skip(why)
    with running(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield found


@pytest.fixture
def target(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    """The server, without any report, with its credentials in the environment."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    with Target(addresses(server.store)) as found:
        for graph in (*found.reports(), SHARED):
            found.remove(graph)
        yield found


def words(target: Target, graph: str) -> set[str]:
    """What words a graph says."""
    rows = target._endpoint.rows(f"SELECT DISTINCT ?o WHERE {{ GRAPH <{graph}> {{ ?s <{KG}says> ?o FILTER(?s != <{graph}>) }} }}")  # noqa: SLF001  to see the server itself
    return {row["o"].value.rstrip("0123456789") for row in rows}


def run(*arguments: object) -> Result:
    """What `kg push` says."""
    return CliRunner().invoke(kg, ["push", *map(str, arguments)], prog_name="kg")


def written(path: Path, *graphs: tuple[str, tuple[ox.Triple, ...]], shared: tuple[ox.Triple, ...] = SHARED_NOW) -> Path:
    """Graphs of reports, and what they share, as a file."""
    quads: list[ox.Quad] = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph)) for graph, triples in graphs for t in triples]
    quads += [ox.Quad(t.subject, t.predicate, t.object) for t in shared]
    ox.serialize(quads, path, format=ox.RdfFormat.N_QUADS)
    return path


def test_push_and_push_again(target: Target) -> None:
    """What a report says arrives as it is, however odd; a second push sends nothing; another version takes its place."""
    graph, old = made_up("r1", "old")
    assert list(push(target, [(graph, old)], SHARED_NOW)) == [Pushed(SHARED, 2, changed=True), Pushed(graph, len(old), changed=True)]
    assert list(push(target, [(graph, old)], SHARED_NOW)) == [Pushed(SHARED, 2, changed=False), Pushed(graph, len(old), changed=False)]
    _, new = made_up("r1", "new", 30)
    assert list(push(target, [(graph, new)], SHARED_NOW))[1] == Pushed(graph, len(new), changed=True)
    assert words(target, graph) == {"new"}


def test_shared_graph(target: Target) -> None:
    """It is added to while the server holds another report, and becomes what the reports share when it holds none."""
    other = (ox.Triple(ox.NamedNode(f"{BASE}b"), ox.NamedNode(f"{KG}x"), ox.Literal("乙")),)
    list(push(target, [made_up("r1", "a")], SHARED_NOW))
    added, _report = push(target, [made_up("r2", "b")], other)
    assert added == Pushed(SHARED, 3, changed=True)
    both = list(push(target, [made_up("r1", "a"), made_up("r2", "b")], other))
    assert both[-1] == Pushed(SHARED, 1, changed=True)


def test_many_pages(target: Target) -> None:
    """A report of more rows than a server gives in one answer (Virtuoso's 10,000) is compared to its end."""
    graph, triples = made_up("large", "x", 10_500)
    assert target.replace(graph, triples) == Pushed(graph, len(triples), changed=True)
    assert target.replace(graph, triples) == Pushed(graph, len(triples), changed=False)


@pytest.mark.parametrize("last", range(9))
def test_a_client_that_stops(target: Target, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """Whichever request is a client's last, the report is whole, old or new; the next push makes it new and leaves nothing aside."""
    (graph, old), (_, new) = made_up("r1", "old"), made_up("r1", "new")
    list(push(target, [(graph, old)], SHARED_NOW))
    sent = 0
    send = Connection.send

    def dying(self: Connection, *given: Any, **more: Any) -> Any:  # noqa: ANN401  as send
        nonlocal sent
        sent += 1
        if sent > last:
            raise KeyboardInterrupt
        return send(self, *given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "send", dying)
        with pytest.raises(KeyboardInterrupt):
            list(push(target, [(graph, new)], SHARED_NOW))
    assert words(target, graph) in ({"old"}, {"new"})
    list(push(target, [(graph, new)], SHARED_NOW))
    assert words(target, graph) == {"new"}
    assert target.reports() == {graph}
    assert target._graphs(f"GRAPH ?g {{ ?s <{KG}says> ?o }}") == {graph}  # noqa: SLF001  to see the server itself


def test_a_body_that_is_cut_off(target: Target, server: Server) -> None:
    """A PUT that ends in the middle of its body changes no report."""
    graph, old = made_up("r1", "old")
    target.replace(graph, old)
    url = httpx.URL(server.store, params={"graph": f"{graph}#incoming-0123"})
    head = f"PUT {url.raw_path.decode()} HTTP/1.1\r\nHost: {url.netloc.decode()}\r\nContent-Length: 100000\r\n\r\n"
    with socket.create_connection((url.host, url.port or 80)) as connection:
        connection.sendall(head.encode() + f"<{graph}> <{KG}says> ".encode())
    assert words(target, graph) == {"old"}
    assert not target.replace(graph, old).changed


@pytest.mark.parametrize("after", [0.0, 0.05, 0.2])
def test_a_server_that_is_killed(target: Target, server: Server, after: float) -> None:
    """A server killed while a report is replaced has it whole when it is started again, old or new, and takes the next push."""
    (graph, old), (_, new) = made_up("killed", "old", 3000), made_up("killed", "new", 3000)
    target.replace(graph, old)
    moving = threading.Event()
    update = target._update  # noqa: SLF001  the moment that matters

    def told(text: str) -> None:
        moving.set()
        update(text)

    def replacing() -> None:
        with suppress(EndpointError):
            target.replace(graph, new)

    target._update = told  # type: ignore[method-assign]  # noqa: SLF001
    thread = threading.Thread(target=replacing)
    thread.start()
    assert moving.wait(60)
    time.sleep(after)
    server.kill()
    thread.join()
    server.start()
    with Target(addresses(server.store)) as again:
        assert words(again, graph) in ({"old"}, {"new"})
        again.replace(graph, new)
        assert words(again, graph) == {"new"}
        again.remove(graph)


def test_command(target: Target, server: Server, tmp_path: Path) -> None:
    """Reports of a file are sent one by one, what there is to say stands in a line each; one is removed, then the last."""
    file = written(tmp_path / "two.nq", made_up("r1", "a"), made_up("r2", "b"))
    said = run(server.store, "--graph", file)
    assert (said.exit_code, said.stdout) == (0, "shared: 2 triples\nr1: 30 triples\nr2: 30 triples\n")
    assert run(server.store, "--graph", file, "--report", "r2").stdout == "shared: 2 triples, unchanged\nr2: 30 triples, unchanged\n"
    assert run(server.store, "--remove", "r1").stdout == "r1: removed\n"
    assert target.reports() == {f"{BASE}r2"}
    assert "r9: the server has no such report; choices: r2" in run(server.store, "--remove", "r9").stderr
    run(server.store, "--remove", "r2")
    assert target._count(SHARED) == 0  # noqa: SLF001  to see the server itself


def test_a_report_that_fails(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that cannot be sent is told, the next one is sent, and the shared graph loses nothing."""
    send = Target._send  # noqa: SLF001  what the server refuses

    def refusing(self: Target, method: str, graph: str, triples: Any) -> None:  # noqa: ANN401
        if "/bad" in graph:
            message = "refused"
            raise EndpointError(message)
        send(self, method, graph, triples)

    monkeypatch.setattr(Target, "_send", refusing)
    first, bad, good = push(target, [made_up("bad", "a"), made_up("good", "b")], SHARED_NOW)
    assert (str(bad), target.reports()) == ("refused", {f"{BASE}good"})
    assert isinstance(first, Pushed)
    assert good == Pushed(f"{BASE}good", 30, changed=True)


def test_what_a_server_changes_is_told(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that holds something else than what was sent gets no further: the report stays as it was."""
    graph, old = made_up("r1", "old")
    target.replace(graph, old)
    send = Target._send  # noqa: SLF001  a server that loses a triple
    monkeypatch.setattr(Target, "_send", lambda self, method, graph, triples: send(self, method, graph, triples[1:]))
    with pytest.raises(EndpointError, match=r"of 30 triples sent it holds 29, and 0 others, first .*r1 was left as it was"):
        target.replace(*made_up("r1", "new"))
    assert words(target, graph) == {"old"}


@pytest.fixture(scope="module")
def seed_file(seed_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed report as N-Quads."""
    path = tmp_path_factory.mktemp("seed") / "seed.nq"
    graphs: dict[str, list[Any]] = {}
    for s, p, o, graph in seed_dataset.quads():
        graphs.setdefault("" if graph is None or "default" in str(graph) else str(graph), []).append((s, p, o))
    path.write_bytes(rdf.n_quads(graphs))
    return path


def test_questions_on_servers(target: Target, server: Server, seed_file: Path) -> None:
    """Every question of queries/ gets the same rows in the same order from the server as from the file."""
    assert run(server.store, "--graph", seed_file).exit_code == 0
    local = ox.Store()
    local.bulk_load(path=str(seed_file), format=ox.RdfFormat.N_QUADS)
    endpoint = Endpoint(server.query)

    def plain(found: Any) -> list[dict[str, str]]:  # noqa: ANN401  either way of solutions
        names = [variable.value for variable in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]

    for asked in queries.catalogue():
        expected = plain(local.query(asked.text, use_default_graph_as_union=True))
        assert expected, asked.name
        assert plain(endpoint.query(asked.text)) == expected, asked.name
    assert target.reports()


def test_query_asks_a_server(target: Target, server: Server, seed_file: Path) -> None:
    """`kg query --endpoint` prints what `kg query` prints of the file; it refuses an update, and --graph beside it."""
    assert run(server.store, "--graph", seed_file).exit_code == 0
    asked = ["query", "private-partners", "--format", "csv"]
    local = CliRunner().invoke(kg, [*asked, "--graph", str(seed_file)])
    remote = CliRunner().invoke(kg, [*asked, "--endpoint", server.query])
    assert remote.exit_code == 0, remote.output
    assert remote.output == local.output
    refused = CliRunner().invoke(kg, ["query", "-", "--endpoint", server.query], input="DROP ALL")
    assert refused.exit_code == 1
    assert "an update is refused" in refused.output
    assert CliRunner().invoke(kg, [*asked, "--endpoint", server.query, "--graph", str(seed_file)]).exit_code == 2
    assert target.reports()


def test_a_store_is_sent(target: Target, server: Server, tmp_path: Path) -> None:
    """A store goes graph by graph, its decisions with what reports share; the server answers as it does; its export says the same."""
    store = tmp_path / "store"
    ten.add(store, "r-01", "r-02", "r-05")
    said = run(server.store, "--graph", store)
    assert said.exit_code == 0, said.output
    assert [line.partition(":")[0] for line in said.stdout.splitlines()] == ["shared", "r-01", "r-02", "r-05"]
    assert target.reports() == {f"{BASE}{name}" for name in ("r-01", "r-02", "r-05")}
    about_decisions = tmp_path / "decisions.rq"
    about_decisions.write_text(f"SELECT ?as ?why {{ ?d <{KG}identifiedAs> ?as ; <{KG}reason> ?why }} ORDER BY ?as ?why", "utf-8")
    for asked in (["partners", "--subject", "开发署"], ["countries"], [str(about_decisions)]):
        local, remote = (
            CliRunner().invoke(kg, ["query", *asked, "--format", "csv", *where])
            for where in (["--graph", str(store)], ["--endpoint", server.query])
        )
        assert local.output.count("\n") > 1, asked
        assert remote.output == local.output, asked
    exported = CliRunner().invoke(kg, ["export", "-f", "nquads", "--graph", str(store), "-o", str(tmp_path)])
    assert exported.exit_code == 0, exported.output
    again = run(server.store, "--graph", tmp_path / "report-kg.nq").stdout.splitlines()
    assert [line for line in again if not line.endswith(", unchanged")] == []


def test_forms_of_query(target: Target, server: Server) -> None:
    """ASK, SELECT, CONSTRUCT and DESCRIBE come back as pyoxigraph has them; a wrong query is the server's word in one line."""
    graph, triples = made_up("r1", "a", 1)
    target.replace(graph, triples)
    endpoint = Endpoint(server.query)
    assert bool(endpoint.query(f"ASK {{ GRAPH ?g {{ <{graph}> ?p ?o }} }}")) is True
    built = endpoint.query(f"# a # comment\nPREFIX kg: <{KG}>\nCONSTRUCT {{ ?s kg:says ?o }} WHERE {{ ?s kg:says ?o FILTER(?o = 'a0') }}")
    assert isinstance(built, ox.QueryTriples)
    assert [triple.object.value for triple in built if isinstance(triple.object, ox.Literal)] == ["a0"]
    assert isinstance(endpoint.query(f"DESCRIBE <{graph}>"), ox.QueryTriples)
    with pytest.raises(EndpointError, match="400 Bad Request") as caught:
        endpoint.query("SELECT nothing")
    assert "\n" not in str(caught.value)


def answering(
    status: int, kind: str, body: bytes, length: int = 0, **headers: str
) -> Callable[[BaseHTTPRequestHandler, threading.Event], None]:
    """Answer with this body, said to be of this length."""

    def answer(handler: BaseHTTPRequestHandler, _ending: threading.Event) -> None:
        handler.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(length or len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


JSON = "application/sparql-results+json"
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[' + b",".join([b'{"x":{"type":"literal","value":"y"}}'] * 50) + b"]}}"
DEEP = b'{"type":"triple","value":{"object":' * 50_000 + b"}}" * 50_000


@pytest.mark.parametrize(
    ("status", "kind", "body", "fault"),
    [
        (200, JSON, ROWS[:-3], "not a whole answer"),
        (200, JSON, ROWS[:100], "not a whole answer"),
        (200, "text/html", b"<html>Sign in</html>", "not a whole answer: text/html instead of"),
        (200, "", ROWS, "not a whole answer: something instead of"),
        (200, JSON, b"", "not a whole answer"),
        (200, JSON, b'{"head":{},"boolean":true}', "no table in answer to a SELECT"),
        (200, JSON, b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":' + DEEP + b"]}}", "not a whole answer: it is nested too deep"),
        (500, "text/html", b"<h1>Out of\n<b>memory</b></h1>", "500 Internal Server Error: Out of memory"),
        (401, "text/html", b"", "401 Unauthorized; the server wants other credentials"),
        (404, "text/html", b"", "404 Not Found; nothing is there"),
    ],
)
def test_answers_that_are_none(status: int, kind: str, body: bytes, fault: str) -> None:
    """An answer that is cut off, of another kind, or an error becomes one line that names the address."""
    with misbehaving(answering(status, kind, body)) as server, pytest.raises(EndpointError) as caught:
        Endpoint(server.url, Connection(server.url, NEAR)).rows("SELECT ?x {}")
    assert str(caught.value).startswith(f"{server.url}: {fault}")
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_triples_within_triples() -> None:
    """A graph in which triples stand too deep within triples is refused; it would end the process."""
    body = b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 50_000 + b"<urn:c>" + b" )>>" * 50_000 + b" .\n"
    with misbehaving(answering(200, "application/n-triples", body)) as server, pytest.raises(EndpointError, match="nested too deep"):
        Endpoint(server.url, Connection(server.url, NEAR)).query("CONSTRUCT WHERE {}")


def test_a_connection_that_breaks() -> None:
    """A body shorter than its announced length, and a server that is not there, are errors too."""
    with misbehaving(answering(200, JSON, ROWS, len(ROWS) + 1)) as server, pytest.raises(EndpointError, match="no whole answer"):
        Endpoint(server.url).query("SELECT ?x {}")
    with pytest.raises(EndpointError, match="is the server running"):
        Endpoint(server.url).query("SELECT ?x {}")


def test_limits() -> None:
    """An answer that is too large, that does not come, or that comes drop by drop, ends at the limit."""

    def silent(_handler: BaseHTTPRequestHandler, ending: threading.Event) -> None:
        ending.wait(60)

    def dripping(handler: BaseHTTPRequestHandler, ending: threading.Event) -> None:
        answering(200, JSON, b"{", 10**6)(handler, ending)
        while not ending.wait(0.01):
            handler.wfile.write(b" ")

    with misbehaving(answering(200, JSON, ROWS)) as server, pytest.raises(EndpointError, match="larger than 1,000 bytes"):
        Endpoint(server.url, Connection(server.url, limits=Limits(size=1000))).query("SELECT ?x {}")
    for slow in (silent, dripping):
        with misbehaving(slow) as server, pytest.raises(EndpointError, match=r"within 0\.3 s"):
            Endpoint(server.url, Connection(server.url, limits=Limits(seconds=0.3))).query("SELECT ?x {}")


def test_redirects_are_not_followed() -> None:
    """A redirect, to wherever, is told and not followed: no other server sees a request, nor credentials."""
    with misbehaving(answering(200, JSON, ROWS)) as other:
        away = other.url.replace("//", "//who:what@")
        with misbehaving(answering(302, "", b"", location=away)) as server, pytest.raises(EndpointError) as caught:
            Endpoint(server.url, Connection(server.url, NEAR)).query("SELECT ?x {}")
    assert f"redirects to {other.url}; redirects are not followed" in str(caught.value)
    assert "what" not in str(caught.value).replace(other.url, "")
    assert other.seen == []


def test_credentials_are_told_when_asked() -> None:
    """A user's password goes to a server that asks for it, in the way it asks; a token at once; nothing is told unasked."""
    with misbehaving(answering(200, JSON, ROWS)) as server:
        Endpoint(server.url, Connection(server.url, NEAR)).query("SELECT ?x {}")
        Endpoint(server.url, Connection(server.url, Credentials(token="t0ken"))).query("SELECT ?x {}")  # noqa: S106  made up
    assert [seen.get("authorization") for seen in server.seen] == [None, "Bearer t0ken"]
    for challenge, scheme in (
        ('Basic realm="r"', "Basic YW5uOnMzY3JldA=="),
        ('Digest realm="r", nonce="n", qop="auth"', "Digest username="),
    ):
        with misbehaving(answering(401, "", b"", www_authenticate=challenge)) as server, pytest.raises(EndpointError, match="401"):
            Endpoint(server.url, Connection(server.url, NEAR)).query("SELECT ?x {}")
        assert [str(seen.get("authorization")).startswith(scheme) for seen in server.seen] == [False, True]


def test_credentials_stay_where_they_belong(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are refused in an address, unencrypted to another machine, and do not show when printed."""
    with pytest.raises(EndpointError, match=r"^http://example\.org/: no credentials in an address") as caught:
        Connection("http://ann:s3cret@example.org/")
    assert "s3cret" not in str(caught.value)
    with pytest.raises(EndpointError, match="not sent over plain http to another machine"):
        Connection("http://example.org/", NEAR)
    for url in ("https://example.org/", "http://localhost/", "http://127.0.0.2:80/", "http://[::1]/"):
        with Connection(url, NEAR):
            pass
    monkeypatch.setenv("KG_ENDPOINT_USER", "ann")
    monkeypatch.setenv("KG_ENDPOINT_PLAIN", "yes")
    with Connection("http://example.org/"):
        pass
    assert "s3cret" not in repr(NEAR)
    with pytest.raises(EndpointError, match="the addresses of one server are on one host"):
        Connection("http://localhost:1/", NEAR).send("GET", "http://localhost:2/")


def test_addresses() -> None:
    """Of a known server the graph store's address is enough; of another all three are needed; what is no address is told."""
    known = addresses("http://127.0.0.1:1/x/store/")
    assert (known.query, known.update) == ("http://127.0.0.1:1/x/query", "http://127.0.0.1:1/x/update")
    with pytest.raises(EndpointError, match=r"of no known server, such as …/store \(Oxigraph\).*give --query and --update"):
        addresses("http://127.0.0.1:1/data")
    assert addresses("http://127.0.0.1:1/data", "http://127.0.0.1:1/q", "http://127.0.0.1:1/u").update.endswith("/u")
    for none in ("", "exports", "ftp://x/", "http://"):
        with pytest.raises(EndpointError, match="not an address"):
            addresses(none)


def test_files_that_cannot_be_sent(tmp_path: Path) -> None:
    """No graph of a report, a report twice, nodes without an IRI, no such report: an error says what to do."""
    one, two = (written(tmp_path / name, made_up("r1", "a")) for name in ("1.nq", "2.nq"))
    none = written(tmp_path / "0.nq")
    blank = written(tmp_path / "b.nq", shared=(ox.Triple(ox.BlankNode("x"), ox.NamedNode(f"{KG}x"), ox.Literal("")),))
    with pytest.raises(KgError, match=r"0\.nq: no graph of a report in it; push \.trig or \.nq"):
        reports.read([none])
    with pytest.raises(KgError, match=r"2\.nq: .*r1 is also in .*1\.nq; give one"):
        reports.read([one, two])
    with pytest.raises(KgError, match=r"b\.nq: has nodes without an IRI"):
        reports.read([blank])
    with pytest.raises(UnknownNameError, match=r"r7: no such report in .*1\.nq; choices: r1"):
        reports.read([one], ["r7"])
