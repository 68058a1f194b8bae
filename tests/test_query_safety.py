"""A question only reads the graph at hand: no disguise brings SERVICE, FROM or an update through, and nothing reaches the network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from kg import queries, tables
from kg.cli import kg
from kg.errors import QueryError
from kg.queries import safety, sources
from kg.queries.limits import Limits, Worker
from kg.queries.sources import Source

PREFIXES = "PREFIX : <urn:x:> PREFIX service: <urn:s:> PREFIX from: <urn:f:> "
GRAPH = '<urn:a:a> <urn:a:b> "c" .\n'


def refusal(text: str) -> str:
    """Why a text is refused, "" if it is not."""
    try:
        safety.check("here", text)
    except QueryError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <urn:x> {} }",
        "SELECT*{SERVICE<urn:x>{}}",
        "SELECT * { service silent ?any { ?s ?p ?o } }",
        "SELECT * { SeRvIcE<urn:x>{} }",
        "SELECT * { # a comment\nSERVICE#>\n<urn:x>{} }",
        "SELECT * { { SELECT * { GRAPH ?g { OPTIONAL { SERVICE :x {} } } } } }",
        "SELECT * { ?s :p/(:q|^:r)* ?o . SERVICE :x { VALUES ?a { 1 } } }",
        "ASK { FILTER NOT EXISTS { SERVICE <urn:x> {} } }",
        r"SELECT * { \u0053ERVICE <urn:x> {} }",
        r"SELECT * { SERV\U00000049CE <urn:x> {} }",
        r'SELECT * { BIND("\u0022) SERVICE <urn:x> {} #" AS ?x) }',
        # what oxigraph, which reads letter by letter, takes for SERVICE
        "SELECT * { SERVICE:x{} }",
        "SELECT * { SERVICESILENT:x{} }",
        "SELECT * { ?s ?p trueSERVICE:x{} }",
        "SELECT * { ?s ?p 1SERVICE<urn:x>{} }",
        "SELECT * { ?s ?p :.SERVICE:x{} }",
        "SELECT * { ?s ?p 1.SERVICE:x{} }",
        # what an IRI could hide that is none
        "SELECT * { FILTER(1<2)SERVICE:x#>\n{} }",
        "SELECT * { FILTER(?a<'x>')SERVICE:x {} #'\n }",
        "SELECT * { FILTER(1<2#>'''\n)SERVICE:x {} #'''\n }",
        "SELECT * { FILTER(1<:a#>'''\n)SERVICE:x {} #'''\n }",
        r"SELECT * { <urn:\u0062#> ?p ?o . SERVICE <urn:x> {} }",
        # what letters that are none to Python could hide
        "SELECT * { SERVICE:x\u0300{} }",
        "SELECT * { SERVICE:\u200dx{} }",
        "SELECT * { ?s ?p :a\u00b7\\# . SERVICE :x {} }",
        "SELECT * { ?a\u00a0SERVICE :x {} }",
        # what an escape could hide
        r"SELECT * { ?s ?p :a\# . SERVICE <urn:x> {} }",
        r"""SELECT * { ?s ?p :a\' . SERVICE <urn:x> {} #' }""",
        'SELECT * { BIND("""a" b\\""" """ AS ?x) SERVICE <urn:x> {} }',
        """SELECT * { VALUES ?x { '''a' } SERVICE <urn:x> {} #' \n }""",
        "SELECT * FROM <urn:x> {}",
        "SELECT * FROM NAMED <urn:x> {}",
        "SELECT * FROMNAMED<urn:x>{}",
        "ASKFROM<urn:x>{}",
        "SELECT*FROM:b{}",
        "SELECT(1<2AS?c)FROM:b#>\n{}",
        "CONSTRUCT FROM <urn:x> WHERE { ?s ?p ?o }",
        "DESCRIBE ?x FROM:b WHERE { ?x ?p ?o }",
        "DESCRIBE * FROM:b LIMIT 1",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "ASK {} ; DROP ALL",
        "BASE <urn:x:> DELETE WHERE { ?s ?p ?o }",
        "ASK {}" + " " * 1_000_000,
    ],
)
def test_refused(text: str) -> None:
    """Each is refused, with its place, what it is and why."""
    assert refusal(PREFIXES + text).startswith("here:")


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?from { BIND("SERVICE <urn:x> {} FROM" AS ?from) }',
        "SELECT ?service { ?service a :Thing } # SERVICE <urn:x> {}",
        "SELECT * { ?x a <http://example.org/service#from> ; service:x 1 ; :service from:y . }",
        "SELECT * { ?x service:x/from:y+ service:z OPTIONAL { ?x :from ?y } }",
        "SELECT * { ?x :p <http://example.org/People's_(service)#from> FILTER(?x < 5 && ?y > 3) }",
        "SELECT * { ?x :p _:service . FILTER(?x<3||?x>5) }",
        """SELECT * { ?x :p '''it's " # SERVICE''' , 'LOAD' , "it's \\"FROM\\" " }""",
        r"SELECT * { ?x :p\-service :a\#from }",
        "SELECT * { ?\u00e9\u0300 :\u00e9\u00b7service ?x }",
        "SELECT ($from AS ?x) { ?s ?p $from }",
        "SELECT * { VALUES (?a ?b) { (<urn:a> <urn:service>) } }",
        r"SELECT * { ?x :p 'caf\u00e9' }",
    ],
)
def test_words_are_no_refusal(text: str) -> None:
    """SERVICE, FROM and LOAD in strings, comments, IRIs, names and variables are only words; oxigraph reads what is let through."""
    assert refusal(PREFIXES + text) == ""
    assert ox.Store().query(PREFIXES + text) is not None


def test_every_question_of_the_project_is_let_through() -> None:
    """Nothing in queries/ is refused."""
    assert [asked.name for asked in queries.catalogue() if refusal(asked.text)] == []


# ---------------------------------------------------------------- against a parser

BLANKS = st.sampled_from(["", " ", "\n", "\t", "#SERVICE\n", " # FROM '''\n"])
TERMS = st.sampled_from(
    ["?service", ":a", "service:b", "<urn:from>", "<http://e.org/'x)#>", '"SERVICE"', "'''FROM '\n'''", "1", "true", "_:b"]
)
TRIPLES = st.tuples(BLANKS, st.sampled_from(["?s", ":a"]), st.just(" "), st.sampled_from([":p", "from:p", "?p"]), st.just(" "), TERMS)
PATTERNS = st.recursive(
    TRIPLES.map("".join),
    lambda inner: st.one_of(
        inner.map("OPTIONAL{{{}}}".format),
        inner.map("{{ {} }} UNION {{}}".format),
        inner.map("FILTER(?a<?b&&?c>?d)FILTER EXISTS{{{}}}".format),
        inner.map("{{SELECT * {{ {} }}}}".format),
        st.tuples(st.sampled_from(["SERVICE <urn:x> ", "SERVICE<urn:x>", "service ?s", "SERVICE SILENT :x"]), inner).map(
            lambda pair: f"{pair[0]}{{{pair[1]}}}"
        ),
        st.tuples(inner, BLANKS, inner).map(lambda parts: f"{parts[0]} . {parts[1]}{parts[2]}"),
    ),
    max_leaves=6,
)
FROM = st.sampled_from(["", "", " FROM <urn:g> ", " FROM NAMED :g ", "#FROM <urn:g>\n"])


def reaches_out(text: str) -> bool | None:
    """Whether rdflib's parser sees SERVICE or FROM in a query; None when it cannot read it."""
    try:
        query = prepareQuery(text)
    except Exception:  # noqa: BLE001  rdflib raises what it likes
        return None
    found = [bool(query.algebra.datasetClause)]

    def see(node: object) -> None:
        found.append(isinstance(node, CompValue) and node.name == "ServiceGraphPattern")

    traverse(query.algebra, visitPre=see)
    return any(found)


@settings(max_examples=150, deadline=None)
@given(FROM, PATTERNS)
def test_as_a_parser_sees_it(dataset: str, pattern: str) -> None:
    """What is refused is what rdflib's parser finds SERVICE or FROM in, whatever stands around it."""
    text = f"{PREFIXES}SELECT *{dataset}{{{pattern}}}"
    seen = reaches_out(text)
    if seen is not None:
        assert bool(refusal(text)) == seen


# ---------------------------------------------------------------- against oxigraph

# Port 1 is refused by oxigraph itself: a SERVICE that it sees ends with an OSError, and no call is made.
AT_NOTHING = "PREFIX : <http://127.0.0.1:1/> PREFIX s: <http://127.0.0.1:1/> PREFIX service: <http://127.0.0.1:1/> "
DISGUISES = [
    "FILTER(1<2)SERVICE:x#>\n{}",
    "FILTER(1<:a#>'''\n)SERVICE:x {} #'''\n",
    "BIND(1 AS ?a)FILTER(?a<'x>'||true)SERVICE:x {} #'\n",
    "?s ?p trueSERVICEs:x{}",
    "OPTIONAL{?s ?p :a\\# }SERVICE :x {}",
    'VALUES ?x { """a" } SERVICE :x {}',
    "{SELECT*{{}UNION{SERVICE :x{}}}}",
]
NAMES = ["\u00b7", "\u0300", "\u200d", "\u00e9", "\u1680", ":", ".", "-", "x", "SERVICE", "1"]
SIGNS = ["\\#", "\\'", "'", "'''", '"', '"""', "#", "\n", "<", ">", " "]
CHANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2), st.sampled_from(NAMES + SIGNS)), max_size=4)


