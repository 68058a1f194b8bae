"""`kg stats`: measures of the network, against networkx and against what small graphs show at sight; tables and plot."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from kg import plotting
from kg.analysis import measures, plot, report
from kg.cli import kg
from kg.errors import KgError, UnknownNameError
from kg.graph import K, schema
from kg.network import Index
from kg.ontology import BASE, load

ROOT = Path(__file__).parent.parent
# Names of things by class; a star around the hub, two triangles that only it joins, and one that nobody is joined with but it.
THINGS = {
    "UNEntity": "蓝湖署 红山署 白云署 绿原署",
    "Programme": "灯塔方案 海岸方案 水井方案",
    "Country": "甲国 乙国",
    "Document": "决议",
}
HUB = "蓝湖署"
FACTS = (
    ("红山署", "implements", "灯塔方案"),
    ("红山署", "launches", "海岸方案"),
    ("白云署", "manages", "灯塔方案"),
    ("白云署", "implements", "海岸方案"),
    ("绿原署", "implements", "海岸方案"),
    ("绿原署", "supports", "水井方案"),
    ("红山署", "partnerOf", "白云署"),
    ("水井方案", "operatesIn", "甲国"),
    ("蓝湖署", "implements", "灯塔方案"),
    ("蓝湖署", "operatesIn", "甲国"),
    ("蓝湖署", "operatesIn", "乙国"),
    ("蓝湖署", "publishes", "决议"),
    ("蓝湖署", "supports", "乙国"),
    ("蓝湖署", "partnerOf", "绿原署"),
    ("蓝湖署", "partnerOf", "白云署"),
)


def thing(name: str) -> URIRef:
    """The IRI of a made-up thing."""
    return URIRef(f"{BASE}{name}")


def made(facts: tuple[tuple[str, str, str], ...] = FACTS) -> Graph:
    """A graph of made-up facts, with the ontology."""
    graph = Graph()
    for triple in schema(load()):
        graph.add(triple)
    for kind, names in THINGS.items():
        for name in names.split():
            graph.add((thing(name), RDF.type, K[kind]))
            graph.add((thing(name), RDFS.label, Literal(name, lang="zh")))
    graph.add((thing(HUB), RDFS.label, Literal("Blue Lake Agency", lang="en")))
    for number, (subject, relation, obj) in enumerate(facts):
        statement = URIRef(f"{BASE}statement/{number}")
        graph.add((statement, RDF.type, K.Statement))
        for part, node in ((RDF.subject, thing(subject)), (RDF.predicate, K[relation]), (RDF.object, thing(obj)), (K.status, K.done)):
            graph.add((statement, part, node))
    return graph


@pytest.fixture(scope="module")
def analysis() -> measures.Analysis:
    """The made-up graph without its hub."""
    return measures.analyse(Index(made()), [HUB])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The made-up graph as a file."""
    found = tmp_path / "made-up.ttl"
    made().serialize(found, format="turtle", encoding="utf-8")
    return found


def stats(*words: object) -> Result:
    """The result of `kg stats` with these words."""
    return CliRunner().invoke(kg, ["stats", *map(str, words)], prog_name="kg")


def names(iris: list[str]) -> list[str]:
    """The names of things by their IRIs."""
    return [iri.removeprefix(BASE) for iri in iris]


