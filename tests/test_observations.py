"""Observations: whom or what a number is about, where, when, against which baseline, and where it is said."""

from __future__ import annotations

import re

import pytest

from kg import ontology
from kg.finders.quantities import load_quantities, read_numbers
from kg.finders.times import find_times, load_times
from kg.language import load
from kg.model import Mention, Observation, Paragraph
from kg.observations import observe

NAMES = {
    "农业署": ("UNEntity", "x:agency"),
    "水利基金": ("Fund", "x:fund"),
    "众议院": ("GovernmentBody", "x:house"),
    "参议院": ("GovernmentBody", "x:senate"),
    "知识中心": ("KnowledgeProduct", "x:centre"),
    "泰国": ("Country", "x:THA"),
    "秘鲁": ("Country", "x:PER"),
    "智利": ("Country", "x:CHL"),
    "西岸": ("Region", "x:west"),
}


def read(text: str, *more: Mention, main: str = "x:main") -> tuple[Observation, ...]:
    """The observations of a made-up paragraph in which the names above are known."""
    names = [Mention(m.start(), m.end(), *NAMES[m[0]], "list", m[0]) for m in re.finditer("|".join(NAMES), text)]
    paragraph = Paragraph("7", "paragraph", text, tuple(range(len(text))))
    mentions = [*names, *find_times(text, load_times("zh")), *more]
    return observe_all(paragraph, mentions, main)


def observe_all(paragraph: Paragraph, mentions: list[Mention], main: str) -> tuple[Observation, ...]:
    """All observations of a paragraph; each quotes its sentence."""
    found = observe(
        paragraph, mentions, read_numbers(paragraph.text, load_quantities("zh")), load("zh").profile, ontology.load(), main=main
    )
    for one in found:
        assert paragraph.text[one.evidence.start : one.evidence.end] == one.evidence.quote
        assert one.value_text in one.evidence.quote
        assert one.evidence.paragraph == paragraph.number
    return found


def said(found: tuple[Observation, ...]) -> list[str]:
    """Value, about, place and years of each observation, short."""
    return [f"{one.value} {one.about} {one.place or '-'} {one.period.start[:4]}..{one.period.end[:4]}" for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # about: the subject of the clause, of an earlier clause, of the sentence before, the report's actor
        ("2011年，农业署在58个国家提供了支助。", ["58 x:agency - 2011..2011"]),
        ("农业署开办了讲习班，培训400名工作人员。", ["400 x:agency - .."]),
        ("农业署扩大了工作。已培训400名工作人员。", ["400 x:agency - .."]),
        ("有27个国家接受了支助。", ["27 x:main - .."]),
        ("农业署通过知识中心提供指导，用户近50万人。", ["500000 x:agency - .."]),
        ("知识中心的用户近50万人。", ["500000 x:centre - .."]),
        ("农业署与水利基金合作，支助8个城市。", ["8 x:agency - .."]),
        # about: a name inside the words for what is measured
        ("促成众议院女议员比例为37%，参议院女议员比例为33%。", ["37 x:house - ..", "33 x:senate - .."]),
        ("秘鲁女议员比例为31%。", ["31 x:PER x:PER .."]),
        # place: in X; not one of several; nearest in the clause; handed on by a sentence that points back
        ("在泰国，农业署支持45个组织。", ["45 x:agency x:THA .."]),
        ("在泰国、秘鲁和智利，农业署支持45个组织。", ["45 x:agency - .."]),
        ("在泰国，有600多名妇女参加竞选。", ["600 x:THA x:THA .."]),
        ("农业署已接触到西岸13省大约2.8万名妇女。", ["13 x:agency x:west ..", "28000 x:agency x:west .."]),
        ("在泰国，农业署支持议会。这项工作促成女议员比例增至42.7%。", ["42.7 x:THA x:THA .."]),
        ("在泰国，农业署支持议会。农业署还培训了30名法官。", ["30 x:agency - .."]),
        # period: of the clause, of the sentence's beginning, of the number itself
        ("2011年农业署培训了30名法官，2012年培训了40名法官。", ["30 x:agency - 2011..2011", "40 x:agency - 2012..2012"]),
        ("2012年捐款总额可望超过2011年数字，仍将低于3亿美元。", ["300000000 x:main - 2012..2012"]),
        ("到2012年底，水利基金增加了39个方案和1250万美元。", ["39 x:fund - ..2012", "12500000 x:fund - ..2012"]),
        ("2011年捐款增加。不过，核心捐款为1亿美元。", ["100000000 x:main - 2011..2011"]),
        ("2011年捐款增加。农业署有5个小组。", ["5 x:agency - .."]),
        ("农业署有117个捐助方(2011年)。", ["117 x:agency - 2011..2011"]),
    ],
)
def test_about_place_and_period(text: str, expected: list[str]) -> None:
    """A number knows its subject, its place and its time."""
    assert said(read(text)) == expected


