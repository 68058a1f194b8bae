"""What people decide about a report: each kind of decision, its replay, what meets nothing, and every mistake in the file."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, Literal, URIRef
from readme import README

from kg import checks, confidence, iris, ontology, writers
from kg.cli import kg
from kg.errors import ReportError
from kg.graph import K
from kg.model import Evidence, Period, Statement
from kg.pipeline import Built, build
from kg.review import record

REPORT = """绿色网络 2013 年年度报告

一. 导言

1. 妇女署与蓝色网络在卢旺达合作。

2. 2012年，妇女署向卢旺达提供了 120 名专家，比例从 8% 上升到 31%。青年之声与妇女署合作。

3. 妇女署与甲色网络和蓝色网络在肯尼亚合作。妇女署支持索罗门。

4. 该委员会与妇女署合作。肯尼亚卫生部与妇女署合作。

5. 妇女署向卢旺达提供支助。
"""
WOMEN = "联合国促进性别平等和增强妇女权能署"


def report(folder: Path, review: str = "") -> Path:
    """The made-up report in a folder, with a review beside it when there is one."""
    path = folder / "made-up.txt"
    path.write_text(REPORT, encoding="utf-8")
    if review:
        (folder / "made-up.review.yaml").write_text(review, encoding="utf-8")
    return path


def name(built: Built, iri: str) -> str:
    """What a thing of a report is called."""
    return next(entity.name for entity in built.extraction.entities if entity.iri == iri)


def said(built: Built) -> dict[tuple[str, str, str], list[Statement]]:
    """The statements of a report, by the names they join."""
    result: dict[tuple[str, str, str], list[Statement]] = {}
    for s in built.extraction.statements:
        result.setdefault((name(built, s.subject), s.relation, name(built, s.object)), []).append(s)
    return result


def evidence(built: Built, *fact: str) -> list[Evidence]:
    """All evidence of a fact."""
    subject, relation, other = fact
    return [e for s in said(built)[subject, relation, other] for e in s.evidence]


def told(built: Built, kind: str) -> list[tuple[str, str, str]]:
    """The issues of a kind: paragraph, text and message."""
    return [(i.paragraph, i.text, i.message) for i in built.extraction.issues if i.kind == kind]


def turtle(built: Built) -> Graph:
    """The graph of a report, which fulfils the shapes."""
    checks.require(built.triples)
    return built.graph


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The report as it is read when nobody has reviewed it."""
    return build(report(tmp_path_factory.mktemp("plain")))


def test_rejected_fact_is_gone(tmp_path: Path, plain: Built) -> None:
    """A rejected fact is in no statement and no triple, every other fact stays, and the reason is kept once for each paragraph."""
    built = build(report(tmp_path, "facts:\n  - reject: [妇女署, supports, 卢旺达]\n    why: 原文说的是专家。\n"))
    assert said(plain).keys() - said(built).keys() == {(WOMEN, "supports", "卢旺达")}
    assert said(built).keys() <= said(plain).keys()
    (subject, other), *_ = [(s.subject, s.object) for s in said(plain)[WOMEN, "supports", "卢旺达"]]
    triple = URIRef(subject), K.supports, URIRef(other)
    assert (triple in turtle(plain), triple in turtle(built)) == (True, False)
    assert sorted(told(built, "rejected")) == [(number, "妇女署 supports 卢旺达", "原文说的是专家。") for number in ("2", "5")]
    assert {i.kind for i in built.extraction.issues} - {i.kind for i in plain.extraction.issues} == {"rejected"}


def test_rejected_in_one_paragraph(tmp_path: Path, plain: Built) -> None:
    """A fact rejected in one paragraph stays as the others say it."""
    built = build(report(tmp_path, "facts:\n  - reject: [妇女署, supports, 卢旺达]\n    paragraph: 2\n"))
    fact = (WOMEN, "supports", "卢旺达")
    assert [e.paragraph for e in evidence(plain, *fact)] == ["5", "2"]
    assert [e.paragraph for e in evidence(built, *fact)] == ["5"]
    assert told(built, "rejected") == [("2", "妇女署 supports 卢旺达", "by the review")]


