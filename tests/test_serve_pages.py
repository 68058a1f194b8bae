"""The pages of `kg serve`: what an IRI names, in every form; the explorer; the query page; names that would run if they could."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import ten_reports as ten
from made_up import IMAGE, IRI, QUOTES, SCRIPT, STATEMENTS, TEXTS, TITLE, made_up
from pack_web import SERVER
from playwright.sync_api import Browser, Page
from rdflib import RDF, Graph, URIRef
from seen import WIDE, in_browser
from serving import Served, served, written

from kg import graph, iris, ontology, queries, store
from kg.explorer import index, page
from kg.graph import K, union
from kg.ontology import BASE
from kg.reference import page as reference
from kg.server import addresses, console, start

LAKE = "id/" + quote(IRI["蓝湖署"].removeprefix(BASE))
# Yasgui's sanitizer reads names as HTML in a document that is never shown; what could run there is taken out, and chromium tells of it.
SANITIZER = "Executing inline event handler violates the following Content Security Policy"
FORMS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
HOSTILE = [quote(IRI[name].removeprefix(BASE)) for name in (SCRIPT, IMAGE, QUOTES)]
HOSTILE_NAMES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?name { ?thing rdfs:label ?name FILTER(CONTAINS(?name, "hacked") && CONTAINS(STR(?thing), "hostile")) }"""
LINKS = """
<{base}linked> a <{kg}Fund> ; <{rdfs}label> "links"@en ; <http://schema.org/sameAs> <javascript:window.hacked=1> , <data:text/html,x> ,
    <https://example.org/a?b='> , <http://example.org/ok> .
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the made-up report, and of a thing that links to where no link should lead."""
    folder = tmp_path_factory.mktemp("data")
    links = folder / "links.ttl"
    links.write_text(LINKS.format(base=BASE, kg=ontology.KG, rdfs=ontology.RDFS), "utf-8")
    with served(written(made_up(), folder / "made-up.nq"), links, options=("--workers", "2")) as running:
        yield running


