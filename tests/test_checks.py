"""The shapes: a graph that kg makes fulfils them, and each of them is broken by what it is there to find."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Dataset, Graph, URIRef

from kg import graph, iris, ontology, rdf
from kg.checks import Violation, check, require
from kg.errors import InvalidGraphError
from kg.iris import entity_iri
from kg.model import Document, Entity, Evidence, Extraction, Observation, Paragraph, Period, Statement
from kg.ontology import PREFIXES, local
from kg.resources import folder

TEXT = "2012年，绿色基金为蓝色协会捐款50万美元。"
PARAGRAPH = Paragraph("7", "paragraph", TEXT, tuple(range(len(TEXT))))
DOCUMENT = Document("r1", Path("r1.txt"), TEXT, "zh", "标题", paragraphs=(PARAGRAPH,))
FUND, CLUB, TOWN = (
    Entity(entity_iri(n), n, kind) for n, kind in (("绿色基金", "Fund"), ("蓝色协会", "Organization"), ("湖市", "Locality"))
)
EVIDENCE = Evidence("7", 0, len(TEXT), TEXT, "zh/funds#1", "shape", "shape")
OTHER = Evidence("7", 0, len(TEXT), TEXT, "zh/quantities#money", "shape")
YEAR = Period("2012-01-01", "2012-12-31")
FACT = Statement(FUND.iri, "funds", CLUB.iri, "done", YEAR, Decimal(500000), "CCY_USD", TOWN.iri, evidence=(EVIDENCE,))
NUMBER = Observation(CLUB.iri, "捐款", Decimal(500000), "CCY_USD", "exactly", YEAR, "", "50万美元", OTHER)
EXTRACTION = Extraction(DOCUMENT, (FUND, CLUB, TOWN), (), (FACT,), (NUMBER,))
STATEMENT, OBSERVATION = iris.statement_iri(FACT), iris.observation_iri(DOCUMENT, NUMBER)
SAID = "绿色基金 funds 蓝色协会"
NAMES = {
    "ST": f"<{STATEMENT}>",
    "OBS": f"<{OBSERVATION}>",
    "FUND": f"<{FUND.iri}>",
    "CLUB": f"<{CLUB.iri}>",
    "TOWN": f"<{TOWN.iri}>",
    "EV": f"<{iris.evidence_iri(DOCUMENT, EVIDENCE)}>",
    "PARA": f"<{iris.paragraph_iri(DOCUMENT, '7')}>",
}
# The shape that is broken, how, and what the violation calls the thing at fault.
CASES = (
    ("StatementWhole", "DELETE WHERE { $ST kg:status ?any }", SAID),
    ("StatementWhole", "DELETE WHERE { $ST rdf:object ?any }", "绿色基金 funds ?"),
    ("StatementWhole", "DELETE WHERE { $ST rdf:subject ?any }", "? funds 蓝色协会"),
    ("StatementWhole", "DELETE { $ST rdf:predicate kg:funds } INSERT { $ST rdf:predicate kg:likes } WHERE {}", "绿色基金 likes 蓝色协会"),
    ("ObservationWhole", "DELETE WHERE { $OBS kg:value ?any }", "蓝色协会: 捐款 ?"),
    ("ObservationWhole", "DELETE WHERE { $OBS kg:comparator ?any }", "蓝色协会: 捐款 500000"),
    ("EvidenceWhole", "DELETE WHERE { $EV kg:rule ?any }", SAID),
    ("EvidenceWhole", "DELETE WHERE { $EV oa:hasSource ?any }", SAID),
    ("EvidenceWhole", "DELETE WHERE { $PARA dcterms:isPartOf ?any }", SAID),
    ("EvidenceWhole", "DELETE WHERE { $PARA kg:text ?any }", SAID),
    ("Once", "INSERT DATA { $ST kg:status kg:planned }", SAID),
    ("Once", "INSERT DATA { $ST rdf:object $TOWN }", None),
    ("Once", 'INSERT DATA { $EV kg:rule "zh/other#1" }', SAID),
    ("Class", "DELETE WHERE { $CLUB rdf:type ?any }", SAID),
    ("Class", "DELETE WHERE { $FUND rdfs:label ?any }", "绿色基金 funds 蓝色协会"),
    ("Domain", "DELETE WHERE { $FUND rdf:type ?any } ; INSERT DATA { $FUND rdf:type kg:Event }", SAID),
    ("Range", "DELETE WHERE { $CLUB rdf:type ?any } ; INSERT DATA { $CLUB rdf:type kg:Document }", SAID),
    ("Qualifier", "INSERT DATA { $ST kg:place $FUND }", SAID),
    ("Qualifier", "DELETE { $ST kg:status kg:done } INSERT { $ST kg:status kg:perhaps } WHERE {}", SAID),
    ("Plain", "DELETE DATA { $FUND kg:funds $CLUB }", SAID),
    ("Described", "INSERT DATA { $FUND kg:supports $CLUB }", "绿色基金 supports"),
    ("Quote", "DELETE { ?s oa:end ?x } INSERT { ?s oa:end 3 } WHERE { ?s oa:end ?x }", SAID),
    ("Quote", 'DELETE { ?s oa:exact ?x } INSERT { ?s oa:exact "2012年"@zh } WHERE { ?s oa:exact ?x }', SAID),
    ("Period", 'DELETE { $ST kg:end ?x } INSERT { $ST kg:end "2011-01-01"^^xsd:date } WHERE { $ST kg:end ?x }', SAID),
    ("Period", 'DELETE { $ST kg:end ?x } INSERT { $ST kg:end "2012" } WHERE { $ST kg:end ?x }', SAID),
    ("Number", 'DELETE { $OBS kg:value ?x } INSERT { $OBS kg:value "many" } WHERE { $OBS kg:value ?x }', "蓝色协会: 捐款 many"),
    ("Number", 'DELETE { $ST kg:amount ?x } INSERT { $ST kg:amount "much" } WHERE { $ST kg:amount ?x }', SAID),
    ("StatementWhole", "DELETE WHERE { $ST kg:confidence ?any }", SAID),
    ("ObservationWhole", "DELETE WHERE { $OBS kg:confidence ?any }", "蓝色协会: 捐款 500000"),
    ("Confidence", "DELETE { $ST kg:confidence ?x } INSERT { $ST kg:confidence 1.2 } WHERE { $ST kg:confidence ?x }", SAID),
    (
        "Confidence",
        'DELETE { $OBS kg:confidence ?x } INSERT { $OBS kg:confidence "high" } WHERE { $OBS kg:confidence ?x }',
        "蓝色协会: 捐款 500000",
    ),
)


@pytest.fixture
def made() -> Graph:
    """The graph of a report of one sentence, to be spoilt."""
    return graph.union(graph.dataset(EXTRACTION, ontology.load()))


def spoil(data: Graph, update: str) -> tuple[Violation, ...]:
    """The violations after a SPARQL update; $NAME stands for a thing of NAMES."""
    for name, iri in NAMES.items():
        update = update.replace(f"${name}", iri)
    data.update("".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + update)
    return check(data)


def test_seed_fulfils_the_shapes(seed_dataset: Dataset) -> None:
    """The graph of the seed report breaks no shape."""
    assert check(seed_dataset) == ()


def test_what_kg_makes_fulfils_the_shapes(made: Graph) -> None:
    """A made-up report breaks no shape, and to check it does not change it."""
    before = set(made)
    assert check(made) == ()
    require(rdf.triples(made.triples((None, None, None))))
    assert set(made) == before


@pytest.mark.parametrize(("shape", "update", "fact"), CASES)
def test_each_shape_finds_its_fault(made: Graph, shape: str, update: str, fact: str | None) -> None:
    """A graph spoilt in one way breaks the shape that is there for it, and the violation names the fact."""
    found = [violation for violation in spoil(made, update) if violation.shape == shape]
    assert found
    if fact:
        assert fact in {violation.fact for violation in found}


def test_every_shape_has_a_case() -> None:
    """No shape of shapes.ttl is without a graph that breaks it."""
    shapes = Graph().parse(folder("ontology") / "shapes.ttl")
    assert {local(str(shape)) for shape in shapes.subjects(RDF.type, SH.NodeShape)} == {shape for shape, _, _ in CASES}


def test_violation_names_statement_sentence_and_rule(made: Graph) -> None:
    """A violation tells the statement by its labels, the sentence it was read from and the rule that read it."""
    found = spoil(made, "DELETE DATA { $FUND kg:funds $CLUB }")
    assert found == (Violation("Plain", STATEMENT, SAID, "the plain triple of the statement is missing", TEXT, "zh/funds#1"),)


def test_violation_of_evidence_names_what_it_is_for(made: Graph) -> None:
    """A quote that does not fit is told with the observation and the statement that rest on it."""
    found = spoil(made, "DELETE { ?s oa:end ?x } INSERT { ?s oa:end 3 } WHERE { ?s oa:end ?x }")
    assert {(violation.fact, violation.rule) for violation in found} == {
        (SAID, "zh/funds#1"),
        ("蓝色协会: 捐款 500000", "zh/quantities#money"),
    }


def test_messages_are_for_people(made: Graph) -> None:
    """A message names classes, relations and things by their names, not by IRIs."""
    [violation] = spoil(made, "DELETE WHERE { $CLUB rdf:type ?any } ; INSERT DATA { $CLUB rdf:type kg:Document }")
    assert violation.message == "the object is a Document, which funds does not allow"


def test_require_tells_all_in_one_line(made: Graph) -> None:
    """What is required and broken is one line with the fact, the sentence, the rule, the remedy, and how many more there are."""
    made.remove((URIRef(FUND.iri), graph.K.funds, URIRef(CLUB.iri)))
    made.add((URIRef(FUND.iri), graph.K.supports, URIRef(CLUB.iri)))
    with pytest.raises(InvalidGraphError) as raised:
        require(rdf.triples(made.triples((None, None, None))))
    message = str(raised.value)
    assert message.startswith("ontology/shapes.ttl: ")
    assert "and 1 more" in message
    assert "\n" not in message
    made.remove((URIRef(FUND.iri), graph.K.supports, URIRef(CLUB.iri)))
    with pytest.raises(InvalidGraphError, match=f"{SAID}: the plain triple .*zh/funds#1.*{TEXT}.*; mend "):
        require(rdf.triples(made.triples((None, None, None))))


def test_rdflib_finds_the_same(made: Graph) -> None:
    """The shapes mean the same to pySHACL over rdflib as over the store that check uses."""
    made.remove((URIRef(FUND.iri), graph.K.funds, URIRef(CLUB.iri)))
    made.add((URIRef(FUND.iri), graph.K.supports, URIRef(CLUB.iri)))
    shapes = Graph().parse(folder("ontology") / "shapes.ttl")
    conforms, report, _ = pyshacl.validate(made, shacl_graph=shapes, inference="none")
    assert not conforms
    assert {local(str(shape)) for shape in report.objects(None, SH.sourceShape)} == {violation.shape for violation in check(made)}


def test_shapes_are_shacl() -> None:
    """shapes.ttl fulfils the shapes that SHACL itself has for shapes, and is read by both parsers alike."""
    path = folder("ontology") / "shapes.ttl"
    shapes = Graph().parse(path)
    assert len(shapes) == len(list(ox.parse(path=path)))
    pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)  # raises an error when they do not
