"""The questions in queries/*.rq: their form, their answers on a made-up graph and on the seed, on both engines; and what is refused."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset
from rdflib_source import Rdflib

from kg import ontology, queries, rdf
from kg.errors import QueryError, UnknownNameError
from kg.graph import dataset
from kg.iris import entity_iri
from kg.model import Document, Entity, Evidence, Extraction, Observation, Paragraph, Period, Statement
from kg.queries.sources import Source
from kg.resources import folder
from kg.tables import render

HERE = Path(__file__).parent / "queries"
QUESTIONS = queries.catalogue()
LISTED = """
@prefix id: <https://w3id.org/report-kg/id/> . @prefix kg: <https://w3id.org/report-kg/ontology#> . @prefix schema: <http://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:W a kg:UNEntity ; rdfs:label "联合国妇女署"@zh , "UN Women"@en ; skos:altLabel "妇女署"@zh ; schema:sameAs <http://example.org/w> ;
  skos:notation "XM-DAC-1"^^kg:iati-org-id .
id:R a kg:Country ; rdfs:label "卢旺达"@zh , "Rwanda"@en ; skos:notation "646"^^kg:m49 ; schema:containedInPlace id:EA .
id:K a kg:Country ; rdfs:label "肯尼亚"@zh , "Kenya"@en ; schema:containedInPlace id:EA ; schema:sameAs <http://example.org/k> .
id:P a kg:Country ; rdfs:label "秘鲁"@zh , "Peru"@en ; kg:formerLabel "旧秘鲁"@zh ; kg:renamed "2019"^^xsd:gYear ;
  schema:containedInPlace id:SA .