@pytest.mark.parametrize("fact", ["妇女署, partnerOf, 蓝色网络", "蓝色网络, partnerOf, un women"])
def test_accepted_fact_says_so(tmp_path: Path, plain: Built, fact: str) -> None:
    """An accepted fact, named by any names and, if it is symmetric, from either end, is sure and says why; no other triple changes."""
    built = build(report(tmp_path, f"facts:\n  - accept: [{fact}]\n    why: 正确。\n    paragraph: '3'\n"))
    marks = {e.paragraph: e.review for e in evidence(built, WOMEN, "partnerOf", "蓝色网络")}
    assert marks == {"1": "", "3": "accepted: 正确。"}
    assert confidence.of(said(built)[WOMEN, "partnerOf", "蓝色网络"][0]) == 1
    before, after = turtle(plain), turtle(built)
    new = {s for s, p, o in after if (s, p, o) not in before}
    assert list(after.objects(None, K.review)) == [Literal("accepted: 正确。")]
    assert new == {next(after.subjects(K.review)), *after.subjects(K.evidence, next(after.subjects(K.review)))}


def test_corrected_fact_replaces_what_was_read(tmp_path: Path) -> None:
    """A corrected fact is what was meant, with the sentence, its rule, what was read, and why; what was read is gone."""
    review = "facts:\n  - correct: [蓝色网络, operatesIn, 肯尼亚]\n    to: [妇女署, supports, 肯尼亚]\n    why: 看上文。\n"
    built = build(report(tmp_path, review))
    (found,) = evidence(built, WOMEN, "supports", "肯尼亚")
    assert found.quote == "妇女署与甲色网络和蓝色网络在肯尼亚合作。"
    assert found.rule.startswith("zh/operatesIn#")
    assert found.review == "corrected from 蓝色网络 operatesIn 肯尼亚: 看上文。"
    assert (found.subject_how, found.object_how) == ("given in the review", "listed")
    assert ("蓝色网络", "operatesIn", "肯尼亚") not in said(built)
    assert ("甲色网络", "operatesIn", "肯尼亚") in said(built)
    assert told(built, "rejected") == told(built, "review") == []
    turtle(built)


def test_corrected_symmetric_fact_is_one(tmp_path: Path) -> None:
    """A correction to a symmetric relation joins the statement that says the same from the other end."""
    review = "facts:\n  - correct: [妇女署, supports, 卢旺达]\n    paragraph: 5\n    to: [妇女署, partnerOf, 蓝色网络]\n"
    built = build(report(tmp_path, review))
    (statement,) = said(built)[WOMEN, "partnerOf", "蓝色网络"]
    assert {e.paragraph: e.review for e in statement.evidence} == {"1": "", "3": "", "5": f"corrected from {WOMEN} supports 卢旺达"}


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2012", "2012-01-01", "2012-12-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2012-06-30", "2012-06-30", "2012-06-30"),
        ("2011/2012-03", "2011-01-01", "2012-03-31"),
        ("2011/", "2011-01-01", ""),
        ("/2011", "", "2011-12-31"),
        ("''", "", ""),
    ],
)
def test_corrected_status_and_time(tmp_path: Path, written: str, start: str, end: str) -> None:
    """A correction changes status and time and leaves the rest; a time is a year, a month, a day, two of them, or none."""
    review = f"facts:\n  - correct: [妇女署, supports, 卢旺达]\n    paragraph: 2\n    status: planned\n    period: {written}\n"
    built = build(report(tmp_path, review))
    (found,) = (s for s in said(built)[WOMEN, "supports", "卢旺达"] if s.status == "planned")
    assert found.period == Period(start, end)
    was = "done" if written == "2012" else "done, 2012-01-01 to 2012-12-31"
    assert found.evidence[0].review == f"corrected from {WOMEN} supports 卢旺达 ({was})"


