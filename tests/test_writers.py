"""The exports: what is written is read back whole, is the same in every process, and lands at one stroke."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from kg import rdf, writers
from kg.errors import KgError
from kg.graph import K, union
from kg.iris import report_iri
from kg.model import Document, Extraction, Issue, Paragraph
from kg.pipeline import Built
from kg.writers import blocks, issues, nquads, trig, turtle

WARNING = "ignore::DeprecationWarning:rdflib"  # its own parsers and serializers call what it has deprecated
SCRIPT = """
import hashlib, sys
from kg.pipeline import build
from kg.writers import FORMATS
built = build(sys.argv[1])
print({form: hashlib.sha256(render(built) or b'').hexdigest() for form, render in FORMATS.items()})
"""


def paragraph(number: str) -> Paragraph:
    """A paragraph of that number, without words."""
    return Paragraph(number, "paragraph", "", ())


def test_turtle_reads_back_whole(seed_built: Built) -> None:
    """From the Turtle rdflib reads the very triples of the graph, those that two graphs hold once."""
    text = turtle.render(seed_built)
    assert set(Graph().parse(data=text, format="turtle")) == set(seed_built.graph)


@pytest.mark.filterwarnings(WARNING)
def test_trig_reads_back_whole(seed_built: Built) -> None:
    """From the TriG rdflib reads the very quads of the dataset: the facts in the graph of the report, the rest in the default graph."""
    data = Dataset()
    data.parse(data=trig.render(seed_built), format="trig")
    name = URIRef(report_iri(seed_built.document))
    assert set(data.graph(name)) == set(seed_built.dataset.graph(name))
    assert set(data.default_graph) == set(seed_built.dataset.default_graph)
    assert {graph.identifier for graph in data.graphs()} == {graph.identifier for graph in seed_built.dataset.graphs()}


def test_turtle_is_in_a_readable_order(seed_built: Built) -> None:
    """The sections follow each other from the ontology to the observations, paragraphs in the order of their numbers, classes first."""
    text = turtle.render(seed_built).decode()
    assert re.findall(r"^# (.*)$", text, re.MULTILINE) == [
        "Ontology",
        "Things",
        "Reports and paragraphs",
        "Statements",
        "Evidence",
        "Observations",
    ]
    numbers = [int(number) for number in re.findall(r"^rep:p(\d+) a kg:Paragraph ;$", text, re.MULTILINE)]
    assert numbers == sorted(numbers)
    assert len(numbers) == seed_built.counts["paragraphs"]
    subjects = re.findall(r"^([^\s#@]\S*) (\S+)", text, re.MULTILINE)
    assert [subject for subject, predicate in subjects if predicate != "a"] == []
    assert len(subjects) == len({subject for subject, _ in subjects})


def test_statements_stand_in_the_order_they_are_said(seed_built: Built) -> None:
    """The paragraph of a statement's first evidence never goes back from one statement to the next."""
    text = turtle.render(seed_built).decode()
    section = text.partition("# Statements")[2].partition("# Evidence")[0]
    paragraphs = [[int(number) for number in re.findall(r"rep:p(\d+)-", line)] for line in section.splitlines() if "kg:evidence" in line]
    first = [min(numbers) for numbers in paragraphs if numbers]
    assert first == sorted(first)
    assert len(set(first)) > 1


def test_prefixes_are_used(seed_built: Built) -> None:
    """No IRI that a prefix could shorten stands in full, outside of the prefixes and of the ontology's own name."""
    body = [line for line in turtle.render(seed_built).decode().splitlines() if not line.startswith("@prefix")]
    shortened = "https://w3id.org/report-kg/"
    assert [line for line in body if f"<{shortened}" in line] == [f"<{shortened}ontology> a owl:Ontology ;"]


def test_bytes_are_the_same_in_every_process(seed_built: Built) -> None:
    """Two processes with other hash seeds, locales and time zones write the same bytes in every format."""
    command = [sys.executable, "-c", SCRIPT, str(seed_built.document.path)]
    environments = (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Shanghai"},
    )
    outputs = [subprocess.run(command, env=os.environ | env, capture_output=True, check=True).stdout for env in environments]  # noqa: S603  our own words
    assert set(writers.FORMATS) == set(json.loads(outputs[0].decode().replace("'", '"')))
    assert outputs[0] == outputs[1]


def test_n_quads_are_sorted_and_say_what_trig_says(seed_built: Built) -> None:
    """The part that a store loads holds the quads of the TriG, a line each, in the order of their bytes."""
    lines = nquads.render(seed_built).splitlines(keepends=True)
    assert lines == sorted(lines)
    trig_quads = {str(quad) for quad in ox.parse(trig.render(seed_built), format=ox.RdfFormat.TRIG)}
    assert {str(quad) for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)} == trig_quads
    assert len(lines) == len(trig_quads)


def test_files_are_named_after_the_report(seed_built: Built, tmp_path: Path) -> None:
    """Each format becomes one file of UTF-8 text with LF, named after the report, that others may read; nothing else is left behind."""
    folder = tmp_path / "a" / "b"
    formats = ("ttl", "issues.jsonl")
    paths = list(writers.write(seed_built, folder, formats))
    assert paths == [folder / f"000_99bf147bf4ea3876.{form}" for form in formats]
    assert sorted(folder.iterdir()) == sorted(paths)
    for path in paths:
        content = path.read_bytes()
        assert content.decode().endswith("\n")
        assert b"\r" not in content
        assert path.stat().st_mode & stat.S_IRUSR