id:EA a kg:Region ; rdfs:label "东非"@zh , "Eastern Africa"@en ; schema:containedInPlace id:SSA .
id:SSA a kg:Region ; rdfs:label "撒哈拉以南非洲"@zh , "Sub-Saharan Africa"@en .
"""
UNLISTED = {
    "儿基会": "UNEntity",
    "协调小组": "UNEntity",
    "甲公司": "PrivateSectorOrganization",
    "乙协会": "CivilSocietyOrganization",
    "安全村庄方案": "Programme",
    "丙基金": "Fund",
    "湖边论坛": "Event",
    "第1/2号决议": "Document",
    "湖市": "Locality",
}
TEXTS = {
    "1": ("一. 导言", "联合国妇女署与儿基会和甲公司合作。妇女署于2012年6月加入协调小组。妇女署支持卢旺达。"),
    "2": ("A. 消除暴力侵害妇女行为", "妇女署和乙协会在卢旺达和肯尼亚实施安全村庄方案。2012年，儿基会发起该方案。"),
    "10": (
        "B. 经济",
        "丙基金2011年向安全村庄方案提供了200美元。该方案在卢旺达的女成员从8%增至31.5%，超过100人参加。妇女署将在秘鲁开展工作。",
    ),
    "11": ("B. 经济", "湖边论坛2011年在湖市举行，乙协会出席，论坛通过了第1/2号决议。丙基金的目标是500美元，实际约400美元。"),
    "12": ("", "本段没有内容。"),
}


def _iri(name: str) -> str:
    return entity_iri({"妇女署": "W", "卢旺达": "R", "肯尼亚": "K", "秘鲁": "P"}.get(name, name)) if name else ""


def _said(number: str, sentence: int, rule: str) -> Evidence:
    """The nth sentence of a paragraph as evidence."""
    text = TEXTS[number][1]
    quote = re.findall("[^。]+。", text)[sentence]
    start = text.index(quote)
    return Evidence(number, start, start + len(quote), quote, f"zh/{rule}#1", "list", "short form")


def _fact(words: str, number: str, sentence: int, when: str = "", status: str = "done", **more: str) -> Statement:
    """words: "subject relation object"; when: a year, or the day it began; more: amount, unit, place."""
    subject, relation, obj = words.split()
    amount = Decimal(more["amount"]) if "amount" in more else None
    evidence = (_said(number, sentence, relation),)
    unit, place = more.get("unit", ""), _iri(more.get("place", ""))
    return Statement(_iri(subject), relation, _iri(obj), status, _period(when), amount, unit, place, evidence=evidence)


def _period(when: str) -> Period:
    return Period(f"{when}-01-01", f"{when}-12-31") if len(when) == len("2012") else Period(when)


def _figure(words: str, number: str, sentence: int, base: Observation | None = None) -> Observation:
    """words: "about counted value unit comparator"; shares are those of Rwanda."""
    about, counted, value, unit, comparator = words.split()
    place = _iri("卢旺达") if unit == "PERCENT" else ""
    evidence = _said(number, sentence, "quantities")
    return Observation(_iri(about), counted, Decimal(value), unit, comparator, _period("2011"), place, f"{value} 个", evidence, base)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A small report whose every fact is made up, as a graph."""
    root = tmp_path_factory.mktemp("ontology")
    (root / "entities").mkdir()
    (root / "entities" / "all.ttl").write_text(LISTED, encoding="utf-8")
    for name in ("kg.ttl", "topics.ttl"):
        shutil.copy(folder("ontology") / name, root)
    known = ontology.load(root)
    paragraphs = tuple(
        Paragraph(number, "paragraph", text, tuple(range(len(text))), (section,) if section else ())
        for number, (section, text) in TEXTS.items()
    )
    entities = (*known.entities, *(Entity(_iri(name), name, kind) for name, kind in UNLISTED.items()))
    facts = (
        _fact("妇女署 partnerOf 儿基会", "1", 0),
        _fact("甲公司 partnerOf 妇女署", "1", 0),
        _fact("妇女署 memberOf 协调小组", "1", 1, "2012-06-01"),
        _fact("妇女署 supports 卢旺达", "1", 2),
        _fact("妇女署 implements 安全村庄方案", "2", 0, place="肯尼亚"),
        _fact("乙协会 implements 安全村庄方案", "2", 0),
        _fact("妇女署 operatesIn 肯尼亚", "2", 0),
        _fact("安全村庄方案 operatesIn 卢旺达", "2", 0),
        _fact("儿基会 launches 安全村庄方案", "2", 1, "2012"),
        _fact("丙基金 funds 安全村庄方案", "10", 0, "2011", amount="200", unit="CCY_USD"),
        _fact("妇女署 operatesIn 秘鲁", "10", 2, status="planned"),
        _fact("湖边论坛 heldIn 湖市", "11", 0, "2011"),
        _fact("乙协会 attends 湖边论坛", "11", 0, "2011"),
        _fact("湖边论坛 adopts 第1/2号决议", "11", 0),
    )
    eight = _figure("安全村庄方案 女成员 8 PERCENT exactly", "10", 1)
    figures = (
        eight,
        _figure("安全村庄方案 女成员 31.5 PERCENT exactly", "10", 1, eight),
        _figure("安全村庄方案 参加者 100 NUM moreThan", "10", 1),
        _figure("丙基金 捐款目标 500 CCY_USD exactly", "11", 1),
        _figure("丙基金 捐款 400 CCY_USD about", "11", 1),
    )
    document = Document("made-up", Path("made-up.txt"), "", "zh", "虚构报告", date="2013-01-23", paragraphs=paragraphs)
    return dataset(Extraction(document, entities, (), facts, figures), known)


@pytest.fixture(scope="module")
def seed_store(seed_dataset: Dataset) -> Source:
    """The graph of the seed report, in oxigraph."""
    return rdf.store(seed_dataset)


every_question = pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)


@every_question
def test_head_lines(asked: queries.Question) -> None:
    """Every file has its title and its question in Chinese and English, and says what each parameter wants."""
    for texts in (asked.titles, asked.questions):
        assert set(texts) == {"zh", "en"}
        assert all(texts.values())
    assert all(param.about and param.default is not None for param in asked.params)


@every_question
def test_order_is_total(asked: queries.Question) -> None:
    """The answer is sorted by every column that is no aggregate, so that no engine is free to choose."""
    head, order = re.search(r"SELECT (.*?)\nWHERE", asked.text, re.DOTALL), re.search(r"ORDER BY (.*)", asked.text)
    assert head
    assert order
    plain = re.findall(r"\?\w+", re.sub(r"\(COUNT.*?AS \?\w+\)", "", head[1]))
    assert set(plain) <= set(re.findall(r"\?\w+", order[1]))