def test_joined_pairs_are_counted_once() -> None:
    """Two facts of one pair, and one said the other way round, join it once; a fact of a thing with itself joins nothing."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph([("b", "a"), ("a", "b"), ("a", "b"), ("c", "c")])
    graph = measures.joined(network)
    assert (list(graph), list(graph.edges)) == (["a", "b", "c"], [("a", "b")])


def test_centrality_of_a_path() -> None:
    """In a - b - c, b is joined with two and on the one shortest way; its PageRank is what the definition gives by hand."""
    found = measures.centrality(nx.Graph([("a", "b"), ("b", "c")]))
    assert {name: (one.degree, one.betweenness) for name, one in found.items()} == {"a": (1, 0), "b": (2, 1), "c": (1, 0)}
    # b = 0.05 + 0.85 * 2a and 2a + b = 1
    middle = (0.05 + 0.85) / 1.85
    assert found["b"].pagerank == pytest.approx(middle, abs=1e-7)
    assert found["a"].pagerank == found["c"].pagerank == pytest.approx((1 - middle) / 2, abs=1e-7)


@pytest.mark.parametrize(
    "graph", [nx.karate_club_graph(), nx.star_graph(5), nx.empty_graph(3), nx.disjoint_union(nx.path_graph(3), nx.path_graph(1))]
)
def test_pagerank_is_the_stationary_state(graph: nx.Graph[int]) -> None:
    """The ranks of a network are 1 in sum, and a further step of the walk changes none, with things that are joined with nobody too."""
    named = nx.Graph([(f"{a:02}", f"{b:02}") for a, b in graph.edges])
    named.add_nodes_from(f"{node:02}" for node in graph)
    found = measures.centrality(named)
    assert sum(one.pagerank for one in found.values()) == pytest.approx(1)
    lost = sum(one.pagerank for name, one in found.items() if not named[name])
    for name, one in found.items():
        came = sum(found[other].pagerank / named.degree[other] for other in named[name])
        assert one.pagerank == pytest.approx((0.15 + 0.85 * lost) / len(named) + 0.85 * came, abs=1e-6)


def test_centrality_is_that_of_networkx(analysis: measures.Analysis) -> None:
    """Degree and betweenness of each body and programme are those of networkx, with the hub and, of another graph, without it."""
    for iri, whole, rest in report.ranked(analysis):
        assert whole.degree == analysis.whole.degree[iri]
        assert whole.betweenness == nx.betweenness_centrality(analysis.whole)[iri]
        assert (rest is None) == (iri == thing(HUB).toPython())
        if rest is not None:
            assert rest.degree == analysis.rest.degree[iri]
            assert rest.betweenness == nx.betweenness_centrality(analysis.rest)[iri]


def test_only_bodies_and_programmes_are_ranked(analysis: measures.Analysis) -> None:
    """Countries and documents count as ways, but are not ranked; the most joined body stands first."""
    ranked = names([iri for iri, _, _ in report.ranked(analysis)])
    assert set(ranked) == set((THINGS["UNEntity"] + " " + THINGS["Programme"]).split())
    assert ranked[0] == HUB


def test_hubs(analysis: measures.Analysis) -> None:
    """Who is named is the hub, by any name; nobody is one in a small graph else; a name that is nobody's is told."""
    assert analysis.hubs == measures.analyse(Index(made()), ["blue lake agency"]).hubs == (str(thing(HUB)),)
    assert str(thing(HUB)) not in analysis.rest
    alone = measures.analyse(Index(made()))
    assert alone.hubs == ()
    assert set(alone.whole) == set(alone.rest)
    with pytest.raises(UnknownNameError, match="nothing is called '蓝湖'"):
        measures.analyse(Index(made()), ["蓝湖"])


def test_the_seed_has_its_hub(seed_built_index: Index) -> None:
    """In the seed's graph the hub is the body that the report is of."""
    found = measures.analyse(seed_built_index)
    assert [found.label(iri, "en") for iri in found.hubs] == ["United Nations Entity for Gender Equality and the Empowerment of Women"]


@pytest.fixture(scope="module")
def seed_built_index(seed_built: object) -> Index:
    """The graph of the seed report, read."""
    return Index(seed_built.graph)  # type: ignore[attr-defined]


def test_communities_of_two_triangles() -> None:
    """Two triangles that one edge joins are two communities, with the modularity that its definition gives; the largest comes first."""
    graph = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d"), ("c", "d"), ("d", "g")])
    graph.add_node("z")
    found = measures.communities(graph)
    assert found == [["d", "e", "f", "g"], ["c", "a", "b"], ["z"]]
    assert measures.modularity(graph, found) == pytest.approx(4 / 8 - (9 / 16) ** 2 + 3 / 8 - (7 / 16) ** 2)
    assert measures.modularity(nx.empty_graph(2), [[0], [1]]) == 0  # type: ignore[list-item]


def test_co_implementation(analysis: measures.Analysis) -> None:
    """Pairs of parties share what both implement, launch or manage, most first; who only supports a programme shares none."""
    found = [(*names([one, other]), names(programmes)) for one, other, programmes in measures.co_implementers(analysis)]
    assert {frozenset(pair): programmes for *pair, programmes in found} == {
        frozenset(("红山署", "白云署")): ["海岸方案", "灯塔方案"],
        frozenset(("红山署", "绿原署")): ["海岸方案"],
        frozenset(("白云署", "绿原署")): ["海岸方案"],
        frozenset(("红山署", "蓝湖署")): ["灯塔方案"],
        frozenset(("白云署", "蓝湖署")): ["灯塔方案"],
    }
    assert len(found[0][2]) == 2


def test_overview(analysis: measures.Analysis) -> None:
    """The network as a whole is counted with and without the hub."""
    rows = {name: values for name, *values in report.TABLES["overview"](analysis, "en").rows}
    assert rows["things"] == ["10", "9"]
    assert rows["facts"] == ["15", "8"]
    assert rows["joined pairs"] == ["14", "8"]
    assert rows["components"] == ["1", "3"]
    assert rows["things in the largest component"] == ["10", "7"]
    assert rows["things joined with none"] == ["0", "2"]
    assert rows["density"] == [f"{14 / 45:.4f}", f"{8 / 36:.4f}"]


def test_counts(analysis: measures.Analysis) -> None:
    """Things are counted by class and facts by relation, the most first, each with its label in the language."""
    assert report.TABLES["classes"](analysis, "zh").rows == (("联合国实体", "4"), ("方案", "3"), ("国家", "2"), ("文件", "1"))
    relations = {relation: facts for relation, facts, _ in report.TABLES["relations"](analysis, "en").rows}
    assert relations["implements"] == "4"
    assert sum(map(int, relations.values())) == len(FACTS)


