"""The store: what it holds depends on its reports alone, and each change touches what it must and nothing else."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
import ten_reports as ten
from click.testing import CliRunner, Result
from made_up import IRI, OBSERVATIONS, PARAGRAPHS, STATEMENTS

from kg import facts, graph, iris, ontology, pipeline, rdf, store
from kg.cli import kg
from kg.errors import KgError, StoreError, UnknownNameError
from kg.model import Document, Extraction, Statement
from kg.ontology import BASE, KG, RDFS, SKOS
from kg.store import folders, general, loading, parts
from kg.store.rewriting import rewritten
from kg.store.terms import DEFAULT

SYMMETRIC = frozenset(name for name, relation in ontology.load().relations.items() if relation.symmetric)
UNDP, UNICEF = "开发署", "儿基会"
LONG, SHORT, MANUAL = "绿原妇女儿童发展协会", "绿原协会", "第一份手册"


@pytest.fixture
def root() -> Iterator[Path]:
    """Where a store is made: in memory where there is such a place, for a store waits for its disk."""
    with TemporaryDirectory(dir=ten.MEMORY) as folder:
        yield Path(folder) / "store"


def run(*words: object, code: int = 0) -> Result:
    """A command's output, after its exit status."""
    result = CliRunner().invoke(kg, list(map(str, words)))
    assert result.exit_code == code, result.output
    return result


def review(root: Path, *entries: str) -> None:
    """Write a store's review."""
    lines = "".join(f"  - {entry}\n" for entry in entries)
    (root / "review.yaml").write_text(f"names:\n{lines}", "utf-8")