def test_decisions_follow_one_another(tmp_path: Path) -> None:
    """A decision sees what those before it have left."""
    review = """facts:
  - correct: [妇女署, supports, 卢旺达]
    to: [妇女署, operatesIn, 卢旺达]
    paragraph: 5
  - accept: [妇女署, operatesIn, 卢旺达]
    paragraph: 5
  - reject: [妇女署, supports, 卢旺达]
  - reject: [妇女署, supports, 卢旺达]
"""
    built = build(report(tmp_path, review))
    (found,) = (e for e in evidence(built, WOMEN, "operatesIn", "卢旺达") if e.paragraph == "5")
    assert found.review == f"corrected from {WOMEN} supports 卢旺达; accepted"
    assert told(built, "review") == [("", "reject 妇女署 supports 卢旺达", "facts[4] matches nothing: the report does not say so")]


def test_added_name_is_found_everywhere(tmp_path: Path, plain: Built) -> None:
    """A name that people add is a new thing of the class they give, and facts are read with it."""
    assert "青年之声" not in {entity.name for entity in plain.extraction.entities}
    built = build(report(tmp_path, "names:\n  - add: 青年之声\n    kind: CivilSocietyOrganization\n"))
    (thing,) = (entity for entity in built.extraction.entities if entity.name == "青年之声")
    assert (thing.kind, thing.listed) == ("CivilSocietyOrganization", False)
    assert [e.object_how for e in evidence(built, WOMEN, "partnerOf", "青年之声")] == ["listed in the review"]
    turtle(built)


def test_added_name_goes_before_shapes(tmp_path: Path, plain: Built) -> None:
    """The class that people give to a name goes before the one that its shape tells."""
    kinds = {entity.name: entity.kind for entity in plain.extraction.entities}
    built = build(report(tmp_path, "names:\n  - add: 蓝色网络\n    kind: GovernmentBody\n"))
    changed = {entity.name: entity.kind for entity in built.extraction.entities if kinds[entity.name] != entity.kind}
    assert changed == {"蓝色网络": "GovernmentBody"}
    turtle(built)


def test_added_name_of_a_thing(tmp_path: Path) -> None:
    """Another name, of a thing that is listed, found or itself added, is that thing's name, in whichever order they are added."""
    review = """names:
  - add: 该委员会
    of: 青年之声
  - add: 青年之声
    kind: CivilSocietyOrganization
  - add: 索罗门
    of: Solomon Islands
  - add: 专家
    of: 蓝色网络
  - add: 肯尼亚
    of: 乌干达
"""
    built = build(report(tmp_path, review))
    names = {entity.name: entity.names for entity in built.extraction.entities}
    assert "索罗门" in names["所罗门群岛"]
    assert names["青年之声"] == ("该委员会",)
    assert names["蓝色网络"] == ("专家",)
    assert {e.paragraph for e in evidence(built, WOMEN, "operatesIn", "乌干达")} == {"3"}
    assert [e.paragraph for e in evidence(built, WOMEN, "partnerOf", "青年之声")] == ["2", "4"]
    assert [e.object_how for e in evidence(built, WOMEN, "supports", "所罗门群岛")] == ["listed in the review: 所罗门群岛"]
    assert told(built, "review") == []
    turtle(built)


def test_merged_things_are_one(tmp_path: Path) -> None:
    """Two things that are one have one node with all names and all facts; who is merged twice ends where the last one does."""
    review = """names:
  - merge: 甲色网络
    into: 肯尼亚卫生部
  - merge: 肯尼亚卫生部
    into: 蓝色网络
"""
    built = build(report(tmp_path, review))
    names = {entity.name: entity.names for entity in built.extraction.entities}
    assert not {"甲色网络", "肯尼亚卫生部"} & names.keys()
    assert {"甲色网络", "肯尼亚卫生部"} <= set(names["蓝色网络"])
    assert {e.paragraph for e in evidence(built, WOMEN, "partnerOf", "蓝色网络")} == {"1", "3", "4"}
    hows = {e.object_how for e in evidence(built, WOMEN, "partnerOf", "蓝色网络") if e.paragraph == "4"}
    assert hows == {"national body of 肯尼亚; one with 蓝色网络 by the review"}
    assert ("蓝色网络", "locatedIn", "肯尼亚") in said(built)
    assert told(built, "review") == []
    turtle(built)


