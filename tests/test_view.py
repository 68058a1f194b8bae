"""`kg view` and the list of reports: what a page holds of a graph and of a query's answer, how it opens, and how it is written."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner, Result
from conftest import Open
from playwright.sync_api import Browser
from rdflib import RDFS, Literal, URIRef
from seen import in_browser

from kg import graph, iris, ontology, rdf
from kg.cli import kg
from kg.explorer import index, page
from kg.model import Document, Entity, Evidence, Extraction, Observation, Paragraph, Period, Statement
from kg.pipeline import Built
from kg.writers import DEFAULT

ROOT = Path(__file__).parent.parent
KINDS = {
    "蓝湖署": "UNEntity",
    "绿原基金": "Fund",
    "红山国": "Country",
    "黑石会": "CivilSocietyOrganization",
    "高原论坛": "Event",
    "白沙国": "Country",
    "无人署": "UNEntity",
}
ENGLISH = {"蓝湖署": "Blue Lake Agency", "绿原基金": "Green Plain Fund"}
LAKE = {"1": "蓝湖署与绿原基金合作。", "2": "蓝湖署支持红山国。绿原基金有30%给了妇女。", "3": "蓝湖署有8个办事处。白沙国没有。"}
HILL = {"1": "2012年，蓝湖署支持红山国。", "2": "黑石会主办高原论坛，蓝湖署支持红山国。"}
PREFIXES = (
    "PREFIX kg: <https://w3id.org/report-kg/ontology#> PREFIX id: <https://w3id.org/report-kg/id/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX ex: <http://example.org/> "
)


def iri(name: str) -> str:
    """The IRI of a made-up thing."""
    return iris.entity_iri(name)


def said(text: str, number: str, quote: str, rule: str = "made-up#1") -> Evidence:
    """A quote of a paragraph, found in it."""
    start = text.index(quote)
    return Evidence(number, start, start + len(quote), quote, f"zh/{rule}", "listed", "listed")


def fact(words: str, *evidence: Evidence, status: str = "done") -> Statement:
    """words: subject, relation, object."""
    subject, relation, obj = words.split()
    return Statement(iri(subject), relation, iri(obj), status, evidence=evidence)


def figure(about: str, value: int, unit: str, evidence: Evidence) -> Observation:
    """A number about a thing."""
    return Observation(iri(about), "东西", Decimal(value), unit, "exactly", Period(), "", str(value), evidence)


def described(
    name: str, texts: dict[str, str], named: str, facts: tuple[Statement, ...], figures: tuple[Observation, ...], **more: str
) -> str:
    """A made-up report as N-Triples."""
    paragraphs = tuple(Paragraph(number, "paragraph", text, tuple(range(len(text)))) for number, text in texts.items())
    document = Document(name, Path(f"{name}.txt"), "", "zh", f"{name}报告", paragraphs=paragraphs, **more)  # type: ignore[arg-type]
    entities = tuple(Entity(iri(one), one, KINDS[one], ("BLA",) if one == "蓝湖署" else ()) for one in named.split())
    data = graph.union(graph.dataset(Extraction(document, entities, (), facts, figures), ontology.load()))
    for one in named.split():
        if one in ENGLISH:
            data.add((URIRef(iri(one)), RDFS.label, Literal(ENGLISH[one], lang="en")))
    return data.serialize(format="nt")


LAKE_FACTS = (
    fact("蓝湖署 partnerOf 绿原基金", said(LAKE["1"], "1", LAKE["1"])),
    fact("蓝湖署 supports 红山国", said(LAKE["2"], "2", "蓝湖署支持红山国。")),
    fact("绿原基金 funds 蓝湖署", said(LAKE["1"], "1", LAKE["1"]), status="planned"),
)
LAKE_FIGURES = (
    figure("绿原基金", 30, "PERCENT", said(LAKE["2"], "2", "绿原基金有30%给了妇女。")),
    figure("蓝湖署", 8, "NUM", said(LAKE["3"], "3", "蓝湖署有8个办事处。")),
)
HILL_FACTS = (
    fact("蓝湖署 supports 红山国", said(HILL["1"], "1", HILL["1"]), said(HILL["2"], "2", "蓝湖署支持红山国。")),
    fact("黑石会 organizes 高原论坛", said(HILL["2"], "2", HILL["2"])),
)


@pytest.fixture(scope="module")
def triples() -> dict[str, str]:
    """Two made-up reports that share a fact, as N-Triples."""
    lake = described("lake", LAKE, "蓝湖署 绿原基金 红山国 白沙国", LAKE_FACTS, LAKE_FIGURES)
    return {"lake": lake, "hill": described("hill", HILL, "蓝湖署 红山国 黑石会 高原论坛 无人署", HILL_FACTS, ())}


@pytest.fixture
def here(triples: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is a folder with the graphs of both reports in exports/."""
    (tmp_path / "exports").mkdir()
    for name, text in triples.items():
        (tmp_path / "exports" / f"{name}.ttl").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def view(*words: object, stdin: str = "") -> Result:
    """The result of `kg view` with these words; the page is look.html."""
    return CliRunner().invoke(kg, ["view", "-o", "look.html", *map(str, words)], input=stdin.encode(), prog_name="kg")


