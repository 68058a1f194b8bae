"""Who is meant: stand-ins, bodies of a country, subjects left out; each step is told in `how`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.model import Document, Mention, Paragraph
from kg.pipeline import Built, extract


@cache
def read(*texts: str) -> Built:
    """A report of these paragraphs; the last is a footnote of the first where its text begins with an asterisk."""
    paragraphs = tuple(
        Paragraph(
            str(number), "footnote" if text[0] == "*" else "paragraph", text, tuple(range(len(text))), (), "1" if text[0] == "*" else ""
        )
        for number, text in enumerate(texts, start=1)
    )
    return extract(Document("made-up", Path("made-up.txt"), "".join(texts), "zh", "made-up", paragraphs=paragraphs))


def resolved(*texts: str) -> list[tuple[str, str, str]]:
    """What the resolver put into the last paragraph's sentences: the words it replaced ("" for words left out), name and how."""
    built = read(*texts)
    names = {e.iri: e.name for e in built.extraction.entities}
    number, text = str(len(texts)), texts[-1]
    given = set(dict(built.extraction.mentions)[number])

    def told(mention: Mention) -> tuple[str, str, str]:
        return text[mention.start : mention.end], names[mention.term], mention.how

    return [told(c.mention) for s in built.sentences[number] for c in s.cells if c.mention and c.mention not in given]


def stands(words: str, *names: str) -> list[tuple[str, str, str]]:
    """Words that stand for these things."""
    return [(words, name, f"“{words}” stands for {name}") for name in names]


def carried(*names: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Subjects left out: canonical name, and the words they were named with."""
    return [("", name, f"carried on from “{words}”") for name, words in names]


def national(*bodies: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Bodies of countries: the words, the name, the country."""
    return [(words, name, f"national body of {country}") for words, name, country in bodies]


def before(*bodies: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Bodies named without their countries, which the sentence names before."""
    return [(words, name, f"belongs to {country}, named before") for words, name, country in bodies]


UNEP = ("联合国环境规划署", "环境署")
UNDP = ("联合国开发计划署", "开发署")
CASES = {
    "a kind of thing": ("联合国儿童基金会设立了“回到学校”基金。该基金支持海地。", stands("该基金", "回到学校基金")),
    "the last of its kind": (
        "在秘鲁之后，工作转到智利。该国修建了公路。",
        [("该国", "智利", "“该国” stands for 智利 rather than 秘鲁")],
    ),
    "two": ("乍得和马里制订了计划。两国交流了经验。", stands("两国", "乍得", "马里")),
    "the list": ("粮农组织访问了加纳、多哥和贝宁。这三个国家扩大了灌溉。", stands("这三个国家", "加纳", "多哥", "贝宁")),
    "nothing named before": ("该国修建了公路。", []),
    "a body by the country of the sentence": (
        "在阿富汗，劳工组织帮助外交部培训外交官。",
        before(("外交部", "阿富汗外交部", "阿富汗")),
    ),
    "a body by the sentence before": ("墨西哥修订了法律。教育部提供了课程。", before(("教育部", "墨西哥教育部", "墨西哥"))),
    "a body without a country": ("外交部发表了声明。", []),
    "one body for each country": (
        "人权高专办向肯尼亚和卢旺达的真相委员会派出了专家。",
        before(("真相委员会", "肯尼亚真相委员会", "肯尼亚"), ("真相委员会", "卢旺达真相委员会", "卢旺达")),
    ),
    "governments of a list": ("巴西和印度政府签署了协议。", national(("巴西", "巴西政府", "巴西"), ("印度政府", "印度政府", "印度"))),
    "a subject left out": ("环境署收集了数据，并培训了农民。", carried(UNEP)),
    "a subject left out of a sentence": ("环境署培训了农民。还修建了水库。", carried(UNEP)),
    "two subjects left out": ("环境署和开发署开展了调查，发布了数据。", carried(UNEP, UNDP)),
    "a partner acts on": ("环境署与开发署一道，开展了调查。", carried(UNEP, UNDP)),
    "a new subject": ("环境署收集了数据，农民扩大了灌溉。", []),
    "a place that sets the scene": ("环境署收集了数据。在乍得，开发署发放了种子。", []),
    "its, inside a clause": ("开发署增加了捐款，包括由其管理的全球环境基金。", [*carried(UNDP), *stands("其", "联合国开发计划署")]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_words_are_resolved(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Words that name nothing by themselves become what they stand for, and say how."""
    assert resolved(text) == expected


def test_excluded_names_stand_for_nothing() -> None:
    """What a sentence takes out is found as a name but takes no part in the sentence."""
    built = read("除阿曼外，科威特和巴林也批准了公约。")
    names = {e.iri: e.name for e in built.extraction.entities}
    (sentence,) = built.sentences["1"]

    assert [m.text for m in dict(built.extraction.mentions)["1"]] == ["阿曼", "科威特", "巴林"]
    assert [names[m.term] for m in sentence.mentions(0, len(sentence.cells))] == ["科威特", "巴林"]


def test_paragraphs_stand_alone() -> None:
    """A subject or a country does not go on into the next paragraph."""
    assert resolved("环境署在乍得培训了农民。", "还为该国修建了水库。") == []


def test_footnote_knows_its_paragraph() -> None:
    """A footnote's words may stand for what the paragraph of its mark named."""
    assert resolved("“回到学校”基金支持海地。", "* 该基金由三个捐助方设立。") == stands("该基金", "回到学校基金")


def test_national_body_lies_in_its_country() -> None:
    """A country's body is an entity of its own, with the names it can go by, and lies in the country."""
    extraction = read("劳工组织帮助阿富汗外交部培训外交官。").extraction
    by_name = {e.name: e for e in extraction.entities}
    body = by_name["阿富汗外交部"]

    assert (body.kind, "外交部" in body.names) == ("GovernmentBody", True)
    assert (body.iri, "locatedIn", by_name["阿富汗"].iri) in {(s.subject, s.relation, s.object) for s in extraction.statements}
