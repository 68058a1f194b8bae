"""The general knowledge base: ontology/entities/*.ttl says each thing once, fully, and with names that do not clash."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL

from kg import language, ontology
from kg.finders.lexicon import Lexicon, listed, mentions

if TYPE_CHECKING:
    from rdflib.term import Node

ONTOLOGY = Path(__file__).parent.parent / "ontology"
FILES = sorted((ONTOLOGY / "entities").glob("*.ttl"))
KG = Namespace("https://w3id.org/report-kg/ontology#")
ID = Namespace("https://w3id.org/report-kg/id/")
ORG = Namespace("http://www.w3.org/ns/org#")
SCHEMA = Namespace("http://schema.org/")

COUNTRIES = 249
SHORTEST = 3  # characters of a name that is no place's
CODES = {
    KG.m49: re.compile(r"\d{3}"),
    KG["iso3166-1-alpha-2"]: re.compile("[A-Z]{2}"),
    KG["iso3166-1-alpha-3"]: re.compile("[A-Z]{3}"),
}
NOISE = re.compile(r"[\s\"'“”‘’《》〈〉「」]")

# Names that stand inside other names, so that both must be known.
COUNTRIES_IN_NAMES = [
    "印度",
    "印度尼西亚",
    "马里",
    "索马里",
    "苏丹",
    "南苏丹",
    "几内亚",
    "巴布亚新几内亚",
    "几内亚比绍",
    "赤道几内亚",
    "俄罗斯",
    "白俄罗斯",
    "南非",
    "中国",
    "刚果",
    "刚果民主共和国",
    "尼日尔",
    "尼日利亚",
    "多米尼克",
    "多米尼加",
    "巴勒斯坦",
    "巴勒斯坦被占领土",
    "所罗门群岛",
    "索罗门群岛",
]
OTHERS_IN_NAMES = {"撒哈拉以南非洲": KG.Region, "世界银行": KG.UNEntity, "大会": KG.UNEntity, "联合国可持续发展大会": KG.Event}

# Words of everyday language: as a name each would be found where nobody means it.
ORDINARY = [
    *["信托基金", "委员会", "公约", "署", "秘书处", "该基金", "全球基金", "中非", "执行委员会", "专家组", "工作组", "国家委员会"],
    *["论坛", "中心", "基金", "基金组织", "观察员部队", "保护群组", "全球行动", "国务院", "千年发展目标", "可持续发展目标", "最高人民法院"],
]

# Running text in which letters of two words would make a name: 维和部, 加奥, 海法, 重庆, 成都, 里海, 麦加.
NO_NAMES = "维和部队增加奥运志愿者，沿海法院隆重庆祝，造成都有的问题，数百公里海岸线，小麦加工，基金组织了研讨会，外勤部门"

# Two characters are too few for a name, unless it is a place's or a household word.
SHORT = set("大会 世行 欧盟 非盟 东盟 南盟 阿盟 北约 微软 谷歌 脸书 雀巢 宝洁 雅芳 豪雅 高盛 汇丰 德勤 辉瑞 拜耳".split())  # noqa: SIM905  a list of twenty words

# Places that no country's name says where they lie.
WITHOUT_COUNTRY = {ID["city-jerusalem"], ID["city-pristina"], ID["city-mitrovica"]}

# What reports of every subject speak of: name, class, and the body that it is part of.
WORLD = [
    ("南苏丹特派团", KG.UNEntity, "un"),
    ("联苏综援团", KG.UNEntity, "un"),
    ("西萨办", KG.UNEntity, "un"),
    ("政建部", KG.UNEntity, "secretariat"),
    ("外空事务厅", KG.UNEntity, "secretariat"),
    ("世界卫生大会", KG.UNEntity, "who"),
    ("海委会", KG.UNEntity, "unesco"),
    ("移民组织", KG.UNEntity, "unsystem"),
    ("食物权问题特别报告员", KG.UNEntity, "hrc"),
    ("普遍定期审议工作组", KG.UNEntity, "hrc"),
    ("最不发达国家基金", KG.Fund, "gef"),
    ("绿色气候基金", KG.Fund, None),
    ("非索特派团", KG.IntergovernmentalOrganization, "au"),
    ("萨赫勒五国集团", KG.IntergovernmentalOrganization, None),
    ("新开发银行", KG.IntergovernmentalOrganization, None),
    ("全国人大常委会", KG.GovernmentBody, "npc"),
    ("意大利发展合作署", KG.GovernmentBody, None),
    ("国际危机组织", KG.CivilSocietyOrganization, None),
    ("波音公司", KG.PrivateSectorOrganization, None),
    ("多伦多大学", KG.AcademicInstitution, None),
    ("坎帕拉公约", KG.Document, None),
    ("多哈行动纲领", KG.Document, None),
    ("世界人道主义峰会", KG.Event, None),
    ("亚丁湾", KG.Region, None),
    ("北基伍", KG.Locality, None),
]


@pytest.fixture(scope="module")
def known() -> Graph:
    """Put all entities into one graph."""
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def classes() -> set[Node]:
    """Find the classes of kg.ttl."""
    return set(Graph().parse(ONTOLOGY / "kg.ttl").subjects(RDF.type, OWL.Class))


@pytest.fixture(scope="module")
def kinds_above() -> dict[Node, set[Node]]:
    """Find, for each class of kg.ttl, itself and the classes above it."""
    schema = Graph().parse(ONTOLOGY / "kg.ttl")
    return {kind: {up for up in schema.transitive_objects(kind, RDFS.subClassOf) if up} for kind in schema.subjects(RDF.type, OWL.Class)}


def names(graph: Graph, entity: Node) -> set[Literal]:
    """Collect its label and other names, in every language."""
    found = [*graph.objects(entity, RDFS.label), *graph.objects(entity, SKOS.altLabel)]
    return {name for name in found if isinstance(name, Literal)}


def bearers(graph: Graph, name: str) -> set[Node]:
    """Find the entities of that Chinese name."""
    literal = Literal(name, lang="zh")
    return {*graph.subjects(RDFS.label, literal), *graph.subjects(SKOS.altLabel, literal)}


def test_the_files_are_there() -> None:
    """Countries, frameworks, organizations, regions and the UN have a file each."""
    assert {path.stem for path in FILES} >= {"countries", "frameworks", "organizations", "regions", "un"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_names_its_sources_and_repeats_no_entity(path: Path) -> None:
    """Every file says where its names come from, and no entity has two blocks."""
    text = path.read_text(encoding="utf-8")
    blocks = Counter(re.findall(r"^id:(\S+) a kg:", text, flags=re.MULTILINE))
    assert "# source: " in text
    assert blocks
    assert [iri for iri, times in blocks.items() if times > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_block_names_its_source(path: Path) -> None:
    """Below the heading of a block of a file stands where the names of the block come from."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line, next_one in pairwise(lines) if line.startswith("# ---") and not next_one.startswith("# source: ")] == []