def asked(query: str, *words: object) -> Result:
    """The result of `kg view` of a query that stands in a file."""
    Path("ask.rq").write_text(PREFIXES + query, encoding="utf-8")
    return view("--query", "ask.rq", *words)


def held_by(path: Path) -> dict[str, Any]:
    """What a page holds."""
    (found,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    return json.loads(found)  # type: ignore[no-any-return]


def shown() -> dict[str, Any]:
    """What the page that was written holds."""
    return held_by(Path("look.html"))


def opened() -> dict[str, str]:
    """The state in which the page opens, by letter."""
    return {letter: values[0] for letter, values in parse_qs(shown()["opening"]["state"], strict_parsing=True).items()}


def facts(held: dict[str, Any]) -> set[tuple[str, str, str, int]]:
    """Subject, relation, object and the number of pieces of evidence of each fact of a page."""
    names = held["things"]["label"]
    return {(names[one[0]], held["relations"][one[1]]["id"], names[one[2]], len(one[5])) for one in held["facts"]}


def error(result: Result, status: int = 1) -> str:
    """The last line of a command that failed as it should."""
    assert result.exit_code == status
    assert isinstance(result.exception, SystemExit)
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


PARTNERS = ("蓝湖署", "partnerOf", "绿原基金", 1)
SUPPORTS = ("蓝湖署", "supports", "红山国", 3)
FUNDS = ("绿原基金", "funds", "蓝湖署", 1)
ORGANIZES = ("黑石会", "organizes", "高原论坛", 1)


def same(found: set[tuple[str, str, str, int]], *expected: tuple[str, str, str, int]) -> bool:
    """Whether these are the facts; partners stand in either order."""
    turned = {(c, b, a, n) if b == "partnerOf" and a == "绿原基金" else (a, b, c, n) for a, b, c, n in found}
    return turned == set(expected)


# ---------------------------------------------------------------- what the page holds


def test_page_of_all_exports(here: Path) -> None:
    """Without options the page holds what all of exports/ say, and one line tells how much that is; a fact of two reports is one."""
    result = view()
    assert (result.exit_code, result.stdout) == (0, "look.html: 5 things, 4 relations\n")
    assert same(facts(shown()), PARTNERS, SUPPORTS, FUNDS, ORGANIZES)
    data = rdf.read(*sorted((here / "exports").glob("*.ttl")))
    assert (here / "look.html").read_bytes() == page.render(data)


@pytest.mark.usefixtures("here")
def test_graph_can_be_named() -> None:
    """--graph takes these graphs instead of exports/, one or several."""
    assert view("--graph", "exports/hill.ttl").stdout == "look.html: 4 things, 2 relations\n"
    assert view("--graph", "exports/hill.ttl", "--graph", "exports/lake.ttl").stdout == "look.html: 5 things, 4 relations\n"


def test_report_alone(here: Path) -> None:
    """--report gives the page that the report's own graph gives, byte for byte: nothing that another says or names is left."""
    assert view("--report", "lake").stdout == "look.html: 3 things, 3 relations\n"
    assert (here / "look.html").read_bytes() == page.render(rdf.read(here / "exports" / "lake.ttl"))


@pytest.mark.usefixtures("here")
def test_report_keeps_its_evidence() -> None:
    """A fact of two reports keeps the evidence of the one chosen; a thing that its text names is kept, one it does not name is not."""
    view("--report", "hill")
    held = shown()
    assert same(facts(held), ("蓝湖署", "supports", "红山国", 2), ORGANIZES)
    assert [report["id"] for report in held["reports"]] == ["hill"]
    assert [paragraph[3] for paragraph in held["paragraphs"]] == list(HILL.values())
    assert held["figures"] == []
    assert {"绿原基金", "白沙国", "无人署"}.isdisjoint(held["things"]["label"])
    view("--report", "lake")
    assert "白沙国" in shown()["things"]["label"]


@pytest.mark.usefixtures("here")
def test_unknown_report() -> None:
    """A report that is not there is told with the nearest, and nothing is written."""
    assert error(view("--report", "lakes")) == "no report 'lakes' in the graph; did you mean lake?"
    assert not Path("look.html").exists()


def test_what_is_less_sure_is_left_out(here: Path) -> None:
    """--min-confidence leaves out facts that are less sure, for the query too."""
    path = here / "exports" / "lake.ttl"
    statement = iris.statement_iri(LAKE_FACTS[0])
    text = re.sub(rf'(<{statement}> <\S+confidence>) "[^"]*"', r'\1 "0.2"', path.read_text("utf-8"))
    path.write_text(text, encoding="utf-8")
    view("--min-confidence", "0.25")
    assert same(facts(shown()), SUPPORTS, FUNDS, ORGANIZES)
    asked("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?p IN (kg:partnerOf, kg:funds)) }", "--min-confidence", "0.25")
    assert same(facts(shown()), FUNDS)


# ---------------------------------------------------------------- how it opens


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["蓝湖署", "Blue Lake Agency", "blue lake agency", "bla", "BLA"])
def test_focus_by_any_name(name: str) -> None:
    """--focus finds a thing by any of its names, in either language and any case, and the page opens one step around it."""
    assert view("--focus", name).exit_code == 0
    assert opened() == {"n": "蓝湖署", "h": "1"}


