"""The endpoint as the SPARQL 1.1 Protocol wants it: the cases of the W3C's test suite for queries, asked by curl and SPARQLWrapper."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from serving import JSON, XML, Answer, Served, served
from SPARQLWrapper import CSV, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, SPARQLWrapper
from SPARQLWrapper import JSON as AS_JSON
from SPARQLWrapper import XML as AS_XML
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

DATA = "http://example.org/data"
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
FORM, DIRECT = "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/sparql-query"
GRAPHS = "".join(f"GRAPH <{DATA}{n}> {{ <{DATA}{n}> a <{DOCUMENT}> . <{DATA}all> a <{DOCUMENT}> }}\n" for n in (1, 2, 3))
FULL = f"""ASK {{ GRAPH ?g {{ ?s a <{DOCUMENT}> }} <{DATA}3> a <{DOCUMENT}> .
    FILTER NOT EXISTS {{ <{DATA}1> ?p ?o }} FILTER NOT EXISTS {{ GRAPH <{DATA}3> {{ ?a ?b ?c }} }} }}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of three named graphs, each with a document of its own and one that all have."""
    path = tmp_path_factory.mktemp("data") / "data.trig"
    path.write_text(GRAPHS, "utf-8")
    with served(path, options=("--workers", "1")) as running:
        yield running


def yes(answer: Answer) -> bool:
    """Whether an ASK was answered with yes."""
    assert answer.status == 200
    found: bool = json.loads(answer.text)["boolean"]
    return found


# ---------------------------------------------------------------- the W3C's cases


def test_query_get(server: Served) -> None:
    """query_get: a query in the address is answered."""
    answer = server.ask("ASK {}")
    assert yes(answer)
    assert answer.kind in {JSON, XML}


def test_query_post_form(server: Served) -> None:
    """query_post_form: a query in a form is answered."""
    assert yes(server.curl("sparql", "--data-urlencode", "query=ASK {}"))


def test_query_post_direct(server: Served) -> None:
    """query_post_direct: a query as the body is answered."""
    assert yes(server.curl("sparql", "-H", DIRECT, "--data-binary", "ASK {}"))


@pytest.mark.parametrize("method", ["--get", "--post"])
@pytest.mark.parametrize(
    ("query", "graphs", "expected"),
    [
        (f"ASK {{ <{DATA}1> a ?t }}", {"default-graph-uri": (1,)}, True),
        (f"ASK {{ <{DATA}1> a ?t }}", {"default-graph-uri": (2,)}, False),
        (f"ASK {{ <{DATA}1> a ?t . <{DATA}2> a ?u }}", {"default-graph-uri": (1, 2)}, True),
        (f"ASK {{ GRAPH ?g {{ <{DATA}1> a ?t }} }}", {"named-graph-uri": (1, 2)}, True),
        (f"ASK {{ GRAPH ?g {{ <{DATA}3> a ?t }} }}", {"named-graph-uri": (1, 2)}, False),
        (f"ASK {{ <{DATA}1> a ?t }}", {"named-graph-uri": (1,)}, False),
        (FULL, {"default-graph-uri": (3,), "named-graph-uri": (1, 2)}, True),
        (FULL, {}, False),
    ],
)
def test_query_dataset(server: Served, method: str, query: str, graphs: dict[str, tuple[int, ...]], expected: bool) -> None:  # noqa: FBT001
    """query_dataset_*: the graphs that the parameters name are asked, and no others."""
    fields = [option for name, numbers in graphs.items() for n in numbers for option in ("--data-urlencode", f"{name}={DATA}{n}")]
    get = ("--get",) if method == "--get" else ()
    assert yes(server.curl("sparql", *get, "--data-urlencode", f"query={query}", *fields)) is expected


def test_query_multiple_dataset(server: Served) -> None:
    """query_multiple_dataset: graphs that the parameters name go before those of FROM; without them FROM chooses."""
    query = f"ASK FROM <{DATA}1> {{ <{DATA}1> a ?t }}"
    assert yes(server.ask(query))
    assert not yes(server.ask(query, "--data-urlencode", f"default-graph-uri={DATA}2"))
    assert not yes(server.ask(f"ASK FROM <{DATA}2> {{ <{DATA}1> a ?t }}"))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT ?s { ?s ?p ?o }", {JSON, XML, "text/csv", "text/tab-separated-values"}),
        ("ASK {}", {JSON, XML}),
        (f"DESCRIBE <{DATA}1>", {"text/turtle", "application/rdf+xml"}),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"text/turtle", "application/rdf+xml"}),
    ],
)
def test_query_content_type(server: Served, query: str, kinds: set[str]) -> None:
    """query_content_type_*: each form of query is answered in one of its own formats."""
    answer = server.ask(query)
    assert answer.status == 200
    assert answer.kind in kinds


@pytest.mark.parametrize(
    ("options", "data", "status"),
    [
        pytest.param(("-X", "PUT", "-H", DIRECT), b"ASK {}", 405, id="bad_query_method"),
        pytest.param(("-H", FORM), b"query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", 400, id="bad_multiple_queries"),
        pytest.param(("-H", "Content-Type: text/plain"), b"ASK {}", 415, id="bad_query_wrong_media_type"),
        pytest.param(("-H", "Content-Type:"), b"query=ASK%20%7B%7D", 415, id="bad_query_missing_form_type"),
        pytest.param(("-H", "Content-Type:"), b"ASK {}", 415, id="bad_query_missing_direct_type"),
        pytest.param(("-H", f"{DIRECT}; charset=UTF-16"), "ASK {}".encode("utf-16"), 415, id="bad_query_non_utf8"),
        pytest.param(("-H", DIRECT), b"ASK { ?s ?p \xff }", 400, id="bad_query_non_utf8_bytes"),
        pytest.param(("-H", FORM), b"query=ASK%20%FF", 400, id="bad_query_non_utf8_form"),
        pytest.param(("-H", DIRECT), b"ASK {", 400, id="bad_query_syntax"),
        pytest.param(("-H", FORM), b"default-graph-uri=http%3A%2F%2Fexample.org%2Fdata1", 400, id="bad_query_missing"),
        pytest.param(("-H", FORM), b"update=CLEAR%20ALL", 403, id="update_post_form"),
        pytest.param(("-H", "Content-Type: application/sparql-update"), b"CLEAR ALL", 403, id="update_post_direct"),
        pytest.param(("-H", DIRECT), b"CLEAR ALL", 403, id="update_as_query"),
        pytest.param(("-X", "DELETE"), None, 405, id="delete"),
        pytest.param(("-H", DIRECT, "-H", "Accept: image/png"), b"ASK {}", 406, id="not_acceptable"),
    ],
)
def test_bad_requests(server: Served, options: tuple[str, ...], data: bytes | None, status: int) -> None:
    """bad_*: what is not as the protocol says is refused with words that say why; so is every update."""
    answer = server.curl("sparql", *options, *(("--data-binary", "@-") if data else ()), data=data)
    assert (answer.status, answer.kind) == (status, "text/plain")
    assert answer.text.strip()


@pytest.mark.parametrize("query", ["update=CLEAR+ALL", "query=INSERT+DATA+%7B+%3Ca:a%3E+%3Ca:b%3E+1+%7D", "query=LOAD+%3Chttp://a/%3E"])
def test_update_get(server: Served, query: str) -> None:
    """bad_update_get: an update in an address is refused as an update, and changes nothing."""
    before = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    answer = server.curl(f"sparql?{query}")
    assert answer.status == 403
    assert "an update is refused" in answer.text
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", JSON),
        ("application/sparql-results+xml", XML),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values, */*;q=0.1", "text/tab-separated-values"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", XML),
        ("application/sparql-results+json;q=0, */*", XML),
        ("text/*", "text/csv"),
        ("APPLICATION/JSON", "application/json"),
        ("text/csv;q=nonsense, application/sparql-results+xml", XML),
    ],
)
def test_negotiation_of_tables(server: Served, accept: str, kind: str) -> None:
    """A table comes in the format that is liked best, by q-values and ranges, and reads the same in each."""
    answer = server.ask(f"SELECT ?s {{ ?s a <{DOCUMENT}> }} ORDER BY ?s", "-H", f"Accept: {accept}")
    assert answer.kind == kind
    assert [answer.text.count(f"{DATA}{name}") for name in ("1", "2", "3", "all")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_negotiation_of_graphs(server: Served, kind: str, form: ox.RdfFormat) -> None:
    """A graph comes in the format that is asked for, the same triples in each, those of several graphs once."""
    answer = server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "-H", f"Accept: {kind}")
    assert answer.kind == kind
    assert len(list(ox.parse(answer.body, format=form))) == 4


def test_formats_of_other_forms_are_not_acceptable(server: Served) -> None:
    """A table is no Turtle, a graph no CSV, a yes no CSV: 406, with what there is."""
    for query, accept in (("SELECT * {}", "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), ("ASK {}", "text/csv")):
        answer = server.ask(query, "-H", f"Accept: {accept}")
        assert answer.status == 406
        assert "there are: " in answer.text


def test_what_all_graphs_say_counts_once(server: Served) -> None:
    """The default graph has each triple once, in however many named graphs it stands; each named graph has its own."""
    assert ": 4 triples" in server.said
    assert b'"4"' in server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    assert b'"6"' in server.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").body


def test_faults_name_line_and_column(server: Served) -> None:
    """What is no SPARQL is shown with its line, its column and a mark below the place."""
    answer = server.ask("SELECT * {\n  ?s ?p }")
    *_, line, mark = answer.text.rstrip("\n").split("\n")
    assert "line 2, column 10: " in answer.text
    assert (line, mark) == ("  ?s ?p }", f"{' ' * 9}^")


# ---------------------------------------------------------------- never elsewhere


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """Another server, to which nobody must come."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield listening


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
        "SELECT * { service silent<{url}>{ ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <{url}> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "#" . SERVICE <{url}> { ?s ?p ?o } }',
        "SELECT * { ?s ?p ?o FILTER(?s<1)SERVICE<{url}>{ ?s ?p ?o }#>\n }",
        "SELECT * { ?s ?p '''a\\'''b''' SERVICE ?s { ?s ?p ?o } VALUES ?s { <{url}> } }",
        "SELECT * { FILTER(true)BIND(trueSERVICE<{url}>{ ?s ?p ?o }) }",
        "SELECT * { VALUES ?x { trueSERVICE<{url}>{ ?s ?p ?o } } }",
        "PREFIX SERVICE: <{url}> SELECT * { SERVICE:x{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\u0022"SERVICE<{url}>{ ?s ?p ?o } #"""\n }',
        "ASK { { SELECT * { SERVICE <{url}> { ?s ?p ?o } } } }",
    ],
)
def test_service_is_refused(server: Served, elsewhere: socket.socket, query: str) -> None:
    """SERVICE is refused however it is written, and nobody is called."""
    answer = server.ask(query.replace("{url}", f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"))
    assert answer.status == 403 or (answer.status == 400 and "unexpected '\\\\'" in answer.text)
    with pytest.raises(TimeoutError):
        elsewhere.accept()


def test_what_could_be_two_comparisons_is_refused(server: Served) -> None:
    """What could be an IRI, or a comparison with a text in which a clause would hide, is refused."""
    answer = server.ask("SELECT * { ?s ?p ?o FILTER(?s<'x>')SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } #'\n }")
    assert answer.status == 403
    assert ": <'x> is refused: it could be read as an IRI or as two comparisons" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        'ASK { VALUES ?x { "SERVICE" } }',
        "ASK { # SERVICE\n }",
        "ASK { VALUES ?SERVICE { 1 } }",
        "ASK { VALUES ?x { <http://a/?SERVICE> } }",
    ],
)
def test_the_word_service_is_no_service(server: Served, query: str) -> None:
    """A text, a remark, a variable or an IRI may hold the word."""
    assert yes(server.ask(query))