def test_no_entity_stands_in_two_files() -> None:
    """An IRI is described in one file only."""
    homes = defaultdict(list)
    for path in FILES:
        for entity in set(Graph().parse(path).subjects()):
            homes[entity].append(path.stem)
    assert {entity: where for entity, where in homes.items() if len(where) > 1} == {}


def test_iris_are_ascii_and_ours(known: Graph) -> None:
    """Every entity has an IRI under the base, of ASCII letters, digits and hyphens, and there is no blank node."""
    assert not [node for triple in known for node in triple if isinstance(node, BNode)]
    odd = [str(entity) for entity in set(known.subjects()) if not re.fullmatch(re.escape(str(ID)) + "[A-Za-z0-9-]+", str(entity))]
    assert odd == []


def test_every_entity_has_one_class_of_the_ontology(known: Graph, classes: set[Node]) -> None:
    """An entity has exactly one class, and kg.ttl declares it."""
    for entity in set(known.subjects()):
        kinds = list(known.objects(entity, RDF.type))
        assert len(kinds) == 1, entity
        assert kinds[0] in classes, entity


def test_every_entity_has_a_label_in_both_languages(known: Graph) -> None:
    """An entity has exactly one rdfs:label in Chinese and one in English, and no name is empty or padded."""
    for entity in set(known.subjects()):
        labels = sorted(str(label.language) for label in known.objects(entity, RDFS.label) if isinstance(label, Literal))
        assert labels == ["en", "zh"], entity
        for name in names(known, entity):
            assert name.language in {"zh", "en"}, name
            assert str(name) == " ".join(str(name).split()) != "", name


def test_no_two_entities_share_a_name(known: Graph) -> None:
    """In one language a name, without blanks, quotation marks and case, belongs to one entity."""
    owners: dict[tuple[str | None, str], set[Node]] = defaultdict(set)
    for entity in set(known.subjects()):
        for name in names(known, entity):
            owners[name.language, NOISE.sub("", str(name)).casefold()].add(entity)
    assert {key: sorted(map(str, entities)) for key, entities in owners.items() if len(entities) > 1} == {}


def test_an_other_name_is_not_the_label_again(known: Graph) -> None:
    """No skos:altLabel repeats the entity's own rdfs:label."""
    repeated = [entity for entity, other in known.subject_objects(SKOS.altLabel) if (entity, RDFS.label, other) in known]
    assert repeated == []


def test_running_text_makes_no_names() -> None:
    """Words that stand side by side are not read as the name that their letters make."""
    forms = listed(ontology.load(), language.load("zh"))
    assert [mention.text for mention in mentions(NO_NAMES, Lexicon(forms).find(NO_NAMES))] == []


def test_a_name_of_two_characters_is_a_place(known: Graph) -> None:
    """A Chinese name of one or two characters is a place's, or in the list of those that everybody knows."""
    places = {entity for kind in (KG.Country, KG.Region, KG.Locality) for entity in known.subjects(RDF.type, kind)}
    others = {str(name) for entity in set(known.subjects()) - places for name in names(known, entity) if name.language == "zh"}
    assert {name for name in others if len(name) < SHORTEST} == SHORT