@pytest.mark.usefixtures("here")
def test_how_it_opens() -> None:
    """Hops, language, view and the most things that are drawn are as asked; usual values are not written."""
    view("--focus", "绿原基金", "--hops", 3, "--lang", "en", "--view", "table", "--max-nodes", 12)
    assert opened() == {"n": "绿原基金", "h": "3", "l": "en", "v": "table"}
    assert shown()["opening"]["most"] == 12
    view("--focus", "绿原基金", "--hops", 0, "--lang", "zh")
    assert opened() == {"n": "绿原基金", "h": "0"}
    view()
    assert shown()["opening"] == {"state": "", "most": 800, "title": ["", ""], "about": ["", ""]}


@pytest.mark.usefixtures("here")
def test_focus_on_a_thing_without_facts() -> None:
    """Of a thing without facts there is nothing around to show: the page opens on it alone."""
    view("--focus", "白沙国")
    assert opened() == {"n": "白沙国"}


def test_focus_on_a_name_of_two(here: Path) -> None:
    """Of two things that are called so the page opens on the one with more facts."""
    with (here / "exports" / "hill.ttl").open("a", encoding="utf-8") as file:
        file.write(f'<{iri("无人署")}> <{RDFS.label}> "Blue Lake Agency"@en .\n')
    run = view("--focus", "Blue Lake Agency")
    assert opened()["n"] == "蓝湖署"
    assert run.stderr == "Blue Lake Agency: taken for 蓝湖署, the most connected of 2 that could be meant\n"


@pytest.mark.usefixtures("here")
def test_focus_by_a_part_of_a_name() -> None:
    """Where nothing is called so, a part of a name will do, and what it was taken for is told."""
    run = view("--focus", "绿原")
    assert opened()["n"] == "绿原基金"
    assert run.stderr == "绿原: taken for 绿原基金\n"
    assert view("--focus", "绿原基金").stderr == ""


@pytest.mark.usefixtures("here")
def test_unknown_focus() -> None:
    """A name that nothing has is told with the nearest; a report's title is no name of a thing."""
    assert error(view("--focus", "绿源基金")) == "nothing is called '绿源基金'; did you mean 绿原基金?"
    assert error(view("--focus", "lake报告")).startswith("nothing is called 'lake报告'")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--hops", "1"], "--hops is for --focus; name a thing too"),
        (["--focus", "BLA", "--hops", "4"], "Invalid value for '--hops': 4 is not in the range 0<=x<=3."),
        (["--param", "a=b"], "--param is for --query; name a question too"),
        (["--query", "partners", "--param", "a"], "Invalid value for '--param': 'a' is not NAME=VALUE"),
        (["--view", "map"], "Invalid value for '--view': 'map' is not one of "),
        (["--lang", "fr"], "Invalid value for '--lang': 'fr' is not one of 'zh', 'en'."),
        (["--max-nodes", "0"], "Invalid value for '--max-nodes': 0 is not in the range x>=1."),
        (["--min-confidence", "2"], "Invalid value for '--min-confidence': 2 is not from 0 to 1"),
    ],
)
def test_wrong_usage(words: list[str], message: str) -> None:
    """Options that do not go together, and values that an option does not take, are usage errors."""
    assert error(view(*words), 2).startswith(message)