def test_merged_publisher_still_has_its_numbers(tmp_path: Path) -> None:
    """The numbers of a publisher that is merged into another thing are that thing's."""
    path = report(tmp_path, "names:\n  - merge: 甲色网络\n    into: 妇女署\n")
    path.write_text("报告\n\n一. 导言\n\n1. 有 120 名专家。甲色网络与蓝色网络合作。\n", encoding="utf-8")
    path.with_suffix(".toml").write_text('publisher = "甲色网络"\nlanguage = "zh"\n', encoding="utf-8")
    built = build(path)
    assert [name(built, o.about) for o in built.extraction.observations] == [WOMEN]


def test_split_form_is_another_thing_there(tmp_path: Path) -> None:
    """A written form stands in the paragraphs named for another thing, new or known, and elsewhere for what it was."""
    review = """names:
  - split: 该委员会
    paragraphs: [4]
    as: 甲国选举委员会
    kind: GovernmentBody
  - split: 蓝色网络
    paragraphs: [3]
    as: 南非
"""
    built = build(report(tmp_path, review))
    assert [e.object_how for e in evidence(built, WOMEN, "partnerOf", "甲国选举委员会")] == ["listed in the review"]
    assert [e.paragraph for e in evidence(built, WOMEN, "partnerOf", "蓝色网络")] == ["1"]
    assert "南非" in {entity.name for entity in built.extraction.entities}
    assert told(built, "review") == []
    turtle(built)


def test_numbers_are_decided(tmp_path: Path, plain: Built) -> None:
    """An accepted number is sure and says so; a rejected one is gone, also as what another is compared with, and its reason is kept."""
    (old,) = (o for o in plain.extraction.observations if o.value == 8)
    assert {o.value for o in plain.extraction.observations if o.baseline == old} == {Decimal(31)}
    about = name(plain, old.about)
    review = (
        f"numbers:\n  - accept: [妇女署, 专家, 120]\n  - reject: [{about}, {old.counted}, '8.0']\n    why: 无单位。\n    paragraph: 2\n"
    )
    built = build(report(tmp_path, review))
    found = {o.value: o for o in built.extraction.observations}
    assert found.keys() == {Decimal(120), Decimal(31)}
    assert found[Decimal(31)].baseline is None
    assert found[Decimal(120)].evidence.review == "accepted"
    assert confidence.of(found[Decimal(120)]) == 1
    assert told(built, "rejected") == [("2", f"{about}: {old.counted} 8.0", "无单位。")]
    turtle(built)


