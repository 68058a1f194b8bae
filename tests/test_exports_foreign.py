"""`kg export`: each format read back by a reader that is not ours, of the seed report and of one whose names do harm if they can."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from made_up import IRI, made_up
from rdflib import RDF, RDFS, VOID, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from kg import rdf
from kg.cli import kg
from kg.exports import FORMATS, data
from kg.exports.data import Data
from kg.graph import K
from kg.iris import report_iri
from kg.network import Triple
from kg.pipeline import Built

ROOT = Path(__file__).parent.parent
FORMULA, CONTROLS, LINES, PARTED = '=HYPERLINK("http://evil.example")', "\x01控\x0b制\ufffe", "一\r\n二\t三", "甲;乙|\"丙\",'丁'\\"
HOSTILE = {FORMULA: "绿原基金", CONTROLS: "蓝湖署", LINES: "红山国", PARTED: "大红山国"}
RAPPER = pytest.mark.skipif(not shutil.which("rapper") and "CI" not in os.environ, reason="raptor2-utils is not installed")


@pytest.fixture(scope="module")
def seed(seed_built: Built) -> Data:
    """The seed report's graph."""
    return Data({"": seed_built.described.shared, report_iri(seed_built.document): seed_built.described.facts})


@pytest.fixture(scope="module")
def hostile() -> Data:
    """The made-up report's graph, with English names that are no names."""
    graphs: dict[str, list[Triple]] = {"": [(URIRef(IRI[of]), RDFS.label, Literal(name, lang="en")) for name, of in HOSTILE.items()]}
    for s, p, o, graph in sorted(made_up().quads()):
        name = "" if graph is None or "default" in str(graph) else str(graph)
        graphs.setdefault(name, []).append((s, p, o))
    return Data({name: tuple(triples) for name, triples in graphs.items()})


@pytest.fixture(params=["seed", "hostile"])
def given(request: pytest.FixtureRequest) -> Data:
    """Each of the two."""
    found: Data = request.getfixturevalue(request.param)
    return found


def files(form: str, of: Data) -> dict[str, bytes]:
    """The files of a format, by what follows the name of the data."""
    made: Mapping[str, bytes] = import_module(f"kg.exports.{form}").render(of)
    return {name.removeprefix(of.name).lstrip("-."): content for name, content in made.items()}


def only(form: str, of: Data) -> bytes:
    """The one file of a format."""
    (content,) = files(form, of).values()
    return content


def quads(of: Data) -> set[tuple[Any, ...]]:
    """Every triple with its graph."""
    return {(*triple, name) for name, triples in of.graphs.items() for triple in triples}


def run(*words: str | Path) -> Result:
    """Run `kg export`."""
    return CliRunner().invoke(kg, ["export", *map(str, words)])


# ---------------------------------------------------------------- RDF


@pytest.mark.parametrize(("form", "syntax"), [("turtle", "turtle"), ("ntriples", "nt")])
def test_rdflib_reads_triples(given: Data, form: str, syntax: str) -> None:
    """Rdflib finds in Turtle and N-Triples the triples of all graphs, no more and no less."""
    assert set(Graph().parse(data=only(form, given), format=syntax)) == set(given.triples)


