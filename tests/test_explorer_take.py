"""What can be taken away from the explorer: tables, Turtle, pictures, the address and prints, of what is seen and of nothing else."""

from __future__ import annotations

import base64
import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import Open
from made_up import COUNTRIES, IMAGE, IRI, QUOTES, SCRIPT, STATEMENTS, SYMBOL, TITLE, made_up
from playwright.sync_api import Browser
from rdflib import RDF, RDFS, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from seen import WIDE, Network, Seen, in_browser

from kg.explorer import content, page
from kg.graph import K, O, union
from kg.iris import canonical
from kg.network import Index, evidence_of, network_of
from kg.ontology import BASE, KG, local

NAMES = ("made-up", "odd", "seed")
VIEWS = ("graph", "table", "countries", "time", "text", "numbers", "ontology")
# Names that a spreadsheet would run, that end a field or a line, or that XML cannot hold.
FORMULAS = ("=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=2", "＝1", "＋1", "－1", "＠甲", "-3", "'=1", '=HYPERLINK("x","y")')
STRANGE = ("甲\r\n乙", 'a","b', "\x07钟\x7f", "反\\斜\\n", '"""', "行\u2028段", "𠮷\ufffe", "{}]]>&amp;")
ODD = ("https://example.org/a?b=c&d=%20#e'(f)~", "urn:made-up:x", f"{BASE}a.b.", f"{BASE}-x", f"{BASE}𠮷é", f"{BASE}statement/x")
FACT = (
    *("subject", "relation", "object", "subject_class", "object_class", "status", "start", "end", "amount", "unit", "place", "programme"),
    *("confidence", "report", "paragraph", "section", "quote", "subject_iri", "relation_iri", "object_iri", "statement_iri"),
)
FIGURE = (
    *("about", "counted", "value", "unit", "comparator", "number", "start", "end", "place", "confidence"),
    *("report", "paragraph", "section", "quote", "iri"),
)
INTERFACE = content.interface()
SVG = "{http://www.w3.org/2000/svg}"
# The colours of a bitmap where the symbols of all things are, and those of their classes.
COLOURS = """async (data) => {
  const image = new Image();
  image.src = data;
  await image.decode();
  const { width, height } = image, canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  return [...explorer.visible.things].map((thing) => {
    const { x, y } = explorer.picture.at({ thing }), [r, g, b] = pen.getImageData(Math.round(4 * x), Math.round(4 * y), 1, 1).data;
    return ['#' + [r, g, b].map((part) => part.toString(16).padStart(2, '0')).join(''), thing.kind.look[1]];
  });
}"""


def odd_graph() -> Graph:
    """The made-up graph with names and IRIs that are hard to write down."""
    renamed = dict(zip((URIRef(IRI[name]) for name in COUNTRIES[-len(ODD) :]), map(URIRef, ODD), strict=True))
    graph, result = union(made_up()), Graph()
    for country, label in zip(COUNTRIES, (*FORMULAS, *STRANGE), strict=False):
        graph.set((URIRef(IRI[country]), RDFS.label, Literal(label, lang="zh")))
    for triple in graph:
        result.add(tuple(renamed.get(term, term) for term in triple))  # type: ignore[call-overload]
    return result


@pytest.fixture(scope="module")
def all_graphs(graphs: dict[str, Graph]) -> dict[str, Graph]:
    """The two graphs, and the odd one."""
    return {**graphs, "odd": odd_graph()}