def test_text(path: Path) -> None:
    """The command tells the hub, then each table under its title, and how many rows it leaves out."""
    result = stats("--graph", path, "--hub", HUB, "--most", "2")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "枢纽：蓝湖署"
    assert [line.removeprefix("── ") for line in lines if line.startswith("──")] == list(report.words("zh")["tables"].values())
    assert "……另有 5 行（--most 7）" in lines
    assert lines[-1] == "……另有 3 行（--most 5）"
    assert "no hub; name one with --hub" in stats("overview", "--graph", path, "--lang", "en").stdout


def test_long_lists_are_cut_in_text_only(path: Path) -> None:
    """In text a cell names the first few of many; CSV has all."""
    shown = stats("communities", "--graph", path, "--hub", HUB).stdout
    listed = stats("communities", "--graph", path, "--hub", HUB, "--format", "csv").stdout
    (first, *_) = csv.DictReader(io.StringIO(listed))
    assert len(first["members"].split("; ")) == int(first["size"])
    assert first["members"].split("; ")[0] in shown


def test_csv_and_json(path: Path) -> None:
    """CSV is one table, JSON an object of all; both have every row, and the hub has no figures without itself."""
    rows = list(csv.DictReader(io.StringIO(stats("centrality", "--graph", path, "--hub", HUB, "--format", "csv", "--most", 1).stdout)))
    assert len(rows) == 7
    assert (rows[0]["name"], rows[0]["degree"], rows[0]["degree_without"]) == (HUB, "6", "")
    found = json.loads(stats("--graph", path, "--hub", HUB, "--format", "json").stdout)
    assert list(found) == list(report.TABLES)
    assert found["centrality"] == rows
    refused = stats("--graph", path, "--format", "csv")
    assert refused.exit_code == 2
    assert "CSV holds one table; name one of overview, " in refused.output


def test_a_file_for_each_table(path: Path, tmp_path: Path) -> None:
    """With a folder every table is a file of its own."""
    result = stats("--graph", path, "--format", "csv", "-o", tmp_path / "out")
    assert result.stdout.split() == [str(tmp_path / "out" / f"{name}.csv") for name in report.TABLES]
    assert (tmp_path / "out" / "classes.csv").read_text("utf-8").splitlines()[:2] == ["class,things", "联合国实体,4"]


def test_one_report(tmp_path: Path) -> None:
    """--report leaves out what other reports say; one that is not there is told with those that are."""
    result = stats("--report", "none", "--graph", ROOT / "exports" / "000_99bf147bf4ea3876.ttl")
    assert result.exit_code == 1
    assert "no report 'none' in the graph" in result.output
    assert not list(tmp_path.iterdir())


def test_an_empty_graph(tmp_path: Path) -> None:
    """A graph that says nothing has empty tables, and no plot."""
    empty = tmp_path / "empty.ttl"
    empty.write_text("", encoding="utf-8")
    assert stats("--graph", empty, "--lang", "en").exit_code == 0
    result = stats("overview", "--graph", empty, "--plot", tmp_path / "empty.svg")
    assert result.exit_code == 1
    assert "there is nothing to plot" in result.output
    assert not (tmp_path / "empty.svg").exists()


def test_every_run_gives_the_same(path: Path, tmp_path: Path) -> None:
    """Processes with other hash seeds print the same tables and write the same picture."""
    made_so = []
    for seed in ("1", "2"):
        drawn = tmp_path / f"{seed}.svg"
        command = [sys.executable, "-m", "kg", "stats", "--graph", str(path), "--hub", HUB, "--plot", str(drawn)]
        run = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
        made_so.append((run.stdout, drawn.read_bytes()))
    assert made_so[0] == made_so[1]


def test_plot_shows_both_sides(analysis: measures.Analysis) -> None:
    """The picture names every ranked thing but the hub, whose name stands in the title; it is SVG with text, or a PNG."""
    drawn = plot.draw(analysis, "zh", 20, ".svg")
    texts = {"".join(text.itertext()) for text in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")}  # noqa: S314  ours
    ranked = names([iri for iri, _, rest in report.ranked(analysis) if rest])
    assert set(ranked) <= texts
    assert {"度", "介数中心性", "PageRank", "有枢纽", "无枢纽"} <= texts
    assert HUB not in texts
    assert f"机构和方案的中心性，有无枢纽 {HUB}" in texts
    assert plot.draw(analysis, "en", 2, ".png").startswith(b"\x89PNG")
    with pytest.raises(KgError, match=r"no plot in the format '\.gif'"):
        plot.draw(analysis, "en", 2, ".gif")


def test_without_a_chinese_font(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no font has Chinese letters, the command says so and what to install."""
    monkeypatch.setattr(plotting, "_FONTS", ())
    result = stats("classes", "--graph", path, "--plot", tmp_path / "c.svg")
    assert result.exit_code == 0
    assert "install fonts-noto-cjk" in result.stderr
