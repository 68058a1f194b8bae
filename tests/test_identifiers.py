"""Identifiers of others: each below the source that verifies it, in its scheme's form, of one thing alone; names as of a day; joins."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDFS, SKOS, Graph, Literal, URIRef
from rdflib_source import Rdflib

from kg import ontology, queries, rdf
from kg.graph import K
from kg.ontology import BASE, KG, SCHEMA
from kg.pipeline import Built
from kg.queries import Answer
from kg.resources import folder

FILE = folder("ontology") / "identifiers.ttl"
COUNTRIES = folder("ontology") / "entities" / "countries.ttl"
EXTERNAL = Path(__file__).parent / "queries" / "external"
LINE = re.compile(r"id:[A-Za-z0-9-]+ +(schema:sameAs (wd:Q\d+|<[^>\s]+>)|skos:notation \"[^\"]+\"\^\^kg:[a-z-]+) \.")
VERIFIED = re.compile(r"orgs\.csv: verified\b.+|places\.csv: verified \(.+\)|countries\.csv, (wikidata|geonames)_agrees_unsd: yes \(.+\)")
LINKS = re.compile(
    r"http://www\.wikidata\.org/entity/Q[1-9]\d*|https://sws\.geonames\.org/[1-9]\d*/|http://metadata\.un\.org/sdg/codes/geoArea/\d{3}"
)
CODES = {
    "iati-org-id": re.compile(r"(XM-DAC-)?\d{5}"),
    "dac-channel": re.compile(r"\d{5}"),
    "lei": re.compile(r"[A-Z0-9]{18}\d{2}"),
    "m49": re.compile(r"\d{3}"),
    "iso3166-1-alpha-2": re.compile(r"[A-Z]{2}"),
    "iso3166-1-alpha-3": re.compile(r"[A-Z]{3}"),
}


def sourced() -> list[tuple[str, str]]:
    """Every line of the file that holds an identifier, with the source it stands below ("" for none)."""
    found, source = [], ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ---"):
            source = ""
        elif line.startswith("# source: "):
            source = line.removeprefix("# source: ")
        elif line and not line.startswith(("#", "@prefix")):
            found.append((line, source))
    return found


def is_lei(code: str) -> bool:
    """Whether the last two digits check the others, as ISO 17442 says: letters count from 10, and the whole is 1 modulo 97."""
    return int("".join(str(int(character, 36)) for character in code)) % 97 == 1


@pytest.fixture(scope="module")
def links() -> list[tuple[str, str]]:
    """Every entity with every schema:sameAs of it."""
    return [(iri, one.object) for iri, said in ontology.load().said.items() for one in said if one.predicate == f"{SCHEMA}sameAs"]


@pytest.fixture(scope="module")
def codes() -> list[tuple[str, str, str]]:
    """Every entity with the scheme and text of every code of it."""
    found = ((iri, one) for iri, said in ontology.load().said.items() for one in said if one.predicate == str(SKOS.notation))
    return [(iri, one.datatype.removeprefix(KG), one.object) for iri, one in found if "/dac-" not in iri]


def test_every_identifier_stands_below_a_source_that_verifies_it() -> None:
    """Each identifier has a line of its own, and the recorded words of its source call it verified or in agreement."""
    lines = sourced()
    assert lines
    assert [line for line, _ in lines if not LINE.fullmatch(line)] == []
    assert {source for _, source in lines if not VERIFIED.fullmatch(source)} == set()
    assert len(lines) == len(Graph().parse(FILE))


def test_a_link_of_a_country_has_the_source_of_its_scheme() -> None:
    """What agrees on Wikidata is a Wikidata item, and what agrees on GeoNames a GeoNames place."""
    for line, source in sourced():
        if source.startswith("countries.csv"):
            assert ("wd:Q" in line) == ("wikidata_agrees" in source), line
            assert ("sws.geonames.org" in line) == ("geonames_agrees" in source), line


def test_other_identifiers_stand_with_the_countries(links: list[tuple[str, str]], codes: list[tuple[str, str, str]]) -> None:
    """The links and codes that are not in the file are the M49 and ISO codes of countries.ttl, which names its source."""
    ours = Graph().parse(FILE)
    other = {iri for iri, link in links if (URIRef(iri), None, URIRef(link)) not in ours}
    other |= {iri for iri, scheme, code in codes if (URIRef(iri), SKOS.notation, Literal(code, datatype=K[scheme])) not in ours}
    assert other == {str(country) for country in Graph().parse(COUNTRIES).subjects()}
    assert "# source: UNTERM, else M49 (labels, Chinese and English; codes;" in COUNTRIES.read_text(encoding="utf-8")


def test_identifiers_are_of_things_that_are_listed() -> None:
    """Whatever has an identifier is an entity of the lists."""
    known = {entity.iri for entity in ontology.load().entities}
    assert {str(thing) for thing in Graph().parse(FILE).subjects()} <= known


def test_forms(links: list[tuple[str, str]], codes: list[tuple[str, str, str]]) -> None:
    """Every identifier has its scheme's form; an LEI also its check digits."""
    assert [link for _, link in links if not LINKS.fullmatch(link)] == []
    assert [(scheme, code) for _, scheme, code in codes if not CODES[scheme].fullmatch(code)] == []
    assert all(is_lei(code) for _, scheme, code in codes if scheme == "lei")