def test_views_are_those_of_the_page() -> None:
    """--view takes the views that the page has."""
    script = (ROOT / "kg" / "explorer" / "web" / "state.js").read_text("utf-8")
    (listed,) = re.findall(r"VIEWS = \[(.*?)\]", script)
    assert tuple(re.findall(r"'(\w+)'", listed)) == page.VIEWS


# ---------------------------------------------------------------- queries


@pytest.mark.usefixtures("here")
def test_construct_chooses_facts() -> None:
    """The triples of a CONSTRUCT choose the facts that they are, with their evidence; partners in either order; all paragraphs stay."""
    result = asked("CONSTRUCT { ?s kg:supports ?o . ?b kg:partnerOf ?a } { ?s kg:supports ?o . ?a kg:partnerOf ?b }")
    assert result.stdout == "look.html: 3 things, 2 relations\n"
    held = shown()
    assert same(facts(held), PARTNERS, SUPPORTS)
    assert all(one[4] and one[5] for one in held["facts"])
    assert len(held["paragraphs"]) == len(LAKE) + len(HILL)


@pytest.mark.usefixtures("here")
def test_numbers_about_what_is_chosen() -> None:
    """With a query the page has the numbers about the things that it joins, and no other."""
    asked("CONSTRUCT { ?s kg:supports ?o } { ?s kg:supports ?o }")
    assert [one[2] for one in shown()["figures"]] == ["8"]
    asked("CONSTRUCT { ?s kg:organizes ?o } { ?s kg:organizes ?o }")
    assert shown()["figures"] == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?p ?o { ?s ?p ?o FILTER(?p = kg:supports) }",
        "SELECT ?extra ?object ?relation ?subject { ?subject ?relation ?object FILTER(?relation = kg:supports) BIND(1 AS ?extra) }",
        "SELECT ?s ?p ?o { { ?s ?p ?o FILTER(?p = kg:supports) } UNION { ?s rdfs:label ?o } UNION { ?s kg:number ?n } }",
        "CONSTRUCT { ?s a kg:Statement } { ?s a kg:Statement ; rdf:predicate kg:supports }",
        "CONSTRUCT { ?s ?p ?o . ?e ?q ?v } { ?s ?p ?o ; rdf:predicate kg:supports ; kg:evidence ?e . ?e ?q ?v }",
        "DESCRIBE ?s { ?s rdf:predicate kg:supports }",
    ],
)
def test_other_ways_to_choose(query: str) -> None:
    """A SELECT of three IRIs, a statement by its IRI, and a whole statement with its parts choose the same as its triple does."""
    assert asked(query).exit_code == 0
    assert same(facts(shown()), SUPPORTS)


@pytest.mark.usefixtures("here")
def test_a_number_by_its_iri() -> None:
    """Observations are chosen by their IRI; a page of numbers alone opens on them."""
    asked("CONSTRUCT { ?n a kg:Observation } { ?n kg:value ?v FILTER(?v > 10) }")
    assert [one[2] for one in shown()["figures"]] == ["30"]
    assert opened() == {"v": "numbers"}


@pytest.mark.usefixtures("here")
def test_what_no_statement_says() -> None:
    """A triple that no statement describes is an edge without evidence, confidence or status, also between things from outside."""
    asked("CONSTRUCT { ?a ex:sharesWith <http://example.org/far%20away/Place> ; kg:supports ?b } { ?a kg:supports ?c . ?b a kg:Fund }")
    held = shown()
    assert [one[3:] for one in held["facts"]] == [["", "", [], {"status": ""}]] * 2
    assert facts(held) == {("蓝湖署", "supports", "绿原基金", 0), ("蓝湖署", "http://example.org/sharesWith", "Place", 0)}
    outside = held["things"]["label"].index("Place")
    assert held["things"]["iri"][outside] == "http://example.org/far%20away/Place"
    assert held["kinds"][held["things"]["kind"][outside]]["label"] == ["其他", "Other"]
    assert held["relations"][-1]["label"] == ["sharesWith", "sharesWith"]