@pytest.fixture(scope="module")
def odd_path(all_graphs: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the odd one."""
    path = tmp_path_factory.mktemp("odd") / "odd.html"
    path.write_bytes(page.render(all_graphs["odd"]))
    return path


@pytest.fixture(scope="module")
def odd(browser: Browser, odd_path: Path) -> Seen:
    """It, opened once."""
    return Seen(browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, offline=True).new_page(), odd_path)


@pytest.fixture(params=NAMES)
def one(request: pytest.FixtureRequest) -> str:
    """The name of a graph."""
    return str(request.param)


@pytest.fixture
def shown(one: str, opened: dict[str, Seen], odd: Seen) -> Iterator[Seen]:
    """The page of that graph."""
    seen = opened.get(one, odd)
    seen.start()
    yield seen
    assert seen.complaints == []


def taken(seen: Seen, what: str) -> tuple[str, bytes]:
    """The name and the bytes of a file taken by the menu."""
    with seen.page.expect_download() as download:
        seen.page.click("#take summary")
        seen.page.click(f"#take [data-take={what}]")
    name = download.value.suggested_filename
    seen.page.wait_for_function("(name) => document.getElementById('said').textContent.includes(name)", arg=name)
    assert seen.page.locator("#take[open]").count() == 0
    return name, download.value.path().read_bytes()


# ---------------------------------------------------------------- the menu


@in_browser
@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
def test_menu_offers_pictures_where_there_is_one(seen: Seen, language: int) -> None:
    """Tables, Turtle, link and print are offered in every view, pictures only with the graph, in the language shown."""
    seen.go(language=language)
    for view in (*VIEWS, "graph"):
        seen.page.click(f"#views [data-view={view}]")
        seen.page.click("#take summary")
        offered = [*(["png", "svg"] if view == "graph" else []), "csv", "ttl", "link", "print"]
        assert seen.texts("#take li") == [INTERFACE["texts"][f"take_{what}"][language] for what in offered]
        seen.page.keyboard.press("Escape")
        assert seen.page.locator("#take[open]").count() == 0


@in_browser
def test_menu_closes_beside_it(seen: Seen) -> None:
    """The menu closes when one presses beside it or goes on by keyboard, and gives the keyboard back when something is taken."""
    seen.page.click("#take summary")
    seen.page.mouse.click(700, 500)
    assert seen.page.locator("#take[open]").count() == 0
    seen.page.focus("#take summary")
    seen.page.keyboard.press("Enter")
    for _ in range(7):
        seen.page.keyboard.press("Tab")
    assert seen.page.locator("#take[open]").count() == 0
    name, _ = taken(seen, "csv")
    assert name == "made-up-facts.csv"
    assert seen.run("() => document.activeElement.tagName") == "SUMMARY"


@in_browser
def test_no_picture_is_taken_of_what_is_not_drawn(fresh: Open, tmp_path: Path) -> None:
    """Where a summary stands in the picture's place, a picture is not taken but said to be missing; the table is of everything."""
    path = tmp_path / "much.html"
    path.write_bytes(page.render(made_up(), page.Opening(most=7)))
    seen = fresh(path)
    for what in seen.run("() => [...document.querySelectorAll('#take [data-take]')].map(({ dataset }) => dataset.take)"):
        if what in {"png", "svg"}:
            seen.page.click("#take summary")
            seen.page.click(f"#take [data-take={what}]")
            seen.page.wait_for_function("() => document.getElementById('said').textContent === '请先画出关系图'")
    assert len(lines(taken(seen, "csv")[1])) > len(STATEMENTS)


# ---------------------------------------------------------------- tables


def lines(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, which is as Python's csv writes it, with a byte order mark and CRLF."""
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(found)
    assert again.getvalue() == text
    return found


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet runs."""
    return f"'{text}" if re.match("[=+@\t\r＝＋－＠-]", text) and not re.fullmatch(r"-?\d+(\.\d+)?", text) else text


class Words:
    """What a graph calls things, in a language."""

    def __init__(self, graph: Graph, language: int) -> None:
        """Read the graph once."""
        self.index = Index(graph)
        self.language = language

    def name(self, iri: str) -> str:
        """The name of a thing, a class or a relation."""
        return content.both(self.index, URIRef(iri))[self.language] if iri else ""

    def kind(self, iri: str) -> str:
        """The name of a thing's class."""
        return self.name(KG + self.index.kind(URIRef(iri)))

    def unit(self, name: str) -> str:
        """The name of a unit."""
        words: list[str] | None = INTERFACE["units"].get(name)
        return words[self.language] if words else self.name(name and KG + name)

    def said(self, evidence: dict[str, Any]) -> tuple[str, ...]:
        """Report, paragraph, section and quote."""
        symbols = {report["id"]: report["symbol"] for report in content.reports(self.index)}
        report = local(evidence["source"].rpartition("/")[0])
        return symbols[report], evidence["paragraph"], evidence["section"], evidence["quote"]


def fact_rows(graph: Graph, network: Network, language: int) -> dict[str, list[tuple[str, ...]]]:
    """The rows that each fact of a graph has, one for each passage that says it, by its IRI."""
    words, found = Words(graph, language), {}
    for source, target, iri, fact in network.edges(keys=True, data=True):
        relation, amount = KG + fact["relation"], "" if fact["amount"] is None else canonical(fact["amount"])
        ends = words.name(source), words.name(relation), words.name(target), words.kind(source), words.kind(target)
        when = words.name(KG + fact["status"]), fact["start"], fact["end"]
        more = amount, words.unit(fact["unit"]), words.name(fact["place"]), words.name(fact["programme"]), canonical(fact["confidence"])
        said = dict.fromkeys(words.said(one) for one in fact["evidence"])
        found[iri] = [(*ends, *when, *more, *one, source, relation, target, iri) for one in said]
    return found


@in_browser
@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
def test_csv_has_every_fact(shown: Seen, one: str, all_graphs: dict[str, Graph], language: int) -> None:
    """The table has a line for each fact and passage, with all that the graph says of it, guarded where a spreadsheet would run it."""
    shown.go(language=language, view="table")
    name, data = taken(shown, "csv")
    head, *found = lines(data)
    assert name == f"{'made-up' if one == 'odd' else shown.run('() => explorer.page.reports[0].id')}-facts.csv"
    assert head == [INTERFACE["texts"][f"of_{column}"][language] for column in FACT]
    expected = fact_rows(all_graphs[one], network_of(Index(all_graphs[one])), language)
    rows = [tuple(map(guarded, row)) for rows in expected.values() for row in rows]
    assert Counter(map(tuple, found)) == Counter(rows)
    assert max(Counter(map(tuple, found)).values()) == 1
    if one == "odd" and not language:
        objects = {row[2] for row in found}
        assert {"'=1+1", "'\t=1", "'＝1", "-3", "'=1", "甲\r\n乙", 'a","b', "\x07钟\x7f"} <= objects


@in_browser
def test_csv_is_of_what_is_seen(seed: Seen, graphs: dict[str, Graph], networks: dict[str, Network]) -> None:
    """With filters on, and around a thing, the table has the lines of the facts that are seen and no others."""
    expected = fact_rows(graphs["seed"], networks["seed"], 0)
    for address in ("r=supports.partnerOf&y=2012-2012", "n=RWA&h=1", "v=countries&k=Country&b=90"):
        seed.start(address)
        seen = seed.facts()
        assert 0 < len(seen) < len(expected)
        _, *found = lines(taken(seed, "csv")[1])
        assert Counter(map(tuple, found)) == Counter(tuple(map(guarded, row)) for iri in seen for row in expected[iri])


def figure_rows(graph: Graph, language: int) -> dict[str, tuple[str, ...]]:
    """The row that each number of a graph has, by its IRI."""
    words, found = Words(graph, language), {}
    index = words.index
    for node in index.of(K.Observation):
        (evidence,) = (evidence_of(index, one) for one in index.all(node, K.evidence))
        about, counted, value, text, start, end, place, sure = (
            index.text(node, K[key]) for key in ("about", "counted", "value", "valueText", "start", "end", "place", "confidence")
        )
        unit, comparator = local(index.text(node, K.unit)), index.text(node, K.comparator)
        compared = words.name(comparator)
        said = words.name(about), counted, value, words.unit(unit), compared, text, start, end, words.name(place), canonical(Decimal(sure))
        found[str(node)] = (*said, *words.said(evidence), str(node))
    return found


@in_browser
@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
def test_csv_of_numbers(shown: Seen, one: str, all_graphs: dict[str, Graph], language: int) -> None:
    """In the view of numbers the table has a line for each number that is seen, exact, with the sentence that says it."""
    shown.go(language=language, view="numbers")
    name, data = taken(shown, "csv")
    head, *found = lines(data)
    assert name.endswith("-numbers.csv")
    assert head == [INTERFACE["texts"][f"of_{column}"][language] for column in FIGURE]
    expected = figure_rows(all_graphs[one], language)
    assert Counter(map(tuple, found)) == Counter(tuple(map(guarded, row)) for row in expected.values())
    shown.go(years=[2015, 2015] if one != "seed" else [2011, 2011])
    seen = {BASE + iri for iri in shown.run("() => explorer.visible.figures.map(({ iri }) => iri)")}
    assert 0 < len(seen) < len(expected)
    assert {row[-1] for row in lines(taken(shown, "csv")[1])[1:]} == seen


# ---------------------------------------------------------------- Turtle


def read(data: bytes) -> Graph:
    """The triples of a Turtle file, on which rdflib and pyoxigraph agree."""
    found = Graph().parse(data=data, format="turtle")
    triples = ox.serialize((quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)), format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(found, Graph().parse(data=triples, format="nt"))
    return found


def described(graph: Graph, nodes: set[Any]) -> set[Any]:
    """All that a graph says of these."""
    return {triple for node in nodes for triple in graph.triples((node, None, None))}


def parts(graph: Graph, nodes: set[Any]) -> set[Any]:
    """These with their evidence and what it points at in the text."""
    evidence = {one for node in nodes for one in graph.objects(node, K.evidence)}
    return nodes | evidence | {selector for one in evidence for selector in graph.objects(one, O.hasSelector)}


@in_browser
def test_turtle_is_a_part_of_the_graph(shown: Seen, one: str, all_graphs: dict[str, Graph]) -> None:
    """The Turtle says of every fact and its evidence all that the graph says, and nothing that the graph does not say."""
    graph = all_graphs[one]
    name, data = taken(shown, "ttl")
    assert name.endswith("-facts.ttl")
    found = read(data)
    statements: set[Any] = set(graph.subjects(RDF.type, K.Statement))
    assert set(found) - set(graph) == set()
    assert described(found, parts(found, statements)) == described(graph, parts(graph, statements))
    bare = {tuple(graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)) for node in statements}
    assert bare <= set(found)
    things: set[Any] = {end for triple in bare for end in (triple[0], triple[2])}
    things |= {thing for node in statements for part in (K.place, K.programme) for thing in graph.objects(node, part)}
    assert {node for kind in graph.objects(None, RDF.type) if str(kind).startswith(KG) for node in found.subjects(RDF.type, kind)} >= things
    for thing in things:
        labels = {label for label in graph.objects(thing, RDFS.label) if getattr(label, "language", "") in {"zh", "en"}}
        assert set(found.objects(thing, RDFS.label)) == labels
    if one == "odd":
        assert {URIRef(iri) for iri in ODD} <= things
        assert {Literal(name, lang="zh") for name in (*FORMULAS, *STRANGE, SCRIPT, IMAGE, QUOTES)} <= set(found.objects(None, RDFS.label))


@in_browser
def test_turtle_is_of_what_is_seen(seed: Seen, graphs: dict[str, Graph]) -> None:
    """With filters on the Turtle has the facts that are seen, their things and evidence, and no others; in any language the same bytes."""
    for address in ("r=supports.partnerOf&y=2012-2012", "n=RWA&h=1", "f=0.0.4.0&b=90"):
        seed.start(address)
        _, data = taken(seed, "ttl")
        found, seen = read(data), {URIRef(iri) for iri in seed.facts()}
        assert set(found.subjects(RDF.type, K.Statement)) == seen
        assert set(found) - set(graphs["seed"]) == set()
        used = {node for statement in seen for node in graphs["seed"].objects(statement, None)}
        named = set(found.subjects(RDFS.label, None)) - set(found.subjects(RDF.type, K.Report))
        assert named == {node for node in used if (node, RDFS.label, None) in graphs["seed"] and not str(node).startswith((KG, "http://q"))}
        assert set(found.subjects(RDF.type, K.Evidence)) == used & set(graphs["seed"].subjects(RDF.type, K.Evidence))
        seed.go(language=1, theme="dark", view="text")
        assert taken(seed, "ttl")[1] == data


@in_browser
def test_turtle_of_numbers(shown: Seen, one: str, all_graphs: dict[str, Graph]) -> None:
    """In the view of numbers the Turtle has every number that is seen as the graph has it, with its baseline, and where it is said."""
    graph = all_graphs[one]
    shown.go(view="numbers")
    name, data = taken(shown, "ttl")
    assert name.endswith("-numbers.ttl")
    found, numbers = read(data), set(graph.subjects(RDF.type, K.Observation))
    assert set(found.subjects(RDF.type, K.Observation)) == numbers
    assert {triple for triple in found if not any(isinstance(term, BNode) for term in triple)} - set(graph) == set()
    for node in numbers:
        said, asked = (set(which.predicate_objects(node)) for which in (found, graph))
        evidence, expected = (which.value(node, K.evidence) for which in (found, graph))
        assert said - {(K.evidence, evidence)} == asked - {(K.evidence, expected)}
        assert set(found.predicate_objects(evidence)) <= set(graph.predicate_objects(expected))
        assert {predicate for predicate, _ in found.predicate_objects(evidence)} >= {RDF.type, O.hasSource, O.hasSelector, K.rule}
        selector: Any = found.value(evidence, O.hasSelector)
        assert described(found, {selector}) == described(graph, {selector})
    assert not set(found.subjects(RDF.type, K.Statement))


@in_browser
def test_nothing_can_be_taken(fresh: Open, tmp_path: Path) -> None:
    """Of a page without facts the table has its headings alone and the Turtle no triple."""
    path = tmp_path / "empty.html"
    path.write_bytes(page.render(Dataset()))
    seen = fresh(path)
    for view, columns in (("table", FACT), ("numbers", FIGURE)):
        seen.start(f"v={view}")
        name, data = taken(seen, "csv")
        assert name.startswith("report-kg-")
        assert lines(data) == [[INTERFACE["texts"][f"of_{column}"][0] for column in columns]]
        assert len(read(taken(seen, "ttl")[1])) == 0


# ---------------------------------------------------------------- pictures


def words_of(svg: bytes) -> list[str]:
    """The rows of text in an SVG picture, which is well-formed and can do nothing."""
    root = ET.fromstring(svg)  # noqa: S314  a few kilobytes of our own
    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "g", "path", "text", "title", "rect", "polygon", "circle")
    }
    attributes = {name.lower() for element in root.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or name.endswith(("href", "style"))]
    assert not re.search(r"url\(|javascript:(?!window)", "".join(value for element in root.iter() for value in element.attrib.values()))
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