@pytest.mark.parametrize(("code", "right"), [(f"{'0' * 18}98", True), (f"{'0' * 18}89", False), (f"A{'0' * 17}98", False)])
def test_check_digits(code: str, right: bool) -> None:  # noqa: FBT001  a table of cases
    """Two digits exchanged, or another character, break an LEI."""
    assert is_lei(code) is right


def test_an_identifier_is_of_one_thing(links: list[tuple[str, str]], codes: list[tuple[str, str, str]]) -> None:
    """No identifier belongs to two things, and no thing has two of a scheme."""
    assert [link for link, times in Counter(link for _, link in links).items() if times > 1] == []
    assert [code for code, times in Counter((scheme, code) for _, scheme, code in codes).items() if times > 1] == []
    assert max(Counter((iri, link.split("/")[2]) for iri, link in links).values()) == 1
    assert max(Counter((iri, scheme) for iri, scheme, _ in codes).values()) == 1


def test_an_iati_identifier_ends_in_the_channel_code(codes: list[tuple[str, str, str]]) -> None:
    """A body with an XM-DAC identifier has the channel code in it."""
    channels = {iri: code for iri, scheme, code in codes if scheme == "dac-channel"}
    assert all(code.endswith(channels[iri]) for iri, scheme, code in codes if scheme == "iati-org-id")


def test_former_names_are_names() -> None:
    """What was called otherwise says until which year, and has the former label among its names but not as its label."""
    said = Graph().parse(COUNTRIES)
    former = list(said.subject_objects(K.formerLabel))
    assert {str(thing).removeprefix(BASE) for thing, _ in former} == {"SWZ", "MKD"}
    for thing, name in former:
        assert (thing, SKOS.altLabel, name) in said
        assert (thing, RDFS.label, name) not in said
    assert set(said.subjects(K.renamed)) == {thing for thing, _ in former}


def test_english_names_of_the_seed(seed_built: Built, graphs: dict[str, Graph]) -> None:
    """Everything the seed's graph names is called something in English, and each name that we translated is marked."""
    graph = graphs["seed"]
    things = set(graph.subjects(RDFS.label, None))
    named = {thing for thing, label in graph.subject_objects(RDFS.label) if isinstance(label, Literal) and label.language == "en"}
    assert {str(thing) for thing in things - named} == set()
    document = seed_built.document
    entities = {entity.name for entity in seed_built.extraction.entities} | {document.title}
    assert {label.name for label in document.labels} <= entities
    translated = {str(text) for text in graph.objects(None, K.translatedLabel)}
    assert translated == {label.text for label in document.labels if label.translated}
    assert all((thing, RDFS.label, text) in graph for thing, text in graph.subject_objects(K.translatedLabel))


def _on_both(graph: Graph, name: str) -> Answer:
    """The answer of oxigraph, which is also rdflib's."""
    asked = queries.question(name)
    answer = queries.ask(rdf.store(graph), asked)
    assert queries.ask(Rdflib(graph), asked) == answer
    return answer


def test_a_name_as_of_a_day(graphs: dict[str, Graph]) -> None:
    """In January 2013 the seed's countries were called as they then were; today none of them is."""
    assert _on_both(graphs["seed"], "names-then").rows == (
        ("2013-01-23", "en", "Swaziland", "Eswatini", "2018"),
        ("2013-01-23", "en", "the former Yugoslav Republic of Macedonia", "North Macedonia", "2019"),
        ("2013-01-23", "zh", "前南斯拉夫的马其顿共和国", "北马其顿", "2019"),
    )
    asked = queries.question("names-then")
    assert {row[2] for row in queries.ask(rdf.store(graphs["seed"]), asked, {"date": "2018-06-30"}).rows} == {
        "the former Yugoslav Republic of Macedonia",
        "前南斯拉夫的马其顿共和国",
    }
    assert queries.ask(rdf.store(graphs["seed"]), asked, {"date": "2019-03-01"}).rows == ()


@pytest.mark.parametrize(
    ("file", "question", "joined"),
    [
        ("indicator", "by-m49", {("404", "1"), ("646", "2"), ("748", "3")}),
        ("publishers", "by-iati", {("XM-DAC-41114", "made-up name of UNDP"), ("XM-DAC-41146", "made-up name of UN Women")}),
    ],
)
def test_joins_with_other_data(graphs: dict[str, Graph], file: str, question: str, joined: set[tuple[str, str]]) -> None:
    """Other data loaded beside the graph joins it by M49 and by IATI identifier, and no row is lost or counted twice by that."""
    alone = _on_both(graphs["seed"], question)
    both = _on_both(graphs["seed"] + rdf.read(EXTERNAL / f"{file}.ttl"), question)
    assert [row[:3] for row in both.rows] == [row[:3] for row in alone.rows]
    assert {(row[0], row[-1]) for row in both.rows if row[-1]} == joined
    assert not any(row[-1] for row in alone.rows)
