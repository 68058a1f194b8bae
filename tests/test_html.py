"""The HTML page: its bytes, and what a person sees and can do in a browser that has no network."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, sync_playwright
from rdflib import RDF, RDFS, Dataset, Literal, URIRef, Variable

from kg import graph, iris, ontology
from kg.errors import KgError
from kg.graph import K
from kg.model import (
    Document,
    Entity,
    Evidence,
    Extraction,
    Paragraph,
    Period,
    Statement,
)
from kg.network import to_networkx
from kg.ontology import local
from kg.writers import html
from kg.writers.explorer import content
from kg.writers.explorer.layout import Box, hubs, places

Test = TypeVar("Test", bound=Callable[..., None])
CHROMIUM = Path("/usr/bin/chromium")
SCRIPT = "</script><script>window.hacked=1</script>"
IMAGE = '<img src=x onerror="window.hacked=1">署'
QUOTES = "“甲”\"乙\"'丙'\n丁 href=javascript:window.hacked=1"
COUNTRIES = tuple(f"第{i}共和国" for i in range(35))
TEXTS = {
    "summary": "蓝湖署与绿原基金合作。",
    "1": "𠮷报告说，蓝湖署与绿原基金合作。蓝湖署管理绿原基金，并向大红山国提供支助。",
    "2": f"蓝湖署支持{'、'.join(COUNTRIES)}。",
    "3": f"{IMAGE}与{SCRIPT}在红山国开展工作；该基金支持红山国。",
    "4": "蓝湖署将于2020年资助绿原基金1000000美元。",
    "fn1": "没有人说起的事。",
}
PARAGRAPHS = tuple(
    Paragraph(number, "paragraph", text, tuple(range(len(text))), ("一. 引言", f"A. {IMAGE}")) for number, text in TEXTS.items()
)
IRI = {name: iris.entity_iri(name) for name in ("蓝湖署", "绿原基金", "红山国", "大红山国", *COUNTRIES)}
IRI |= {name: iris.entity_iri(f"hostile {i}") for i, name in enumerate((SCRIPT, IMAGE, QUOTES))}
KINDS = {"蓝湖署": "UNEntity", "绿原基金": "Fund", SCRIPT: "Programme", IMAGE: "UNEntity", QUOTES: "KnowledgeProduct"}


def said(number: str, quote: str, subject_how: str = "listed", object_how: str = "listed") -> Evidence:
    """A quote of a paragraph, found in it."""
    start = TEXTS[number].index(quote)
    return Evidence(number, start, start + len(quote), quote, "zh/made-up#1", subject_how, object_how)


def fact(subject: str, relation: str, obj: str, *evidence: Evidence, **qualifiers: Any) -> Statement:  # noqa: ANN401
    """A statement between two things called by name."""
    return Statement(IRI[subject], relation, IRI[obj], evidence=evidence, **qualifiers)


MANAGES = "蓝湖署管理绿原基金，并向大红山国提供支助。"
HOSTILE = TEXTS["3"]
STATEMENTS = (
    fact("蓝湖署", "partnerOf", "绿原基金", said("summary", TEXTS["summary"]), said("1", "𠮷报告说，蓝湖署与绿原基金合作。")),
    fact("蓝湖署", "manages", "绿原基金", said("1", MANAGES)),
    fact("蓝湖署", "supports", "大红山国", said("1", MANAGES, "carried on from “蓝湖署”")),
    *(fact("蓝湖署", "supports", country, said("2", TEXTS["2"])) for country in COUNTRIES),
    fact("绿原基金", "supports", "红山国", said("3", HOSTILE, "“该基金” stands for 绿原基金", "listed: 红山国")),
    fact(SCRIPT, "operatesIn", "红山国", said("3", HOSTILE)),
    fact(IMAGE, "operatesIn", "红山国", said("3", HOSTILE)),
    fact(IMAGE, "implements", QUOTES, said("3", HOSTILE)),
    fact(
        "蓝湖署",
        "funds",
        "绿原基金",
        said("4", TEXTS["4"]),
        status="planned",
        period=Period("2020-01-01", "2020-12-31"),
        amount=Decimal(1000000),
        unit="CCY_USD",
    ),
)


def made_up(symbol: str = "A/99/1", title: str = f"编造的报告{SCRIPT}") -> Dataset:
    """The made-up report's graph: a hub, parallel facts, names in names, and names that would run if they could."""
    document = Document("made-up", Path("made-up.txt"), "", "zh", title, symbol, paragraphs=PARAGRAPHS)
    other = {"蓝湖署": ("BLA", "蓝湖机构"), "绿原基金": ("该原", IMAGE)}
    entities = tuple(Entity(iri, name, KINDS.get(name, "Country"), other.get(name, ())) for name, iri in IRI.items())
    data = graph.dataset(Extraction(document, entities, (), STATEMENTS), ontology.load())
    data.default_graph.add((URIRef(IRI["绿原基金"]), RDFS.label, Literal("Green Plain Trust Fund", lang="en")))
    return data