@every_question
def test_made_up_answer(asked: queries.Question, made_up: Dataset) -> None:
    """The answer on the made-up report is the one worked out by hand."""
    expected = (HERE / "made-up" / f"{asked.name}.csv").read_text(encoding="utf-8")
    assert render(queries.ask(rdf.store(made_up), asked), "csv") == expected
    assert expected.count("\n") > 1


@every_question
def test_engines_agree(asked: queries.Question, made_up: Dataset) -> None:
    """The file as it stands gives the same rows in the same order on both engines, whether there is something to find or nothing."""
    for data in (made_up, Dataset(default_union=True)):
        assert queries.ask(Rdflib(data), asked) == queries.ask(rdf.store(data), asked)


@every_question
def test_seed_answer(asked: queries.Question, seed_store: Source) -> None:
    """The answer on the seed report is the table in tests/queries (written anew by tests/queries/update.py)."""
    assert render(queries.ask(seed_store, asked), "csv") == (HERE / f"{asked.name}.csv").read_text(encoding="utf-8")


def test_tables_of_answers() -> None:
    """There are at least 14 questions, and no table is left over from one that is gone."""
    names = {asked.name for asked in QUESTIONS}
    assert len(names) >= 14
    assert {path.stem for path in HERE.rglob("*.csv")} <= names


def _ask(data: Dataset, text: str, **params: str) -> queries.Answer:
    return queries.ask(rdf.store(data), queries.question("-", text), params)


def _fault(data: Dataset, name: str, text: str = "", **params: str) -> str:
    with pytest.raises((QueryError, UnknownNameError)) as caught:
        queries.ask(rdf.store(data), queries.question(name, text), params)
    return str(caught.value)


def test_names_in_either_language(made_up: Dataset) -> None:
    """A thing is found by any of its names, whatever their language and case, and shown in the language asked for."""
    profile = queries.question("country-profile")
    chinese, english = queries.ask(rdf.store(made_up), profile), queries.ask(rdf.store(made_up), profile, {"country": "rWANDA"})
    assert english == chinese
    translated = queries.ask(rdf.store(made_up), profile, {"country": "Rwanda", "lang": "en"})
    assert ("UN Women", "supports", "Rwanda", "done") in {row[:4] for row in translated.rows}
    assert ("安全村庄方案", "operates in", "Rwanda", "done") in {row[:4] for row in translated.rows}


def test_parameters_narrow_an_answer(made_up: Dataset) -> None:
    """Values given take the place of the defaults."""
    evidence = queries.ask(
        rdf.store(made_up), queries.question("evidence"), {"subject": "UN Women", "relation": "支持", "object": "Rwanda"}
    )
    assert [row[-1] for row in evidence.rows] == ["妇女署支持卢旺达。"]
    sums = queries.question("sums")
    assert {row[1] for row in queries.ask(rdf.store(made_up), sums, {"words": "目标", "year": "2011"}).rows} == {"捐款", "捐款目标"}
    assert queries.ask(rdf.store(made_up), sums, {"year": "2012"}).rows == ()
    assert [row[0] for row in queries.ask(rdf.store(made_up), queries.question("year"), {"year": "2011"}).rows][:1] == ["丙基金"]


def test_a_wrong_name_gets_a_hint(made_up: Dataset) -> None:
    """Where nothing is found because nothing is called so, the nearest names are given."""
    told = _fault(made_up, "country-profile", country="Ruanda")
    assert told.startswith("country-profile: country: nothing is called 'Ruanda'; did you mean Rwanda")


def test_unknown_questions_and_parameters(made_up: Dataset, tmp_path: Path) -> None:
    """A name that is not there is answered with what there is."""
    assert _fault(made_up, "country-profil").startswith("queries/country-profil.rq: no such question; did you mean country-profile")
    assert "no parameter 'contry'; did you mean country?" in _fault(made_up, "country-profile", contry="x")
    assert "no parameter 'x'; it takes none" in _fault(made_up, "-", "ASK { ?s ?p ?o }", x="y")
    assert "nowhere.rq: cannot be read" in _fault(made_up, str(tmp_path / "nowhere.rq"))


