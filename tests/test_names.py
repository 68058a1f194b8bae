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


@pytest.mark.parametrize(
    ("short", "name", "holds"),
    [("开发署", "联合国开发计划署", True), ("妇署", "联合国开发计划署", False), ("署开", "联合国开发计划署", False)],
)
def test_is_short_for(short: str, name: str, holds: bool) -> None:  # noqa: FBT001  a table of cases
    """A short form's characters stand in the full name in the same order."""
    assert is_short_for(short, name) is holds