def test_graphs_are_not_fetched(server: Served, elsewhere: socket.socket) -> None:
    """A graph that is not here is refused as a parameter and empty in FROM; nobody is called for it."""
    url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/data.ttl"
    assert not yes(server.ask(f"ASK FROM <{url}> {{ ?s ?p ?o }}"))
    assert not yes(server.ask(f"ASK FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"))
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = server.ask("ASK { ?s ?p ?o }", "--data-urlencode", f"{name}={url}")
        assert (answer.status, answer.text) == (400, f"no graph is called <{url}> here, and none is fetched from elsewhere\n")
    with pytest.raises(TimeoutError):
        elsewhere.accept()


# ---------------------------------------------------------------- what the service says of itself, and what may be kept


def test_service_description(server: Served) -> None:
    """Without a query, who asks for RDF gets the description of the service, with every graph; a browser gets the query page."""
    answer = server.curl("sparql", "-H", "Accept: text/turtle")
    store = ox.Store()
    store.load(answer.body, format=ox.RdfFormat.TURTLE)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert [str(quad.object) for quad in store.quads_for_pattern(None, ox.NamedNode(f"{sd}endpoint"), None)] == [f"<{server.url}sparql>"]
    names = {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(f"{sd}name"), None)}  # type: ignore[union-attr]
    assert names == {f"{DATA}{n}" for n in (1, 2, 3)}
    assert server.curl("sparql", "-H", "Accept: text/html").kind == "text/html"


