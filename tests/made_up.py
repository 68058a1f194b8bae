"""A made-up report's graph for the explorer's tests: a hub, parallel facts, names in names, and names that would run if they could."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from rdflib import RDFS, Dataset, Literal, URIRef

from kg import graph, iris, ontology
from kg.graph import K
from kg.model import Document, Entity, Evidence, Extraction, Observation, Paragraph, Period, Statement

SYMBOL = "A/99/1"
SCRIPT = "</script><script>window.hacked=1</script>"
IMAGE = '<img src=x onerror="window.hacked=1">署'
QUOTES = "“甲”\"乙\"'丙'\n丁 href=javascript:window.hacked=1"
TITLE = f"编造的报告{SCRIPT}"
COUNTRIES = tuple(f"第{i}共和国" for i in range(35))
KNOWN = ("卢旺达", "萨摩亚", "瑙鲁")  # of the ontology, in three regions; no fact speaks of the last
MANAGES = "蓝湖署管理绿原基金，并向大红山国提供支助。"
FIRST, SECOND = ("一. 引言", f"A. {IMAGE}"), ("二. 结果",)
TEXTS = {
    "summary": "蓝湖署与绿原基金合作。",
    "1": f"𠮷报告说，蓝湖署与绿原基金合作。{MANAGES}",
    "2": f"蓝湖署支持{'、'.join(COUNTRIES)}。",
    "3": f"{IMAGE}与{SCRIPT}在红山国开展工作；该基金支持红山国。",
    "4": "蓝湖署将于2020年资助绿原基金1000000美元。",
    "5": "自2014年以来，蓝湖署在卢旺达和萨摩亚开展活动。2012年至2014年，绿原基金在大红山国支持萨摩亚，至少支付了1500000.50美元。",
    "6": "瑙鲁女议员的比例从2010年的8%上升到2015年3月的31%。BLA不是BLAST，也不是XBLA。",
    "fn1": "没有人说起的事。",
}
SECTIONS = {"1": FIRST, "2": FIRST, "3": FIRST, "4": SECOND, "5": SECOND, "6": SECOND}
PARAGRAPHS = tuple(
    Paragraph(number, "paragraph", text, tuple(range(len(text))), SECTIONS.get(number, ())) for number, text in TEXTS.items()
)
IRI = {name: iris.entity_iri(name) for name in ("蓝湖署", "绿原基金", "红山国", "大红山国", *COUNTRIES)}
IRI |= {name: iris.entity_iri(f"hostile {i}") for i, name in enumerate((SCRIPT, IMAGE, QUOTES))}
KINDS = {"蓝湖署": "UNEntity", "绿原基金": "Fund", SCRIPT: "Programme", IMAGE: "UNEntity", QUOTES: "KnowledgeProduct"}
ALSO = {"蓝湖署": ("BLA", "蓝湖机构"), "绿原基金": ("该原", IMAGE)}
LISTED = tuple(entity for entity in ontology.load().entities if entity.name in KNOWN)
IRI |= {entity.name: entity.iri for entity in LISTED}


def said(number: str, quote: str, subject_how: str = "listed", object_how: str = "listed", review: str = "") -> Evidence:
    """A quote of a paragraph, found in it."""
    start = TEXTS[number].index(quote)
    return Evidence(number, start, start + len(quote), quote, "zh/made-up#1", subject_how, object_how, review)


def fact(subject: str, relation: str, obj: str, *evidence: Evidence, **qualifiers: Any) -> Statement:  # noqa: ANN401
    """A statement between two things called by name."""
    return Statement(IRI[subject], relation, IRI[obj], evidence=evidence, **qualifiers)


SINCE, PAID = (f"{sentence}。" for sentence in TEXTS["5"].split("。")[:2])
ACTIVE = {"status": "ongoing", "period": Period("2014-01-01", "")}
STATEMENTS = (
    fact("蓝湖署", "partnerOf", "绿原基金", said("summary", TEXTS["summary"]), said("1", "𠮷报告说，蓝湖署与绿原基金合作。")),
    fact("蓝湖署", "manages", "绿原基金", said("1", MANAGES)),
    fact("蓝湖署", "supports", "大红山国", said("1", MANAGES, "carried on from “蓝湖署”")),
    *(fact("蓝湖署", "supports", country, said("2", TEXTS["2"])) for country in COUNTRIES),
    fact("绿原基金", "supports", "红山国", said("3", TEXTS["3"], "“该基金” stands for 绿原基金", "listed: 红山国")),
    fact(SCRIPT, "operatesIn", "红山国", said("3", TEXTS["3"])),
    fact(IMAGE, "operatesIn", "红山国", said("3", TEXTS["3"])),
    fact(IMAGE, "implements", QUOTES, said("3", TEXTS["3"])),
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
    fact("蓝湖署", "operatesIn", "卢旺达", said("5", SINCE, review=f"accepted: {SCRIPT}"), **ACTIVE),
    fact("蓝湖署", "operatesIn", "萨摩亚", said("5", SINCE), **ACTIVE),
    fact(
        "绿原基金",
        "supports",
        "萨摩亚",
        said("5", PAID, f"belongs to {IMAGE}"),
        period=Period("2012-01-01", "2014-12-31"),
        amount=Decimal("1500000.50"),
        unit="CCY_USD",
        place=IRI["大红山国"],
        programme=IRI[SCRIPT],
    ),
)
# What paragraphs are about, whatever their headings say.
TOPICS = {"2": ("topic-hiv", "topic-rights"), "4": ("topic-rights",), "5": ("topic-south-south",)}
# Shares that a float cannot hold, given to two facts whatever was measured.
SURE = {STATEMENTS[1]: Decimal("0.57"), STATEMENTS[2]: Decimal("0.29")}

_RISE = said("6", TEXTS["6"][: TEXTS["6"].index("B")])
_BASELINE = Observation(IRI["瑙鲁"], "女议员", Decimal(8), "PERCENT", "exactly", Period("2010-01-01", "2010-12-31"), "", "8%", _RISE)
OBSERVATIONS = (
    _BASELINE,
    Observation(IRI["瑙鲁"], "女议员", Decimal(31), "PERCENT", "exactly", Period("2015-03-01", "2015-03-31"), "", "31%", _RISE, _BASELINE),
    Observation(
        IRI["绿原基金"],
        f"支付{IMAGE}",
        Decimal("1500000.50"),
        "CCY_USD",
        "atLeast",
        Period("2012-01-01", "2014-12-31"),
        IRI["萨摩亚"],
        "1500000.50美元",
        said("5", PAID),
    ),
)


def made_up(symbol: str = SYMBOL, title: str = TITLE) -> Dataset:
    """The made-up report's graph."""
    document = Document("made-up", Path("made-up.txt"), "", "zh", title, symbol, paragraphs=PARAGRAPHS)
    made = (Entity(iri, name, KINDS.get(name, "Country"), ALSO.get(name, ())) for name, iri in IRI.items() if name not in KNOWN)
    data = graph.dataset(Extraction(document, (*made, *LISTED), (), STATEMENTS, OBSERVATIONS), ontology.load())
    data.default_graph.add((URIRef(IRI["绿原基金"]), RDFS.label, Literal("Green Plain Trust Fund", lang="en")))
    own = data.graph(URIRef(iris.report_iri(document)))
    for number, topics in TOPICS.items():
        for topic in topics:
            own.add((URIRef(iris.paragraph_iri(document, number)), K.topic, URIRef(f"{ontology.BASE}{topic}")))
    for statement, share in SURE.items():
        own.set((URIRef(iris.statement_iri(statement)), K.confidence, Literal(share)))
    return data