def test_change_over_years() -> None:
    """A change gives two observations, each with its own year, the old one the baseline of the new one."""
    old, new = read("2011年专题小组从2004年的37个增至105个。")
    assert (int(old.value), old.period.start, old.baseline) == (37, "2004-01-01", None)
    assert (int(new.value), new.period.start, new.baseline) == (105, "2011-01-01", old)
    assert {old.evidence.rule, new.evidence.rule} == {"zh/quantities#change"}


def test_change_of_a_share() -> None:
    """A share that falls has its old value as baseline; two changes in a sentence stay apart."""
    found = read("众议院女议员比例从28%降至27%，参议院女议员比例从21%增至33%。")
    assert [(int(one.value), int(one.baseline.value) if one.baseline else None) for one in found] == [
        (28, None),
        (27, 28),
        (21, None),
        (33, 21),
    ]
    assert [one.about for one in found] == ["x:house", "x:house", "x:senate", "x:senate"]


def test_compared_with_a_year() -> None:
    """In "compared with 2010" the baseline is of 2010, and the new number of the time told before."""
    *_, old, new = read("2011年捐款总额为2亿美元。与2010年相比，会员国数量也从107个升至117个。")
    assert (old.period.start, new.period.start) == ("2010-01-01", "2011-01-01")
    assert new.baseline == old


def test_number_of_an_earlier_year_is_the_baseline() -> None:
    """A number of an earlier year said after a number of today is its baseline."""
    new, old = read("农业署执行104个联合方案，2008年为72个。")
    assert new.baseline == old
    assert (int(old.value), old.period.start, old.counted) == (72, "2008-01-01", "联合方案")


def test_units_differ() -> None:
    """Numbers of two units are never baseline of each other."""
    assert all(one.baseline is None for one in read("捐款从30个国家增至5亿美元。"))


def test_goal_is_an_observation_of_its_own() -> None:
    """A goal that was passed is told beside what passed it."""
    measured, goal = read("2012年，农业署的捐款超过了300万美元目标。")
    assert (measured.comparator, measured.counted) == ("moreThan", "捐款")
    assert (goal.comparator, goal.counted, goal.value) == ("exactly", "捐款目标", measured.value)


def test_subject_left_out() -> None:
    """A zero-width mention is the subject of its clause."""
    text = "农业署同水利基金合作，支助8个城市。"
    carried = Mention(text.index("支助"), text.index("支助"), "Fund", "x:fund", "carried on", "")
    (one,) = read(text, carried)
    assert (one.about, one.evidence.subject_how) == ("x:fund", "carried on")


def test_document_about_itself() -> None:
    """A sentence in which the document speaks of itself gives no observation."""
    assert read("本报告介绍了27个国家的情况。") == ()
    assert len(read("2011年介绍了27个国家的情况。")) == 1


def test_evidence_is_the_whole_sentence() -> None:
    """The evidence of a number is its sentence, up to its full stop."""
    _, second = read("农业署有8个小组。另有11个小组即将成立。")
    assert second.evidence.quote == "另有11个小组即将成立。"


def test_nothing_known() -> None:
    """A number about which nothing is known is still an observation, about nobody."""
    (one,) = read("有27个国家。", main="")
    assert (one.about, one.place, one.counted) == ("", "", "国家")