class Text(HTMLParser):
    """A page's elements: [name, attributes], and its text."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data

    def links(self) -> list[str]:
        """Where the page leads."""
        return [str(attributes["href"]) for tag, attributes in self.elements if tag == "a" and "href" in attributes]


# ---------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("*/*", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json, text/html;q=0.5", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", "rdf"),
    ],
)
def test_the_form_that_is_asked_for(server: Served, accept: str, form: str) -> None:
    """What an IRI names comes in the form that is liked best, is told by its own address, and is the same there."""
    answer = server.curl(LAKE, "-H", f"Accept: {accept}", "-H", "Accept-Language: zh")
    assert (answer.status, answer.kind) == (200, addresses.FORMS[form].partition(";")[0])
    assert answer.headers["content-location"] == f"/{LAKE}.{form}"
    assert "Accept" in answer.headers["vary"]
    assert server.curl(f"{LAKE}.{form}", "-H", "Accept-Language: zh").body == answer.body


def test_forms_that_there_are_not(server: Served) -> None:
    """A form that there is not is 406 and says what there is."""
    answer = server.curl(LAKE, "-H", "Accept: image/png")
    assert answer.status == 406
    assert "text/turtle" in answer.text


def test_every_form_says_the_same(server: Served) -> None:
    """All RDF forms hold the same triples: all that is said of the thing, and its statements with their sentences."""
    found = {form: Graph().parse(data=server.curl(f"{LAKE}.{form}").body, format=name) for form, name in FORMS.items()}
    triples = {form: set(read) for form, read in found.items()}
    assert all(each == triples["nt"] for each in triples.values())
    data, lake = union(made_up()), URIRef(IRI["蓝湖署"])
    assert set(data.triples((lake, None, None))) <= triples["nt"]
    own = [URIRef(iris.statement_iri(one)) for one in STATEMENTS if str(lake) in {one.subject, one.object}]
    for statement in own:
        assert set(data.triples((statement, None, None))) <= triples["nt"]
        assert all(set(data.triples((evidence, None, None))) <= triples["nt"] for evidence in data.objects(statement, K.evidence))


def test_every_kind_of_thing_has_its_page(server: Served) -> None:
    """The first of each class, also a report, paragraph, statement, number, piece of evidence and place, is found by its IRI."""
    data = union(made_up())
    first = {kind: min(map(str, data.subjects(RDF.type, kind))) for kind in set(data.objects(None, RDF.type))}
    here = sorted({iri for iri in first.values() if iri.startswith(BASE)})
    assert {f"{BASE}made-up", f"{BASE}made-up/p1"} < set(here)
    for iri in here:
        answer = server.curl(addresses.of(iri).removeprefix("/"), "-H", "Accept: text/html")
        assert (answer.status, answer.kind) == (200, "text/html"), iri
        assert iri in Text(answer.text).text


@pytest.mark.parametrize(
    "path",
    [
        "id/nothing",
        "id/",
        "id/a%20b",
        "id/%3Cscript%3E",
        "id/../../etc/passwd",
        "static/../app.py",
        "explore/none",
        "explore?focus=none",
        "x",
    ],
)
def test_what_is_not_there(server: Served, path: str) -> None:
    """What is not there is 404 in plain text, which no browser takes for a page."""
    answer = server.curl(path)
    assert (answer.status, answer.kind) == (404, "text/plain")


@pytest.mark.parametrize("hops", ["0", "4", "-1", "x", "", "1e9"])
def test_steps_that_there_are_not(server: Served, hops: str) -> None:
    """Steps around a thing are one to three."""
    assert server.curl(f"explore?focus=x&hops={hops}").status == 400


# ---------------------------------------------------------------- what the pages say


def test_the_page_of_a_thing(server: Served) -> None:
    """It says names, class, every fact with its sentences, whose paragraphs it leads to, and the way to the explorer."""
    shown = Text(server.curl(f"{LAKE}?lang=zh").text)
    assert all(name in shown.text for name in ("蓝湖署", "BLA", "蓝湖机构", "联合国实体"))
    own = [one for one in STATEMENTS if IRI["蓝湖署"] in {one.subject, one.object}]
    sentences = [attributes for tag, attributes in shown.elements if tag == "blockquote"]
    assert len(sentences) == sum(len(one.evidence) for one in own)
    assert all(evidence.quote in shown.text for one in own for evidence in one.evidence)
    assert {f"/id/made-up/p{number}" for number in ("1", "2", "4", "5")} <= set(shown.links())
    assert f"/explore?focus={quote('蓝湖署')}&hops=1&lang=zh" in shown.links()
    assert {addresses.of(one.object) for one in own} <= {*shown.links(), f"/{LAKE}"}


def test_the_page_of_a_number_s_thing(server: Served) -> None:
    """What a figure counts, its value, its time and its sentence stand on the page of whom it is about."""
    text = Text(server.curl(f"{addresses.of(IRI['瑙鲁'])[1:]}?lang=en").text).text
    assert all(part in text for part in ("Nauru", "女议员", "31%", "2015-03", "from 8%", TEXTS["6"][: TEXTS["6"].index("B")]))


def test_the_page_of_a_paragraph(server: Served) -> None:
    """It says the text, the report it is of, and the facts that were read from it."""
    shown = Text(server.curl("id/made-up/p3?lang=zh").text)
    assert TEXTS["3"] in shown.text
    assert {"/id/made-up", addresses.of(IRI["红山国"]), addresses.of(IRI[SCRIPT])} <= set(shown.links())
    assert not [link for link in shown.links() if link.startswith("/explore")]


def test_the_page_of_a_report(server: Served) -> None:
    """It says title and symbol, leads to its explorer and to each of its paragraphs."""
    shown = Text(server.curl("id/made-up?lang=en").text)
    assert TITLE in shown.text
    assert "A/99/1" in shown.text
    assert {"/explore/made-up?lang=en", *(f"/id/made-up/p{number}" for number in TEXTS if number.isdigit())} <= set(shown.links())


def test_links_lead_to_the_web_or_nowhere(server: Served) -> None:
    """Only http and https links can be followed; others are text."""
    shown = Text(server.curl("id/linked").text)
    assert "javascript:window.hacked=1" in shown.text
    assert [link for link in shown.links() if not link.startswith("/")] == ["http://example.org/ok", "https://example.org/a?b='"]


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        ("", "", "zh"),
        ("?lang=en", "zh", "en"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("?lang=xx", "fr", "zh"),
    ],
)
@pytest.mark.parametrize("path", ["", "sparql", LAKE])
def test_languages(server: Served, path: str, asked: str, header: str, language: str) -> None:
    """A page is in the language that the address asks for, else in that of the browser, else in Chinese."""
    found = server.curl(path + asked, "-H", f"Accept-Language: {header}", "-H", "Accept: text/html")
    assert f'<html lang="{language}">' in found.text


def test_the_start_page(server: Served) -> None:
    """It lists the report with what the list of a build counts, and leads to the explorer, the queries and the ontology."""
    shown = Text(server.curl("?lang=en").text)
    expected = index.entry("made-up", union(made_up()), ())
    counts = [attributes["data-of"] for _, attributes in shown.elements if "data-of" in attributes]
    assert counts == ["things", "facts", "numbers", "paragraphs"]
    numbers = re.findall(r'data-of="(\w+)">([\d,]+)', server.curl("?lang=en").text)
    assert {name: int(number.replace(",", "")) for name, number in numbers} == expected.counts
    assert {"/explore?lang=en", "/sparql?lang=en", "/ontology?lang=en", "/explore/made-up"} <= {
        link.partition("#")[0] for link in shown.links()
    }


def test_the_explorer_is_that_of_the_build(server: Served) -> None:
    """The explorer of a report has the bytes that a build writes of it, where the store holds nothing else."""
    assert server.curl("explore/made-up").body == page.render(union(made_up()))


def test_the_ontology(server: Served) -> None:
    """It is the reference of kg docs for people, all its triples for programs; /docs leads there."""
    assert server.curl("ontology?lang=en", "-H", "Accept: text/html").body == reference.render(ontology.load(), "en")
    found = Graph().parse(data=server.curl("ontology.ttl").body, format="turtle")
    assert set(found) == set(graph.schema(ontology.load()))
    assert server.curl("docs").headers["location"] == "/ontology"


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def visited(browser: Browser, server: Served) -> Iterator[Page]:
    """A page that may go only where the server is; a test in which anything complains, runs or calls elsewhere fails."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    opened = context.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: None if request.url.startswith(server.url) else elsewhere.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield opened
    if opened.url.startswith(f"{server.url}sparql"):
        complaints = [text for text in complaints if not text.startswith(SANITIZER)]
    hacked = opened.evaluate("window.hacked")
    context.close()
    assert (hacked, elsewhere, complaints) == (None, [], [])


