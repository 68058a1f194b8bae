"""The score: counted by hand on a graph of two paragraphs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph

from kg import graph, ontology
from kg.errors import KgError
from kg.gold import Figures, Source, source
from kg.iris import entity_iri
from kg.model import Document, Entity, Evidence, Extraction, Observation, Paragraph, Period, Statement
from kg.score import score

KINDS = {"联合国绿色署": "UNEntity", "蓝色协会": "Organization", "湖边方案": "Programme", "湖国": "Country", "山国": "Country"}
ENTITIES = tuple(Entity(entity_iri(n), n, kind, ("绿色署",) if kind == "UNEntity" else ()) for n, kind in KINDS.items())
PARAGRAPHS = tuple(Paragraph(number, "paragraph", "一" * 10, tuple(range(10))) for number in ("summary-2", "1", "2", "3", "fn1"))
GOLD = {
    "relations.txt": """
        # a comment
        1 | 绿色署 | partnerOf | 蓝色 协会 | ! |
        1 | 绿色署 | launches | “湖边”方案 | ! | time=2012
        1 | 绿色署 | operatesIn | 湖国 | ?
        2 | 绿色署 | supports | 湖国 | !
        2 | 绿色署 | supports | 山国 | !
        3 | 绿色署 | chairs | 蓝色协会 | !
    """,
    "entities.txt": """
        绿色署 | UNEntity | Green Agency;联合国绿色署 | !
        湖边方案 | Fund/Organization | | !
        蓝色协会 | Organization | |
        山国 | Country | | ?
        火星 | Country | | !
    """,
    "observations.txt": """
        1 | 绿色署 | 村庄 | 12 | 村庄 | 2012 | | = | !
        1 | 绿色署 | 村庄 | 12 | USD | | | = | !
        2 | 绿色署 | 比例 | 30.5 | % | 2011 | | = | !
        2 | 绿色署 | 比例 | 7 | % | | | = | ?
    """,
    "footnotes.txt": "1 | 2",
}


def evidence(paragraph: str) -> Evidence:
    """Evidence in a paragraph."""
    return Evidence(paragraph, 0, 3, "一一一", "zh/test#1")


def fact(subject: str, relation: str, other: str, *paragraphs: str) -> Statement:
    """A statement said in these paragraphs."""
    return Statement(entity_iri(subject), relation, entity_iri(other), evidence=tuple(map(evidence, paragraphs)))


def number(value: str, unit: str, paragraph: str, year: str = "") -> Observation:
    """An observation in a paragraph."""
    period = Period(f"{year}-01-01", f"{year}-12-31") if year else Period()
    return Observation(entity_iri("蓝色协会"), "村庄", Decimal(value), unit, "exactly", period, "", value, evidence(paragraph))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold folder."""
    for name, text in GOLD.items():
        (tmp_path / name).write_text("\n".join(line.strip() for line in text.splitlines()), encoding="utf-8")
    return tmp_path


@pytest.fixture
def said() -> Graph:
    """A graph that is right, partly right and wrong."""
    statements = (
        fact("蓝色协会", "partnerOf", "联合国绿色署", "1", "2"),  # right in 1 the other way round, not in the gold of 2
        fact("联合国绿色署", "implements", "湖边方案", "1"),  # launches: right when relaxed
        fact("联合国绿色署", "operatesIn", "湖国", "1", "fn1"),  # may be found in 1; in 2, where fn1 hangs, right when relaxed
        fact("联合国绿色署", "memberOf", "湖边方案", "3", "summary-2"),  # wrong in 3; the summary does not count
    )
    numbers = (number("12", "NUM", "1", "2012"), number("30.5", "PERCENT", "fn1", "2010"), number("99", "NUM", "2"))
    report = Document("r", Path("r.txt"), "一" * 10, "zh", "标题", paragraphs=PARAGRAPHS)
    return graph.union(graph.dataset(Extraction(report, ENTITIES, (), statements, numbers), ontology.load()))


def test_strict_facts(said: Graph, gold: Path) -> None:
    """With the same relation two of six facts are right and one of the five demanded is found."""
    assert score(said, gold).strict.all == Figures(right=2, wrong=4, found=1, required=5)


def test_relaxed_facts(said: Graph, gold: Path) -> None:
    """With a relation of the family four of six are right and three of five found; a fact that may be found is no miss."""
    facts = score(said, gold).relaxed
    assert facts.all == Figures(right=4, wrong=2, found=3, required=5)
    assert facts.missed == ("2 | 绿色署 | supports | 山国", "3 | 绿色署 | chairs | 蓝色协会")
    assert {line.split(" | ")[0] + " " + line.split(" | ")[2] for line in facts.extra} == {"2 partnerOf", "3 memberOf"}