@pytest.mark.parametrize(
    ("entry", "text", "fault"),
    [
        (
            "facts:\n  - reject: [妇女署, funds, 卢旺达]",
            "reject 妇女署 funds 卢旺达",
            "facts[1] matches nothing: the report does not say so",
        ),
        (
            "facts:\n  - accept: [妇女署, supports, 卢旺达]\n    paragraph: 3",
            "accept 妇女署 supports 卢旺达",
            "facts[1] matches nothing: paragraph 3 does not say so",
        ),
        (
            "facts:\n  - accept: [妇女署, supports, 卢旺达]\n    paragraph: fn9",
            "accept 妇女署 supports 卢旺达",
            "facts[1] matches nothing: there is no paragraph fn9",
        ),
        (
            "facts:\n  - reject: [蓝色网路, partnerOf, 妇女署]",
            "reject 蓝色网路 partnerOf 妇女署",
            "facts[1] matches nothing: nothing is called 蓝色网路; did you mean 蓝色网络?",
        ),
        (
            "facts:\n  - correct: [妇女署, supports, 卢旺达]\n    to: [妇女署, supports, 无名国]",
            "correct 妇女署 supports 卢旺达",
            "facts[1] matches nothing: nothing is called 无名国",
        ),
        ("numbers:\n  - accept: [妇女署, 专家, 121]", "accept 妇女署: 专家 121", "numbers[1] matches nothing: the report does not say so"),
        ("numbers:\n  - reject: [无名国, 专家, 120]", "reject 无名国: 专家 120", "numbers[1] matches nothing: nothing is called 无名国"),
        (
            "names:\n  - add: 无名\n    kind: Fund",
            "add 无名",
            "names[1] matches nothing: 无名 stands nowhere, or only inside longer names",
        ),
        ("names:\n  - add: 青年之声\n    of: 无名国", "add 青年之声", "names[1] matches nothing: nothing is called 无名国"),
        (
            "names:\n  - add: 卢旺达\n    kind: Region",
            "add 卢旺达",
            "names[1] matches nothing: 卢旺达 is a name of 卢旺达, which is in ontology/entities; write of: or split:",
        ),
        (
            "names:\n  - merge: 无名国\n    into: 蓝色网络",
            "merge 无名国 into 蓝色网络",
            "names[1] matches nothing: nothing is called 无名国",
        ),
        (
            "names:\n  - split: 该委员会\n    paragraphs: [99]\n    as: 某某委\n    kind: GovernmentBody",
            "split 该委员会 as 某某委",
            "names[1] matches nothing: there is no paragraph 99",
        ),
        (
            "names:\n  - split: 该委员会\n    paragraphs: [4]\n    as: 某某委",
            "split 该委员会 as 某某委",
            "names[1] matches nothing: nothing is called 某某委; write kind: for a new thing",
        ),
        (
            "names:\n  - split: 该委员会\n    paragraphs: [4]\n    as: 卢旺达\n    kind: Region",
            "split 该委员会 as 卢旺达",
            "names[1] matches nothing: 卢旺达 is a Country",
        ),
        (
            "names:\n  - split: 色网\n    paragraphs: [1]\n    as: 卢旺达",
            "split 色网 as 卢旺达",
            "names[1] matches nothing: 色网 stands nowhere, or only inside longer names",
        ),
    ],
)
def test_what_meets_nothing_is_told(tmp_path: Path, plain: Built, entry: str, text: str, fault: str) -> None:
    """An entry that meets nothing is one issue, which names it and tells why, and changes nothing else."""
    built = build(report(tmp_path, entry))
    assert [(i.text, i.message) for i in built.extraction.issues if i.kind == "review"] == [(text, fault)]
    assert set(turtle(built)) == set(turtle(plain))


def test_name_of_two_things_is_not_decided(tmp_path: Path) -> None:
    """A name that two things have is not merged by guess; the issue names the two."""
    path = report(tmp_path, "names:\n  - merge: 卫生部\n    into: 妇女署\n")
    path.write_text("报告\n\n一. 导言\n\n1. 肯尼亚卫生部和卢旺达卫生部与妇女署合作。\n", encoding="utf-8")
    built = build(path)
    assert [i.message for i in built.extraction.issues if i.kind == "review"] == [
        "names[1] matches nothing: 卫生部 can be 卢旺达卫生部 or 肯尼亚卫生部"
    ]