def test_required_parameter(made_up: Dataset) -> None:
    """An empty VALUES makes a parameter required, and is filled in like any other."""
    text = "# param: word ?w a word\nSELECT ?w { VALUES ?w { } }"
    assert _fault(made_up, "-", text) == "standard input: word must be given: a word; parameters: word"
    assert _ask(made_up, text, word="字").rows == (("字",),)
    assert "parameter word has no line" in _fault(made_up, "-", "# param: word ?w a word\nSELECT ?v { VALUES ?v { 1 } }")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\\"), max_size=20))
def test_a_value_stays_a_value(value: str) -> None:
    """Whatever is printed in a value, a question gets it back as it was: nothing in it is read as SPARQL."""
    text = '# param: w ?w a word\nSELECT ?w { BIND("" AS ?w) }'
    data = Dataset(default_union=True)
    assert _ask(data, text, w=value).rows == ((value,),)
    assert queries.ask(Rdflib(data), queries.question("-", text), {"w": value}).rows == ((value,),)


@pytest.mark.parametrize("value", ["a\\u0022 b", "a\nb", "\\"])
def test_unfit_values(made_up: Dataset, value: str) -> None:
    """A backslash or a line break, which engines read differently, is refused."""
    assert "one line of text without a backslash" in _fault(made_up, "country-profile", country=value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT ?x WHERE {\n ?x a ?y .\n ?x }", "standard input:3:6: not SPARQL: ?x }"),
        ("SELECT ?x\nWHERE { ?x no:such ?y }", "standard input:2:12: not SPARQL: the prefix no: is not declared; add PREFIX no: <…>"),
        ("", "standard input:1:1: not SPARQL: it ends too early"),
        ("ASK { ?s ?p ?o\n", "standard input:2:1: not SPARQL: it ends too early"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "standard input:1:1: an update is refused"),
        ("DELETE WHERE { ?s ?p ?o }", "standard input:1:1: an update is refused"),
        ("LOAD <http://example.org/>", "standard input:1:1: an update is refused"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "standard input:1:10: FROM is refused"),
        ("SELECT * { ?s ?p ?o OPTIONAL { SERVICE <http://example.org/> { ?s ?p ?o } } }", "standard input:1:32: SERVICE is refused"),
        ("ASK { ?s ?p ?o FILTER NOT EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }", "standard input:1:36: SERVICE is refused"),
    ],
)
def test_refused(made_up: Dataset, text: str, fault: str) -> None:
    """What is not SPARQL is shown with its line and column; what would write, or reach elsewhere, is refused."""
    assert _fault(made_up, "-", text).startswith(fault)


def test_words_of_a_refusal_are_no_refusal(made_up: Dataset) -> None:
    """SERVICE, FROM and INSERT in a string, a comment or a variable are only words."""
    assert _ask(made_up, 'SELECT ?from { BIND("INSERT SERVICE" AS ?from) } # FROM <x>').rows == (("INSERT SERVICE",),)


def test_other_forms_of_question(made_up: Dataset, tmp_path: Path) -> None:
    """ASK gives one row, CONSTRUCT rows of labels; a thing without a label is a prefixed name, a number plain digits; a path will do."""
    kg = "PREFIX kg: <https://w3id.org/report-kg/ontology#> "
    path = tmp_path / "mine.rq"
    path.write_text(f"{kg}ASK {{ ?x a kg:Fund }}", encoding="utf-8")
    assert queries.ask(rdf.store(made_up), queries.question(str(path))) == queries.Answer(("answer",), (("yes",),))
    built = _ask(made_up, f"{kg}CONSTRUCT {{ ?x kg:funds ?y }} {{ ?x kg:funds ?y }}")
    assert built == queries.Answer(("subject", "predicate", "object"), (("丙基金", "供资", "安全村庄方案"),))
    row = 'SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c ?d) { (kg:no-label <a:b> 1.50 "2012-01-31") } }'
    assert _ask(made_up, kg + row).rows == (("kg:no-label", "a:b", "1.5", "2012-01-31", ""),)