@pytest.mark.usefixtures("here")
def test_names_that_the_query_gives() -> None:
    """Labels and classes of the answer are for what the graph has none for; nothing is renamed."""
    asked(
        'CONSTRUCT { ex:a ex:near ?b ; rdfs:label "甲地"@zh , "Place A"@en ; a kg:Locality . ?b rdfs:label "另一个名字"@zh ; a kg:Event }'
        " { ?b a kg:Fund }"
    )
    held = shown()
    place, fund = held["things"]["label"].index("甲地"), held["things"]["label"].index("绿原基金")
    assert held["things"]["en"][place] == "Place A"
    assert [held["kinds"][held["things"]["kind"][one]]["id"] for one in (place, fund)] == ["Locality", "Fund"]
    assert "另一个名字" not in held["things"]["label"]
    assert facts(held) == {("甲地", "http://example.org/near", "绿原基金", 0)}


@pytest.mark.usefixtures("here")
def test_same_answer_gives_the_same_bytes() -> None:
    """Two processes with other orders of hashes write the same page of a query."""
    Path("ask.rq").write_text(
        PREFIXES + "CONSTRUCT { ?a ex:p ?b . ?b ex:p ?a . ?a ex:q ?a } { ?a a kg:UNEntity . ?b a kg:Country }", encoding="utf-8"
    )
    pages = []
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "kg", "view", "-o", "look.html", "--query", "ask.rq"]
        subprocess.run(command, env=env, capture_output=True, check=True)  # noqa: S603
        pages.append(Path("look.html").read_bytes())
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("here")
def test_title_and_parameters() -> None:
    """The head lines of a query are the page's title and what it is about, a missing language is the other; --param fills in a value."""
    head = "# title-zh: 谁支持谁\n# title-en: Who supports whom\n# question-en: Who?\n# param: relation ?r a local name\n"
    query = 'CONSTRUCT { ?s ?p ?o } { BIND("supports" AS ?r) ?s ?p ?o FILTER(STRENDS(STR(?p), CONCAT("#", ?r))) }'
    Path("ask.rq").write_text(head + query, encoding="utf-8")
    view("--query", "ask.rq")
    assert (shown()["opening"]["title"], shown()["opening"]["about"]) == (["谁支持谁", "Who supports whom"], ["Who?", "Who?"])
    assert "<title>谁支持谁</title>" in Path("look.html").read_text("utf-8")
    assert same(facts(shown()), SUPPORTS)
    view("--query", "ask.rq", "--param", "relation=organizes")
    assert same(facts(shown()), ORGANIZES)
    assert error(view("--query", "ask.rq", "--param", "relatio=x")).endswith("did you mean relation?")


@pytest.mark.usefixtures("here")
def test_query_from_standard_input() -> None:
    """A dash reads the query from the standard input; the page keeps the titles of the reports."""
    view("--query", "-", stdin=PREFIXES + "CONSTRUCT { ?s kg:funds ?o } { ?s kg:funds ?o }")
    assert same(facts(shown()), FUNDS)
    assert "<title>hill报告 · lake报告</title>" in Path("look.html").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_query_of_one_report() -> None:
    """With --report a query sees only that report: what another says is no fact, and no edge without evidence either."""
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?p IN (kg:supports, kg:organizes)) }"
    asked(query, "--report", "lake")
    assert same(facts(shown()), ("蓝湖署", "supports", "红山国", 1))


@pytest.mark.usefixtures("here")
def test_focus_within_an_answer() -> None:
    """--focus finds what the answer has, also a thing from outside."""
    assert asked("CONSTRUCT { ?a ex:near ex:there } { ?a a kg:Fund }", "--focus", "there").exit_code == 0
    assert opened() == {"n": "http://example.org/there", "h": "1"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "SELECT ?s ?o { ?s kg:supports ?o }",
            "ask.rq: gives no triples; ask with CONSTRUCT, or SELECT ?s ?p ?o or ?subject ?relation ?object",
        ),
        ("ASK { ?s kg:supports ?o }", "ask.rq: gives no triples; ask with CONSTRUCT"),
        ("CONSTRUCT { ?s kg:chairs ?o } { ?s kg:chairs ?o }", "ask.rq: gives no triple of two things; try it with kg query, and mend"),
        ("CONSTRUCT { ?s a kg:Fund } { ?s a kg:Fund }", "ask.rq: gives no triple of two things"),
        ("CONSTRUCT { ?s rdfs:label ?n . [] kg:near ?s } { ?s a kg:Fund ; rdfs:label ?n }", "ask.rq: gives no triple of two things"),
        ("SELECT ?s ?p ?o { ?s ?p ?o", "ask.rq:1:"),
        ("INSERT DATA { ex:a ex:b ex:c }", "ask.rq:1:291: an update is refused (INSERT)"),
    ],
)
def test_queries_that_give_no_page(query: str, message: str) -> None:
    """A query that gives no triples of two things is told with what is needed, and nothing is written."""
    assert error(asked(query)).startswith(message)
    assert not Path("look.html").exists()


