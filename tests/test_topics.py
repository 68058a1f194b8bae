"""What paragraphs are about: the themes, the words of headings that tell them, and the graph."""

from __future__ import annotations

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import ontology, queries, rdf
from kg.graph import K
from kg.ontology import BASE
from kg.pipeline import Built
from kg.resources import folder, language_folder
from kg.topics import topics
from kg.yaml_table import open_table

MATCHES = ("exactMatch", "closeMatch", "relatedMatch", "broadMatch", "mappingRelation")
MATCHED = 29  # cells of the table of topics that hold an id
ABROAD = ("http://metadata.un.org/thesaurus/100", "http://metadata.un.org/sdg/5", f"{BASE}dac-")


@pytest.fixture(scope="module")
def scheme() -> Graph:
    """The themes as the Turtle has them."""
    return Graph().parse(folder("ontology") / "topics.ttl")


def test_every_theme_has_both_labels_and_is_of_a_scheme(scheme: Graph) -> None:
    """A theme is a concept of the scheme with one label in Chinese and one in English, and no two are called alike."""
    themes = set(scheme.subjects(SKOS.inScheme, URIRef(f"{BASE}topics")))
    labels = [label for theme in themes for label in scheme.objects(theme, RDFS.label) if isinstance(label, Literal)]
    assert sorted(str(label.language) for label in labels) == ["en"] * len(themes) + ["zh"] * len(themes)
    assert len(set(labels)) == len(labels)
    assert {kind for theme in themes for kind in scheme.objects(theme, RDF.type)} == {SKOS.Concept}
    assert all(str(theme).startswith(f"{BASE}topic-") for theme in themes)


def test_matches_are_of_the_schemes_and_have_a_source(scheme: Graph) -> None:
    """What a theme matches is a UNBIS term, a goal or target of SDG 5, or a DAC purpose code of the file; the source is said on top."""
    found = [match for name in MATCHES for match in scheme.objects(None, SKOS[name])]
    assert len(found) == MATCHED
    assert [match for match in found if not str(match).startswith(ABROAD)] == []
    codes = {str(thing): str(code) for thing, code in scheme.subject_objects(SKOS.notation)}
    assert {str(match) for match in found if str(match).startswith(ABROAD[2])} == set(codes)
    assert all(thing.endswith(f"dac-{code}") and len(code) == len("15180") for thing, code in codes.items())
    assert "# source: topics.csv" in (folder("ontology") / "topics.ttl").read_text(encoding="utf-8")


def test_every_theme_has_words(scheme: Graph) -> None:
    """The table of words lists the themes of the scheme, each once, and no word for two of them."""
    table = open_table(language_folder("zh") / "topics.yaml")
    themes = {str(theme).removeprefix(f"{BASE}topic-") for theme in scheme.subjects(SKOS.inScheme, URIRef(f"{BASE}topics"))}
    assert set(table.values) == themes
    words = [word for name in table.values for word in table.entries(name)]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("section", "about"),
    [
        ((), ()),
        (("一. 导言",), ()),
        (("三. 成果", "B. 增强农村妇女的经济权能"), ("economic-empowerment", "rural-women")),
        (("三. 成果", "B. 农村妇女的政治参与"), ("participation", "rural-women")),
        (("三. 南南合作", "B. 消除暴力侵害妇女行为"), ("violence-against-women",)),
        (("三. 南南合作", "B. 其他事项"), ("south-south",)),
    ],
)
def test_themes_of_headings(section: tuple[str, ...], about: tuple[str, ...]) -> None:
    """Of the headings above a paragraph the innermost that has words of a theme tells, with every theme it has words of."""
    assert topics(section, "zh") == tuple(f"{BASE}topic-{name}" for name in about)


def test_the_graph_says_what_paragraphs_are_about(graphs: dict[str, Graph], seed_built: Built) -> None:
    """A paragraph of the seed has the themes of its headings, and the scheme stands in the graph."""
    document = seed_built.document
    graph = graphs["seed"]
    said = {(str(graph.value(source, K.number)), str(topic)) for source, topic in graph.subject_objects(K.topic)}
    assert said == {(p.number, topic) for p in document.paragraphs for topic in topics(p.section, "zh")}
    assert said
    assert {topic for _, topic in said} <= {str(theme) for theme in graph.subjects(SKOS.inScheme, URIRef(f"{BASE}topics"))}
    assert set(ontology.load().said) >= {topic for _, topic in said}


def test_facts_of_a_topic_are_as_many_as_counted(graphs: dict[str, Graph]) -> None:
    """The facts listed for a topic lie in as many paragraphs as the overview counts, in either language."""
    overview = {row[0]: row for row in queries.ask(rdf.store(graphs["seed"]), queries.question("topics"), {"lang": "en"}).rows}
    asked = queries.question("facts-on-topic")
    for topic, (_, _, paragraphs, _) in overview.items():
        assert len({row[-1] for row in queries.ask(rdf.store(graphs["seed"]), asked, {"topic": topic}).rows}) == int(paragraphs)
    listed = {row[0] for row in queries.ask(rdf.store(graphs["seed"]), queries.question("countries-by-topic"), {"lang": "en"}).rows}
    assert listed == {topic for topic, row in overview.items() if row[3] != "0"}
