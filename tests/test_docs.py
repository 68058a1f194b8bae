"""The reference of the ontology: `kg docs`, and whether what it describes is sound with the vocabularies it is aligned with."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from owlrl.Namespaces import ERRNS
from playwright.sync_api import Browser
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from seen import PHONE, WIDE, in_browser

from kg import language, rdf, rules
from kg.cli import kg
from kg.graph import K
from kg.ontology import KG, PREFIXES, SCHEMA, load, local
from kg.pipeline import Built
from kg.reference import page, terms

ROOT = Path(__file__).parent.parent
KG_TTL = ROOT / "ontology" / "kg.ttl"
VOCABULARIES = sorted((ROOT / "tests" / "ontology").glob("*.ttl"))


class Html(HTMLParser):
    """What a page holds: ids, links, the text of every article by its id, and that no element is left open."""

    VOID = frozenset(("meta", "link", "input"))

    def __init__(self, text: str) -> None:
        """Read the whole page."""
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.articles: dict[str, str] = {}
        self.open: list[str] = []
        self._article = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and links."""
        found = {key: value or "" for key, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        if tag == "article":
            self._article = found["id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag
        if tag == "article":
            self._article = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of an article, its pieces parted by blanks."""
        if self._article and data.strip():
            self.articles[self._article] = f"{self.articles.get(self._article, '')} {data.strip()}".rstrip()


@pytest.fixture(scope="module")
def text() -> str:
    """The page."""
    return page.render(load()).decode()


@pytest.fixture(scope="module")
def html(text: str) -> Html:
    """The page, read."""
    return Html(text)


@pytest.fixture(scope="module")
def schema() -> Graph:
    """The file kg.ttl as it stands."""
    return rdf.read(KG_TTL)


def texts(graph: Graph, node: URIRef, predicate: URIRef) -> dict[str, str]:
    """What is said of a term, by language."""
    return {said.language or "": str(said) for said in graph.objects(node, predicate) if isinstance(said, Literal)}


def test_every_term_is_told(schema: Graph, html: Html) -> None:
    """Every term of kg.ttl has an article under its own name, with both labels and, where it has them, both definitions."""
    named = {URIRef(str(s)) for s in schema.subjects() if str(s).startswith(KG)}
    assert {local(iri) for iri in load().schema if iri != KG.rstrip("#")} == set(html.articles) >= {local(iri) for iri in named}
    for iri in named:
        for predicate in (RDFS.label, SKOS.definition, K.inverseLabel):
            for said in texts(schema, iri, predicate).values():
                assert said in html.articles[local(iri)], iri


@pytest.mark.parametrize("kind", [OWL.Class, K.Relation, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty], ids=local)
def test_terms_are_defined_in_both_languages(schema: Graph, kind: URIRef) -> None:
    """Every class, relation and property has a label and a definition in Chinese and in English."""
    for iri in schema.subjects(RDF.type, kind):
        assert isinstance(iri, URIRef)
        for predicate in (RDFS.label, SKOS.definition):
            assert set(texts(schema, iri, predicate)) == {"zh", "en"}, (iri, predicate)


def test_relations_have_examples_of_their_files() -> None:
    """A relation shows sentences of its own file with all that they give, at most three, and one that gives nothing."""
    told = {term.name: term for term in terms.read(load()).sections["relations"]}
    files = {file.relation.name: file for file in rules.load(language.load("zh"), load())}
    assert set(told) == set(files) == set(load().relations)
    for name, term in told.items():
        sentences = {example.text: example.gives for example in files[name].examples}
        assert [bool(one.gives) for one in term.shown] == [True, True, True, False], name
        assert all(sentences[one.text] == one.gives for one in term.shown), name
        assert term.of == len(sentences)


def test_examples_are_on_the_page(html: Html) -> None:
    """The page shows each chosen sentence with its facts."""
    for term in terms.read(load()).sections["relations"]:
        for one in term.shown:
            assert one.text in html.articles[term.name]
            assert all(f"{subject} → {obj}" in html.articles[term.name] for subject, obj in one.gives)


def test_anchors_resolve(html: Html) -> None:
    """Every link within the page leads somewhere, no id stands twice, and every other link is the IRI of a known vocabulary."""
    inner = {link.removeprefix("#") for link in html.links if link.startswith("#")}
    assert inner <= set(html.ids)
    assert len(html.ids) == len(set(html.ids))
    assert {"partnerOf", "Actor", "confidence"} <= inner
    assert all(link.startswith("http") for link in html.links if not link.startswith("#"))
    assert html.open == []


def test_relations_say_what_they_join(html: Html) -> None:
    """An article names domain, range, the relation above, the inverse name and symmetry; a class names what it is aligned with."""
    told = html.articles
    assert "定义域 Domain 一方 Party 值域 Range 文件 Document 知识产品 Knowledge product 方案 Programme" in told["launches"]
    assert "上位关系 Sub-property of 实施 implements" in told["launches"]
    assert "反向名称 Inverse name 发起者 launched by" in told["launches"]
    assert "owl:SymmetricProperty" in told["partnerOf"]
    assert "优先于 Beats 活动于 operates in" in told["supports"]
    assert "org:Organization" in told["Organization"]
    assert "下位类 Subclasses 基金 Fund" in told["Programme"]
    assert "取值 Values 已完成 done 进行中 ongoing 计划中 planned" in told["Status"]


def test_tree_has_every_class() -> None:
    """The hierarchy has every class; one with two classes above it stands below each."""
    tree = terms.read(load()).tree
    names = [one.name.removeprefix("kg:") for _, one in tree]
    assert set(names) == set(load().parents)
    assert [depth for depth, one in tree if one.name == "kg:Country"] == [1, 1]
    assert {one.name: depth for depth, one in tree}["kg:UNEntity"] == 3


def test_shapes_have_a_sentence_each(text: str) -> None:
    """Every shape of shapes.ttl is told in a Chinese and in an English sentence."""
    shapes = rdf.read(ROOT / "ontology" / "shapes.ttl")
    for shape in shapes.subjects(RDF.type, URIRef("http://www.w3.org/ns/shacl#NodeShape")):
        assert isinstance(shape, URIRef)
        said = texts(shapes, shape, RDFS.comment)
        assert set(said) == {"zh", "en"}, shape
        assert all(sentence in text for sentence in said.values())
        assert f'id="shape-{local(shape)}"' in text


def test_page_needs_nothing_from_anywhere(text: str) -> None:
    """The policy lets only the hashed style act, and there is no script."""
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    expected = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert policy.replace("&#39;", "'") == expected
    assert "<script" not in text
    assert not re.search(r" (?:src|style|on\w+)=", text)


def test_same_bytes(tmp_path: Path) -> None:
    """Two runs of the command, in processes with other hash seeds, write the same bytes."""
    made = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        command = [sys.executable, "-m", "kg", "docs", "-o", str(path)]
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert b"\r" not in made[0]


def test_command(tmp_path: Path) -> None:
    """`kg docs` tells what it wrote, and the page opens in the language that was asked for."""
    path = tmp_path / "new" / "ontology.html"
    result = CliRunner().invoke(kg, ["docs", "-o", str(path), "--lang", "en"])
    assert (result.exit_code, result.stdout) == (0, f"{path}: {len(load().parents)} classes, {len(load().relations)} relations\n")
    assert re.findall(r'id="only-(\w+)" checked', path.read_text("utf-8")) == ["en"]


@in_browser
@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, text: str, size: tuple[int, int], scheme: str) -> None:
    """The page passes axe-core with both languages shown; in each it fits its window and shows only what was chosen."""
    path = tmp_path / "ontology.html"
    path.write_text(text, encoding="utf-8", newline="\n")
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, offline=True)  # type: ignore[arg-type]
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.goto(path.as_uri())
    for chosen, hidden in (("zh", "en"), ("en", "zh"), ("both", "")):
        opened.check(f"#only-{chosen}")
        shown = opened.evaluate("() => ['zh', 'en'].filter((name) => document.querySelector(`main .${name}`).checkVisibility())")
        assert shown == [one for one in ("zh", "en") if one != hidden]
        assert opened.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(opened).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    context.close()
    assert complaints == []


@in_browser
def test_page_prints(browser: Browser, tmp_path: Path, text: str) -> None:
    """On paper the choice of language and the list of contents are left out, and everything else stays."""
    path = tmp_path / "ontology.html"
    path.write_text(text, encoding="utf-8", newline="\n")
    context = browser.new_context(color_scheme="dark", offline=True)
    opened = context.new_page()
    opened.goto(path.as_uri())
    opened.emulate_media(media="print")
    assert not opened.is_visible("nav")
    assert not opened.is_visible("fieldset")
    assert opened.is_visible("#partnerOf blockquote")
    assert opened.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    context.close()


# ---------------------------------------------------------------- the ontology among others


def closed(graph: Graph) -> Graph:
    """A graph with the vocabularies that the ontology is aligned with, and all that OWL 2 RL concludes from both."""
    result = Graph()
    result += graph
    for path in VOCABULARIES:
        result += rdf.read(path)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(result)
    return result


def contradictions(graph: Graph) -> list[str]:
    """What is wrong with a closed graph: owlrl's messages, members of owl:Nothing, and members of two disjoint classes."""
    found = [str(message) for message in graph.objects(None, ERRNS.error)]
    found += [f"{thing} is nothing" for thing in graph.subjects(RDF.type, OWL.Nothing)]
    for one, other in graph.subject_objects(OWL.disjointWith):
        both = set(graph.subjects(RDF.type, one)) & set(graph.subjects(RDF.type, other))
        found += [f"{thing} is a {one} and a {other}" for thing in both]
    return sorted(found)


def test_nothing_is_imported() -> None:
    """No Turtle file of the ontology imports another ontology."""
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        assert OWL.imports not in {URIRef(quad.predicate.value) for quad in ox.parse(path=path)}, path


def test_vocabularies_say_where_they_are_from() -> None:
    """The axioms of six vocabularies are at hand, each with its source and licence."""
    assert [path.stem for path in VOCABULARIES] == ["dcterms", "foaf", "oa", "org", "prov", "skos"]
    for path in VOCABULARIES:
        assert re.match(r"# Axioms of .*https?://.*\n# source: .* licence: .*https?://", path.read_text("utf-8")), path


def test_alignment_is_known(schema: Graph) -> None:
    """Every class of those vocabularies that kg.ttl is aligned with is a class there."""
    known = Graph()
    for path in VOCABULARIES:
        known += rdf.read(path)
    spaces = tuple(PREFIXES[path.stem] for path in VOCABULARIES)
    aligned = {iri for iri in schema.objects(None, RDFS.subClassOf) if str(iri).startswith(spaces)}
    assert {local(str(iri)) for iri in aligned} >= {"Agent", "Document", "Organization", "SpecificResource"}
    assert {iri for iri in aligned if not {OWL.Class, RDFS.Class} & set(known.objects(iri, RDF.type))} == set()


def test_closure_is_consistent(seed_built: Built) -> None:
    """The seed's graph and the ontology contradict neither themselves nor org, prov, foaf, skos, oa and dcterms under OWL 2 RL."""
    graph = closed(seed_built.graph)
    assert contradictions(graph) == []
    unwomen = next(graph.subjects(RDFS.label, Literal("妇女署", lang="zh")))
    foaf = "http://xmlns.com/foaf/0.1/"
    assert {URIRef(f"{foaf}Agent"), URIRef(f"{foaf}Organization")} <= set(graph.objects(unwomen, RDF.type))


def test_contradictions_are_seen(schema: Graph) -> None:
    """A body that is also a person, and a report that is also a body, are found out."""
    foaf = "http://xmlns.com/foaf/0.1/"
    wrong = Graph()
    wrong += schema
    body, report = URIRef("http://example.org/body"), URIRef("http://example.org/report")
    wrong += [(body, RDF.type, K.UNEntity), (body, RDF.type, URIRef(f"{foaf}Person"))]
    wrong += [(report, RDF.type, K.Report), (report, RDF.type, K.Organization)]
    found = "\n".join(contradictions(closed(wrong)))
    assert str(body) in found
    assert str(report) in found


def test_values_are_what_properties_say(seed_built: Built) -> None:
    """In the seed's graph an object property leads to a thing and a datatype property to a literal, and what describes facts says so."""
    graph = seed_built.graph
    described = {node: kind for kind in (K.Statement, K.Observation, K.Evidence, K.Paragraph) for node in graph.subjects(RDF.type, kind)}
    for kind, of in ((OWL.ObjectProperty, URIRef), (OWL.DatatypeProperty, Literal)):
        for used in graph.subjects(RDF.type, kind):
            assert all(isinstance(value, of) for value in graph.objects(None, used)), used
            domain = {*graph.objects(used, URIRef(f"{SCHEMA}domainIncludes")), *graph.objects(used, RDFS.domain)}
            assert {described[node] for node in graph.subjects(used) if node in described} <= domain, used