def part_of(data: bytes, *changed: tuple[str, str]) -> bytes:
    """A part with some words changed."""
    text = data.decode()
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_order_leaves_no_trace(root: Path) -> None:
    """Whatever the order in which reports were added, replaced, removed and added again, the store holds the same."""
    ten.add(root, *ten.IDS)
    wanted = ten.content(root)
    chance = random.Random(7)  # noqa: S311  no secret
    for turn in range(4):
        other = root.with_name(f"other-{turn}")
        names = chance.sample(ten.IDS, len(ten.IDS))
        cut = chance.randrange(1, len(names))
        ten.put(other, [(names[0], ten.part(names[0], ten.CHANGED))])
        ten.add(other, *names[:cut])
        ten.put(other, removed=chance.sample(names[:cut], cut // 2))
        ten.put(other, [(name, ten.part(name)) for name in names[cut:]])
        ten.add(other, *names)
        assert ten.content(other) == wanted


def test_bulk_loading_gives_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many reports that are loaded in bulk give what few give, one after another."""
    for name in ten.IDS:
        ten.add(root, name)
    monkeypatch.setattr(loading, "_MANY", 1)
    ten.add(root.with_name("bulk"), *ten.IDS)
    assert ten.content(root) == ten.content(root.with_name("bulk"))


def test_adding_twice_changes_nothing(root: Path) -> None:
    """A report that is as it was makes no new generation."""
    first, second = ten.add(root, "r-01", "r-02"), ten.add(root, "r-02", "r-01")
    assert (first.added, second.unchanged) == (("r-01", "r-02"), ("r-01", "r-02"))
    assert second.generation == first.generation == folders.current(root)


def test_a_fact_lives_while_one_report_says_it(root: Path) -> None:
    """What two reports say goes with the second of them, its things too."""
    ten.add(root, "r-08", "r-09", "r-02")
    said = "undp partnerOf unicef"
    assert said in ten.facts(root)
    ten.put(root, removed=["r-08"])
    assert said in ten.facts(root)
    ten.put(root, removed=["r-09"])
    assert said not in ten.facts(root)
    assert not [line for line in ten.content(root) if "undp" in line or "r-08" in line or "r-09" in line]


def test_replacing_touches_one_report(root: Path) -> None:
    """A report with another content replaces what it said; the graphs of the others stay as they are."""
    ten.add(root, *ten.IDS)
    before = ten.content(root)
    changed = ten.put(root, [("r-03", ten.part("r-03", ten.CHANGED))])
    after = ten.content(root)
    assert (changed.replaced, changed.added) == (("r-03",), ())
    mine = f" <{BASE}r-03>"
    assert [line for line in before if mine not in line] == [line for line in after if mine not in line]
    assert "undp operatesIn KEN" in ten.facts(root)
    assert f"undp publishes r-03/{MANUAL}" not in ten.facts(root)
    ten.add(root, "r-03")
    assert ten.content(root) == before


def test_the_last_report_leaves_an_empty_store(root: Path) -> None:
    """When every report is gone nothing is left, not even the vocabulary."""
    ten.add(root, "r-01", "r-07")
    ten.put(root, removed=["r-01", "r-07"])
    assert ten.content(root) == []
    assert list((root / folders.PARTS).iterdir()) == []


def test_old_generations_are_cleared(root: Path) -> None:
    """After a change one generation is left, and the parts of the reports that are in the store."""
    for name in ("r-01", "r-02", "r-01"):
        ten.add(root, name)
    ten.put(root, removed=["r-02"])
    assert [path.name for path in (root / folders.GENERATIONS).iterdir()] == [folders.current(root)]
    assert len(list((root / folders.PARTS).iterdir())) == 1
    assert list((root / folders.INCOMING).iterdir()) == []


# ---------------------------------------------------------------- what is one thing


def decided(root: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """For each name and report of a decision what the thing is now, and why."""
    with store.open(root) as opened:
        return {(one.name, one.report.removeprefix(BASE)): (one.to.removeprefix(BASE), one.why) for one in opened.decisions}


def test_names_of_one_thing_are_merged(root: Path) -> None:
    """A short form that one report spells out, a resolution's number and a report's symbol lead to one thing; the reason is kept."""
    ten.add(root, *ten.IDS)
    found = decided(root)
    assert found[SHORT, ""] == (LONG, "name")
    assert found["第1325(2000)号决议", ""] == ("安全理事会第1325_2000_号决议", "identifier")
    assert found["A/99/6", ""] == ("r-06", "identifier")
    assert {f"unicef partnerOf {LONG}", f"{LONG} operatesIn KEN", "undp publishes r-06"} <= ten.facts(root)
    assert not any(SHORT in fact for fact in ten.facts(root))


def test_a_merge_goes_with_its_ground(root: Path) -> None:
    """When the report that spells a name out is removed, the short form is a thing of its own again."""
    ten.add(root, "r-02")
    before = ten.content(root)
    ten.add(root, "r-01")
    ten.put(root, removed=["r-01"])
    assert ten.content(root) == before
    assert f"unicef partnerOf {SHORT}" in ten.facts(root)


def test_general_names_are_apart(root: Path) -> None:
    """A name that says nothing of its own is another thing in each report."""
    ten.add(root, "r-01", "r-03", "r-10")
    found = {report: of for (name, report), of in decided(root).items() if name == MANUAL}
    assert found == {name: (f"{name}/{MANUAL}", "general") for name in ("r-01", "r-03", "r-10")}
    assert {f"undp publishes r-03/{MANUAL}", f"unicef publishes r-10/{MANUAL}"} <= ten.facts(root)


def test_a_translation_makes_no_name(root: Path) -> None:
    """A general name stays one when the report says what it is called in English; a proper other name makes it one."""
    label = f'<{BASE}{MANUAL}> <{RDFS}label> "{MANUAL}"@zh .\n'
    english, blue = (f"{label}<{BASE}{MANUAL}> <{SKOS}altLabel> {name} .\n" for name in ('"first manual"@en', '"蓝湖读本"@zh'))
    ten.put(root, [("r-03", part_of(ten.part("r-03"), (label, english)))])
    assert (MANUAL, "r-03") in decided(root)
    ten.put(root, [("r-03", part_of(ten.part("r-03"), (label, blue)))])
    assert (MANUAL, "r-03") not in decided(root)


@pytest.mark.parametrize(
    ("name", "is_general"),
    [
        *(
            (name, True)
            for name in (
                "第一份手册",
                "第2012/6号决定",
                "新的联合方案",
                "咨询小组",
                "2012年度报告",
                "2011-2013年战略计划",
                "行动呼吁",
                "劳动法",
                "选举委员会",
            )
        ),
        *(
            (name, False)
            for name in ("大会第62/208号决议", "促进湖区发展方案", "湖区妇女协会", "知识网关", "妇女地位委员会第五十六届会议", "")
        ),
    ],
)
def test_general_names_are_told(name: str, *, is_general: bool) -> None:
    """Ordinals, general words and a head make no name; one proper word does."""
    assert general.load("zh").is_general(name) is is_general


def test_general_names_do_not_run_away() -> None:
    """A name of general words that can be cut in thousands of ways is told in one pass."""
    assert not general.load("zh").is_general("性别平等" * 5000 + "湖")


def test_things_of_unlike_classes_are_apart(root: Path) -> None:
    """A document and a body of one name are two things, each with its class."""
    first, second = ten.part("r-02"), part_of(ten.part("r-09"), ("CivilSocietyOrganization", "Document"))
    ten.put(root, [("r-02", first), ("r-09", second)])
    assert decided(root)[SHORT, "r-09"] == (f"{SHORT}_Document", "class")
    with store.open(root) as opened:
        kinds = opened.query(f"SELECT ?kind {{ <{BASE}{SHORT}_Document> a ?kind }}")
        assert isinstance(kinds, ox.QuerySolutions)
        assert [row["kind"] for row in kinds] == [ox.NamedNode(f"{KG}Document")]


def test_a_thing_has_one_label_and_one_class(root: Path) -> None:
    """Of names that are merged one is the label, the others are other names; the class is the most exact."""
    ten.put(root, [("r-01", ten.part("r-01")), ("r-02", part_of(ten.part("r-02"), ("CivilSocietyOrganization", "Organization")))])
    with store.open(root) as opened:
        said = {
            (q.predicate.value, str(q.object)) for q in opened.quads if q.subject == ox.NamedNode(BASE + LONG) and q.graph_name == DEFAULT
        }
    assert {obj for predicate, obj in said if predicate == f"{RDFS}label"} == {f'"{LONG}"@zh'}
    assert {obj for predicate, obj in said if predicate == f"{SKOS}altLabel"} == {f'"{SHORT}"@zh'}
    assert [obj for predicate, obj in said if obj.startswith(f"<{KG}")] == [f"<{KG}CivilSocietyOrganization>"]


def test_an_ambiguous_name_is_not_merged(root: Path) -> None:
    """A short form of two things stays a thing of its own."""
    other = part_of(ten.part("r-01"), (LONG, "绿原水利协会"), ("/r-01", "/r-11"))
    ten.put(root, [("r-01", ten.part("r-01")), ("r-02", ten.part("r-02")), ("r-11", other)])
    assert (SHORT, "") not in decided(root)


def test_decisions_are_in_the_graph(root: Path) -> None:
    """Each decision stands as triples in a graph of the store, with its reason."""
    ten.add(root, "r-01", "r-02")
    with store.open(root) as opened:
        pattern = f"?d <{KG}identified> ?thing ; <{KG}identifiedAs> ?as ; <{KG}reason> ?why"
        told = opened.query(f"SELECT ?thing ?as ?why {{ GRAPH <{loading.IDENTITY_GRAPH}> {{ {pattern} }} }}")
        assert isinstance(told, ox.QuerySolutions)
        rows = {tuple(str(term) for term in row) for row in told}
    assert (f"<{BASE}{SHORT}>", f"<{BASE}{LONG}>", f'"name: {LONG} is also called {SHORT}"') in rows
    assert len(rows) == len(decided(root)) == 2


def test_people_split_and_merge(root: Path) -> None:
    """A review splits a name off in some reports, merges two things, and makes a general name one; taking it away takes that back."""
    ten.add(root, *ten.IDS)
    before = ten.content(root)
    review(root, f"{{split: {SHORT}, reports: [r-08]}}", f"{{merge: 蓝山妇女协会, into: {LONG}}}", f"{{merge: {MANUAL}, into: {MANUAL}}}")
    changed = ten.put(root)
    found = decided(root)
    assert changed.unmet == ()
    assert found[SHORT, "r-08"] == (f"r-08/{SHORT}", "review")
    assert found["蓝山妇女协会", ""] == (LONG, "review")
    assert not any(name == MANUAL for name, _ in found)
    assert f"undp publishes {MANUAL}" in ten.facts(root)
    assert f"{LONG} partnerOf {LONG}" not in ten.facts(root)
    (root / "review.yaml").unlink()
    ten.put(root)
    assert ten.content(root) == before


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{split: 绿原协会, reports: [r-77]}", "split 绿原协会 matches nothing in r-77"),
        ("{merge: 无人, into: 绿原协会}", "merge 无人 into 绿原协会 matches nothing"),
    ],
)
def test_entries_that_meet_nothing_are_told(root: Path, entry: str, told: str) -> None:
    """An entry of the review that has no effect is told of."""
    ten.add(root, "r-02")
    review(root, entry)
    (line,) = ten.put(root).unmet
    assert told in line


@pytest.mark.parametrize("entry", ["{split: 甲}", "{merge: 甲}", "{merge: 甲, into: ''}", "甲", "{split: 甲, reports: 3}", "{add: 甲}"])
def test_faults_of_the_review_are_one_line(root: Path, entry: str) -> None:
    """A review that is wrong names the place, and nothing changes."""
    ten.add(root, "r-02")
    review(root, entry)
    with pytest.raises(StoreError, match=r"review\.yaml: names"):
        ten.add(root, "r-03")
    assert folders.current(root) == "1"


# ---------------------------------------------------------------- rewriting


def own(data: bytes) -> tuple[str, set[ox.Triple]]:
    """A part's report and the triples of its graph."""
    quads = [q for q in parts.parse(data) if isinstance(q.graph_name, ox.NamedNode)]
    return quads[0].graph_name.value, {q.triple for q in quads}  # type: ignore[union-attr]


def described(statements: Sequence[Statement], about: Callable[[str], str]) -> tuple[str, set[ox.Triple]]:
    """The graph of the made-up report with these statements."""
    document = Document("made-up", Path("made-up.txt"), "", "zh", "编造", paragraphs=PARAGRAPHS)
    numbers = tuple(
        replace(
            o,
            about=about(o.about),
            place=about(o.place),
            baseline=replace(o.baseline, about=about(o.baseline.about)) if o.baseline else None,
        )
        for o in OBSERVATIONS
    )
    extraction = Extraction(document, (), (), facts.joined(statements), numbers)
    return iris.report_iri(document), set(rdf.triples(graph.describe(extraction, ontology.load()).facts))


def renamed(statement: Statement, name: Callable[[str], str]) -> Statement:
    """A statement as it would be read with other IRIs."""
    s = replace(
        statement,
        subject=name(statement.subject),
        object=name(statement.object),
        place=name(statement.place),
        programme=name(statement.programme),
    )
    if s.relation in SYMMETRIC and s.object < s.subject:
        turned = tuple(replace(e, subject_how=e.object_how, object_how=e.subject_how) for e in s.evidence)
        return replace(s, subject=s.object, object=s.subject, evidence=turned)
    return s


def test_no_renaming_changes_nothing(seed_built: pipeline.Built) -> None:
    """With the same IRIs the graph of a report is what it was, every hash among them."""
    report, before = own(rdf.n_quads({BASE + seed_built.document.id: seed_built.described.facts}))
    assert set(rewritten(report, before, lambda thing: thing, SYMMETRIC)) == before


@pytest.mark.parametrize("to", ["AAA", "绿原基金", "瑞"])
def test_renaming_is_as_reading_so(to: str) -> None:
    """A thing renamed in a graph, to a new IRI or to that of another thing, gives what a report read so would give."""
    old, new = IRI["蓝湖署"], BASE + to

    def name(thing: str) -> str:
        return new if thing == old else thing

    report, before = described(STATEMENTS, lambda thing: thing)
    wanted = [s for s in (renamed(s, name) for s in STATEMENTS) if s.subject != s.object]
    assert set(rewritten(report, before, name, SYMMETRIC)) == described(wanted, name)[1]


def test_one_statement_has_one_confidence() -> None:
    """Statements that become one keep the evidence of both and the greater confidence."""
    report, before = described(STATEMENTS, lambda thing: thing)
    after = rewritten(report, before, lambda thing: IRI["红山国"] if thing == IRI["大红山国"] else thing, SYMMETRIC)
    shares = [triple.subject for triple in after if triple.predicate.value == f"{KG}confidence"]
    assert len(shares) == len(set(shares))


# ---------------------------------------------------------------- reading and writing at once


def test_the_default_graph_is_the_union(root: Path) -> None:
    """What two reports say stands once in the default graph, and stays there until the last of them is gone."""

    def union(opened: store.Opened) -> None:
        named = {q.triple for q in opened.database if q.graph_name != DEFAULT}
        assert {q.triple for q in opened.database if q.graph_name == DEFAULT} == named

    counts = []
    for change in ({"reports": ("r-01", "r-02", "r-08")}, {"removed": ["r-02"]}, {"removed": ["r-01"]}):
        ten.put(root, [(name, ten.part(name)) for name in change.get("reports", ())], removed=change.get("removed", []))
        with store.open(root) as opened:
            union(opened)
            rows = opened.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
            assert isinstance(rows, ox.QuerySolutions)
            counts.append(len([*rows]))
            assert counts[-1] == len({q.triple for q in opened.quads})
    assert counts == sorted(counts, reverse=True)


def test_a_reader_keeps_its_generation(root: Path) -> None:
    """Who reads sees one state to the end, while others change the store without waiting; then it is cleared."""
    ten.add(root, "r-01")
    with store.open(root) as opened:
        before = sorted(map(str, opened.database))
        ten.add(root, "r-02")
        ten.put(root, removed=["r-01"])
        assert sorted(map(str, opened.database)) == before
        assert (root / folders.GENERATIONS / opened.generation).is_dir()
    ten.add(root, "r-03")
    assert [path.name for path in (root / folders.GENERATIONS).iterdir()] == [folders.current(root)]


def test_a_second_writer_waits_and_says_for_whom(root: Path) -> None:
    """Who finds the store held says by whom, once, and gives up in the end with one line."""
    told: list[str] = []
    with (
        folders.writing(root, "kg add", 1, told.append),
        pytest.raises(StoreError, match=rf"held by kg add \(process {os.getpid()}\) for more than 0.2 seconds"),
        folders.writing(root, "kg remove", 0.2, told.append),
    ):
        pytest.fail("two hold the store")
    assert told == [f"{root}: waiting for kg add (process {os.getpid()})"]


def test_no_store_is_said(root: Path) -> None:
    """Where there is no store, or its generation is missing, one line says so."""
    with pytest.raises(StoreError, match="no store here; make one with kg add"), store.open(root):
        pytest.fail("opened")
    ten.add(root, "r-01")
    (root / folders.GENERATIONS / "1").rename(root / "elsewhere")
    with pytest.raises(StoreError, match="the generation 1 that `current` names is missing"), store.open(root):
        pytest.fail("opened")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a:a> <a:b> <a:c> .\n",
        b"<a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/report-kg/ontology#Report> <a:a> .\n",
        b"_:a <a:b> <a:c> <a:d> .\n",
    ],
)
def test_only_parts_are_taken(root: Path, content: bytes) -> None:
    """What is not the graph of one report is refused."""
    with pytest.raises(StoreError, match="kg build -f nq"):
        ten.put(root, [("x.nq", content)])
    assert folders.current(root) == ""