@pytest.mark.usefixtures("here")
def test_an_unknown_name_in_a_query() -> None:
    """Where nothing is found because nothing is called so, the nearest name is told, as by kg query."""
    Path("ask.rq").write_text(
        f"# param: who ?who_name a body\n{PREFIXES}"
        'CONSTRUCT { ?s kg:supports ?o } { BIND("BLA" AS ?who_name) ?s skos:altLabel ?n ; kg:supports ?o '
        "FILTER(STR(?n) = ?who_name) }",
        encoding="utf-8",
    )
    assert view("--query", "ask.rq").exit_code == 0
    assert error(view("--query", "ask.rq", "--param", "who=BLAA")) == "ask: who: nothing is called 'BLAA'; did you mean BLA?"
    assert error(view("--query", "partnrs")) == "queries/partnrs.rq: no such question; did you mean partners or private-partners?"


# ---------------------------------------------------------------- how it is written


def test_only_the_page_is_written(here: Path) -> None:
    """Folders on the way to the page are made; nothing else appears, neither there nor in the working directory."""
    before = {*here.rglob("*")}
    assert view("-o", "deep/er/x.html").stdout.startswith("deep/er/x.html: ")
    assert {*here.rglob("*")} - before == {here / "deep", here / "deep" / "er", here / "deep" / "er" / "x.html"}