def test_figures_of_each_relation(said: Graph, gold: Path) -> None:
    """Found and demanded count by the gold's relation, wrong ones by the graph's."""
    rows = {name: (row.found, row.required, row.wrong) for name, row in score(said, gold).relaxed.by_relation.items()}
    assert rows == {"supports": (1, 2, 0), "partnerOf": (1, 1, 1), "launches": (1, 1, 0), "chairs": (0, 1, 0)}


def test_precision_recall_and_f1() -> None:
    """Precision, recall and their harmonic mean are what they say, and 0 where there is nothing."""
    figures = Figures(right=3, wrong=1, found=2, required=4)
    assert (figures.precision, figures.recall) == (0.75, 0.5)
    assert figures.f1 == pytest.approx(0.6)
    nothing = Figures(0, 0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0, 0, 0)


def test_entities(said: Graph, gold: Path) -> None:
    """A thing counts as named under any name, and as rightly classed when its class or one above it is among the gold's."""
    found = score(said, gold).entities
    assert (found.named, found.right_class, found.required, found.missed) == (3, 2, 4, ("火星",))
    assert found.share == 0.5


def test_a_class_above_counts(said: Graph, gold: Path) -> None:
    """A fund's gold class Programme is met by a thing of a class below it, and not the other way round."""
    (gold / "entities.txt").write_text("绿色署 | Actor | | !\n湖边方案 | Fund | | !", encoding="utf-8")
    assert score(said, gold).entities.right_class == 1


def test_observations(said: Graph, gold: Path) -> None:
    """A number is right with the value and the sort of unit in its paragraph; its year counts apart."""
    found = score(said, gold).observations
    assert found.all == Figures(right=2, wrong=1, found=2, required=3)
    assert (found.dated, found.timed) == (1, 2)
    assert [line.split(" | ")[4] for line in found.missed] == ["USD"]


def test_only_some_paragraphs(said: Graph, gold: Path) -> None:
    """From and up to leave out the other paragraphs of both sides."""
    assert score(said, gold, 1, 1).relaxed.all == Figures(right=3, wrong=0, found=2, required=2)
    assert score(said, gold, 3).relaxed.all == Figures(right=0, wrong=1, found=0, required=1)
    assert score(said, gold, 1, 1).observations.all == Figures(right=1, wrong=0, found=1, required=2)


def test_footnotes_may_be_missing(said: Graph, gold: Path) -> None:
    """Without footnotes.txt what stands in a footnote does not count."""
    (gold / "footnotes.txt").unlink()
    assert score(said, gold).relaxed.all == Figures(right=3, wrong=2, found=2, required=5)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("entities.txt", None, r"entities\.txt: cannot be read: No such file or directory; give a gold folder"),
        ("relations.txt", b"\xff", r"relations\.txt: cannot be read: not UTF-8"),
        ("observations.txt", b"1 | a | b | many | c", r"observations\.txt: 1 \| a \| b \| many: 'many' is no number; write plain digits"),
    ],
)
def test_faults_of_the_gold(said: Graph, gold: Path, name: str, text: bytes | None, message: str) -> None:
    """A gold file that is missing or wrong is an error that names it."""
    if text is None:
        (gold / name).unlink()
    else:
        (gold / name).write_bytes(text)
    with pytest.raises(KgError, match=message):
        score(said, gold)


def test_source_of_a_gold_folder(tmp_path: Path) -> None:
    """The report is the one in the folder, all of it, unless gold.toml names another and its paragraphs."""
    (tmp_path / "report.txt").write_text("1. 一。", encoding="utf-8")
    assert source(tmp_path) == Source(tmp_path / "report.txt")
    (tmp_path / "gold.toml").write_text('report = "../other.txt"\nfrom = 2\nupto = 5\n', encoding="utf-8")
    assert source(tmp_path) == Source(tmp_path / "../other.txt", 2, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "has neither report.txt nor gold.toml; give a graph as well"),
        ('report = "x.txt"\n', r'gold\.toml: expected report = "…", from = 1, upto = 45'),
        ("report =\n", r"gold\.toml: cannot be read"),
    ],
)
def test_source_faults(tmp_path: Path, text: str | None, message: str) -> None:
    """A folder that does not tell its report, and a gold.toml that is wrong, are told with the remedy."""
    if text is not None:
        (tmp_path / "gold.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        source(tmp_path)