def test_an_answer_is_known_again(server: Served) -> None:
    """The same question gives the same ETag and then 304, another one another; what changes by itself is not kept."""
    first, other = server.ask("ASK {}"), server.ask("ASK { ?s ?p ?o }")
    assert first.headers["etag"] != other.headers["etag"]
    again = server.ask("ASK {}", "-H", f"If-None-Match: {first.headers['etag']}")
    assert (again.status, again.body) == (304, b"")
    assert server.ask("SELECT (NOW() AS ?t) {}").headers["cache-control"] == "no-store"


def test_head_and_options(server: Served) -> None:
    """HEAD gives the head of GET without its body; OPTIONS says what may be done."""
    head, get = server.curl("sparql?query=ASK%7B%7D", "--head"), server.curl("sparql?query=ASK%7B%7D")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(get.body)))
    options = server.curl("sparql", "-X", "OPTIONS")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


# ---------------------------------------------------------------- SPARQLWrapper


def wrapped(server: Served, query: str, form: str, **how: str) -> Any:  # noqa: ANN401  as it gives it
    """What SPARQLWrapper gets and reads."""
    wrapper = SPARQLWrapper(f"{server.url}sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    for name, value in how.items():
        getattr(wrapper, name)(value)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize(
    "how",
    [{}, {"setMethod": POST}, {"setMethod": POST, "setRequestMethod": URLENCODED}, {"setMethod": POST, "setRequestMethod": POSTDIRECTLY}],
)
def test_sparqlwrapper_asks_in_every_way(server: Served, how: dict[str, str]) -> None:
    """SPARQLWrapper reads the rows by GET, as a form and as a body."""
    rows = wrapped(server, f"SELECT ?s {{ ?s a <{DOCUMENT}> }} ORDER BY ?s", AS_JSON, **how)["results"]["bindings"]
    assert [row["s"]["value"] for row in rows] == [f"{DATA}{name}" for name in ("1", "2", "3", "all")]


def test_sparqlwrapper_reads_every_format(server: Served) -> None:
    """SPARQLWrapper reads XML, CSV, TSV, Turtle and RDF/XML."""
    select, construct = f"SELECT ?s {{ ?s a <{DOCUMENT}> }}", "CONSTRUCT WHERE { ?s ?p ?o }"
    assert len(wrapped(server, select, AS_XML).getElementsByTagName("result")) == 4
    assert len(wrapped(server, select, CSV).split()) == 5
    assert len(wrapped(server, select, TSV).split()) == 5
    assert len(wrapped(server, construct, RDFXML)) == 4
    assert wrapped(server, construct, TURTLE).count(b"Document") == 4


def test_sparqlwrapper_tells_of_faults(server: Served) -> None:
    """SPARQLWrapper says that a bad query is one, in our words."""
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapped(server, "SELECT nothing", AS_JSON)


def test_the_path_of_a_graph_may_be_anything(tmp_path: Path) -> None:
    """A graph whose file has blanks and Chinese letters in its name is served."""
    path = tmp_path / "two graphs 图.ttl"
    path.write_text(f"<{DATA}1> a <{DOCUMENT}> .", "utf-8")
    with served(path, options=("--workers", "1")) as running:
        assert ": 1 triples" in running.said