@pytest.mark.parametrize(("form", "syntax"), [("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_quads(given: Data, form: str, syntax: str) -> None:
    """Rdflib finds in TriG, N-Quads and JSON-LD every triple in its graph."""
    read = Dataset().parse(data=only(form, given), format=syntax)
    found = {(s, p, o, "" if graph is None or "default" in str(graph) else str(graph)) for s, p, o, graph in read.quads()}

    assert found == quads(given)


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("trig", ox.RdfFormat.TRIG),
        ("nquads", ox.RdfFormat.N_QUADS),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_oxigraph_reads_rdf(given: Data, form: str, syntax: ox.RdfFormat) -> None:
    """Oxigraph finds in every format of RDF 1.1 the same triples, where the format has graphs each in its own."""
    apart = syntax.supports_datasets
    graphs = given.graphs if apart else {"": given.triples}
    expected = {(t, name) for name, triples in graphs.items() for t in rdf.triples(triples)}

    found = {(q.triple, getattr(q.graph_name, "value", "")) for q in ox.parse(only(form, given), format=syntax)}

    assert {(t, name or "") for t, name in found} == expected


@RAPPER
@pytest.mark.parametrize(("form", "syntax"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("nquads", "nquads")])
def test_rapper_reads_rdf(given: Data, form: str, syntax: str, tmp_path: Path) -> None:
    """Raptor, which alone takes U+FFFE for no character, reads Turtle, N-Triples and N-Quads and writes the same triples again."""
    known = Data({name: tuple(t for t in triples if "\ufffe" not in str(t[2])) for name, triples in given.graphs.items()})
    path = tmp_path / "graph"
    path.write_bytes(only(form, known))

    ran = subprocess.run(["rapper", "-q", "-i", syntax, "-o", "ntriples", path], capture_output=True, check=True)  # noqa: S603, S607

    assert ran.stderr == b""
    assert {q.triple for q in ox.parse(ran.stdout, format=ox.RdfFormat.N_TRIPLES)} == set(rdf.triples(known.triples))


def test_oxigraph_reads_reifiers(given: Data) -> None:
    """In the Turtle of RDF 1.2 every statement reifies its triple; written as three parts again, the triples are those of the graph."""
    found: set[ox.Triple] = set()
    for quad in ox.parse(only("rdf12", given), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.object, ox.Triple):
            assert quad.predicate.value == f"{RDF}reifies"
            parts = {"subject": quad.object.subject, "predicate": quad.object.predicate, "object": quad.object.object}
            found |= {ox.Triple(quad.subject, ox.NamedNode(f"{RDF}{name}"), part) for name, part in parts.items()}
        else:
            found.add(quad.triple)

    assert found == set(rdf.triples(given.triples))


def test_sparql_asks_reifiers(hostile: Data) -> None:
    """SPARQL 1.2 finds what is said of a fact through the triple that it is."""
    graph = ox.Store()
    graph.load(only("rdf12", hostile), format=ox.RdfFormat.TURTLE)

    answer = graph.query(
        f"PREFIX kg: <{K}> PREFIX rdf: <{RDF}> SELECT ?amount WHERE {{ "
        f"?st rdf:reifies <<( <{IRI['蓝湖署']}> kg:funds <{IRI['绿原基金']}> )>> ; kg:amount ?amount }}"
    )

    assert isinstance(answer, ox.QuerySolutions)
    assert [row["amount"].value for row in answer] == ["1000000"]


def test_lines_are_sorted(given: Data) -> None:
    """N-Triples and N-Quads have a line for each triple, sorted by its bytes."""
    for form, count in (("ntriples", len(given.triples)), ("nquads", len(quads(given)))):
        lines = only(form, given).splitlines()
        assert lines == sorted(lines)
        assert len(lines) == count


def test_jsonld_reads_well(hostile: Data) -> None:
    """JSON-LD needs no RDF to be read: labels by language, relations by name, a fact with its evidence inside it."""
    document = json.loads(only("jsonld", hostile))
    nodes = {node["id"]: node for node in document["@graph"]}
    lake, fund = (IRI[name].rpartition("/")[2] for name in ("蓝湖署", "绿原基金"))
    own = {node["id"]: node for node in nodes["made-up"]["@graph"]}
    (paid,) = (node for node in own.values() if node.get("predicate") == "funds")

    assert nodes[lake]["type"] == "UNEntity"
    assert nodes[lake]["label"] == {"en": CONTROLS, "zh": "蓝湖署"}
    assert set(nodes[lake]["altLabel"]["zh"]) == {"BLA", "蓝湖机构"}
    assert own[lake]["partnerOf"] == [fund]
    assert [paid[name] for name in ("subject", "object", "status", "start", "amount")] == [lake, fund, "planned", "2020-01-01", 1000000]
    assert paid["evidence"][0]["selector"]["exact"] == {"zh": "蓝湖署将于2020年资助绿原基金1000000美元。"}
    assert not any("Evidence" in node.get("type", "") for node in own.values())


# ---------------------------------------------------------------- networks


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_networks(given: Data, form: str, read: Any) -> None:  # noqa: ANN401
    """Networkx finds in GraphML and GEXF every thing and every statement, with names, class, relation, status, dates and sentence."""
    options = {"force_multigraph": True} if form == "graphml" else {}
    found = read(io.BytesIO(only(form, given)), **options)
    facts = {str(fact.get("id", key)): (u, v, fact) for u, v, key, fact in found.edges(keys=True, data=True)}

    assert set(found) == set(given.network)
    assert set(facts) == {key for _, _, key in given.network.edges(keys=True)}
    for iri, thing in given.network.nodes(data=True):
        assert found.nodes[iri]["label"] == " ".join(thing["label"].split())
        assert found.nodes[iri]["class"] == thing["kind"]
    for source, target, iri, fact in given.network.edges(keys=True, data=True):
        start, end, said = facts[iri]
        assert (start, end) == (source, target)
        assert [said.get(name, "") for name in ("relation", "status", "start", "end")] == [
            fact[name] for name in ("relation", "status", "start", "end")
        ]
        assert said["confidence"] == float(fact["confidence"])
        assert fact["evidence"][0]["quote"] in said["quote"]
        assert fact["evidence"][0]["paragraph"] in said["paragraph"].split(" | ")


def test_what_xml_cannot_hold_is_replaced(hostile: Data) -> None:
    """A control character in a name becomes a replacement character, the end of a line a space; all else stays."""
    found = nx.read_graphml(io.BytesIO(only("graphml", hostile)), force_multigraph=True)
    names = {name: found.nodes[IRI[of]]["label_en"] for name, of in HOSTILE.items()}

    assert names == {FORMULA: FORMULA, CONTROLS: "\ufffd控\ufffd制\ufffd", LINES: "一 二 三", PARTED: PARTED}


def test_gexf_tells_no_day(seed: Data) -> None:
    """GEXF has colours and a timeline, but not the day it was written."""
    content = only("gexf", seed).decode()

    assert "lastmodified" not in content
    assert 'timeformat="date"' in content
    assert "viz:color" in content


# ---------------------------------------------------------------- tables


def table(path: Path) -> dict[str, list[Any]]:
    """The columns of a CSV or Parquet file as DuckDB reads them."""
    reader = "read_csv" if path.suffix == ".csv" else "read_parquet"
    options = ", all_varchar=true, header=true, quote='\"', escape='\"', delim=',', max_line_size=10000000" if reader == "read_csv" else ""
    found = duckdb.sql(f"SELECT * FROM {reader}('{path}'{options})")  # noqa: S608  a path of ours
    assert found is not None
    rows = found.fetchall()
    return {name: [row[i] for row in rows] for i, name in enumerate(found.columns)}


def tables(form: str, of: Data, folder: Path) -> dict[str, dict[str, list[Any]]]:
    """The tables of a format by name."""
    for name, content in files(form, of).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return {path.stem: table(path) for path in sorted((folder / form).iterdir())}


def test_duckdb_reads_parquet(given: Data, tmp_path: Path) -> None:
    """DuckDB finds a row for each fact, figure, thing and passage, with numbers, days and lists as such."""
    found = tables("parquet", given, tmp_path)
    facts, figures, things, evidence = (found[name] for name in ("facts", "figures", "things", "evidence"))
    edges = {iri: fact for _, _, iri, fact in given.network.edges(keys=True, data=True)}

    assert set(facts["statement_iri"]) == set(edges)
    assert len(figures["iri"]) == len(given.index.of(K.Observation))
    assert len(things["iri"]) == len(given.index.things()) - 1  # the report itself
    assert len(evidence["of"]) == sum(len(fact["evidence"]) for fact in edges.values()) + len(figures["iri"])
    assert sum(things["facts"]) == 2 * len(edges)
    for at, iri in enumerate(facts["statement_iri"]):
        assert facts["confidence"][at] == float(edges[iri]["confidence"])
        assert str(facts["start"][at] or "") == edges[iri]["start"]
        assert facts["quotes"][at] == list(dict.fromkeys(one["quote"] for one in edges[iri]["evidence"]))
    for of, quote in zip(evidence["of"], evidence["quote"], strict=True):
        assert of in figures["iri"] or quote in {one["quote"] for one in edges[of]["evidence"]}


def test_parquet_keeps_names_as_they_are(hostile: Data, tmp_path: Path) -> None:
    """A table of Parquet holds every character of a name."""
    found = tables("parquet", hostile, tmp_path)["things"]
    names = dict(zip(found["iri"], found["label_en"], strict=True))

    assert {names[IRI[of]] for of in HOSTILE.values()} >= {CONTROLS, LINES, PARTED}


def test_duckdb_reads_what_excel_opens(given: Data, tmp_path: Path) -> None:
    """The tables for Excel begin with a byte order mark, end lines with CRLF, and hold a row for each fact, figure and thing."""
    found = tables("excel", given, tmp_path)

    for name, content in files("excel", given).items():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert len(found[Path(name).stem]) == len(next(csv.reader(io.StringIO(content.decode("utf-8-sig")))))
    assert len(found["facts"]["statement_iri"]) == given.network.number_of_edges()
    assert len(found["figures"]["iri"]) == len(given.index.of(K.Observation))
    quotes = {fact["evidence"][0]["quote"] for _, _, fact in given.network.edges(data=True)}
    assert {quote.replace("\r", "").split("\n")[0] for quote in found["facts"]["quotes"]} <= {one.lstrip("\n") for one in quotes}


def test_no_cell_is_a_formula(hostile: Data, tmp_path: Path) -> None:
    """A name that a spreadsheet would run begins with an apostrophe; a negative number would stay one."""
    found = tables("excel", hostile, tmp_path)
    cells = [cell for columns in found.values() for column in columns.values() for cell in column if cell]

    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r" and not re.fullmatch(r"-?[\d.]+", cell)]
    assert not [cell for cell in cells if re.search("[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe]", cell)]


def test_neo4j_finds_both_ends(given: Data, tmp_path: Path) -> None:
    """Every relationship of the bulk import starts and ends at a node, nodes are told once, and a tab parts the texts of a list."""
    found = tables("neo4j", given, tmp_path)
    nodes, relationships = found["nodes"], found["relationships"]
    edges = {iri: fact for _, _, iri, fact in given.network.edges(keys=True, data=True)}

    assert list(nodes) == ["iri:ID", "label", "label_en", "names:string[]", ":LABEL"]
    assert max(Counter(nodes["iri:ID"]).values()) == 1
    assert {*relationships[":START_ID"], *relationships[":END_ID"]} <= set(nodes["iri:ID"])
    assert Counter(relationships[":TYPE"]) == Counter(fact["relation"] for fact in edges.values())
    for iri, quotes in zip(relationships["statement"], relationships["quotes:string[]"], strict=True):
        said = [" ".join(one["quote"].split()) for one in edges[iri]["evidence"]]
        assert quotes.split("\t") == list(dict.fromkeys(said))
    assert any({"Country", "Place"} <= set(kinds.split("\t")) for kinds in nodes[":LABEL"] if kinds)
    lines = {name: content.count(b"\n") for name, content in files("neo4j", given).items()}
    assert lines == {"neo4j/nodes.csv": len(nodes["iri:ID"]) + 1, "neo4j/relationships.csv": len(edges) + 1}


# ---------------------------------------------------------------- the description


def test_void_counts_what_is_there(seed: Data) -> None:
    """The description of the data set counts triples, classes and links as they are, and each report's part by its title."""
    void = Graph().parse(data=only("void", seed), format="turtle")
    whole = URIRef("https://w3id.org/report-kg/data")
    report = URIRef(f"{whole}/{seed.name}")
    own = seed.graphs[str(seed.reports[0])]
    countries = {part: many for part in void.subjects(VOID["class"], K.Country) for many in void.objects(part, VOID.entities)}
    links = {str(space): many for target, space in void.subject_objects(VOID.uriSpace) for many in _links(void, target)}

    assert void.value(whole, VOID.triples) == Literal(len(seed.triples))
    assert void.value(report, VOID.triples) == Literal(len(own))
    assert void.value(report, DCTERMS.source) == seed.reports[0]
    assert void.value(report, DCTERMS.title) == seed.index.one(seed.reports[0], DCTERMS.title)
    assert set(countries.values()) == {Literal(len(seed.index.of(K.Country)))}
    assert links["http://metadata.un.org/sdg/codes/geoArea/"] == sum("geoArea" in str(o) for _, p, o in seed.triples if "sameAs" in str(p))


def _links(void: Graph, target: Any) -> list[int]:  # noqa: ANN401
    return [int(str(void.value(linkset, VOID.triples))) for linkset in void.subjects(VOID.objectsTarget, target)]


# ---------------------------------------------------------------- the command


def test_same_graph_same_bytes(hostile: Data, tmp_path: Path) -> None:
    """Two runs write the same bytes in every format, whatever the order in which Python walks a set, or the file its triples."""
    lines = only("nquads", hostile).splitlines(keepends=True)
    folders = [tmp_path / str(seed) for seed in (1, 2)]
    for folder, written in zip(folders, (lines, reversed(lines)), strict=True):
        folder.mkdir()
        (folder / "graph.nq").write_bytes(b"".join(written))
        words = [part for form in FORMATS for part in ("-f", form)]
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "kg", "export", *words, "--graph", folder / "graph.nq", "-o", folder / "out"],
            env={**os.environ, "PYTHONHASHSEED": folder.name},
            check=True,
            capture_output=True,
        )
    first, second = ({path.relative_to(f): path.read_bytes() for path in (f / "out").rglob("*.*")} for f in folders)

    assert first == second
    assert len(first) == 18


def test_report_is_chosen(seed: Data, hostile: Data, tmp_path: Path) -> None:
    """Several reports are written together, under the project's name; --report leaves what one of them says, under its id."""
    names = {*seed.graphs, *hostile.graphs}
    both = {name: tuple({*seed.graphs.get(name, ()), *hostile.graphs.get(name, ())}) for name in names}
    (tmp_path / "both.nq").write_bytes(only("nquads", Data(both)))

    run("-f", "nquads", "--graph", tmp_path / "both.nq", "-o", tmp_path)
    one = run("-f", "nquads", "--graph", tmp_path / "both.nq", "-o", tmp_path, "--report", "made-up")

    assert data.read(tmp_path / "report-kg.nq").graphs.keys() == both.keys()
    assert one.output == f"{tmp_path / 'made-up.nq'}: {(tmp_path / 'made-up.nq').stat().st_size:,} bytes\n"
    found = data.read(tmp_path / "made-up.nq")
    assert set(found.graphs) == set(hostile.graphs)
    assert set(found.graphs[str(hostile.reports[0])]) == set(hostile.graphs[str(hostile.reports[0])])
    assert set(found.network) == set(hostile.network)


def test_mistakes_are_told(hostile: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown format or report, a missing extra and a folder that is a file each give one line that names the way out."""
    graph = tmp_path / "graph.trig"
    graph.write_bytes(only("trig", hostile))
    (tmp_path / "file").touch()
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert "'turtle'" in run("-f", "ttl", "--graph", graph).output
    assert (
        "no report 'made-down' in the graph; did you mean made-up?" in run("-f", "trig", "--graph", graph, "--report", "made-down").output
    )
    assert "pip install 'report-kg[parquet]'" in run("-f", "parquet", "--graph", graph, "-o", tmp_path).output
    assert "cannot be written" in run("-f", "trig", "--graph", graph, "-o", tmp_path / "file").output


def test_exports_are_the_usual_graphs(hostile: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --graph the exports are read, as TriG where there is one, else as Turtle; without any, that is told."""
    monkeypatch.chdir(tmp_path)
    assert "no graph" in run("-f", "trig").output

    Path("exports").mkdir()
    Path("exports/made-up.ttl").write_bytes(only("turtle", hostile))
    assert run("-f", "nquads").exit_code == 0
    assert set(data.read(Path("build/made-up.nq")).graphs) == {""}

    Path("exports/made-up.trig").write_bytes(only("trig", hostile))
    assert run("-f", "nquads").exit_code == 0
    assert set(data.read(Path("build/made-up.nq")).graphs) == set(hostile.graphs)


def test_formats_are_the_modules() -> None:
    """Every format of the table has a module that renders it."""
    for form in FORMATS:
        assert callable(import_module(f"kg.exports.{form}").render)
