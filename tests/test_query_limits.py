"""A question within limits of time, rows and memory, and the start of `kg query`."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import queries
from kg.cli import kg
from kg.errors import KgError, QueryError
from kg.queries import limits, sources
from kg.queries.limits import Limits, Worker
from kg.queries.sources import Source

ROOT = Path(__file__).parent.parent
THINGS = 400
# Every pair, every triple of things and so on: more rows than a life has seconds.
ENDLESS = "?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . ?i ?t ?j"
NEVER = 'FILTER(CONCAT(STR(?b), STR(?d), STR(?f), STR(?h), STR(?j)) = "x")'
COUNT = f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} FILTER(?b != ?d) }}"
# The shapes on which oxigraph's planner goes astray.
TRAPS = {
    "product": COUNT,
    "nothing to show": f"SELECT * {{ {ENDLESS} {NEVER} }}",
    "not exists": f"SELECT ?a {{ {ENDLESS} FILTER NOT EXISTS {{ ?z ?y ?x FILTER(STR(?x) = CONCAT(STR(?b), STR(?d))) }} }} ORDER BY ?a",
    "construct": f"CONSTRUCT {{ ?a ?p ?j }} {{ {ENDLESS} {NEVER} }}",
    "ask": f"ASK {{ {ENDLESS} {NEVER} }}",
    "no graph needed": "ASK { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join('1' * 30)} }}" for i in range(8))
    + " FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 + ?v6 + ?v7 = 0) }",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph."""
    path = tmp_path_factory.mktemp("graph") / "graph.nt"
    path.write_text("".join(f'<urn:t:{n}> <urn:t:p> "{n}" .\n' for n in range(THINGS)), encoding="utf-8")
    return path


def ask(worker: Worker[ox.Store], text: str, most: int | None = None) -> queries.Answer:
    """The answer of a worker."""
    return worker.run("here", partial(queries.ask, asked=queries.question("-", text), most=most))


@pytest.mark.parametrize("trap", TRAPS)
def test_what_never_ends_is_stopped(trap: str, graph: Path) -> None:
    """Each of the shapes that never end is stopped with one error, its process is gone, and the next question gets another."""
    with Worker(partial(sources.of_files, (graph,)), Limits(seconds=0.3)) as worker:
        with pytest.raises(QueryError, match=r"^here: stopped after 0\.3 seconds; narrow"):
            ask(worker, TRAPS[trap])
        assert multiprocessing.active_children() == []
        assert ask(worker, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == ((str(THINGS),),)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c))) AS ?n) {{ {ENDLESS} }}",
        "ASK " + "{" * 100_000 + "}" * 100_000,
    ],
    ids=["memory", "nesting"],
)
def test_what_takes_all_memory_is_stopped(text: str, graph: Path) -> None:
    """A question that fills the memory, or the stack, ends with one error, as a process of its own; this one goes on."""
    with (
        Worker(partial(sources.of_files, (graph,)), Limits(megabytes=100)) as worker,
        pytest.raises(QueryError, match=r"^here: stopped: it takes more than 100 MB of memory, or is nested too deep"),
    ):
        ask(worker, text)


def test_rows_are_counted(graph: Path) -> None:
    """Of more rows than wanted the first are kept, and the answer says so; of just so many none is missing."""
    with Worker(partial(sources.of_files, (graph,)), Limits()) as worker:
        text = "SELECT ?s ?n { ?s ?p ?o BIND(<http://www.w3.org/2001/XMLSchema#integer>(?o) AS ?n) } ORDER BY ?n"
        first, all_of_them = ask(worker, text, 2), ask(worker, text, THINGS)
        assert (first.rows, first.cut) == ((("urn:t:0", "0"), ("urn:t:1", "1")), True)
        assert (len(all_of_them.rows), all_of_them.cut) == (THINGS, False)
        built = ask(worker, "CONSTRUCT { ?s ?p 1 } { ?s ?p ?o }", 3)
        assert (built.rows[0], len(built.rows), built.cut) == (("urn:t:0", "urn:t:p", "1"), 3, True)
        assert ask(worker, f"SELECT * {{ {ENDLESS} }}", 5).cut


def _other_process(_source: Source) -> int:
    return os.getpid()


def _fail(_source: Source) -> None:
    raise ZeroDivisionError


def test_a_worker_stays() -> None:
    """One process does one work after the other, also after one that failed; it is another than this."""
    with Worker(partial(sources.of_files, ()), Limits()) as worker:
        first = worker.run("here", _other_process)
        with pytest.raises(ZeroDivisionError):
            worker.run("here", _fail)
        assert worker.run("here", _other_process) == first != os.getpid()


def test_a_new_python_does_as_a_fork(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process with threads cannot be forked, the worker is a new Python, with the same limits."""
    monkeypatch.setattr(limits, "_threads", lambda: 2)
    with Worker(partial(sources.of_files, (graph,)), Limits(seconds=0.3)) as worker:
        with pytest.raises(QueryError, match="stopped after"):
            ask(worker, COUNT)
        assert ask(worker, "ASK { ?s ?p ?o }").rows == (("yes",),)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    """A source that cannot be opened tells why, as without a worker."""
    with Worker(partial(sources.of_files, (tmp_path / "none.ttl",)), Limits()) as worker, pytest.raises(KgError, match="cannot be read"):
        ask(worker, "ASK {}")


def test_a_triple_of_two_graphs_is_one(tmp_path: Path) -> None:
    """What several graphs of a file say is said once, and still by each."""
    path = tmp_path / "graph.nq"
    path.write_text("".join(f"<urn:a> <urn:b> <urn:c> {graph} .\n" for graph in ("", "<urn:g>", "<urn:h>")), encoding="utf-8")
    source = sources.of_files((path,))
    assert len(queries.ask(source, queries.question("-", "SELECT * { ?s ?p ?o }")).rows) == 1
    assert queries.ask(source, queries.question("-", "SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")).rows == (("urn:g",), ("urn:h",))


# ---------------------------------------------------------------- the command


def query(graph: Path, text: str, *words: str) -> Result:
    """The result of `kg query -`."""
    return CliRunner().invoke(kg, ["query", "-", "--graph", str(graph), *words], input=text.encode(), prog_name="kg")


def test_the_command_has_limits(graph: Path) -> None:
    """Time and memory end with an error alone; rows that are left out are told after those that are shown, with exit status 1."""
    stopped = query(graph, COUNT, "--timeout", "0.3")
    assert (stopped.exit_code, stopped.stdout) == (1, "")
    assert stopped.stderr == "Error: standard input: stopped after 0.3 seconds; narrow the question, or allow more time\n"
    cut = query(graph, "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "--max-rows", "2", "--format", "csv")
    assert (cut.exit_code, cut.stdout) == (1, "o\n0\n1\n")
    assert cut.stderr == "Error: standard input: these are the first 2 rows only; narrow the question, or allow more: --max-rows\n"
    assert query(graph, "SELECT ?o { ?s ?p ?o }", "--max-rows", str(THINGS)).exit_code == 0
    assert query(graph, "ASK {}", "--max-rows", "0").exit_code == 2


@pytest.mark.parametrize("words", [[], ["partners", "--graph", "exports/000_99bf147bf4ea3876.ttl"]], ids=["list", "partners"])
def test_the_start_is_light(words: list[str]) -> None:
    """`kg query` imports neither rdflib nor spaCy nor YAML, alone or for a question."""
    command = [sys.executable, "-X", "importtime", "-m", "kg", "query", *words]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own command
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "pyoxigraph" in imported
    assert imported & {"rdflib", "spacy", "yaml", "networkx", "pyparsing"} == set()
