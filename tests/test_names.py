"""The name finder: listed names, short forms, and names that only their shape tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg import ontology
from kg.finders.definitions import is_short_for
from kg.finders.names import find_names
from kg.language import load
from kg.model import Paragraph

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))


def paragraph(text: str) -> Paragraph:
    """A paragraph that stands nowhere but here."""
    return Paragraph("1", "paragraph", text, tuple(range(len(text))))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_names(case: dict[str, Any]) -> None:
    """A made-up sentence gives exactly the names its case lists, with class and canonical name."""
    found = find_names([paragraph(case["text"])], ontology.load(), load("zh"))

    expected = []
    for row in case["finds"]:
        words = row.split(" ")
        expected.append((words[0], words[1], words[2] if len(words) > 2 else None))
    seen = []
    for mention, row in zip(found.mentions["1"], [*expected, *[("", "", None)] * len(found.mentions["1"])], strict=False):
        name = found.entities[mention.term].name if row[2] else None
        seen.append((mention.text, mention.kind, name))

    assert expected == seen
    assert not {m.text for m in found.mentions["1"]} & set(case.get("not", []))


def test_offsets() -> None:
    """Each mention's text is the paragraph's text at its offsets."""
    for case in CASES:
        found = find_names([paragraph(case["text"])], ontology.load(), load("zh"))

        assert all(case["text"][m.start : m.end] == m.text for m in found.mentions["1"])


def test_short_form_holds_in_the_whole_report() -> None:
    """A short form defined in one paragraph is found in all others, also earlier ones."""
    first, second = paragraph("东妇联与多哥合作。"), paragraph("东非妇女商会联合会(东妇联)成立。")

    found = find_names([first, Paragraph("2", "paragraph", second.text, second.offsets)], ontology.load(), load("zh"))

    mention = found.mentions["1"][0]
    assert mention.text == "东妇联"
    assert mention.term == found.mentions["2"][0].term
    assert mention.how == "short form defined in 2: 东非妇女商会联合会"


def test_all_countries() -> None:
    """Every Chinese label of every country and territory is found as that country."""
    known = ontology.load()
    labels = [
        (entity, one.object)
        for entity in known.entities
        if entity.kind == "Country"
        for one in known.said[entity.iri]
        if one.language == "zh"
    ]

    found = find_names([Paragraph(str(n), "paragraph", label, ()) for n, (_, label) in enumerate(labels)], known, load("zh"))

    assert len({entity.iri for entity, _ in labels}) == 249
    for number, (entity, label) in enumerate(labels):
        assert [(entity.iri, label)] == [(m.term, m.text) for m in found.mentions[str(number)]]


def test_parts() -> None:
    """A unit is part of the body whose name it begins with; a body with its country's name lies there."""
    found = find_names([paragraph("联合国发展集团水问题工作组与肯尼亚女警协会合作。")], ontology.load(), load("zh"))

    working_group, association = found.mentions["1"]
    assert found.parts[working_group.term][0] == "partOf"
    assert found.entities[found.parts[working_group.term][1]].name == "联合国发展集团"
    assert found.parts[association.term] == ("locatedIn", "https://w3id.org/report-kg/id/KEN")


def test_parts_of_parts() -> None:
    """A body that is named only inside its unit's name is part of its own body; a ministry named so lies in its country."""
    found = find_names([paragraph("世界粮食计划署(粮食署)法治司监狱咨询股与斐济司法部惩教局合作。")], ontology.load(), load("zh"))

    unit, bureau = found.mentions["1"]
    division, ministry = found.parts[unit.term][1], found.parts[bureau.term][1]
    assert [found.entities[iri].name for iri in (division, ministry)] == ["世界粮食计划署法治司", "斐济司法部"]
    assert found.entities[found.parts[division][1]].kind == "UNEntity"
    assert found.parts[ministry] == ("locatedIn", "https://w3id.org/report-kg/id/FJI")


def test_one_unit_by_two_names() -> None:
    """A unit that is named once with its body's whole name and once with its short form is one thing."""
    found = find_names([paragraph("难民署供应处与联合国难民事务高级专员公署供应处是同一个处。")], ontology.load(), load("zh"))

    assert len({m.term for m in found.mentions["1"]}) == 1


def test_holders() -> None:
    """A body named only inside the names of its sessions and resolutions is told."""
    found = find_names([paragraph("人权理事会第三十二届会议回顾了安全理事会第2242(2015)号决议。")], ontology.load(), load("zh"))

    assert {found.entities[iri].name for iri in found.holders} == {"人权理事会", "安全理事会"}


def test_units_of_short_forms() -> None:
    """The unit of a body is found where only a short form defined elsewhere names that body."""
    first, second = paragraph("中部渔业理事会(中渔会)成立。"), paragraph("中渔会东部水域监测科也成立了。")

    found = find_names([first, Paragraph("2", "paragraph", second.text, second.offsets)], ontology.load(), load("zh"))

    (unit,) = found.mentions["2"]
    assert unit.text == "中渔会东部水域监测科"
    assert found.parts[unit.term] == ("partOf", found.mentions["1"][0].term)


@pytest.mark.parametrize(
    ("short", "name", "holds"),
    [("开发署", "联合国开发计划署", True), ("妇署", "联合国开发计划署", False), ("署开", "联合国开发计划署", False)],
)
def test_is_short_for(short: str, name: str, holds: bool) -> None:  # noqa: FBT001  a table of cases
    """A short form's characters stand in the full name in the same order."""
    assert is_short_for(short, name) is holds
