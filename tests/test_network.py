"""The networkx graph: what it holds, and that it is the same whenever the triples are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Dataset, Graph, Literal, URIRef, Variable

from kg import graph, iris, ontology
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
from kg.network import reading_order, to_networkx
from kg.ontology import local

TEXTS = {
    "summary": "蓝湖署与绿原基金合作。",
    "2": "蓝湖署向红山国提供支助，蓝湖署还在红山国开展活动。",
    "10": "绿原基金与蓝湖署合作，并资助蓝湖署。",
    "fn1": "绿原基金与蓝湖署合作。",
}
AGENCY, FUND, COUNTRY = (iris.entity_iri(name) for name in ("蓝湖署", "绿原基金", "红山国"))


def evidence(number: str, quote: str, subject_how: str = "listed", object_how: str = "listed") -> Evidence:
    """A quote of a paragraph, found in it."""
    start = TEXTS[number].index(quote)
    return Evidence(number, start, start + len(quote), quote, "zh/made-up#1", subject_how, object_how)


STATEMENTS = (
    Statement(AGENCY, "partnerOf", FUND, evidence=(evidence("fn1", TEXTS["fn1"]), evidence("summary", TEXTS["summary"], "agency", "fund"))),
    Statement(
        FUND, "partnerOf", AGENCY, evidence=(evidence("10", "绿原基金与蓝湖署合作", "fund", "agency"), evidence("2", "蓝湖署", "fund"))
    ),
    Statement(FUND, "funds", AGENCY, "planned", Period("2020-01-01", "2021-12-31"), Decimal("1200.50"), "CCY_USD", COUNTRY, FUND),
    Statement(AGENCY, "supports", COUNTRY, evidence=(evidence("2", TEXTS["2"]),)),
    Statement(AGENCY, "operatesIn", COUNTRY, evidence=(evidence("2", TEXTS["2"]),)),
    Statement(AGENCY, "operatesIn", COUNTRY, "planned", evidence=(evidence("2", TEXTS["2"]),)),
)


@pytest.fixture
def data() -> Dataset:
    """A made-up report's graph."""
    paragraphs = tuple(Paragraph(number, "paragraph", text, tuple(range(len(text))), ("一. 引言",)) for number, text in TEXTS.items())
    document = Document("made-up", Path("made-up.txt"), "", "zh", "编造的报告", paragraphs=paragraphs)
    entities = (
        Entity(AGENCY, "蓝湖署", "UNEntity", ("BLA", "蓝湖机构")),
        Entity(COUNTRY, "红山国", "Country"),
        Entity(FUND, "绿原基金", "Fund"),
        Entity(iris.entity_iri("无人谈起"), "无人谈起", "Country"),
    )
    made = graph.dataset(Extraction(document, entities, (), STATEMENTS), ontology.load())
    made.default_graph.add((URIRef(AGENCY), RDFS.label, Literal("Blue Lake Agency", lang="en")))
    return made


def test_nodes_are_the_things_of_statements(data: Dataset) -> None:
    """A node is what a statement speaks of, with its class, its two labels and its other names; nothing else is a node."""
    found = to_networkx(data)
    assert list(found) == sorted((AGENCY, FUND, COUNTRY))
    assert found.nodes[AGENCY] == {"kind": "UNEntity", "label": "蓝湖署", "label_en": "Blue Lake Agency", "names": ["BLA", "蓝湖机构"]}
    assert found.nodes[COUNTRY] == {"kind": "Country", "label": "红山国", "label_en": "", "names": []}


def test_parallel_facts_stay_apart(data: Dataset) -> None:
    """Facts between the same two things are edges of their own, keyed by the statement, also when only a qualifier differs."""
    found = to_networkx(data)
    between = {(edge["relation"], edge["status"]) for edge in found[AGENCY][COUNTRY].values()}
    assert between == {("supports", "done"), ("operatesIn", "done"), ("operatesIn", "planned")}
    assert set(found[AGENCY][COUNTRY]) == {iris.statement_iri(s) for s in STATEMENTS if s.object == COUNTRY}