@in_browser
@pytest.mark.parametrize("state", ["", "m=columns&l=en", "n=WSM&t=dark", "n=WSM&h=1"])
def test_svg_is_the_picture(shown: Seen, state: str) -> None:
    """The SVG holds every name that is drawn, every thing and fact with its title, a legend and the source; twice the same bytes."""
    shown.start(state)
    name, data = taken(shown, "svg")
    assert name.endswith("-graph.svg")
    assert taken(shown, "svg")[1] == data
    found = words_of(data)
    drawn = [re.sub(r"\r\n?", "\n", re.sub(r"[\0-\x08\x0e-\x1f\x7f\ufffe\uffff]", "\ufffd", text)) for text, *_ in shown.names()]
    assert Counter(drawn) - Counter(found) == Counter()
    assert drawn
    language = 1 if "l=en" in state else 0
    kinds = set(shown.run("(language) => [...explorer.visible.things].map(({ kind }) => kind.label[language])", language))
    assert kinds <= set(found)
    titles = [element.text for element in ET.fromstring(data).iter(f"{SVG}title")]  # noqa: S314
    assert len(titles) >= len(shown.things()) + len(shown.facts())
    (root,) = [ET.fromstring(data)]  # noqa: S314
    assert root.attrib["width"] == str(shown.run("() => document.querySelector('#graph canvas').clientWidth"))