def shot(opened: Page, name: str) -> None:
    """Write a picture of the page for people to look at."""
    folder = Path(__file__).parent.parent / "screenshots"
    folder.mkdir(exist_ok=True)
    opened.screenshot(path=folder / f"serve-{name}.png")


@in_browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_yasgui_asks_and_shows(visited: Page, server: Served, language: str) -> None:
    """A ready question is asked and its rows are shown; names that would run are text; nothing is asked of anybody else."""
    visited.goto(f"{server.url}sparql?lang={language}")
    visited.wait_for_selector("html[data-ready]")
    question = queries.question("facts-per-paragraph")
    visited.select_option("#questions", label=question.titles[language])
    visited.wait_for_selector("table.dataTable tbody tr")
    assert visited.locator("table.dataTable tbody tr").count() == len(TEXTS)
    visited.evaluate("(text) => { document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(text); }", HOSTILE_NAMES)
    visited.click(".tabPanel.active .yasqe_queryButton")
    visited.wait_for_function("() => document.querySelectorAll('.tabPanel.active table.dataTable tbody tr').length === 3")
    shown = "".join(visited.locator(".tabPanel.active table.dataTable tbody").all_text_contents())
    assert all(name.replace("\n", "") in shown.replace("\n", "") for name in (SCRIPT, IMAGE))
    assert visited.locator(".tabPanel.active img, .tabPanel.active script").count() == 0
    shot(visited, f"sparql-{language}")