def test_edge_carries_its_qualifiers(data: Dataset) -> None:
    """Status, dates, the exact amount with its unit, place and programme are the statement's own; what is not said is empty."""
    found = to_networkx(data)
    (funds,) = (edge for edge in found[FUND][AGENCY].values() if edge["relation"] == "funds")
    said = {key: funds[key] for key in ("status", "start", "end", "amount", "unit", "place", "programme", "evidence")}
    assert said == {
        "status": "planned",
        "start": "2020-01-01",
        "end": "2021-12-31",
        "amount": Decimal("1200.5"),
        "unit": "CCY_USD",
        "place": COUNTRY,
        "programme": FUND,
        "evidence": [],
    }
    plain = found[AGENCY][COUNTRY][iris.statement_iri(STATEMENTS[3])]
    assert (plain["start"], plain["end"], plain["amount"], plain["unit"], plain["place"], plain["programme"]) == ("", "", None, "", "", "")


def test_symmetric_relation_said_both_ways_is_one_edge(data: Dataset) -> None:
    """Partners are joined once; all evidence is kept, in reading order, and says of each name how it was known whichever came first."""
    found = to_networkx(data)
    (edge,) = ((u, v, e) for u, v, e in found.edges(data=True) if e["relation"] == "partnerOf")
    source, _, partner = edge
    assert [e["paragraph"] for e in partner["evidence"]] == ["summary", "2", "10", "fn1"]
    known = [(e["subject_how"], e["object_how"]) for e in partner["evidence"]]
    agency_first = [("agency", "fund"), ("listed", "fund"), ("agency", "fund"), ("listed", "listed")]
    assert known == (agency_first if source == AGENCY else [(b, a) for a, b in agency_first])


def test_quote_is_what_the_paragraph_says(data: Dataset) -> None:
    """Each quote equals its paragraph's text at its offsets, with the paragraph's section and IRI."""
    pieces = [e for _, _, edge in to_networkx(data).edges(data=True) for e in edge["evidence"]]
    assert len(pieces) == 7
    for piece in pieces:
        assert TEXTS[piece["paragraph"]][piece["start"] : piece["end"]] == piece["quote"] != ""
        assert piece["section"] == "一. 引言"
        assert piece["source"].endswith(f"/made-up/p{piece['paragraph']}")
        assert piece["rule"] == "zh/made-up#1"


def test_edges_are_as_many_as_a_query_counts(data: Dataset) -> None:
    """A relation that is not symmetric has as many edges as SPARQL counts statements."""
    query = "SELECT ?p (COUNT(?s) AS ?n) { ?s a kg:Statement ; rdf:predicate ?p } GROUP BY ?p"
    rows = graph.union(data).query(query, initNs={"kg": K, "rdf": RDF}).bindings
    counted = {local(str(row[Variable("p")])): int(str(row[Variable("n")])) for row in rows}
    expected = {name: count for name, count in counted.items() if name != "partnerOf"}
    found = [edge["relation"] for _, _, edge in to_networkx(data).edges(data=True)]
    assert {name: found.count(name) for name in expected} == expected == {"funds": 1, "supports": 1, "operatesIn": 2}


def test_same_triples_give_the_same_graph(data: Dataset) -> None:
    """A dataset, its union and the union filled in another order give the same nodes and edges in the same order."""
    union = graph.union(data)
    turned = Graph()
    for triple in sorted(union, reverse=True):
        turned.add(triple)
    first, *others = (to_networkx(one) for one in (data, union, turned))
    for other in others:
        assert list(other.nodes(data=True)) == list(first.nodes(data=True))
        assert list(other.edges(keys=True, data=True)) == list(first.edges(keys=True, data=True))


def test_paragraphs_sort_as_they_are_read() -> None:
    """Reports come one after the other; in each the summary, then paragraphs by number, then footnotes by number."""
    numbers = ["fn10", "10", "summary-2", "fn2", "9", "summary"]
    assert sorted(numbers, key=lambda n: reading_order(f"a/p{n}", n)) == ["summary", "summary-2", "9", "10", "fn2", "fn10"]
    assert reading_order("a/pfn1", "fn1") < reading_order("b/psummary", "summary")