@in_browser
def test_svg_names_its_source(seen: Seen) -> None:
    """Below the picture stand the report by title and symbol, hostile as they are, and what is shown."""
    _, data = taken(seen, "svg")
    last = "".join(words_of(data)[-4:])
    assert f"资料来源：{TITLE} ({SYMBOL})" in last
    assert "44/44 个实体" in last
    assert {SCRIPT, IMAGE} <= {element.text for element in ET.fromstring(data).iter(f"{SVG}title")}  # noqa: S314


@in_browser
def test_png_is_four_times_the_picture(seed: Seen) -> None:
    """The PNG is four times as wide and high as the SVG, and every thing is in it where it is seen, in the colour of its class."""
    seed.start("t=light")
    name, data = taken(seed, "png")
    root = ET.fromstring(taken(seed, "svg")[1])  # noqa: S314
    assert name.endswith("-graph.png")
    assert data.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert struct.unpack(">II", data[16:24]) == (int(root.attrib["width"]) * 4, int(float(root.attrib["height"]) * 4))
    colours = seed.run(COLOURS, f"data:image/png;base64,{base64.b64encode(data).decode()}")
    assert len(colours) == len(seed.things()) > 0
    assert [pair for pair in colours if pair[0] != pair[1]] == []


# ---------------------------------------------------------------- link and print


