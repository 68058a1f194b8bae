"""The work list: each kind of issue stands where it should, nowhere else, and with its place in the text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg import language, ontology, rules
from kg.model import Document, Issue, Paragraph
from kg.pipeline import Built, extract
from kg.rules import RelationFile

FILES = rules.load(language.load("zh"), ontology.load())


@cache
def built(*texts: str) -> Built:
    """A report of these paragraphs."""
    paragraphs = tuple(Paragraph(str(number), "paragraph", text, tuple(range(len(text)))) for number, text in enumerate(texts, start=1))
    document = Document("made-up", Path("made-up.txt"), "".join(texts), "zh", "made-up", paragraphs=paragraphs, expect=(("facts", 0),))
    return extract(document)


def issues(*texts: str) -> list[tuple[str, str]]:
    """Kind and text of the issues of a report of these paragraphs."""
    return [(issue.kind, issue.text) for issue in built(*texts).extraction.issues]


def only(*texts: str) -> Issue:
    """The one issue of a report of these paragraphs."""
    (issue,) = built(*texts).extraction.issues
    return issue


NAMES = {
    "a name in quotation marks": ("会上放映了“远山的灯”。", "“远山的灯”"),
    "a noun that ends names, its front too short": ("内阁办公室负责统计。", "内阁办公室"),
    "a noun too common to make a name": ("人口和计划生育总局编写了年鉴。", "人口和计划生育总局"),
    "a place before such a noun": ("加纳审计机制编写了年鉴。", "加纳审计机制"),
    "a place behind other words": ("农民需要加纳补偿机制提供帮助。", "加纳补偿机制"),
    "behind a title and a joining word": ("《灌溉手册》和山谷渔业合作社的水泵都是新的。", "山谷渔业合作社"),
    "the second of a list": ("农民、国际渔业促进会和渔民扩大了灌溉。", "国际渔业促进会"),
    "a short form of no known name": ("绿洲发展共进社(绿洲社)修建了水库。", "绿洲发展共进社(绿洲社)"),
    "a short form behind a defining word": ("一笔新贷款(下称“桥贷”)已经到账。", "一笔新贷款(下称“桥贷”)"),
    "an abbreviation in Latin letters": ("教师学习了地理信息技术(GIS)。", "地理信息技术(GIS)"),
}


@pytest.mark.parametrize(("text", "name"), NAMES.values(), ids=NAMES)
def test_what_looks_like_a_name(text: str, name: str) -> None:
    """What looks like a name and is known as none is listed, once, with the words that look so."""
    assert issues(text) == [("unknown-name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "社区中心的灌溉面积扩大了。",
        "人道主义机制的工作得到改善。",
        "民间社会协会的工作得到改善。",
        "两个渔业促进中心的灌溉面积扩大了。",
        "联合国维和特派团的士兵修建了水库。",
        "各方讨论了《灌溉手册》。",
        "政策和机制得到改善。",
        "决议第12(XV)号重申了这一点。",
        "农民(包括妇女)扩大了灌溉，见下表(第2页)。",
        "联合国环境规划署(环境署)培训了农民，环境署还修建了水库。",
        "联合国开发计划署(UNDP)培训了农民。",
    ],
)
def test_plain_words_are_no_names(text: str) -> None:
    """Common nouns, counted ones, brackets that define nothing and names that are known are not listed."""
    assert issues(text) == []


def test_unknown_name_is_listed_once() -> None:
    """A name that is met again is told where it first stands, and how often it is met."""
    issue = only("会上放映了“远山的灯”。", "“远山的灯”得了奖，“远山的灯”也译成了法文。")

    assert (issue.paragraph, issue.text, issue.message.rpartition("; ")[2]) == ("1", "“远山的灯”", "3 times")


def test_short_form_of_two_things() -> None:
    """A short form that is defined for two things is told where it first stands for one, with the one it is taken for."""
    texts = ("国际农业研究基金会(农研会)培训了农民。", "国际农村研究基金会(农研会)修建了水库。", "农研会编写了年鉴，农研会也印了海报。")
    issue = only(*texts)

    assert (issue.paragraph, issue.kind, issue.text) == ("3", "ambiguous-name", "农研会")
    assert issue.message == "taken for 国际农业研究基金会; also a name of 国际农村研究基金会"


def test_short_form_of_one_thing() -> None:
    """A short form that is defined twice for the same thing stands for that, and nothing is told."""
    assert issues("国际农业研究基金会(农研会)培训了农民。", "国际农业研究基金会(农研会)修建了水库。农研会编写了年鉴。") == []


def test_stand_in_with_several_candidates() -> None:
    """Words that could stand for several things named before are told with the one they are taken for."""
    issue = only("秘鲁修建了水库。智利修建了公路。该国还扩大了灌溉。")

    assert (issue.kind, issue.text, issue.message) == ("ambiguous-name", "该国", "taken for 智利 rather than 秘鲁, named before")
    assert issues("秘鲁修建了水库。该国还扩大了灌溉。") == []
    assert issues("秘鲁修建了水库。", "智利修建了公路。该国还扩大了灌溉。") == []


def test_body_with_several_countries() -> None:
    """A body named without its country, in a sentence with several, is told with the country it is given."""
    found = [i for i in built("在秘鲁，农民访问了智利，教育部印了海报。").extraction.issues if i.kind == "ambiguous-name"]

    assert [(i.text, i.message) for i in found] == [("教育部", "belongs to 智利, named before; the sentence also names 秘鲁")]


@pytest.mark.parametrize(
    "text",
    ["在秘鲁，教育部印了海报。", "在秘鲁，农民访问了智利的教育部。", "秘鲁和智利的教育部印了海报。", "在秘鲁，农民访问了智利教育部。"],
)
def test_body_of_one_country(text: str) -> None:
    """A body whose country is the only one of its sentence, or stands right before it, is not told."""
    assert [issue for issue in built(text).extraction.issues if issue.kind == "ambiguous-name"] == []


def test_trigger_word() -> None:
    """A sentence with a word of a relation and things it could join, and no such fact, is told with word, relation and things."""
    issue = only("各方说，粮农组织同乍得农民谈到供资问题。")

    assert (issue.kind, issue.text) == ("trigger", "各方说，粮农组织同乍得农民谈到供资问题。")
    assert issue.message == "“供资” (funds): no such fact was read; names 粮农组织, 乍得"


def test_one_issue_for_a_sentence() -> None:
    """The words of several relations in one sentence are one issue, in reading order; a word of two relations is told once."""
    issue = only("各方说，粮农组织同乍得农民谈到世界粮食首脑会议的举办问题和供资问题。")

    assert issue.message == "“举办” (organizes or heldIn), “供资” (funds): no such fact was read; names 粮农组织, 乍得, 世界粮食首脑会议"


QUIET = {
    "the fact was read": "粮农组织资助乍得。",
    "another such fact was read": "粮农组织资助乍得，又同马里农民谈到供资问题。",
    "another fact joins the two": "粮农组织资助乍得，乍得农民向粮农组织谈到支持问题。",
    "nothing to join": "粮农组织谈到供资问题。",
    "the things stand in other clauses": "粮农组织在罗马开会，农民谈到供资问题。",
    "denied": "粮农组织没有向乍得供资。",
    "advised": "各方建议粮农组织同乍得农民谈供资问题。",
    "conditional": "如果下雨，粮农组织同乍得农民谈供资问题。",
    "the document speaks of itself": "本报告谈到粮农组织同乍得农民的供资问题。",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_no_trigger(text: str) -> None:
    """No trigger is told where the fact was read, nothing can be joined, or the words are understood to be no fact."""
    assert [issue for issue in built(text).extraction.issues if issue.kind == "trigger"] == []


def test_sentence_without_a_fact() -> None:
    """A sentence with two things that could be joined, and neither fact nor number nor word of a relation, is told with both."""
    issue = only("粮农组织同乍得农民谈到天气。")

    assert (issue.kind, issue.text, issue.message) == (
        "no-fact",
        "粮农组织同乍得农民谈到天气。",
        "no fact was read; names 粮农组织, 乍得",
    )


@pytest.mark.parametrize(
    "text",
    [
        "粮农组织资助乍得，又谈到马里的天气。",
        "粮农组织同120名乍得农民谈到天气。",
        "粮农组织谈到天气。",
        "本报告谈到粮农组织和乍得。",
        "粮农组织没有同乍得农民谈到天气。",
        "《天气手册》同《灌溉手册》一样厚。",
        "粮农组织同粮食及农业组织是一回事。",
    ],
)
def test_no_sentence_without_a_fact(text: str) -> None:
    """Not told: a fact or a number was read, one thing alone, things that nothing joins, what is denied, the document on itself."""
    assert [issue for issue in built(text).extraction.issues if issue.kind == "no-fact"] == []


def test_long_lists_are_cut() -> None:
    """Of many things a message names the first."""
    issue = only("粮农组织同乍得、马里、多哥、贝宁、加纳和秘鲁农民谈到天气。")

    assert issue.message == "no fact was read; names 粮农组织, 乍得, 马里, 多哥, 贝宁, 加纳, …"


def test_reading_order_and_places() -> None:
    """Issues stand in reading order, and each says where its text stands in its paragraph."""
    texts = ("会上放映了“远山的灯”。粮农组织同乍得农民谈到天气。", "秘鲁修建了水库。智利修建了公路。该国放映了“海的声音”。")
    found = built(*texts).extraction.issues

    assert [issue.text for issue in found] == ["“远山的灯”", "粮农组织同乍得农民谈到天气。", "该国", "“海的声音”"]
    assert [texts[int(issue.paragraph) - 1][issue.start : issue.end] for issue in found] == [issue.text for issue in found]


@pytest.mark.parametrize("file", FILES, ids=[file.relation.name for file in FILES])
def test_triggers_are_words_of_the_patterns(file: RelationFile) -> None:
    """Every relation has trigger words, and each of them stands in one of its patterns."""
    patterns = "\n".join(rule.pattern.pattern for rule in file.rules)

    assert file.triggers
    assert [word for word in file.triggers if word not in patterns] == []