def test_a_part_and_its_whole_can_act(known: Graph, kinds_above: dict[Node, set[Node]]) -> None:
    """Both ends of org:subOrganizationOf are organizations or programmes."""
    ends = {end for pair in known.subject_objects(ORG.subOrganizationOf) for end in pair}
    kinds = {kind for end in ends for kind in known.objects(end, RDF.type)}
    assert [kind for kind in kinds if KG.Actor not in kinds_above[kind]] == []


def test_a_town_or_province_lies_in_a_country(known: Graph) -> None:
    """Every Locality says in which one country or territory it lies, but for those whose status is open."""
    without = set()
    for place in known.subjects(RDF.type, KG.Locality):
        within = list(known.objects(place, SCHEMA.containedInPlace))
        if not within:
            without.add(place)
        elif place not in WITHOUT_COUNTRY:
            assert [known.value(country, RDF.type) for country in within] == [KG.Country], place
    assert without == WITHOUT_COUNTRY


@pytest.mark.parametrize(("name", "kind", "whole"), WORLD, ids=[name for name, _, _ in WORLD])
def test_the_world_is_known(known: Graph, name: str, kind: URIRef, whole: str | None) -> None:
    """A name that reports use stands for one entity of the right class, part of the right body."""
    (entity,) = bearers(known, name)
    assert known.value(entity, RDF.type) == kind
    assert set(known.objects(entity, ORG.subOrganizationOf)) == ({ID[whole]} if whole else set())


@pytest.mark.parametrize("word", ORDINARY)
def test_an_ordinary_word_is_no_name(known: Graph, word: str) -> None:
    """A word of everyday language names nothing by itself."""
    assert bearers(known, word) == set()


def test_there_are_249_countries_each_with_three_codes(known: Graph) -> None:
    """Every country has one M49, one alpha-2 and one alpha-3 code of the right form, and its IRI ends in the alpha-3 code."""
    countries = list(known.subjects(RDF.type, KG.Country))
    assert len(countries) == COUNTRIES
    for country in countries:
        codes = [code for code in known.objects(country, SKOS.notation) if isinstance(code, Literal)]
        found = {code.datatype: str(code) for code in codes}
        assert len(codes) == len(CODES), country
        assert set(found) == set(CODES), country
        assert all(form.fullmatch(found[URIRef(kind)]) for kind, form in CODES.items()), country
        assert country == ID[found[KG["iso3166-1-alpha-3"]]]


def test_codes_are_unique(known: Graph) -> None:
    """No two countries share a code, and only countries have one."""
    codes = Counter(known.objects(None, SKOS.notation))
    assert len(codes) == COUNTRIES * len(CODES)
    assert set(codes.values()) == {1}
    assert {known.value(entity, RDF.type) for entity in known.subjects(SKOS.notation)} == {KG.Country}


def test_a_country_links_to_its_own_m49_code(known: Graph) -> None:
    """The schema:sameAs of a country ends in the country's M49 code."""
    links = list(known.subject_objects(SCHEMA.sameAs))
    assert links
    for country, link in links:
        m49 = str(link).rsplit("/", 1)[-1]
        assert (country, SKOS.notation, Literal(m49, datatype=KG.m49)) in known


@pytest.mark.parametrize("relation", [SCHEMA.containedInPlace, ORG.subOrganizationOf])
def test_every_parent_exists(known: Graph, relation: URIRef) -> None:
    """Whatever contains or is above an entity is itself an entity, and nothing is above itself."""
    pairs = list(known.subject_objects(relation))
    assert pairs
    assert [str(parent) for _, parent in pairs if (parent, RDF.type, None) not in known] == []
    for entity, parent in pairs:
        assert entity not in set(known.transitive_objects(parent, relation)), entity


def test_only_places_are_contained_in_places(known: Graph) -> None:
    """Both ends of schema:containedInPlace are places; every country but Antarctica has one."""
    places = {node for kind in (KG.Country, KG.Region, KG.Locality) for node in known.subjects(RDF.type, kind)}
    assert {end for pair in known.subject_objects(SCHEMA.containedInPlace) for end in pair} <= places
    homeless = [c for c in known.subjects(RDF.type, KG.Country) if (c, SCHEMA.containedInPlace, None) not in known]
    assert homeless == [ID.ATA]


@pytest.mark.parametrize("name", COUNTRIES_IN_NAMES)
def test_countries_inside_other_names_are_known(known: Graph, name: str) -> None:
    """A country whose name stands in another name, or has another in its own, is one country's name."""
    assert {known.value(entity, RDF.type) for entity in bearers(known, name)} == {KG.Country}


@pytest.mark.parametrize(("name", "kind"), OTHERS_IN_NAMES.items(), ids=OTHERS_IN_NAMES)
def test_other_names_inside_names_are_known(known: Graph, name: str, kind: URIRef) -> None:
    """A name that hides a country or an organ is itself known, with its own class."""
    assert {known.value(entity, RDF.type) for entity in bearers(known, name)} == {kind}