@in_browser
def test_link_copies_the_address(seen: Seen) -> None:
    """The link on the clipboard is the page's address with all that is looked at, and the page says so."""
    seen.start("v=table&n=WSM&y=2012-2014")
    seen.page.click("#take summary")
    seen.page.click("#take [data-take=link]")
    seen.page.wait_for_function("() => document.getElementById('said').textContent.includes('WSM')")
    assert seen.run("() => navigator.clipboard.readText()") == seen.page.url == f"{seen.path.as_uri()}#v=table&n=WSM&y=2012-2014"


@in_browser
def test_print_is_asked_for(seen: Seen) -> None:
    """The menu's last entry asks the browser to print."""
    seen.run("() => { window.print = () => { window.printed = true; }; }")
    seen.page.click("#take summary")
    seen.page.click("#take [data-take=print]")
    assert seen.run("() => { delete window.print; return window.printed; }") is True


FITS = """() => [...document.querySelectorAll('#view, #stage, main')].every(({ scrollHeight, clientHeight }) =>
  scrollHeight <= clientHeight + 1)"""


@pytest.fixture
def on_paper(seen: Seen) -> Iterator[Seen]:
    """The page of the made-up graph as it is printed."""
    seen.page.emulate_media(media="print")
    yield seen
    seen.page.emulate_media(media="null")


