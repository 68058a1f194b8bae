"""What is urged, advised, denied or conditional is no fact; what is told or goes on after it is."""

from __future__ import annotations

import pytest

from kg import facts, ontology
from kg.finders.names import find_names
from kg.language import load
from kg.model import Paragraph
from kg.resolver import Resolver


def said(text: str) -> set[tuple[str, str, str]]:
    """The facts of a text as names of subject, relation and object, apart from those that lie in the names."""
    known, language = ontology.load(), load("zh")
    paragraph = Paragraph("1", "paragraph", text, tuple(range(len(text))))
    found = find_names([paragraph], known, language)
    resolver = Resolver(known, language, found)
    sentences = resolver.resolve(paragraph, found.mentions["1"])
    statements = facts.statements(paragraph, sentences, facts.grammar(language, known), resolver.parts)
    names = {iri: entity.name for iri, entity in resolver.entities.items()}
    return {(names[s.subject], s.relation, names[s.object]) for s in statements if "names#" not in s.evidence[0].rule}


@pytest.mark.parametrize(
    "text",
    [
        "委员会敦促粮农组织与工发组织合作，并在不丹实施“绿色山谷”方案。",
        "大会请粮农组织支持不丹，包括向老挝提供援助。",
        "敦促粮农组织：(a) 在不丹实施“绿色山谷”方案；(b) 向老挝提供援助。",
        "理事会强烈鼓励工发组织与粮农组织结成伙伴关系。",
        "粮农组织应在不丹实施“绿色山谷”方案。",
        "粮农组织必须与工发组织合作，并支持不丹。",
        "建议不丹在粮农组织的支持下实施“绿色山谷”方案。",
        "如果粮农组织支持不丹，牧场就会改良。",
        "粮农组织没有支持不丹。",
    ],
)
def test_not_stated(text: str) -> None:
    """Urging, advising, a condition and a denial give no fact, to the end of what is urged."""
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("委员会欢迎粮农组织支持不丹。", ("联合国粮食及农业组织", "supports", "不丹")),
        ("委员会赞赏地注意到，粮农组织支持不丹。", ("联合国粮食及农业组织", "supports", "不丹")),
        ("委员会鼓励老挝培训教师，并注意到粮农组织支持不丹。", ("联合国粮食及农业组织", "supports", "不丹")),
        ("老挝应改良牧场，粮农组织支持不丹。", ("联合国粮食及农业组织", "supports", "不丹")),
        ("粮农组织应不丹的请求支持老挝。", ("联合国粮食及农业组织", "supports", "老挝人民民主共和国")),
        ("粮农组织支持不丹适应气候变化。", ("联合国粮食及农业组织", "supports", "不丹")),
        ("粮农组织响应秘书长的呼吁，支持不丹。", ("联合国粮食及农业组织", "supports", "不丹")),
    ],
)
def test_stated(text: str, fact: tuple[str, str, str]) -> None:
    """What a body welcomes or notes is stated, also after something urged; words that only look like urging change nothing."""
    assert fact in said(text)


def test_who_only_tells_does_nothing() -> None:
    """The body that welcomes is not the one that did it, nor its partner."""
    told = said("消除对妇女歧视委员会欢迎粮农组织与工发组织合作，在不丹实施“绿色山谷”方案。")
    assert told
    assert not any("歧视委员会" in name for fact in told for name in (fact[0], fact[2]))