@pytest.mark.parametrize(
    ("review", "fault"),
    [
        ("facts: [", "not YAML: "),
        ("- reject: [a, funds, b]", "file: expected a mapping; write facts:, numbers:, names: and a list below each"),
        ("1: 2", "file: 1 is no key; the keys are words"),
        ("fact: []", "fact: unknown key; did you mean facts?"),
        ("facts: 妇女署", "facts: expected a list of mappings"),
        ("facts:\nnames:\nfacts:", "facts: stands twice in the file; put the two lists below one"),
        ("facts:\n  - {1: 2}", "facts[1]: 1 is no key; the keys are words"),
        ("facts:\n  - rejct: [a, funds, b]", "facts[1].rejct: unknown key; did you mean reject or correct?"),
        ("facts:\n  - why: 无", "facts[1]: says nothing; write one of: reject, accept, correct"),
        (
            "facts:\n  - accept: [a, funds, b]\n    reject: [a, funds, b]",
            "facts[1]: says reject and accept; write one of: reject, accept, correct",
        ),
        (
            "facts:\n  - accept: [妇女署, funds]",
            "facts[1].accept: expected [subject, relation, object]; put a name that is a number in quotes",
        ),
        (
            "facts:\n  - accept: [2030, funds, b]",
            "facts[1].accept: expected [subject, relation, object]; put a name that is a number in quotes",
        ),
        ("facts:\n  - accept: [a, fund, b]", "facts[1].accept: no relation 'fund'; did you mean funds?"),
        ("facts:\n  - accept: [a, funds, b]\n    why: 5", "facts[1].why: expected a text"),
        (
            "facts:\n  - accept: [a, funds, b]\n    paragraph: [3]",
            "facts[1].paragraph: [3] is no paragraph; write its number (33), summary",
        ),
        ("facts:\n  - accept: [a, funds, b]\n    status: done", "facts[1].status: is no part of accept; write correct: instead"),
        ("facts:\n  - correct: [a, funds, b]", "facts[1].correct: nothing is changed; write to: [subject, relation, object], status: or"),
        ("facts:\n  - correct: [a, funds, b]\n    to: b", "facts[1].to: expected [subject, relation, object]; put"),
        ("facts:\n  - correct: [a, funds, b]\n    status: plan", "facts[1].status: 'plan' is unknown; did you mean planned?"),
        (
            "facts:\n  - correct: [a, funds, b]\n    period: 2012-13",
            "facts[1].period: '2012-13' is no time; write 2012, 2012-06, 2012-06-30, or first/last",
        ),
        ("facts:\n  - correct: [a, funds, b]\n    period: 去年", "facts[1].period: '去年' is no time; "),
        ("facts:\n  - correct: [a, funds, b]\n    period: 2013/2012", "facts[1].period: '2013/2012' ends before it begins"),
        (
            "facts:\n  - correct: [妇女署, supports, 卢旺达]\n    to: [卢旺达, covers, 妇女署]",
            "facts[1].to: 卢旺达 is a Country, which covers does not allow as subject; choices: Document",
        ),
        (
            "facts:\n  - correct: [妇女署, supports, 卢旺达]\n    to: [妇女署, operatesIn, 蓝色网络]",
            "facts[1].to: 蓝色网络 is a CivilSocietyOrganization, which operatesIn does not allow as object; choices: Place",
        ),
        (
            "facts:\n  - correct: [妇女署, supports, 卢旺达]\n    to: [妇女署, supports, UN Women]",
            "facts[1].to: 妇女署 and UN Women are the same thing; name two",
        ),
        ("numbers:\n  - correct: [a, b, 1]", "numbers[1].correct: unknown key; did you mean reject?"),
        ("numbers:\n  - accept: [a, b]", "numbers[1].accept: expected [about, counted, value]; the value is a number"),
        ("numbers:\n  - accept: [a, b, 许多]", "numbers[1].accept: expected [about, counted, value]; the value is a number"),
        ("numbers:\n  - accept: [a, b, .nan]", "numbers[1].accept: expected [about, counted, value]; the value is a number"),
        ("names:\n  - add: 青年之声", "names[1]: says nothing; write one of: kind, of"),
        ("names:\n  - add: 青年之声\n    of: ''", "names[1].of: a name is expected"),
        ("names:\n  - add: ''\n    kind: Fund", "names[1].add: a name is expected"),
        ("names:\n  - add: 青年之声\n    kind: Found", "names[1].kind: 'Found' is unknown; did you mean Fund"),
        ("names:\n  - add: 青年之声\n    kind: Statement", "names[1].kind: 'Statement' is unknown; "),
        ("names:\n  - merge: 甲色网络", "names[1].into: missing"),
        ("names:\n  - split: 甲\n    paragraphs: 4\n    as: 乙", "names[1].paragraphs: expected a list of paragraph numbers"),
        ("names:\n  - split: 甲\n    paragraphs: [true]\n    as: 乙", "names[1].paragraphs: True is no paragraph; "),
        (
            "names:\n  - merge: 妇女署\n    into: 蓝色网络",
            "names[1].merge: 妇女署 is in ontology/entities and stays; merge the other into it",
        ),
    ],
)
def test_mistakes_name_file_and_place(tmp_path: Path, review: str, fault: str) -> None:
    """A mistake in the file is an error that names the file, the entry, the fault and what can stand there."""
    path = report(tmp_path, review)
    with pytest.raises(ReportError) as error:
        build(path)
    assert str(error.value).startswith(f"{tmp_path / 'made-up.review.yaml'}: {fault}")


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    """A review that is not UTF-8 is an error that says so."""
    path = report(tmp_path, "facts:")
    (tmp_path / "made-up.review.yaml").write_bytes("facts: # 原文".encode("gb18030"))
    with pytest.raises(ReportError, match="save it as UTF-8"):
        build(path)


