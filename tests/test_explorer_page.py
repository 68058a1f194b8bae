"""The explorer's page as bytes: what it may load, that it is always the same, and that it says what the graph says."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from made_up import IMAGE, MANAGES, QUOTES, SCRIPT, SYMBOL, TITLE, made_up
from pack_web import EXPLORER
from rdflib import RDF, Dataset, Graph

from kg import ontology
from kg.explorer import content, program
from kg.explorer.page import Opening, render
from kg.graph import K
from kg.iris import statement_iri
from kg.model import Period, Statement
from kg.network import Index, evidence_of, network_of
from kg.ontology import BASE, local

KIB = 1024
WEB = program.WEB
# Letters of Chinese, Japanese and Korean, and their punctuation.
HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
GRAPHS = pytest.mark.parametrize("name", ["made-up", "seed"])


@pytest.fixture
def written(paths: dict[str, Path]) -> str:
    """The page of the made-up graph."""
    return paths["made-up"].read_text(encoding="utf-8")


def payload(text: str) -> Any:  # noqa: ANN401
    """What the page's script reads."""
    (found,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    return json.loads(found)


def policy(text: str) -> dict[str, list[str]]:
    """What the page's policy allows, by directive."""
    (found,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    return {name: sources for name, *sources in (part.split() for part in found.replace("&#39;", "'").split(";"))}


def hashes(text: str, tag: str) -> list[str]:
    """The hashes of the scripts that run, or of the styles, that stand in the page."""
    parts = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts]


# ---------------------------------------------------------------- the bytes


def test_page_needs_nothing_from_anywhere(written: str) -> None:
    """The policy forbids every load; only hashed scripts and the hashed style may act, and the page names nothing to load."""
    allowed = policy(written)
    script, style = allowed.pop("script-src"), allowed.pop("style-src")
    assert allowed == {
        "default-src": ["'none'"],
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert style == hashes(written, "style")
    assert len(style) == 1
    assert set(hashes(written, "script")) < set(script), "one more for the program that is packed in the page"
    assert [source for source in script if not source.startswith("'sha256-")] == []
    assert len(script) == 2
    head, _, _ = written.partition("<script")
    assert not re.search(r'\s(?:src|href)=(?!"data:)', head)
    assert not re.search(r"\son\w+=|\sstyle=", head), "what the policy would block"
    assert "sourceMappingURL" not in written


@GRAPHS
def test_page_is_utf8_with_lf_and_small(paths: dict[str, Path], name: str) -> None:
    """No carriage return, Chinese not escaped, no larger than 620 KiB, and 180 KiB when packed."""
    written = paths[name].read_bytes()
    assert b"\r" not in written
    assert "的".encode() in written
    assert len(written) <= 620 * KIB
    assert len(gzip.compress(written, 9, mtime=0)) <= 180 * KIB


def test_no_tag_can_begin_in_the_data(written: str) -> None:
    """The data holds no "<" at all, and still says the hostile names exactly."""
    (found,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', written, re.DOTALL)
    assert "<" not in found
    assert {SCRIPT, IMAGE, QUOTES} <= set(payload(written)["things"]["label"])
    assert "<script>window.hacked" not in written
    assert "<img" not in written


def test_same_triples_give_the_same_bytes(graphs: dict[str, Graph], paths: dict[str, Path], tmp_path: Path) -> None:
    """Another process with another locale and another order of hashes and of triples writes the same page."""
    triples = tmp_path / "made-up.nt"
    lines = sorted(graphs["made-up"].serialize(format="nt").splitlines())
    program = (
        "import sys, hashlib; from rdflib import Graph; from kg.explorer.page import render; "
        "print(hashlib.sha256(render(Graph().parse(sys.argv[1]))).hexdigest())"
    )
    digests = []
    for order, environment in (
        (lines, {"PYTHONHASHSEED": "1"}),
        (lines[::-1], {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ):
        triples.write_text("\n".join(order), encoding="utf-8")
        everything = {**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run([sys.executable, "-c", program, triples], env=everything, capture_output=True, text=True, check=True)  # noqa: S603
        digests.append(run.stdout.strip())
    assert digests == [hashlib.sha256(paths["made-up"].read_bytes()).hexdigest()] * 2


def test_program_is_packed_from_what_is_there() -> None:
    """The program in the page was packed from the modules as they are now; `make web` packs it anew."""
    assert program.unpacked().partition("\n")[0] == f"// {EXPLORER.sources()}"


def test_vis_network_is_the_one_that_was_looked_at() -> None:
    """The program is packed with the vis-network that the installed pyvis carries, whose insides picture.js draws with."""
    locked = json.loads((program.WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/vis-network"]
    carried = files("pyvis") / "lib" / f"vis-{locked['version']}" / "vis-network.min.js"
    assert carried.is_file()
    assert locked["version"] == "9.1.2"


def test_report_without_symbol_is_cited_by_title() -> None:
    """The symbol to cite by is the report's identifier, else its title."""
    report = {"id": "made-up", "title": TITLE, "en": "", "symbol": SYMBOL}
    assert payload(render(made_up()).decode())["reports"] == [report]
    report = {"id": "made-up", "title": "编造的报告", "en": "", "symbol": "编造的报告"}
    assert payload(render(made_up(symbol="", title="编造的报告")).decode())["reports"] == [report]


def test_empty_graph_is_a_page() -> None:
    """A graph without a statement gives a page with nothing in it, not an error."""
    page = payload(render(Dataset()).decode())
    assert [page[name] for name in ("facts", "figures", "passages", "paragraphs", "places", "reports")] == [[]] * 6
    assert page["things"]["label"] == []


def test_opening_is_in_the_page() -> None:
    """What the page opens with stands in it, and its title is above that of the report."""
    opening = Opening("n=made&h=2", 7, ("编造<b>", "Made up"), ("由来", "Why"))
    text = render(made_up(), opening).decode()
    expected = {"state": "n=made&h=2", "most": 7, "title": ["编造<b>", "Made up"], "about": ["由来", "Why"]}
    assert payload(text)["opening"] == expected
    assert "<title>编造&lt;b&gt;</title>" in text


# ---------------------------------------------------------------- what it says


@GRAPHS
def test_page_has_every_fact_of_the_graph(graphs: dict[str, Graph], paths: dict[str, Path], name: str) -> None:
    """Each fact has its ends, relation, confidence, qualifiers and evidence as in the graph; each quote is the text at its offsets."""
    page = payload(paths[name].read_text(encoding="utf-8"))
    found = {}
    things, sayings = [BASE + iri for iri in page["things"]["iri"]], page["sayings"]
    for source, relation, target, own, sure, evidence, *qualifiers in page["facts"]:
        said: dict[str, str] = {"status": "done", **dict.fromkeys(("start", "end", "amount", "unit", "place", "programme"), "")} | dict(
            *qualifiers
        )
        said |= {key: things[int(said[key])] for key in ("place", "programme") if said[key] != ""}
        pieces = [(*_place(page, passage), *(sayings[number] for number in rest)) for passage, *rest in evidence]
        fact = things[source], page["relations"][relation]["id"], things[target]
        iri = BASE + own if own else _statement(fact, said)
        found[iri] = (*fact, Decimal(sure), said, pieces)
    assert found == dict(_facts(graphs[name]))
    assert len(found) == len(page["facts"])


def _place(page: dict[str, Any], passage: int) -> tuple[str, str, str, int, int]:
    """Paragraph, section, quote, start and end of a passage, the quote cut out of the paragraph's text."""
    paragraph, start, end = page["passages"][passage]
    number, section, _, text, *_ = page["paragraphs"][paragraph]
    return number, page["sayings"][section], text[start:end], start, end


def _statement(fact: tuple[str, str, str], said: dict[str, str]) -> str:
    """The IRI that is made of what a statement says."""
    period, amount = Period(said["start"], said["end"]), Decimal(said["amount"]) if said["amount"] else None
    return statement_iri(Statement(*fact, said["status"], period, amount, said["unit"], said["place"], said["programme"]))


def _facts(graph: Graph) -> Iterator[tuple[str, Any]]:
    for source, target, iri, fact in network_of(Index(graph)).edges(keys=True, data=True):
        said = {key: fact[key] for key in ("status", "start", "end", "unit", "place", "programme")}
        said["amount"] = "" if fact["amount"] is None else str(fact["amount"])
        pieces = []
        for one in fact["evidence"]:
            place = tuple(one[key] for key in ("paragraph", "section", "quote", "start", "end"))
            review = (one["review"],) if one["review"] else ()
            pieces.append((*place, one["rule"], one["subject_how"], one["object_how"], *review))
        yield iri, (source, fact["relation"], target, fact["confidence"], said, pieces)


@GRAPHS
def test_page_has_every_number_of_the_graph(graphs: dict[str, Graph], paths: dict[str, Path], name: str) -> None:
    """Each observation has what the graph says of it, its passage has its words, and its baseline is the number it is compared with."""
    page, index = payload(paths[name].read_text(encoding="utf-8")), Index(graphs[name])
    things, figures = [*(BASE + iri for iri in page["things"]["iri"]), ""], page["figures"]
    found = {}
    for about, counted, value, unit, comparator, start, end, place, text, passage, rule, sure, baseline, iri in figures:
        compared = BASE + figures[baseline][-1] if baseline >= 0 else ""
        said = (things[about], counted, value, unit, comparator, start, end, things[place], text, sure, compared)
        assert text in _place(page, passage)[2]
        found[BASE + iri] = (*said, *_place(page, passage), page["sayings"][rule])
    expected = {}
    for node in index.of(K.Observation):
        about, counted, value, start, end, place, text, sure, compared = (
            index.text(node, K[key])
            for key in ("about", "counted", "value", "start", "end", "place", "valueText", "confidence", "baseline")
        )
        unit, comparator = (local(index.text(node, K[key])) for key in ("unit", "comparator"))
        (evidence,) = (evidence_of(index, one) for one in index.all(node, K.evidence))
        passage = tuple(evidence[key] for key in ("paragraph", "section", "quote", "start", "end", "rule"))
        expected[str(node)] = (about, counted, value, unit, comparator, start, end, place, text, sure, compared, *passage)
    assert found == expected
    assert sum(1 for *_, baseline, _iri in figures if baseline >= 0) >= 1


@GRAPHS
def test_page_has_every_thing_and_paragraph_of_the_graph(graphs: dict[str, Graph], paths: dict[str, Path], name: str) -> None:
    """Every thing that is named is there with all its names, those of facts first; every paragraph in reading order with its text."""
    page, index = payload(paths[name].read_text(encoding="utf-8")), Index(graphs[name])
    things = page["things"]
    reports = {f"{BASE}{report['id']}" for report in page["reports"]}
    named = {str(thing) for thing in index.things()} - reports
    assert {BASE + iri for iri in things["iri"]} == named
    ends = {str(end) for node in index.of(K.Statement) for role in (RDF.subject, RDF.object) for end in index.all(node, role)}
    assert {BASE + iri for iri in things["iri"][: len(page["places"])]} == ends
    for number, (label, en, names) in enumerate(zip(things["label"], things["en"], things["names"], strict=True)):
        thing = next(t for t in index.things() if str(t) == BASE + things["iri"][number])
        assert {label, *names, *([en] if en else [])} == set(index.names(thing))
    numbers = [paragraph[0] for paragraph in page["paragraphs"]]
    assert sorted(numbers) == sorted(index.text(p, K.number) for p in index.of(K.Paragraph))
    digits = [int(number) for number in numbers if number.isdigit()]
    assert digits == sorted(digits)
    assert numbers[0] == "summary"


def test_stand_ins_and_marks_survive(written: str) -> None:
    """A character beyond the first 65,536 counts as one: the quote behind it is whole."""
    page = payload(written)
    number = page["things"]["label"].index("绿原基金")
    relation = [one["id"] for one in page["relations"]].index("manages")
    (fact,) = (fact for fact in page["facts"] if fact[1:3] == [relation, number])
    assert _place(page, fact[5][0][0])[2] == MANAGES


# ---------------------------------------------------------------- texts and looks


def test_every_class_has_a_look_of_its_own() -> None:
    """Shape with colour is unique, and every class that a thing can be has one."""
    interface = content.interface()
    for tone in (1, 2):
        looks = [(look[0], look[tone]) for look in interface["kinds"].values()]
        assert len(set(looks)) == len(looks)
    known = ontology.load()
    things = {kind for relation in known.relations.values() for kind in known.kinds_below(relation.domain | relation.range)}
    assert things - set(interface["kinds"]) <= {"Party", "Actor", "Place"}
    assert set(interface["kinds"]) <= set(known.parents)


def test_interface_says_everything_twice() -> None:
    """Every text is there in Chinese and in English, with the same places to fill in."""
    texts = content.interface()["texts"]
    for key, (zh, en) in texts.items():
        assert sorted(re.findall(r"\{(\w+)\}", zh)) == sorted(re.findall(r"\{(\w+)\}", en)), key
        assert zh, key
        assert en, key
        assert key in {"language", "language_hint"} or not HAN.search(en), key


def test_texts_are_those_that_are_used() -> None:
    """The scripts say no text that is not there, and no text is there that nothing says."""
    interface = content.interface()
    texts = interface["texts"]
    source = "".join(path.read_text(encoding="utf-8") for path in (*sorted(WEB.glob("*.js")), WEB / "page.html.j2"))
    said = set(re.findall(r"say\('(\w+)'", source)) | set(re.findall(r'data-(?:text|title)="(\w+)"', source))
    assert said - set(texts) == set()
    keys = {text for _, text in interface["keys"]}
    assert keys - set(texts) == set()
    begun = tuple(re.findall(r"`(\w+_)\$\{", source))
    assert {key for key in texts if not re.search(rf"\b{key}\b", source) and not key.startswith(begun)} - keys == set()


@pytest.mark.parametrize("path", sorted((*WEB.glob("*.js"), *WEB.glob("*.css"))), ids=lambda path: path.name)
def test_no_language_in_the_scripts(path: Path) -> None:
    """Every word that a person sees stands in interface.yaml: no script and no style has a Chinese one."""
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if HAN.search(line)] == []


def test_every_character_can_be_typed_in_latin(written: str) -> None:
    """Every Chinese character of a name has a reading, and one with several readings has them."""
    page = payload(written)
    things = page["things"]
    names = "".join((*things["label"], *(name for names in things["names"] for name in names)))
    read = "".join(page["readings"].values())
    assert {c for c in names if re.match("[\u4e00-\u9fff]", c)} - set(read) == set()
    assert "蓝" in page["readings"]["lan"]
