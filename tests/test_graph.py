"""The graph's shape, on a report of one sentence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from rdflib import RDF, XSD, Literal, URIRef

from kg import graph, iris, ontology
from kg.model import Document, Entity, Evidence, Extraction, Observation, Paragraph, Period, Statement

TEXT = "2012年，绿色基金为蓝色协会捐款50万美元。"
DOCUMENT = Document(
    "r1",
    Path("r1.txt"),
    TEXT,
    "zh",
    "标题",
    "X/1",
    date="2013-01-01",
    paragraphs=(Paragraph("7", "paragraph", TEXT, tuple(range(len(TEXT))), ("一. 甲",)),),
)
FUND = Entity(iris.entity_iri("绿色基金"), "绿色基金", "Fund", ("该基金",))
CLUB = Entity(iris.entity_iri("蓝色协会"), "蓝色协会", "CivilSocietyOrganization")
EVIDENCE = Evidence("7", 0, len(TEXT), TEXT, "zh/funds#1", "shape", "shape")
FACT = Statement(
    FUND.iri, "funds", CLUB.iri, "done", Period("2012-01-01", "2012-12-31"), Decimal("500000.00"), "CCY_USD", evidence=(EVIDENCE,)
)
NUMBER = Observation(FUND.iri, "捐款", Decimal("37.50"), "PERCENT", "about", Period("2012-01-01", ""), "", "约37.5%", EVIDENCE)
EXTRACTION = Extraction(DOCUMENT, (FUND, CLUB), (), (FACT,), (NUMBER,))
K = graph.K


def test_statement() -> None:
    """A fact is a plain triple and a statement with status, dates, amount and evidence whose selector holds the quote."""
    data = graph.dataset(EXTRACTION, ontology.load())
    node = URIRef(iris.statement_iri(FACT))

    assert (URIRef(FUND.iri), K.funds, URIRef(CLUB.iri)) in graph.union(data)
    facts = data.graph(URIRef(iris.report_iri(DOCUMENT)))
    assert K.done == facts.value(node, K.status)
    assert Literal("2012-12-31", datatype=XSD.date) == facts.value(node, K.end)
    assert Literal("500000", datatype=XSD.integer) == facts.value(node, K.amount)
    evidence = facts.value(node, K.evidence)
    selector = facts.value(evidence, graph.O.hasSelector)
    assert [Literal(TEXT, lang="zh"), Literal(0), Literal(len(TEXT))] == [
        facts.value(selector, part) for part in (graph.O.exact, graph.O.start, graph.O.end)
    ]
    assert str(facts.value(facts.value(evidence, graph.O.hasSource), K.number)) == "7"


def test_named_graph_holds_the_facts_and_nothing_shared() -> None:
    """The report's graph holds its facts; entities stand in the default graph."""
    data = graph.dataset(EXTRACTION, ontology.load())
    facts = data.graph(URIRef(iris.report_iri(DOCUMENT)))

    assert list(facts.subjects(RDF.type, K.Statement))
    assert not list(facts.triples((URIRef(FUND.iri), RDF.type, None)))
    assert (URIRef(FUND.iri), RDF.type, K.Fund) in data.default_graph


def test_numbers_are_canonical() -> None:
    """An observation's value is written in the one spelling that stores keep."""
    data = graph.union(graph.dataset(EXTRACTION, ontology.load()))
    node = URIRef(iris.observation_iri(DOCUMENT, NUMBER))

    assert Literal("37.5", datatype=XSD.decimal) == data.value(node, K.value)
    assert (node, K.end, None) not in data


def test_statement_iri_tells_qualifiers_apart_and_not_evidence() -> None:
    """Two statements share an IRI exactly when subject, relation, object and qualifiers are the same."""
    elsewhere = Statement(FUND.iri, "funds", CLUB.iri, "done", FACT.period, Decimal(500000), "CCY_USD")
    planned = Statement(FUND.iri, "funds", CLUB.iri, "planned", FACT.period, Decimal(500000), "CCY_USD")

    assert iris.statement_iri(FACT) == iris.statement_iri(elsewhere)
    assert iris.statement_iri(FACT) != iris.statement_iri(planned)