@pytest.fixture(scope="module")
def data() -> Dataset:
    """The made-up graph, built once."""
    return made_up()


@pytest.fixture(scope="module")
def written(data: Dataset) -> str:
    """Its page, written once."""
    return html.render(data).decode()


def payload(text: str) -> dict[str, Any]:
    """What the page's script reads."""
    (found,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    return json.loads(found)  # type: ignore[no-any-return]


# ---------------------------------------------------------------- the bytes


def test_page_needs_nothing_from_anywhere(written: str) -> None:
    """The policy forbids every load; only the two hashed scripts and the hashed style may act, and nothing is inline otherwise."""
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    policy = policy.replace("&#39;", "'")
    hashes = re.findall(r"'sha256-[^']+'", policy)
    assert re.sub(r"'sha256-[^']+'", "#", policy) == (
        "default-src 'none'; script-src # #; style-src #; img-src data:; base-uri 'none'; form-action 'none'"
    )
    parts = re.findall(r"<script>(.*?)</script>", written, re.DOTALL) + re.findall(r"<style>(.*?)</style>", written, re.DOTALL)
    assert hashes == [f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts]
    assert len(hashes) == 3
    head, _, _ = written.partition("<script")
    assert not re.search(r'(?:src|href)=(?!"data:)', head)
    assert "sourceMappingURL" not in written


def test_page_is_utf8_with_lf_and_small(data: Dataset) -> None:
    """No carriage return, Chinese not escaped, and no larger than 700 KiB."""
    written = html.render(data)
    assert b"\r" not in written
    assert "蓝湖署".encode() in written
    assert len(written) <= 700 * 1024


def test_no_tag_can_begin_in_the_data(written: str) -> None:
    """The data holds no "<" at all, and still says the hostile names exactly."""
    (found,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', written, re.DOTALL)
    assert "<" not in found
    assert {SCRIPT, IMAGE, QUOTES} <= {node["label"] for node in payload(written)["nodes"]}
    assert "<script>window.hacked" not in written


def test_same_triples_give_the_same_bytes(data: Dataset, tmp_path: Path) -> None:
    """Another process with another order of hashes and of triples writes the same page."""
    triples = tmp_path / "made-up.nt"
    lines = sorted(graph.union(data).serialize(format="nt").splitlines())
    program = (
        "import sys, hashlib; from rdflib import Dataset, Graph; from kg.writers import html; "
        "d = Dataset(); [d.add(t) for t in Graph().parse(sys.argv[1])]; print(hashlib.sha256(html.render(d)).hexdigest())"
    )
    digests = []
    for seed, order in (("1", lines), ("2", lines[::-1])):
        triples.write_text("\n".join(order), encoding="utf-8")
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run([sys.executable, "-c", program, triples], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
        digests.append(run.stdout.strip())
    assert digests == [hashlib.sha256(html.render(data)).hexdigest()] * 2


def test_vis_network_is_the_one_that_was_looked_at() -> None:
    """The installed pyvis carries vis-network 9.1.2, whose insides canvas.js draws with."""
    digest = hashlib.sha256(html._vis_network().encode()).hexdigest()  # noqa: SLF001
    assert digest == "5ae42dfb3ea3fc7bcc4a71817d77c23fd3b52ed86382f0c887fbedda214a9585"


def test_missing_vis_network_is_named(monkeypatch: pytest.MonkeyPatch, data: Dataset) -> None:
    """Without the script in the installed pyvis the error says what to install."""
    monkeypatch.setattr(html, "_VIS", "lib/vis-0/none.js")
    with pytest.raises(KgError, match=r"lib/vis-0/none\.js is missing .* pyvis>=0\.3\.2,<0\.4"):
        html.render(data)


def test_report_without_symbol_is_cited_by_title() -> None:
    """The symbol to cite by is the report's identifier, else its title."""
    assert payload(html.render(made_up()).decode())["reports"][0]["symbol"] == "A/99/1"
    assert payload(html.render(made_up(symbol="", title="编造的报告")).decode())["reports"] == [
        {"title": "编造的报告", "symbol": "编造的报告"}
    ]


def test_empty_graph_is_a_page(tmp_path: Path) -> None:
    """A graph without a statement gives a page with nothing in it, not an error."""
    page = payload(html.render(Dataset()).decode())
    assert (page["nodes"], page["edges"], page["paragraphs"]) == ([], [], [])
    assert not list(tmp_path.iterdir())


def test_longest_name_wins_in_the_marks(written: str) -> None:
    """红山国 is not marked inside 大红山国, and a Latin name only as a whole word."""
    page = payload(written)
    node = {n["label"]: n["id"] for n in page["nodes"]}
    (first,) = (p for p in page["paragraphs"] if p["number"] == "1")
    found = [(first["text"][start:end], at) for start, end, at in first["marks"]]
    assert ("大红山国", node["大红山国"]) in found
    assert "红山国" not in [name for name, _ in found]
    text = "UN和UNICEF和联合国UN和红山国和红山ABC，XUN"
    words = [text[slice(*span)] for span in content.spans(text, content.by_length(["UN", "联合国UN", "红山", "红山国", "山ABC"]))]
    assert words == ["UN", "联合国UN", "红山国", "红山"]


def test_every_class_has_a_look_of_its_own() -> None:
    """Shape with colour is unique, and every class that a thing can be has one."""
    interface = content.interface()
    looks = [tuple(look) for look in interface["kinds"].values()]
    assert len(set(looks)) == len(looks)
    things = {
        kind for relation in ontology.load().relations.values() for kind in ontology.load().kinds_below(relation.domain | relation.range)
    }
    assert things - set(interface["kinds"]) <= {"Party", "Actor", "Place"}


def test_interface_says_everything_twice() -> None:
    """Every text is there in Chinese and in English, with the same places to fill in, and the scripts use no other."""
    texts = content.interface()["texts"]
    for key, (zh, en) in texts.items():
        assert sorted(re.findall(r"\{(\w+)\}", zh)) == sorted(re.findall(r"\{(\w+)\}", en)), key
        assert zh, key
        assert en, key
    used = "".join((html._PARTS / name).read_text(encoding="utf-8") for name in (*html._SCRIPTS, "page.html.j2"))  # noqa: SLF001
    assert {key for key in texts if f"'{key}'" not in used and f'"{key}"' not in used and f"texts.{key}" not in used} == set()


# ---------------------------------------------------------------- the layout


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 40), st.integers(0, 80), st.integers(0, 1000))
def test_boxes_never_overlap(size: int, edges: int, seed: int) -> None:
    """Whatever the graph, no symbol or name at natural size covers another, and the places are the same each time."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.relabel_nodes(nx.gnm_random_graph(size, edges, seed=seed, directed=True), str))
    boxes = {node: Box(5.0 + i % 9, 20.0 + 11 * (i % 9), 15.0 + 15 * (i % 2)) for i, node in enumerate(made)}
    found = places(made, boxes, dict.fromkeys(made, "Country"))
    assert found == places(made.copy(), boxes, dict.fromkeys(made, "Country"))
    assert set(found) == set(made)
    for a, b in itertools.combinations(found, 2):
        (ax, ay), (bx, by) = found[a], found[b]
        across = max(boxes[a].width, 2 * boxes[a].radius) / 2 + max(boxes[b].width, 2 * boxes[b].radius) / 2
        above, below = (a, b) if ay <= by else (b, a)
        down = boxes[above].radius + boxes[above].height + boxes[below].radius
        assert abs(ax - bx) >= across - 0.2 or abs(ay - by) >= down - 0.2


def test_hub_stands_above_the_rest() -> None:
    """A thing joined to more than thirty others and a quarter of all is a hub; it stands above everything else."""
    star: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.relabel_nodes(nx.star_graph(35).to_directed(), str))
    assert hubs(star) == ["0"]
    found = places(star, {node: Box(6.0, 60.0, 15.0) for node in star}, dict.fromkeys(star, "Country"))
    assert found["0"][1] < min(y for node, (_, y) in found.items() if node != "0")


# ---------------------------------------------------------------- the browser


def in_browser(test: Test) -> Test:
    """Mark a test that needs a browser; it is left out only where there is none, and never in CI."""
    missing = pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason="no /usr/bin/chromium")
    marked: Test = pytest.mark.browser(missing(test))
    return marked


class Seen:
    """A page that is open, and what it tried to do."""

    def __init__(self, page: Page, path: Path) -> None:
        """Open the file and wait until it is drawn."""
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")

    def run(self, script: str, argument: object = None) -> Any:  # noqa: ANN401
        """What a JavaScript function of the argument gives."""
        return self.page.evaluate(script, argument)

    def corner(self) -> tuple[float, float]:
        """Left and top of the picture in the window, in pixels."""
        box = self.page.locator("#graph").bounding_box()
        assert box
        return box["x"], box["y"]

    def labels_overlap(self) -> list[Any]:
        """The pairs of names drawn that cover each other."""
        boxes = self.run("() => { view.picture.network.redraw(); return view.picture.labels; }")
        assert boxes
        return [(a, b) for a, b in itertools.combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]

    def texts(self, selector: str) -> list[str]:
        """The text of each element a selector finds."""
        return self.page.locator(selector).all_text_contents()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def seen(browser: Browser, written: str, tmp_path: Path) -> Iterator[Seen]:
    """The page, open in a browser that is offline."""
    path = tmp_path / "made-up.html"
    path.write_text(written, encoding="utf-8", newline="\n")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    yield Seen(context.new_page(), path)
    context.close()


@in_browser
def test_nothing_runs_and_nothing_is_asked_for(seen: Seen) -> None:
    """With hostile names everywhere, through every panel, paragraph, search and language, no script runs and no request leaves."""
    for _ in range(2):
        for kind, count in (("node", "nodes"), ("edge", "edges")):
            seen.run(f"() => view.page.{count}.forEach((one) => view.choose({{ {kind}: one.id }}, true))")
        seen.run("() => view.page.paragraphs.forEach((_, i) => view.panel.read(i, 0, 3))")
        seen.page.keyboard.press("Escape")
        for word in ("script", "img", "丁"):
            seen.page.fill("#search", word)
            assert seen.page.locator("#results [role=option]").count() >= 1
        seen.page.click("#language")
    left, top = seen.corner()
    for place in seen.run("() => view.page.nodes.map((n) => view.picture.at({ node: n.id }))"):
        seen.page.mouse.move(left + place["x"], top + place["y"])
    assert seen.run("() => window.hacked") is None
    assert seen.page.locator("img, iframe, a, body script:not(#data)").count() == 2, "only the page's own two scripts"
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1
    assert seen.complaints == []
    assert seen.page.locator("h1").text_content() == f"编造的报告{SCRIPT}"


@in_browser
def test_every_line_shows_what_the_paragraph_says(seen: Seen, data: Dataset) -> None:
    """Selecting an edge shows each of its quotes, equal to the paragraph's text at its offsets, with number, section and rule."""
    by_iri = seen.run("() => Object.fromEntries(view.page.edges.map((e) => [e.iri, e.id]))")
    found = list(to_networkx(data).edges(keys=True, data=True))
    assert len(found) == len(by_iri) == len(STATEMENTS)
    for _, _, iri, edge in found:
        seen.run("(edge) => view.choose({ edge })", by_iri[iri])
        quotes = [TEXTS[e["paragraph"]][e["start"] : e["end"]] for e in edge["evidence"]]
        assert seen.texts("#panel blockquote") == quotes == [e["quote"] for e in edge["evidence"]]
        numbers = {"summary": "摘要"}
        assert seen.texts("#panel .paragraph") == [numbers.get(e["paragraph"], f"第{e['paragraph']}段") for e in edge["evidence"]]
        assert seen.texts("#panel .section") == [f"一. 引言 › A. {IMAGE}"] * len(quotes)
        assert "规则：zh/made-up#1" in seen.texts("#panel .chosen")[0]


@in_browser
def test_both_names_are_marked(seen: Seen) -> None:
    """In the quote of a fact its subject and its object are marked strongly, also by the words that stand for one of them."""

    def strong(subject: str, relation: str) -> list[str]:
        seen.run(
            "([subject, relation]) => view.choose({ edge: view.page.edges.find((e) => view.page.nodes[e.from].iri === subject"
            " && view.page.relations[e.relation].id === relation).id })",
            [IRI[subject], relation],
        )
        return seen.texts("#panel mark.strong")

    assert strong("蓝湖署", "manages") == ["蓝湖署", "绿原基金"]
    assert strong("绿原基金", "supports") == ["红山国", "该基金", "红山国"]
    assert "名称识别：“该基金”即绿原基金 → 名录：红山国" in seen.texts("#panel .chosen")[0]
    assert strong(SCRIPT, "operatesIn") == [SCRIPT, "红山国", "红山国"]


@in_browser
def test_qualifiers_are_shown(seen: Seen) -> None:
    """Status, years and amount stand with the fact, in the language chosen, and a plan is drawn dashed."""
    funds = seen.run("() => view.page.edges.find((e) => view.page.relations[e.relation].id === 'funds').id")
    seen.run("(edge) => view.choose({ edge })", funds)
    assert seen.texts("#panel .chosen .said span") == ["计划中", "2020", "金额：1,000,000 美元", "可信度：0.5"]
    seen.page.click("#language")
    assert seen.texts("#panel .chosen .said span") == ["planned", "2020", "Amount: 1,000,000 US dollars", "Confidence: 0.5"]
    assert seen.run("() => view.page.edges.filter((e) => e.dashes).map((e) => e.id)") == [funds]


@in_browser
def test_one_sentence_is_shown_once_with_all_its_facts(seen: Seen) -> None:
    """A node's panel has one card a stretch of text, under it every fact of the node that was read from it."""
    seen.run("(iri) => view.choose({ node: view.page.nodes.find((n) => n.iri === iri).id })", IRI["蓝湖署"])
    quotes = seen.texts("#panel blockquote")
    assert quotes == [TEXTS["summary"], "𠮷报告说，蓝湖署与绿原基金合作。", MANAGES, TEXTS["2"], TEXTS["4"]]
    counts = [card.locator(".facts > li").count() for card in seen.page.locator("#panel .card").all()]
    assert counts == [1, 1, 2, len(COUNTRIES), 1]


@in_browser
def test_legend_counts_what_a_query_counts(seen: Seen, data: Dataset) -> None:
    """The numbers beside classes and relations are those of SPARQL, and add up to what the page says it shows."""
    shown = {
        row["id"]: row["count"]
        for row in seen.run("""() => [...document.querySelectorAll('nav label')].map((l) => ({
        id: l.dataset.id, count: Number(l.querySelector('.count').textContent) }))""")
    }
    relations = "SELECT ?x (COUNT(?s) AS ?n) { ?s a kg:Statement ; rdf:predicate ?x } GROUP BY ?x"
    kinds = (
        "SELECT ?x (COUNT(DISTINCT ?o) AS ?n) { ?s a kg:Statement . { ?s rdf:subject ?o } UNION { ?s rdf:object ?o } ?o a ?x } GROUP BY ?x"
    )
    rows = [row for query in (relations, kinds) for row in graph.union(data).query(query, initNs={"kg": K, "rdf": RDF}).bindings]
    assert shown == {local(str(row[Variable("x")])): int(str(row[Variable("n")])) for row in rows}
    assert f"{len(IRI)}/{len(IRI)} 个实体 · {len(STATEMENTS)}/{len(STATEMENTS)} 条关系 · 枢纽：蓝湖署" in seen.texts("#status")[0]


@in_browser
def test_filters_show_exactly_what_is_left_on(seen: Seen) -> None:
    """With one relation on, exactly its edges and their ends are drawn; a class switched off takes its things and their edges away."""
    drawn = """() => ({ edges: view.picture.edges.get().filter((e) => !e.hidden).map((e) => view.page.relations[e.relation].id),
        nodes: view.picture.nodes.get().filter((n) => !n.hidden).map((n) => n.iri).sort() })"""
    seen.page.click("[data-none=relations]")
    assert seen.run(drawn) == {"edges": [], "nodes": []}
    seen.page.click("label[data-id=operatesIn]")
    assert seen.run(drawn) == {"edges": ["operatesIn"] * 2, "nodes": sorted((IRI[SCRIPT], IRI[IMAGE], IRI["红山国"]))}
    seen.page.click("[data-all=relations]")
    seen.page.click("label[data-id=Country]")
    left = [s for s in STATEMENTS if s.object not in {IRI[name] for name in ("红山国", "大红山国", *COUNTRIES)}]
    assert Counter(seen.run(drawn)["edges"]) == Counter(s.relation for s in left)
    assert f"{len(left)}/{len(STATEMENTS)} 条关系" in seen.texts("#status")[0]


@in_browser
@pytest.mark.parametrize("words", ["绿原", "green plain", "ＴＲＵＳＴ　fund", "该原"])
def test_search_finds_names_of_every_language(seen: Seen, words: str) -> None:
    """A thing is found by its Chinese name, its English name in any case and width, and a short form; Enter selects it."""
    seen.page.keyboard.press("/")
    seen.page.keyboard.insert_text(words)
    assert seen.texts("#results [aria-selected=true] .name") == ["绿原基金"]
    seen.page.keyboard.press("Enter")
    assert seen.texts("#panel .head h2") == ["绿原基金"]
    assert seen.page.locator("#results").is_hidden()


@in_browser
def test_keys(seen: Seen) -> None:
    """/ goes to the search box, arrows move in the results, Esc empties it and takes the selection away."""
    seen.page.keyboard.press("/")
    seen.page.keyboard.insert_text("共和国")
    first, second = seen.texts("#results .name")[:2]
    seen.page.keyboard.press("ArrowDown")
    assert seen.texts("#results [aria-selected=true] .name") == [second]
    seen.page.keyboard.press("ArrowUp")
    seen.page.keyboard.press("Enter")
    assert seen.texts("#panel .head h2") == [first]
    assert seen.run("() => view.picture.focus.nodes.size") == 2
    seen.page.keyboard.press("Escape")
    assert seen.page.input_value("#search") == ""
    assert seen.run("() => view.picture.focus") is None
    assert seen.page.locator("#panel .most").count() == 1


@in_browser
def test_search_brings_back_what_a_filter_hides(seen: Seen) -> None:
    """Choosing a hidden thing from the results shows everything again, so that it is seen."""
    seen.page.click("label[data-id=Fund]")
    seen.page.fill("#search", "绿原")
    seen.page.press("#search", "Enter")
    assert seen.run("() => view.picture.shown.nodes.size") == len(IRI)
    assert seen.page.locator("nav input:not(:checked)").count() == 0


@in_browser
@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("zoom", [0.35, 0.7, 1.0, 1.8])
def test_no_name_covers_another(seen: Seen, language: int, zoom: float) -> None:
    """At any zoom and in both languages no two names drawn overlap; at the first sight most names are there."""
    if language:
        seen.page.click("#language")
    assert len(seen.run("() => view.picture.labels")) >= 0.6 * len(IRI)
    assert seen.labels_overlap() == []
    seen.run("(scale) => view.picture.network.moveTo({ scale, animation: false })", zoom)
    assert seen.labels_overlap() == []
    seen.run("() => view.choose({ node: view.picture.ranked[0] })")
    assert seen.labels_overlap() == []


@in_browser
def test_click_selects_what_is_under_it(seen: Seen) -> None:
    """A click on a symbol selects the node; each of several lines between the same two things can be clicked apart."""
    left, top = seen.corner()

    def click(script: str) -> None:
        place = seen.run(script)
        seen.page.mouse.click(left + place["x"], top + place["y"])

    click("() => view.picture.at({ node: view.picture.ranked[0] })")
    assert seen.texts("#panel .head h2") == ["蓝湖署"]
    assert seen.run("() => view.picture.focus.edges.size") == len(COUNTRIES) + 4
    parallel = seen.run(
        "(iri) => view.page.edges.filter((e) => view.picture.ranked[0] === e.from && view.page.nodes[e.to].iri === iri).map((e) => e.id)",
        IRI["绿原基金"],
    )
    assert len(parallel) == 3
    seen.run("(edge) => { view.choose({ edge }, true); view.choose({}); }", parallel[0])
    for edge in parallel:
        click(f"() => view.picture.at({{ edge: {edge} }})")
        assert seen.run("() => view.chosen") == {"edge": edge}


@in_browser
def test_paragraph_opens_in_full(seen: Seen) -> None:
    """The number of a paragraph opens its whole text with the quote set off; one can read on, and Esc closes it but keeps the selection."""
    seen.run("() => view.choose({ edge: view.page.edges.find((e) => view.page.relations[e.relation].id === 'manages').id })")
    seen.page.click("#panel .paragraph")
    assert seen.texts("#reader .whole") == [TEXTS["1"]]
    assert seen.texts("#reader .quoted") == [MANAGES]
    assert seen.page.locator("#reader .facts > li").count() == 3
    seen.page.click("#reader header button >> nth=1")
    assert seen.texts("#reader .whole") == [TEXTS["2"]]
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#reader").is_hidden()
    assert seen.page.locator("#panel .chosen").count() == 1


@in_browser
@pytest.mark.parametrize("clipboard", [True, False])
def test_citation_is_copied(seen: Seen, *, clipboard: bool) -> None:
    """The button copies the report's symbol and the paragraph, in the language chosen, with and without the clipboard's interface."""
    if clipboard:
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        seen.run("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    seen.run("() => view.choose({ edge: view.page.edges.find((e) => view.page.relations[e.relation].id === 'manages').id })")
    for expected in ("(A/99/1, 第1段)", "(A/99/1, para. 1)"):
        seen.page.click("#panel .copy")
        seen.page.wait_for_function("(text) => document.getElementById('said').textContent.endsWith(text)", arg=expected)
        seen.page.fill("#search", "")
        seen.page.press("#search", "Control+V")
        assert seen.page.input_value("#search") == expected
        seen.page.fill("#search", "")
        seen.page.click("#language")


@in_browser
def test_language_changes_everything(seen: Seen) -> None:
    """The button turns interface, classes, relations and names to English and says so; what has no English name keeps its own."""
    assert seen.page.get_attribute("html", "lang") == "zh"
    seen.page.click("#language")
    assert seen.page.get_attribute("html", "lang") == "en"
    assert {"Country", "Fund", "supports"} <= set(seen.texts("nav label .name"))
    assert {"蓝湖署", "Green Plain Trust Fund"} <= set(seen.texts(".most .thing"))
    assert not re.search(r"[\u4e00-\u9fff]", "".join(seen.texts("nav")))


@in_browser
def test_two_loads_are_the_same_picture_and_soon_there(seen: Seen) -> None:
    """Nothing moves by itself: a reload gives the same pixels; it is ready within two seconds even on a busy machine."""
    pixels = "() => document.querySelector('#graph canvas').toDataURL()"
    first = seen.run(pixels)
    seen.page.reload()
    seen.page.wait_for_selector("html[data-ready]")
    assert seen.run(pixels) == first
    seen.page.wait_for_timeout(300)
    assert seen.run(pixels) == first
    assert int(seen.page.get_attribute("html", "data-ready") or 0) <= 2000