def test_a_failure_leaves_the_old_page(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that cannot be written whole leaves the old one as it was, and no half of itself."""
    (here / "look.html").write_text("old", encoding="utf-8")
    before = {*here.iterdir()}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert error(view()) == "look.html: cannot be written: No space left on device; give another place with -o"
    assert (here / "look.html").read_text("utf-8") == "old"
    assert {*here.iterdir()} == before


def test_a_link_stays_a_link(here: Path) -> None:
    """A path that is a link is written to and stays a link, as /dev/stdout is one."""
    (here / "look.html").symlink_to(here / "elsewhere.html")
    view()
    assert (here / "look.html").is_symlink()
    assert (here / "elsewhere.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_folder_is_no_page(here: Path) -> None:
    """A path that is a folder is told in one line."""
    (here / "look.html").mkdir()
    assert error(view()).startswith("look.html: cannot be written: ")


def test_page_is_utf8_in_any_locale(here: Path) -> None:
    """Where the locale knows no Chinese the same bytes are written: UTF-8, with LF."""
    view("--focus", "蓝湖署")
    expected = (here / "look.html").read_bytes()
    env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "kg", "view", "-o", "other.html", "--focus", "BLA"]
    subprocess.run(command, env=env, capture_output=True, check=True)  # noqa: S603
    assert (here / "other.html").read_bytes() == expected
    assert "蓝湖署".encode() in expected
    assert b"\r" not in expected


# ---------------------------------------------------------------- the list of reports


def entries(triples: dict[str, str], tmp_path: Path, **changed: Any) -> list[index.Entry]:  # noqa: ANN401
    """The entries of both made-up reports, with something changed."""
    found = []
    for name, text in triples.items():
        (tmp_path / f"{name}.nt").write_text(text, encoding="utf-8")
        made = index.entry(name, rdf.read(tmp_path / f"{name}.nt"), ["html", "ttl"])
        found.append(replace(made, **changed))
    return found


def test_list_tells_of_each_report(triples: dict[str, str], tmp_path: Path) -> None:
    """The list has each report with its counts, what most is said of, and links to its files; both languages stand in it."""
    lake, _ = entries(triples, tmp_path)
    assert lake.counts == {"things": 3, "facts": 3, "numbers": 2, "paragraphs": 3}
    assert lake.most[0] == (["蓝湖署", "Blue Lake Agency"], "蓝湖署")
    text = index.render(entries(triples, tmp_path)).decode()
    for name in triples:
        assert f"{name}报告" in text
        assert {f'href="{name}.html"', f'href="{name}.html#l=en"', f'href="{name}.ttl"'} <= set(re.findall(r'href="[^"]*"', text))
    assert 'href="lake.html#n=%E8%93%9D%E6%B9%96%E7%BD%B2&amp;h=1&amp;l=en">Blue Lake Agency</a>' in text
    assert "2 份报告 · 5 条关系 · 2 个数字" in text
    assert "2 reports · 5 relations · 2 numbers" in text


def test_list_is_newest_first(triples: dict[str, str], tmp_path: Path) -> None:
    """The newest report stands first, those without a date last, and the order they come in does not matter."""
    old, undated = entries(triples, tmp_path)
    made = [replace(old, title="老", date="2011-01-01"), replace(old, title="新", date="2013-01-01"), replace(undated, title="无", date="")]
    assert index.render(made) == index.render(made[::-1])
    assert re.findall(r">([老新无])</a><a", index.render(made).decode()) == ["新", "老", "无"]


def test_list_needs_nothing_from_anywhere(triples: dict[str, str], tmp_path: Path) -> None:
    """The policy lets only the hashed style act; a title is text, whatever stands in it, and a file's name is quoted in its link."""
    text = index.render(entries(triples, tmp_path, title="<script>hacked</script>", files={"html": 'a"b #.html'})).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    expected = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert policy.replace("&#39;", "'") == expected
    assert "<script" not in text
    assert 'href="a%22b%20%23.html"' in text


REPORT = "绿色网络 2013 年年度报告\n\n1. 妇女署与儿童基金会在卢旺达合作。\n"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is a folder with two reports in seeds/."""
    (tmp_path / "seeds").mkdir()
    for name in ("a", "b"):
        (tmp_path / "seeds" / f"{name}.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(*words: object) -> Result:
    """The result of `kg build` with these words."""
    return CliRunner().invoke(kg, ["build", *map(str, words)], prog_name="kg")


def test_build_of_several_writes_the_list(reports: Path) -> None:
    """A build of two reports with pages also writes their list, and says so; what it links to is there."""
    result = build("-f", "html", "-f", "ttl")
    assert result.stdout.splitlines()[-1] == "wrote exports/index.html"
    assert {path.name for path in (reports / "exports").iterdir()} == {"a.html", "a.ttl", "b.html", "b.ttl", "index.html"}
    links = set(re.findall(r'href="([^"#:]+)[#"]', (reports / "exports" / "index.html").read_text("utf-8")))
    assert links == {"a.html", "a.ttl", "b.html", "b.ttl"}


def test_no_list_without_pages(reports: Path) -> None:
    """One report needs no list, nor do reports without pages."""
    build("seeds/a.txt")
    build("-f", "ttl", "-o", "other")
    assert not (reports / "exports" / "index.html").exists()
    assert not (reports / "other" / "index.html").exists()


def test_a_report_called_index(reports: Path) -> None:
    """A report whose page would have the list's name is refused before anything is read."""
    (reports / "seeds" / "index.txt").write_text(REPORT, encoding="utf-8")
    assert error(build()) == "seeds/index.txt: its page would be written over by the list of reports; rename it"
    assert not (reports / "exports").exists()


# ---------------------------------------------------------------- pages that share their program


def test_shared_files_are_written_once(reports: Path) -> None:
    """--shared writes the program and the style beside the pages, which are smaller by them and say in sum what a whole page says."""
    result = build("--shared", "-f", "html")
    assert result.stdout.splitlines()[-1] == "wrote exports/explorer.js exports/explorer.css exports/index.html"
    assert {path.name for path in (reports / "exports").iterdir()} == {"a.html", "b.html", "explorer.css", "explorer.js", "index.html"}
    build("-f", "html", "-o", "whole")
    (common,) = re.findall(r"^globalThis\.common=(.*);$", (reports / "exports" / "explorer.js").read_text("utf-8"), re.MULTILINE)
    assert json.loads(common) | held_by(reports / "exports" / "a.html") == held_by(reports / "whole" / "a.html")
    assert (reports / "exports" / "a.html").stat().st_size < 30_000
    assert build("--shared", "-f", "html", "seeds/a.txt").stdout.splitlines()[-1] == "wrote exports/explorer.js exports/explorer.css"


def test_shared_pages_load_nothing_else(triples: dict[str, str], tmp_path: Path) -> None:
    """The policy of such a page lets only files act that lie where it lies; nothing is inline."""
    (tmp_path / "lake.nt").write_text(triples["lake"], encoding="utf-8")
    text = page.render(rdf.read(tmp_path / "lake.nt"), shared=True).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy.replace("&#39;", "'").split("; ")[:3] == ["default-src 'none'", "script-src 'self' file:", "style-src 'self' file:"]
    assert re.findall(r'(?:src|href)="([^"]*)"', text) == ["data:,", "explorer.css", "explorer.js"]
    assert not re.search(r"<style|<script>", text)


@pytest.mark.usefixtures("reports")
def test_shared_is_for_pages() -> None:
    """--shared without a page is a usage error."""
    assert error(build("--shared", "-f", "ttl"), 2) == "--shared is for pages; add --format html"


def test_a_hundred_reports(seed_built: Built) -> None:
    """A hundred pages of the seed report's size, what they share and their list are at most 15 MiB."""
    pages = 100 * len(page.render(seed_built.graph, shared=True))
    listed = index.render([index.entry(seed_built.document.id, seed_built.graph, DEFAULT)] * 100)
    assert pages + sum(map(len, page.shared_files().values())) + len(listed) <= 15 * 2**20


# ---------------------------------------------------------------- in a browser


@in_browser
def test_shared_page_works_from_a_disk(triples: dict[str, str], tmp_path: Path, fresh: Open) -> None:
    """A page that shares its program opens from a folder, loads just the two files beside it, and draws its graph."""
    (tmp_path / "lake.nt").write_text(triples["lake"], encoding="utf-8")
    (tmp_path / "lake.html").write_bytes(page.render(rdf.read(tmp_path / "lake.nt"), shared=True))
    for name, content in page.shared_files().items():
        (tmp_path / name).write_bytes(content)
    seen = fresh(tmp_path / "lake.html")
    assert {url.rpartition("/")[2].partition("#")[0] for url in seen.requests} == {"lake.html", "explorer.css", "explorer.js"}
    assert seen.run("explorer.picture !== null && explorer.visible.facts.length") == len(LAKE_FACTS)


@in_browser
def test_page_opens_on_the_focus(here: Path, fresh: Open) -> None:
    """The page opens on the thing, in the language, and says so in its address."""
    view("--focus", "BLA", "--lang", "en")
    seen = fresh(here / "look.html")
    assert (seen.state("thing"), seen.state("hops"), seen.state("language")) == (seen.thing("蓝湖署"), 1, 1)
    assert seen.page.url.endswith("#l=en&n=%E8%93%9D%E6%B9%96%E7%BD%B2&h=1")


@in_browser
def test_page_of_an_answer_says_what_it_is(here: Path, fresh: Open) -> None:
    """Title and question of a query stand in the page, in the language shown; an edge without evidence says so, and can be filtered out."""
    heads = "# title-zh: 近邻\n# title-en: Neighbours\n# question-en: Who is near?\n"
    (here / "ask.rq").write_text(f"{heads}{PREFIXES}CONSTRUCT {{ ?a ex:near ex:x.y }} {{ ?a a kg:Fund }}", encoding="utf-8")
    view("--query", "ask.rq", "--lang", "en")
    seen = fresh(here / "look.html")
    assert seen.page.inner_text("h1") == seen.page.title() == "Neighbours"
    assert "Who is near?" in seen.page.inner_text("#panel")
    seen.choose(fact=0)
    assert "has no sentence" in seen.page.inner_text("#panel")
    seen.run("explorer.go({ off: { ...explorer.state.off, relations: [explorer.facts[0].relation.id] } })")
    address = seen.address()
    seen.start(address)
    assert (seen.address(), seen.run("explorer.visible.facts.length")) == (address, 0)


@in_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_list_in_both_languages(triples: dict[str, str], tmp_path: Path, browser: Browser, width: int) -> None:
    """The list is in the language chosen, fits a phone, and axe finds nothing wrong, on a light page and on a dark one."""
    (tmp_path / "index.html").write_bytes(index.render(entries(triples, tmp_path)))
    for scheme in ("light", "dark"):
        context = browser.new_context(offline=True, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        tab = context.new_page()
        tab.goto((tmp_path / "index.html").as_uri())
        assert tab.inner_text("h1") == "报告目录"
        tab.get_by_label("English").check()
        assert tab.inner_text("h1") == "Reports"
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        assert Axe().run(tab).response["violations"] == []
        context.close()