@in_browser
def test_things_in_answers_lead_to_their_pages(visited: Page, server: Served) -> None:
    """A thing in an answer leads to its page on this server, wherever its IRI would lead."""
    visited.goto(f"{server.url}sparql?lang=en")
    visited.wait_for_selector("html[data-ready]")
    query = f"SELECT ?s {{ ?s a <{ontology.KG}UNEntity> FILTER(STRENDS(STR(?s), '蓝湖署')) }}"
    visited.evaluate("(text) => { document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(text); }", query)
    visited.click(".tabPanel.active .yasqe_queryButton")
    with visited.context.expect_page() as other:
        visited.click("a.iri")
    other.value.wait_for_load_state()
    assert other.value.url == f"{server.url}{LAKE}"
    assert other.value.inner_text("h1") == "蓝湖署"


@in_browser
@pytest.mark.parametrize(
    "path",
    [
        "?lang=zh",
        "?lang=en",
        f"{LAKE}?lang=zh",
        "id/made-up?lang=en",
        "id/made-up/p3",
        "id/linked",
        "ontology",
        *(f"id/{name}" for name in HOSTILE),
    ],
)
def test_plain_pages_do_nothing(visited: Page, server: Served, path: str) -> None:
    """The start page and the pages of things, hostile ones too, run nothing, load nothing and are wide enough for what they hold."""
    visited.goto(server.url + path)
    assert visited.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visited.locator("h1").count() == 1
    shot(visited, re.sub(r"\W+", "-", path).strip("-")[:40])


@in_browser
@pytest.mark.parametrize(
    "path",
    ["explore/made-up?lang=zh", f"explore?focus={quote('蓝湖署')}&hops=2&lang=en", f"explore?focus={HOSTILE[0]}&hops=1", "explore?lang=en"],
)
def test_the_explorer_opens(visited: Page, server: Served, path: str) -> None:
    """The explorer of a report, around a thing, also a hostile one, and of everything opens under the server's policy and shows facts."""
    visited.goto(server.url + path)
    visited.wait_for_selector("html[data-ready]")
    assert visited.evaluate("explorer.visible.facts.length") > 0


# ---------------------------------------------------------------- how it is packed


def test_the_query_page_s_program_is_packed_from_what_is_there() -> None:
    """The program was packed from the modules as they are now; `make web` packs it anew. It is smaller than half a megabyte."""
    packed, _ = console.files()["yasgui.js"]
    assert len(packed) < 500_000
    assert zlib.decompress(packed).decode().partition("\n")[0] == f"// {SERVER.sources()}"


def test_the_program_comes_packed_or_not(server: Served) -> None:
    """A browser gets the program as it is packed, who cannot unpack it gets it plain."""
    plain = server.curl("static/yasgui.js")
    packed = server.curl("static/yasgui.js", "-H", "Accept-Encoding: gzip, deflate")
    assert packed.headers["content-encoding"] == "deflate"
    assert len(packed.body) * 3 < len(plain.body)
    assert server.curl("static/yasgui.js", "-H", f"If-None-Match: {plain.headers['etag']}").status == 304


def test_reports_are_counted_alike_in_both_ways(tmp_path: Path) -> None:
    """What the start page counts of a report in its graph is what it counts by its paragraphs where there are no graphs."""
    ten.add(tmp_path / "store", *ten.IDS)
    with store.open(tmp_path / "store") as opened:
        for row in opened.reports:
            report = ox.NamedNode(row.iri)
            paragraphs = {quad.subject for quad in opened.database.quads_for_pattern(None, start._PART, report, None)}  # noqa: SLF001
            counted = start._in_graph(opened.database, report)  # noqa: SLF001  both ways, of one graph
            assert counted == start._of_paragraphs(opened.database, paragraphs)  # type: ignore[arg-type]  # noqa: SLF001
            assert (counted["facts"], counted["numbers"], counted["paragraphs"]) == (row.facts, row.numbers, row.paragraphs)