def disguised(disguise: str, changes: list[tuple[int, int, str]]) -> str:
    """A query with a disguise into which pieces were put, at a place, for so many characters."""
    for at, gone, piece in changes:
        disguise = disguise[:at] + piece + disguise[at + gone :]
    return f"{AT_NOTHING}SELECT*{{{disguise}}}"


def rows(text: str) -> list[ox.QuerySolution]:
    """What oxigraph, asked without any check, gives of a graph of one triple."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(value=True)))
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_is_one(disguise: str) -> None:
    """Unchecked, oxigraph does see a SERVICE in each: without this the next test would show nothing."""
    with pytest.raises(OSError, match="port 1"):
        rows(disguised(disguise, []))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(DISGUISES), CHANGES)
def test_what_is_let_through_reaches_nothing(disguise: str, changes: list[tuple[int, int, str]]) -> None:
    """Whatever is put into a disguise or taken out of it: where the check sees no SERVICE, oxigraph sees none either."""
    text = disguised(disguise, changes)
    if not refusal(text):
        with suppress(SyntaxError):
            rows(text)


# ---------------------------------------------------------------- the network


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address on loopback, and who called it."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def called(source: Source, text: str) -> str:
    """What comes of a query that nobody has checked."""
    try:
        found = source.query(text)
        return str(found if isinstance(found, ox.QueryBoolean) else list(found))
    except OSError:
        return "no answer"


def test_the_listener_hears(listener: tuple[str, list[object]]) -> None:
    """Unchecked and outside of a worker, oxigraph does call a SERVICE: without this the next test would show nothing."""
    address, calls = listener
    assert called(ox.Store(), f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}") == "no answer"
    assert len(calls) == 1


def test_a_worker_reaches_nothing(listener: tuple[str, list[object]], tmp_path: Path) -> None:
    """Even a query that no check has seen opens no connection in a sealed worker, which answers the next question as before."""
    address, calls = listener
    path = tmp_path / "graph.nt"
    path.write_text(GRAPH, encoding="utf-8")
    with Worker(partial(sources.of_files, (path,)), Limits()) as worker:
        assert worker.run("here", partial(called, text=f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")) == "no answer"
        asked = queries.question("-", "SELECT ?o { ?s ?p ?o }")
        assert worker.run("here", partial(queries.ask, asked=asked)).rows == (("c",),)
    assert calls == []


@pytest.mark.parametrize("command", ["query", "view"])
def test_a_hostile_file_reaches_nothing(command: str, listener: tuple[str, list[object]], tmp_path: Path) -> None:
    """`kg query` and `kg view --query` of a file that calls out, in a disguise, end with one line, and nobody is called."""
    address, calls = listener
    graph, hostile = tmp_path / "graph.nt", tmp_path / "hostile.rq"
    graph.write_text(GRAPH, encoding="utf-8")
    hostile.write_text(f"PREFIX : <{address}> CONSTRUCT {{ ?s ?p ?o }} {{ FILTER(1<2)SERVICE:x#>\n{{ ?s ?p ?o }} }}", encoding="utf-8")
    words = [command, hostile] if command == "query" else [command, "-o", tmp_path / "page.html", "--query", hostile]
    result = CliRunner().invoke(kg, [*map(str, words), "--graph", str(graph)], prog_name="kg")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {hostile}:1:")
    assert result.stderr.count("\n") == 1
    assert calls == []


# ---------------------------------------------------------------- the terminal


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_a_terminal_is_told_nothing(form: str) -> None:
    """A control character in a graph reaches no terminal: it is printed as an escape. CSV gives it as it is, for programs."""
    answer = queries.Answer(("x",), (("\x1b[2Jred\x9b31m\x7f\x07",),))
    shown = tables.render(answer, form)
    assert not {"\x1b", "\x9b", "\x7f", "\x07"} & set(shown)
    assert "red" in shown
    assert "\x1b[2Jred" in tables.render(answer, "csv")


def test_a_name_in_a_message_is_escaped(tmp_path: Path) -> None:
    """A label of the graph that a message repeats does no more to a terminal than one in a table."""
    path = tmp_path / "graph.ttl"
    path.write_text('<urn:a:a> <http://www.w3.org/2000/01/rdf-schema#label> "Rwanda\\u001B[2J" .', encoding="utf-8")
    result = CliRunner().invoke(kg, ["query", "country-profile", "--country", "Rwandb", "--graph", str(path)], prog_name="kg")
    assert "did you mean Rwanda\\x1b[2J?" in result.stderr
    assert "\x1b" not in result.stderr


def test_a_question_holds_no_control_character() -> None:
    """A file whose head lines would be obeyed by the terminal that shows them as help is refused with its line."""
    with pytest.raises(QueryError, match=r"^standard input:2: holds a control character"):
        queries.question("-", "# title-en: a\r\n# title-zh: \x1b[2J\nASK {}")