def test_an_unknown_report_is_not_removed(root: Path) -> None:
    """When one of the reports to be removed is not there, none is."""
    ten.add(root, "r-01", "r-02")
    with pytest.raises(UnknownNameError, match="no report 'r-03'; did you mean"):
        ten.put(root, removed=["r-01", "r-03"])
    assert len(ten.content(root)) > 0
    assert folders.current(root) == "1"


# ---------------------------------------------------------------- the commands


def test_commands(tmp_path: Path, root: Path) -> None:
    """Reports are added, listed, replaced and removed; names are listed with the reasons."""
    paths = ten.write(tmp_path, ["r-01", "r-02", "r-06"])
    added = run("add", *paths, "--store", root).output
    assert added.splitlines()[:3] == ["added      r-01", "added      r-02", "added      r-06"]
    assert added.splitlines()[-1] == f"{root}: 3 reports, 1 names merged, 1 kept apart"
    assert "r-01  编造的报告01" in run("list", "--store", root).output
    assert f"{SHORT},,{LONG},{LONG},name," in run("list", "--merged", "-f", "csv", "--store", root).output
    ten.write(tmp_path, ["r-02"], ten.CHANGED)
    assert run("add", *paths, "--store", root).output.splitlines()[:3] == ["replaced   r-02", "unchanged  r-01", "unchanged  r-06"]
    assert run("remove", "r-01", "--store", root).output.splitlines()[0] == "removed    r-01"
    assert "no report 'r-01'" in run("remove", "r-01", "--store", root, code=1).output