@pytest.mark.parametrize("review", ["# 尚无\n", "facts:\nnumbers:\nnames:\n", "\ufefffacts: []\n"])
def test_empty_review_changes_nothing(tmp_path: Path, plain: Built, review: str) -> None:
    """A review without entries gives the graph that there is without a review."""
    assert set(build(report(tmp_path, review)).graph) == set(plain.graph)


def test_replay_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two builds with the same review write the same bytes in every format."""
    review = """facts:
  - reject: [妇女署, supports, 卢旺达]
  - accept: [妇女署, partnerOf, 蓝色网络]
  - correct: [蓝色网络, operatesIn, 肯尼亚]
    to: [蓝色网络, supports, 肯尼亚]
names:
  - {add: 青年之声, kind: CivilSocietyOrganization}
  - {add: 索罗门, of: 所罗门群岛}
  - {merge: 甲色网络, into: 肯尼亚卫生部}
  - {split: 该委员会, paragraphs: [4, 77], as: 甲国选举委员会, kind: GovernmentBody}
numbers:
  - accept: [妇女署, 专家, 120]
"""
    path = report(tmp_path, review)
    first, second = ([file.read_bytes() for file in writers.write(build(path), tmp_path / part)] for part in ("one", "two"))
    assert first == second
    assert b"accepted" in first[0]


def test_evidence_keeps_its_iri(plain: Built) -> None:
    """Evidence that nobody decided about has the IRI it has without reviews; a decision makes it another."""
    document = plain.document
    bare = Evidence("1", 0, 3, "妇女署", "zh/partnerOf#1", "listed", "listed")
    decided = Evidence("1", 0, 3, "妇女署", "zh/partnerOf#1", "listed", "listed", "accepted")
    assert iris.evidence_iri(document, bare).endswith("/p1-0-3-ab13e493")
    assert iris.evidence_iri(document, bare) != iris.evidence_iri(document, decided)


# ---------------------------------------------------------------- kg review


def invoke(*words: object) -> Result:
    """The result of `kg` with these words."""
    return CliRunner().invoke(kg, [str(word) for word in words], prog_name="kg")


def test_proposals_can_be_pasted(tmp_path: Path, plain: Built) -> None:
    """What `kg review` prints is a review: pasted as it is, it accepts every fact it lists, and these are not listed again."""
    path = report(tmp_path)
    printed = invoke("review", path)
    assert printed.exit_code == 0
    built = build(report(tmp_path, printed.stdout))
    assert told(built, "review") == []
    assert said(built).keys() == said(plain).keys()
    assert {e.review for s in built.extraction.statements for e in s.evidence} == {"accepted"}
    assert "accept" not in invoke("review", path).stdout.replace("accept it", "")


def test_least_certain_come_first(tmp_path: Path) -> None:
    """Facts are listed with rule, way of knowing and quote, the least certain first, and no more than asked for."""
    path = report(tmp_path)
    lines = invoke("review", path, "--most", 4).stdout.splitlines()
    shown = [line.split()[1] for line in lines if " ¶" in line and "zh/" in line]
    assert shown == sorted(shown)
    assert sum(line.startswith("  - accept: ") for line in lines) == 4
    every = invoke("review", path, "--most", 99).stdout
    assert "¶5 zh/supports#" in every
    assert "done; subject listed: " in every
    assert "# “妇女署向卢旺达提供支助。”\n  - accept: [联合国促进性别平等和增强妇女权能署, supports, 卢旺达]" in every
    assert every.count("- merge: ") == 1


def test_names_by_shape_are_proposed(tmp_path: Path) -> None:
    """A name known by its shape stands as a comment, with the thing it may be one with, else with its class; uncommented it is an entry."""
    path = report(tmp_path)
    printed = invoke("review", path).stdout
    assert "  # ¶3 甲色网络: CivilSocietyOrganization (shape: …网络), named 1 time\n" in printed
    assert "  # - merge: 甲色网络\n  #   into: 蓝色网络\n" in printed
    review = "names:\n" + "\n".join(
        line.replace("  # ", "  ", 1) for line in printed.splitlines() if line.startswith(("  # - merge: 甲", "  #   into: 蓝"))
    )
    built = build(report(tmp_path, review))
    assert "甲色网络" not in {entity.name for entity in built.extraction.entities}
    assert told(built, "review") == []


def test_check_lists_what_meets_nothing(tmp_path: Path) -> None:
    """`kg review --check` lists the entries that meet nothing and then fails; with none it says so."""
    path = report(tmp_path, "facts:\n  - reject: [妇女署, funds, 卢旺达]\n  - reject: [妇女署, supports, 卢旺达]\n")
    result = invoke("review", path, "--check")
    beside = tmp_path / "made-up.review.yaml"
    assert result.exit_code == 1
    assert result.stdout == f"{beside}: facts[1] matches nothing: the report does not say so (reject 妇女署 funds 卢旺达)\n"
    assert result.stderr == "Error: 1 decision meets nothing; mend or delete them\n"
    report(tmp_path, "facts: []")
    assert invoke("review", path, "--check").stdout == f"{beside}: every decision meets something in the report\n"


def test_the_readme_shows_a_review(tmp_path: Path) -> None:
    """The review in the README is one that can be read, and shows every kind of entry."""
    shown = re.findall(r"^```yaml\n(facts:\n.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = record.read(report(tmp_path, shown[0]), ontology.load())
    assert {decision.verb for decision in found.facts} == {"reject", "accept", "correct"}
    assert [len(those) for those in (found.numbers, found.added, found.merges, found.splits)] == [1, 2, 1, 1]


def test_all_reports_are_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a report, each of seeds/*.txt is reviewed, as a YAML document of its own."""
    (tmp_path / "seeds").mkdir()
    for other in ("a", "b"):
        (tmp_path / "seeds" / f"{other}.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    first, second = invoke("review", "--most", 1).stdout.split("---\n")
    assert first.startswith("# a.review.yaml: ")
    assert second.startswith("# b.review.yaml: ")


def test_why_and_trace_show_the_decision(tmp_path: Path) -> None:
    """`kg why` and `kg trace` show what was decided, and why."""
    path = report(tmp_path, "facts:\n  - accept: [妇女署, supports, 卢旺达]\n    why: 原文如此。\n")
    list(writers.write(build(path), tmp_path, ["ttl"]))
    why = invoke("why", "妇女署", "supports", "卢旺达", "--graph", tmp_path / "made-up.ttl")
    assert "\n    accepted: 原文如此。\n" in why.stdout
    assert "\n  accepted: 原文如此。\n" in invoke("trace", path, 5, "--stage", "relate").stdout
    assert "accepted" not in invoke("trace", path, 1, "--stage", "relate").stdout


def test_the_ontology_describes_the_property() -> None:
    """The property of a decision is described in the ontology in both languages."""
    labels = {one.language: one.object for one in ontology.load().said[str(K.review)] if one.predicate.endswith("label")}
    assert labels.keys() == {"zh", "en"}
