"""What the Turtle says, as Python sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import iris, ontology
from kg.errors import OntologyError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
@prefix kg: <https://w3id.org/report-kg/ontology#> . @prefix id: <https://w3id.org/report-kg/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Thing a owl:Class .
"""


def folder(tmp_path: Path, entities: str) -> Path:
    """An ontology folder of one class and the given entities."""
    (tmp_path / "entities").mkdir()
    (tmp_path / "kg.ttl").write_text(HEAD, encoding="utf-8")
    (tmp_path / "entities" / "some.ttl").write_text(HEAD.rsplit("\n", 2)[0] + "\n" + entities, encoding="utf-8")
    return tmp_path


def test_relations() -> None:
    """All relations of the guidelines are there, each with domain and range; the kinds of another stand below it."""
    relations = ontology.load().relations

    assert len(relations) == 18
    assert all(r.domain and r.range for r in relations.values())
    assert {r.name: r.parent for r in relations.values() if r.parent} == {
        "launches": "implements",
        "manages": "implements",
        "chairs": "memberOf",
    }
    assert {"partnerOf", "exchangesWith"} == {r.name for r in relations.values() if r.symmetric}


@pytest.mark.parametrize(
    ("kind", "above", "holds"),
    [
        ("Fund", "Programme", True),
        ("Fund", "Party", True),
        ("Country", "Party", True),
        ("Region", "Party", False),
        ("Quantity", "Place", False),
    ],
)
def test_is_a(kind: str, above: str, holds: bool) -> None:  # noqa: FBT001  a table of cases
    """A class is itself and all above it; what is no class is only itself."""
    assert holds == ontology.load().is_a(kind, {above})


def test_unknown_relation_names_the_nearest() -> None:
    """Asking for a relation that does not exist names the file and the nearest relation."""
    with pytest.raises(OntologyError, match=r"kg\.ttl: no relation 'partnersOf'; did you mean partnerOf or partOf\?"):
        ontology.load().relation("partnersOf")


@pytest.mark.parametrize(
    ("entities", "fault"),
    [
        ("id:a a kg:Thing", "not Turtle"),
        ('id:a rdfs:label "A" .', "id/a needs one class"),
        ("id:a a kg:Thing .", "id/a needs one class of kg.ttl and a label"),
    ],
)
def test_faulty_turtle(tmp_path: Path, entities: str, fault: str) -> None:
    """A fault in an entity file is an OntologyError that names the place."""
    with pytest.raises(OntologyError, match=fault):
        ontology.load(folder(tmp_path, entities))


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("基多市政府", "基多市政府"),
        ("“安全城市” 方案", "安全城市_方案"),
        ("A/67/347", "A_67_347"),
        ("<script>x</script>", "script_x_script"),
    ],
)
def test_entity_iri(name: str, iri: str) -> None:
    """A name becomes an IRI without a character that an IRI or a Turtle name cannot hold."""
    assert ontology.BASE + iri == iris.entity_iri(name)