def test_an_older_file_is_replaced(seed_built: Built, tmp_path: Path) -> None:
    """A second build replaces what the first wrote."""
    path = tmp_path / "000_99bf147bf4ea3876.issues.jsonl"
    path.write_text("old")
    assert list(writers.write(seed_built, tmp_path, ["issues.jsonl"])) == [path]
    assert path.read_bytes() == issues.render(seed_built)


def test_a_failure_leaves_the_older_file(seed_built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails half-way, the older file stands as it was, no half file lies beside it, and the error names the file."""
    path = tmp_path / "000_99bf147bf4ea3876.ttl"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KgError, match=r"000_99bf147bf4ea3876\.ttl: cannot be written: No space left on device; give another place"):
        list(writers.write(seed_built, tmp_path, ["ttl"]))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(path.name, "old")]


def test_a_folder_that_is_a_file(seed_built: Built, tmp_path: Path) -> None:
    """A folder that cannot be made is an error that names it and the way out."""
    (tmp_path / "exports").write_text("")
    with pytest.raises(KgError, match=r"exports/000_99bf147bf4ea3876\.ttl: cannot be written: .*; give another place with -o"):
        list(writers.write(seed_built, tmp_path / "exports", ["ttl"]))


def test_issues_stand_in_reading_order() -> None:
    """One JSON object a line: of the whole report first, then as the report has paragraphs and places in them, not as their words sort."""
    found = (
        Issue("10", "no-fact", "十", "b"),
        Issue("9", "ambiguous-name", "后", "", 5, 6),
        Issue("9", "no-fact", "九", "a", 2, 3),
        Issue("fn1", "no-fact", "", ""),
        Issue("", "expectation", "facts", "c"),
    )
    document = Document("r", Path("r.txt"), "", "zh", "", paragraphs=tuple(map(paragraph, ("9", "fn1", "10"))))
    lines = issues.render(Built(Extraction(document, issues=found), {})).decode().splitlines()
    assert [json.loads(line)["paragraph"] for line in lines] == ["", "9", "9", "fn1", "10"]
    assert json.loads(lines[1]) == {"paragraph": "9", "kind": "no-fact", "text": "九", "message": "a", "start": 2, "end": 3}
    assert "九" in lines[1]


def test_all_issues_are_written(seed_built: Built) -> None:
    """The issue file has a line for each issue of the build."""
    assert issues.render(seed_built).count(b"\n") == seed_built.counts["issues"]


def test_blocks_keep_odd_text() -> None:
    """Line breaks, quotation marks, backslashes and lines that look like a prefix come back as they were."""
    odd = Graph()
    odd.parse(data=f'<urn:a> <{K.text}> "one\\n@prefix x: <y> .\\ntwo \\"q\\" \\\\ \\r \\u2028 end"@zh .', format="turtle")
    text = "".join(blocks.sections(odd, {}))
    assert isomorphic(Graph().parse(data=text, format="turtle"), odd)


@pytest.mark.filterwarnings(WARNING)
@pytest.mark.parametrize(("suffix", "form"), [(".ttl", "turtle"), (".nt", "nt"), (".trig", "trig"), (".nq", "nquads")])
def test_store_reads_every_format(seed_dataset: Dataset, tmp_path: Path, suffix: str, form: str) -> None:
    """A file of each format is read as the union of its graphs, the same as rdflib has it."""
    path = tmp_path / f"graph{suffix}"
    data = seed_dataset if form in {"trig", "nquads"} else union(seed_dataset)
    path.write_text(data.serialize(format=form), encoding="utf-8")
    assert set(rdf.read(path)) == set(union(seed_dataset))


def test_store_joins_files(tmp_path: Path) -> None:
    """Several files are read as one graph, blank nodes and plain literals too."""
    (tmp_path / "a.ttl").write_text('<urn:a> <urn:p> "x" , "y"@en , 1 .')
    (tmp_path / "b.ttl").write_text("<urn:a> <urn:p> [ <urn:q> true ] .")
    graph = rdf.read(tmp_path / "a.ttl", tmp_path / "b.ttl")
    expected = Graph().parse(data='<urn:a> <urn:p> "x" , "y"@en , 1 , [ <urn:q> true ] .', format="turtle")
    assert isomorphic(graph, expected)
    assert len(list(rdf.triples(graph))) == len(graph)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", "<urn:a> <urn:b> ,", r"a\.ttl:1: not Turtle: .*; mend the file or build it again"),
        ("a.ttl", None, r"a\.ttl: cannot be read: No such file or directory; give a graph"),
        ("a.rdf", "", r"a\.rdf: no reader for the graph format '\.rdf'; choices: \.nq, \.nt, \.trig, \.ttl"),
        ("a.ttl", "<urn:a> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> .", "a triple inside a triple is not understood"),
    ],
)
def test_store_names_the_fault(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    """What cannot be read is an error that names the file, the line, the fault and the remedy."""
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(KgError, match=message):
        rdf.read(tmp_path / name)


def test_literals_are_the_same_to_pyoxigraph(seed_dataset: Dataset) -> None:
    """A graph that goes to pyoxigraph and comes back from its N-Triples is unchanged."""
    text = ox.serialize(rdf.triples(seed_dataset.triples((None, None, None))), format=ox.RdfFormat.N_TRIPLES)
    assert set(Graph().parse(data=text, format="nt")) == set(union(seed_dataset))