def test_an_unchanged_report_is_not_read_again(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report whose file and whose rules are as they were is not read; one whose .toml has changed is."""
    (path,) = ten.write(tmp_path, ["r-01"])
    run("add", path, "--store", root)

    def refuse(_path: Path) -> None:
        message = "read again"
        raise KgError(message)

    monkeypatch.setattr(pipeline, "build", refuse)
    assert "unchanged  r-01" in run("add", path, "--store", root).output
    path.with_suffix(".toml").write_text('title = "别的"\n', "utf-8")
    assert "read again" in run("add", path, "--store", root, code=1).output


def test_a_bad_report_does_not_stop_the_others(tmp_path: Path, root: Path) -> None:
    """One that cannot be read is told of, with exit status 1, and the others are in the store."""
    good, worse = ten.write(tmp_path, ["r-01", "r-02"])
    worse.write_bytes(b"\x00\xff\x00")
    result = run("add", worse, good, tmp_path / "none.txt", "--store", root, code=1)
    assert "2 of 3 reports were not added" in result.output
    assert f"{tmp_path / 'none.txt'}: " in result.output
    assert "added      r-01" in result.output
    run("remove", "r-01", "--store", root)


def test_a_part_that_breaks_a_shape_is_refused(tmp_path: Path, root: Path) -> None:
    """SHACL holds for every report before it gets in, for ready parts too."""
    bad = tmp_path / "r-02.nq"
    bad.write_bytes(part_of(ten.part("r-02"), ("#partnerOf> .", "#partnerOf> .\n")))
    run("add", bad, "--store", root)
    bad.write_bytes(b"\n".join(line for line in ten.part("r-02").splitlines() if b"#status>" not in line))
    assert "ontology/shapes.ttl" in run("add", bad, "--store", root, code=1).output


def test_parts_and_reports_are_the_same(tmp_path: Path, root: Path) -> None:
    """A store of parts that kg build has written holds what a store of the reports holds."""
    paths = ten.write(tmp_path, ["r-01", "r-02"])
    run("build", *paths, "-o", tmp_path / "parts", "-f", "nq")
    run("add", *paths, "--store", root)
    run("add", *sorted((tmp_path / "parts").iterdir()), "--store", root.with_name("ready"))
    assert ten.content(root) == ten.content(root.with_name("ready"))


def test_every_command_takes_a_store(tmp_path: Path, root: Path) -> None:
    """Where a graph is asked for, the folder of a store will do."""
    ten.add(root, "r-01", "r-02", "r-08")
    ten.add(root.with_name("other"), "r-02", "r-08")
    assert LONG in run("why", UNDP, "partnerOf", LONG, "--graph", root).output
    run("export", "-f", "nquads", "-o", tmp_path / "out", "--graph", root)
    lines = (tmp_path / "out" / "report-kg.nq").read_text("utf-8").splitlines()
    assert lines == sorted(f"{line} ." for line in ten.content(root))
    assert "+ 编造的报告01" in run("diff", root.with_name("other"), root).output
    assert run("stats", "--graph", root).output
    assert run("check", root).output


def test_words_are_needed(root: Path) -> None:
    """Nothing to add and no store is a mistake."""
    assert "no store here" in run("add", "--store", root, code=1).output