@in_browser
@pytest.mark.parametrize("view", VIEWS)
def test_print_has_only_what_is_read(on_paper: Seen, view: str) -> None:
    """A print is light and without tools, has the picture as SVG and all rows of the table, unscrolled; then all is as before."""
    seen = on_paper
    seen.start(f"v={view}&t=dark")
    address = seen.address()
    seen.run("() => dispatchEvent(new Event('beforeprint'))")
    for tool in ("#views", "#search-box", "#tools", "#side", "#canvas-tools", "#chips"):
        assert seen.page.is_hidden(tool)
    assert seen.page.get_attribute("html", "data-theme") == "light"
    assert seen.page.locator("#sheet > svg").count() == (view == "graph")
    assert seen.page.locator("#view tbody tr[data-row]").count() == (len(STATEMENTS) if view == "table" else 0)
    assert seen.run(FITS)
    seen.run("() => dispatchEvent(new Event('afterprint'))")
    assert seen.page.locator("#sheet").count() == 0
    assert (seen.address(), seen.page.get_attribute("html", "data-theme")) == (address, "dark")


@in_browser
@pytest.mark.parametrize("state", ["", "v=table", "v=text&n=WSM"])
def test_page_prints(seed: Seen, state: str) -> None:
    """The browser prints a PDF file: the picture on one or two pages, the table and the text on as many as they need."""
    seed.start(state)
    printed = seed.page.pdf()
    assert printed.startswith(b"%PDF")
    assert (len(re.findall(rb"/Type /Page\b", printed)) > 2) == bool(state)
    assert seed.page.locator("#sheet").count() == 0


# ---------------------------------------------------------------- names that would run if they could


@in_browser
def test_nothing_runs_in_any_view_or_file(fresh: Open, odd_path: Path) -> None:
    """With hostile names and IRIs, through every view and everything that can be taken, no script runs and no request leaves the page."""
    seen = fresh(odd_path)
    seen.run("() => addEventListener('securitypolicyviolation', (event) => { window.violated = event.blockedURI; })")
    for number, view in enumerate(VIEWS):
        seen.start(f"v={view}{'&l=en' * (number % 2)}")
        seen.choose(thing=seen.thing(IMAGE))
        for what in ("png", "svg", "csv", "ttl") if view == "graph" else ("csv", "ttl"):
            taken(seen, what)
        seen.run("() => { for (const name of ['beforeprint', 'afterprint']) dispatchEvent(new Event(name)); }")
        seen.run("() => [...document.querySelectorAll('#view :is(button, mark)')].slice(0, 30).forEach((part) => part.click())")
        assert seen.page.locator("img, iframe, object, embed, body a[href], body form").count() == 0
    assert seen.run("() => [window.hacked, window.violated]") == [None, None]
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1
