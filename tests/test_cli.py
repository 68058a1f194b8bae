"""The command line: what each command prints, and that a user's mistake is one line and never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from kg import __version__, ontology, queries, rules, writers
from kg import language as languages
from kg.cli import COMMANDS, kg
from kg.pipeline import Built

ROOT = Path(__file__).parent.parent
NAME = "000_99bf147bf4ea3876"

REPORT = """绿色网络 2013 年年度报告

一. 导言

1. 妇女署与儿童基金会在卢旺达合作。

2. 2012年，妇女署向卢旺达提供了 120 名专家。
"""


def invoke(*words: object, stdin: bytes = b"") -> Result:
    """The result of `kg` with these words."""
    return CliRunner().invoke(kg, [str(word) for word in words], input=stdin, prog_name="kg")


def one_line(result: Result, status: int = 1) -> str:
    """The error of a command that failed as it should: one line on stderr, no traceback."""
    assert result.exit_code == status
    assert isinstance(result.exception, SystemExit)
    error = result.stderr.removesuffix("\n")
    if status == 1:
        assert "\n" not in error
    assert error.splitlines()[-1].startswith("Error: ")
    return error.splitlines()[-1].removeprefix("Error: ")


@pytest.fixture(scope="module")
def exports(seed_built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seed's Turtle in exports/ and the seed in seeds/."""
    folder = tmp_path_factory.mktemp("exports")
    list(writers.write(seed_built, folder / "exports", ["ttl", "trig"]))
    (folder / "seeds").symlink_to(ROOT / "seeds")
    return folder


@pytest.fixture
def here(exports: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is a folder with exports/ and seeds/."""
    monkeypatch.chdir(exports)
    return exports


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_is_the_same_after_every_command() -> None:
    """A command whose module has the name of something else, such as list, takes nothing from `kg --help`."""
    before = invoke("--help").stdout
    for name in COMMANDS:
        assert invoke(name, "--help").exit_code == 0
    assert invoke("--help").stdout == before


def test_help_lists_every_command() -> None:
    """`kg --help` lists each command in one line; every one of them has a module, and a help text that ends with an example."""
    listed = invoke("--help").stdout
    modules = {path.stem for path in (ROOT / "kg" / "cli").glob("*.py")} - {"__init__", "places", "shares", "stages", "stores"}
    assert modules == set(COMMANDS)
    for name, about in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(about)}$", listed, re.MULTILINE)
        result = invoke(name, "--help")
        assert result.exit_code == 0
        assert f"Example: kg {name}" in " ".join(result.stdout.split())


def test_help_is_quick() -> None:
    """`python -m kg --help` imports neither spaCy nor rdflib, pySHACL, pyvis, networkx or pyoxigraph."""
    command = [sys.executable, "-X", "importtime", "-m", "kg", "--help"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert result.stdout.startswith("Usage: kg ")
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "kg.cli" in imported
    assert imported.isdisjoint({"spacy", "rdflib", "pyshacl", "pyvis", "networkx", "pyoxigraph", "yaml"})


def test_output_is_utf8_in_any_locale(exports: Path) -> None:
    """Chinese is printed as UTF-8 where the locale knows no Chinese, and when it is piped."""
    command = [sys.executable, "-m", "kg", "query", "partners", "--format", "csv"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = subprocess.run(command, cwd=exports, env=env, capture_output=True, check=True)  # noqa: S603
    assert "联合国开发计划署" in result.stdout.decode("utf-8")


def test_closed_pipe_is_quiet(exports: Path) -> None:
    """A reader that stops reading, as `head` does, causes no message."""
    command = [sys.executable, "-m", "kg", "query", "evidence", "--subject", "妇女署", "--relation", "", "--object", "", "--format", "json"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=exports, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_version() -> None:
    """`kg --version` tells the version of the package."""
    assert invoke("--version").stdout == f"kg, version {__version__}\n"


def test_unknown_command_is_a_usage_error() -> None:
    """A command that is misspelt gets the nearest one, and status 2."""
    assert one_line(invoke("biuld"), 2) == "no command 'biuld'; did you mean build?"


def test_build_writes_every_format_and_tells_the_counts(tmp_path: Path) -> None:
    """A build writes each format that a plain text needs and prints how much each stage gave; without a terminal it draws no bar."""
    report = tmp_path / "r1.txt"
    report.write_text(REPORT, encoding="utf-8")
    result = invoke("build", report, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"r1.{form}" for form in writers.DEFAULT if form != "txt")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["r1"]
    counts = {line[0]: line[1] for line in lines if len(line) == 2}
    assert counts["paragraphs"] == "2"
    assert int(counts["facts"]) >= 2
    assert result.stderr == ""


def test_build_writes_only_what_is_asked(tmp_path: Path) -> None:
    """--format, given twice, writes these two and no other; the report's facts are in them."""
    report = tmp_path / "r1.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert invoke("build", report, "-o", tmp_path, "--format", "ttl", "-f", "issues.jsonl").exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"r1.txt", "r1.ttl", "r1.issues.jsonl"}
    assert "kg:partnerOf" in (tmp_path / "r1.ttl").read_text(encoding="utf-8")


def test_build_takes_all_seeds(empty: Path) -> None:
    """Without a report all of seeds/ are built, into exports/."""
    (empty / "seeds").mkdir()
    for name in ("b", "a"):
        (empty / "seeds" / f"{name}.txt").write_text(REPORT, encoding="utf-8")
    result = invoke("build", "-f", "ttl")
    assert [line for line in result.stdout.splitlines() if not line.startswith(" ")] == ["a", "b"]
    assert sorted(path.name for path in (empty / "exports").iterdir()) == ["a.ttl", "b.ttl"]


def test_build_refuses_a_report_that_lost_something(tmp_path: Path) -> None:
    """A build that finds less than the .toml expects has status 1, tells each expectation in a line and leaves what was written before."""
    report, toml, out = tmp_path / "r1.txt", tmp_path / "r1.toml", tmp_path / "out"
    report.write_text(REPORT, encoding="utf-8")
    toml.write_text("[expect]\nparagraphs = 2\nshare = 0.5\n[expect.relations]\npartnerOf = 1\n")
    assert invoke("build", report, "-o", out, "-f", "ttl").exit_code == 0
    before = (out / "r1.ttl").read_bytes()
    toml.write_text("[expect]\nparagraphs = 3\nfacts = 1\n[expect.relations]\npartnerOf = 2\nfunds = 1\n")
    result = invoke("build", report, "-o", out, "-f", "ttl", "-f", "nq", "--min-confidence", "0.9")
    assert (result.exit_code, result.stdout) == (1, "")
    remedy = f"see kg check --coverage {report}, or lower it in r1.toml"
    assert result.stderr.removeprefix("Error: ").splitlines() == [
        f"{report}: paragraphs: 2 found, at least 3 expected; {remedy}",
        f"{report}: relations.funds: 0 found, at least 1 expected; {remedy}",
        f"{report}: relations.partnerOf: 1 found, at least 2 expected; {remedy}",
    ]
    assert [(path.name, path.read_bytes()) for path in out.iterdir()] == [("r1.ttl", before)]


def test_build_refuses_a_graph_that_breaks_a_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build whose graph breaks a shape writes nothing and names the statement, its sentence and its rule."""
    report = tmp_path / "r1.txt"
    report.write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr("kg.facts._status", lambda *_: "perhaps")
    error = one_line(invoke("build", report, "-o", tmp_path / "out"))
    assert re.match(
        r"ontology/shapes\.ttl: \S+ \w+ \S+: status is perhaps, which is not of the class Status \(shape Qualifier\); said by ", error
    )
    assert re.search(r"zh/\w+#\w+ of “.*。”", error)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["build"], "seeds/: no report (*.txt, *.pdf, *.docx, *.html, *.htm, *.md) here; give the path of one"),
        (["build", "nope.txt"], "nope.txt: there is no such file; give the path of a report"),
        (["build", "a/x.txt", "b/x.txt"], "x: two reports of that name would be written over each other; rename one"),
        (["query", "partners"], "exports/: no graph (*.ttl) here; make one with kg build, or name one"),
        (["query", "partnrs"], "queries/partnrs.rq: no such question; did you mean partners or private-partners?"),
        (["query", "nope.rq"], "nope.rq: cannot be read: No such file or directory"),
        (["check"], "exports/: no graph (*.ttl) here; make one with kg build, or name one"),
        (["check", "--coverage"], "seeds/: no report (*.txt, *.pdf, *.docx, *.html, *.htm, *.md) here; give the path of one"),
        (["check", "--coverage", "x.ttl"], "x.ttl: no reader for the file format '.ttl'"),
        (["check", "nope.ttl"], "nope.ttl: cannot be read: No such file or directory; give a graph that kg build has written"),
        (["view", "-o", "x.html"], "exports/: no graph (*.ttl) here; make one with kg build, or name one"),
        (["why", "a", "b", "c"], "exports/: no graph (*.ttl) here; make one with kg build, or name one"),
        (["trace", "nope", "1"], "seeds/: no report (*.txt, *.pdf, *.docx, *.html, *.htm, *.md) here; give the path of one"),
        (["trace", "nope.txt", "1"], "nope.txt: there is no such file; give the path of a report"),
        (["rules", "partnerof"], "no relation or rule 'partnerof'; did you mean partnerOf"),
        (["score", "nope.ttl", "gold"], "nope.ttl: cannot be read: No such file or directory; give a graph that kg build has written"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], message: str) -> None:
    """What a user gets wrong is told in one line that names the file, the fault and the remedy, with status 1."""
    assert one_line(invoke(*words)).startswith(message)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "words",
    [
        ["build", "--format", "tll"],
        ["why", "x"],
        ["view"],
        ["trace", "x"],
        ["score"],
        ["check", "--format", "csv"],
        ["rules", "--language", ".."],
        ["trace", "x", "1", "--stage", "y"],
    ],
)
def test_wrong_usage_has_status_2(words: list[str]) -> None:
    """An option or a number of arguments that a command does not take is a usage error, with status 2."""
    assert one_line(invoke(*words), 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable_folder(tmp_path: Path) -> None:
    """A folder in which nothing may be written is told in one line."""
    report = tmp_path / "r1.txt"
    report.write_text(REPORT, encoding="utf-8")
    tmp_path.chmod(0o500)
    assert "cannot be written: Permission denied; give another place with -o" in one_line(invoke("build", report, "-o", tmp_path))
    tmp_path.chmod(0o700)


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """An output folder that is a file is told in one line."""
    report = tmp_path / "r1.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert "cannot be written: " in one_line(invoke("build", report, "-o", report))


def test_query_lists_the_questions() -> None:
    """`kg query` alone lists every question with its titles in both languages and its parameters."""
    listed = invoke("query").stdout
    for question in queries.catalogue():
        [row] = [line for line in listed.splitlines() if line.startswith(f"{question.name} ")]
        assert all(title in row for title in question.titles.values())
        assert all(param.name in row for param in question.params)


@pytest.mark.usefixtures("here")
def test_query_asks_with_parameters() -> None:
    """A question is asked of exports/ with its parameters as options, in each format."""
    rows = json.loads(invoke("query", "partners", "--subject", "UN Women", "--lang", "en", "--format", "json").stdout)
    assert "United Nations Development Programme" in {row["partner"] for row in rows}
    text = invoke("query", "partners", "--subject", "UN Women", "--format", "csv").stdout
    assert text.startswith("kind,partner,paragraphs\n")
    assert "联合国开发计划署" in text


def test_query_shows_the_parameters_of_a_question() -> None:
    """The help of a question tells what it asks and what can be given."""
    shown = invoke("query", "partners", "--help").stdout
    assert "--subject" in shown
    assert "Who are the partners of a body" in shown


def test_query_reads_standard_input(here: Path) -> None:
    """A dash reads SPARQL from the standard input, asked of the graph that is named."""
    ask = b"PREFIX kg: <https://w3id.org/report-kg/ontology#>\nSELECT (COUNT(?s) AS ?n) WHERE { ?s a kg:Report }"
    result = invoke("query", "-", "--graph", here / "exports" / f"{NAME}.trig", "--format", "csv", stdin=ask)
    assert result.stdout == "n\n1\n"
    wrong = one_line(invoke("query", "-", "--graph", here / "exports" / f"{NAME}.ttl", stdin=b"SELEC ?s"))
    assert re.match(r"standard input:1:\d+: not SPARQL: ", wrong)


@pytest.mark.usefixtures("here")
def test_query_reads_a_file(tmp_path: Path) -> None:
    """A .rq file by its path is asked with its own parameters."""
    path = tmp_path / "mine.rq"
    path.write_text(
        '# param: kind ?kind the class\nSELECT (COUNT(?s) AS ?n) WHERE { BIND("Report" AS ?kind) ?s a ?c FILTER(STRENDS(STR(?c), ?kind)) }'
    )
    assert invoke("query", path, "--format", "csv").stdout == "n\n1\n"
    assert invoke("query", path, "--kind", "#Nothing", "--format", "csv").stdout == "n\n0\n"


@pytest.mark.usefixtures("here")
def test_query_tells_the_nearest_name() -> None:
    """A name that nothing has is told with the nearest one, a wrong parameter with the right one; an empty answer says so."""
    assert "did you mean 妇女署" in one_line(invoke("query", "partners", "--subject", "妇女暑"))
    assert "'--subject'" in one_line(invoke("query", "partners", "--sbject", "x"), 2)
    empty = invoke("query", "year", "--year", "1066")
    assert (empty.exit_code, empty.stderr) == (0, "no rows\n")


def test_check_of_a_sound_graph(here: Path) -> None:
    """A graph that fulfils the shapes is told so, in both formats."""
    for form in ("ttl", "trig"):
        result = invoke("check", f"exports/{NAME}.{form}")
        triples = len(Graph().parse(here / "exports" / f"{NAME}.ttl"))
        assert (result.exit_code, result.stdout) == (0, f"exports/{NAME}.{form}: fulfils the shapes ({triples} triples)\n")


def test_check_tells_the_coverage(tmp_path: Path) -> None:
    """--coverage prints a row for each section of a report, by its path or as a seed, and one for the whole; in each format."""
    report = tmp_path / "r1.txt"
    report.write_text(REPORT, encoding="utf-8")
    rows = json.loads(invoke("check", "--coverage", report, "--format", "json").stdout)
    counts = {"sentences": "2", "named": "2", "fact": "2", "number": "0", "share": "1.00"}
    assert rows == [counts | {"section": "一. 导言"}, counts | {"section": "total of r1"}]
    assert invoke("check", "--coverage", report).stdout.splitlines()[0].split() == [
        "sentences",
        "named",
        "fact",
        "number",
        "share",
        "section",
    ]


def test_check_tells_the_coverage_of_all_seeds(empty: Path) -> None:
    """--coverage alone is of all of seeds/; a name without an ending is that of a seed."""
    (empty / "seeds").mkdir()
    for name in ("b", "a"):
        (empty / "seeds" / f"{name}.txt").write_text(REPORT, encoding="utf-8")

    def totals(*words: str) -> list[str]:
        lines = invoke("check", "--coverage", "--format", "csv", *words).stdout.splitlines()
        return [line.rpartition(" ")[2] for line in lines if "total" in line]

    assert totals() == ["a", "b"]
    assert totals("b") == ["b"]


def test_check_of_a_faulty_graph(here: Path, tmp_path: Path) -> None:
    """Each fault is a line with the statement, its sentence and its rule, and the status is 1."""
    text = (here / "exports" / f"{NAME}.ttl").read_text(encoding="utf-8")
    path = tmp_path / "faulty.ttl"
    path.write_text(re.sub(r'(oa:exact ")', r"\1到", text, count=1), encoding="utf-8")
    result = invoke("check", path)
    assert one_line(result).endswith("mend the rules or the ontology and build again")
    for line in result.stdout.splitlines():
        assert re.match(
            rf"{path}: .*: the quote is not what stands at \d+ to \d+ of its paragraph \(shape Quote\); said by zh/\S+ of “到", line
        )


@pytest.mark.usefixtures("here")
def test_why_shows_the_sentences() -> None:
    """A fact is shown with the paragraph, section, sentence and rule of each piece of evidence, whatever names it is asked by."""
    shown = invoke("why", "un women", "memberOf", "艾滋病署").stdout
    assert re.search(r"^  ¶29 四\. .* › B\. .*$", shown, re.MULTILINE)
    assert "“2012年6月，妇女署成为联合国艾滋病毒/艾滋病联合规划署(艾滋病署)的第十一个共同赞助机构。”" in shown
    assert "(done, 2012-06-01 to 2012-06-30, confidence 0." in shown
    assert "zh/memberOf#" in shown
    assert invoke("why", "unwomen", "成员", "UNAIDS").stdout == shown


@pytest.mark.usefixtures("here")
def test_why_goes_both_ways_only_for_symmetric_relations() -> None:
    """Partners are found in either order; members are not."""
    assert invoke("why", "UNDP", "partnerOf", "UN Women").stdout == invoke("why", "UN Women", "partnerOf", "UNDP").stdout != ""
    assert one_line(invoke("why", "艾滋病署", "memberOf", "UN Women")).startswith("no statement says: 艾滋病署 memberOf UN Women")


@pytest.mark.usefixtures("here")
def test_why_tells_what_there_is_instead() -> None:
    """A fact that is not there is told with the relations there are; a name that nothing has, with the nearest."""
    assert one_line(invoke("why", "UN Women", "funds", "UNDP")).endswith("between the two there is partnerOf")
    assert "did you mean partnerOf" in one_line(invoke("why", "UN Women", "partnrOf", "UNDP"))
    assert "did you mean UNDP" in one_line(invoke("why", "UN Women", "partnerOf", "UNDPP"))


@pytest.mark.usefixtures("here")
def test_trace_shows_each_stage() -> None:
    """A paragraph is shown as read, with its names marked, resolved, its facts with rule and quote, and its numbers."""
    result = invoke("trace", NAME, "50")
    assert re.findall(r"^── (\w+)$", result.stdout, re.MULTILINE) == ["read", "find", "resolve", "relate", "observe", "issues"]
    stages = dict(zip(*[iter(re.split(r"^── (\w+)\n", result.stdout, flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert stages["read"].startswith(f"seeds/{NAME}.txt:")
    assert stages["find"].startswith("[妇女署 UNEntity]协同[政治事务部 UNEntity]，向[25个 Quantity]国家")
    assert "“该部” stands for 政治事务部" in stages["resolve"]
    assert re.search(
        r"^政治事务部 partnerOf 联合国促进性别平等和增强妇女权能署 \(done\)\n  “妇女署协同.*”\n  zh/partnerOf#\d+; ",
        stages["relate"],
        re.MULTILINE,
    )
    assert "exactly 30 PERCENT (30%)" in stages["observe"]


def test_trace_shows_one_stage() -> None:
    """--stage shows that stage alone, of a report by its path; a footnote is told with the paragraph it hangs on."""
    result = invoke("trace", ROOT / "seeds" / f"{NAME}.txt", "fn1", "--stage", "read")
    assert result.stdout.splitlines()[0] == "── read"
    assert "(footnote of ¶1)" in result.stdout
    assert result.stdout.count("──") == 1


@pytest.mark.usefixtures("here")
def test_trace_of_no_paragraph() -> None:
    """A paragraph that the report does not have, and a seed that is misspelt, are told with the nearest."""
    assert one_line(invoke("trace", NAME, "summry")).endswith("no paragraph 'summry'; did you mean summary or summary-2?")
    assert one_line(invoke("trace", NAME[:-1], "1")).endswith(f"did you mean {NAME}?")


def test_rules_lists_every_relation() -> None:
    """`kg rules` lists each relation with the number of its rules and what it is about."""
    listed = invoke("rules").stdout.splitlines()
    files = rules.load(languages.load("zh"), ontology.load())
    assert [(line.split()[0], line.split()[1]) for line in listed] == [(f"zh/{file.relation.name}", str(len(file.rules))) for file in files]


def test_rules_shows_a_relation_and_a_rule() -> None:
    """A relation is shown with all its patterns and examples; one rule with its pattern and the examples that it matches."""
    [file] = [file for file in rules.load(languages.load("zh"), ontology.load()) if file.relation.name == "supports"]
    whole = invoke("rules", "supports").stdout
    assert all(rule.source in whole for rule in file.rules)
    assert all(example.text in whole for example in file.examples)
    one = invoke("rules", "zh/supports#1").stdout
    assert file.rules[0].source in one
    assert file.rules[1].source not in one
    assert 0 < sum(example.text in one for example in file.examples) < len(file.examples)


def test_rules_tries_a_sentence() -> None:
    """A sentence is read as a paragraph is: by all rules, with facts and numbers, or by those named, with each pair they match."""
    sentence = "2012年，妇女署与儿基会向卢旺达提供了 120 名专家。"
    shown = invoke("rules", "--try", sentence).stdout
    assert "联合国儿童基金会 supports 卢旺达 (done, 2012-01-01 to 2012-12-31)" in shown
    assert "exactly 120 NUM" in shown
    assert "[妇女署 UNEntity]与[儿基会 UNEntity]向[卢旺达 Country]提供" in shown
    matched = invoke("rules", "supports", "--try", sentence).stdout
    assert re.search(r"^zh/supports#\d+: 儿基会 → 卢旺达$", matched, re.MULTILINE)
    assert invoke("rules", "adopts", "--try", sentence).stdout == ""


def test_score_compares_gold_folders(tmp_path: Path) -> None:
    """Folders alone give one row each, of the build of their reports; options of a single comparison do not go with them."""
    golds = [ROOT / "tests" / "gold" / name for name in ("seed-1-45", "seed-46-91")]
    head, _, *rows = invoke("score", *golds).stdout.splitlines()
    assert head.split()[:3] == ["gold", "facts", "P"]
    assert [row.split()[0] for row in rows] == ["seed-1-45", "seed-46-91"]
    assert all(0.8 < float(share) <= 1 for row in rows for share in row.split()[1:7])
    assert "go with one GRAPH and one GOLD" in invoke("score", golds[0], "--list").stderr
    assert "give one GRAPH and one GOLD" in invoke("score", tmp_path / "a.ttl", golds[0], golds[1]).stderr


def test_score_prints_the_figures(here: Path) -> None:
    """The score of the seed on its gold: figures of facts, of each relation, of entities and observations; the last line sums up."""
    gold = ROOT / "tests" / "gold" / "seed-1-45"
    lines = invoke("score", here / "exports" / f"{NAME}.ttl", gold, "--upto", "45").stdout.splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")][:4] == [
        "facts strict",
        "facts relaxed",
        "entities",
        "observations",
    ]
    assert re.fullmatch(
        r"relaxed F1 0\.\d{3} \(P \d\.\d{3} R \d\.\d{3}\), strict F1 \d\.\d{3}, entities \d\.\d{3}, observations F1 \d\.\d{3}", lines[-1]
    )
    listed = invoke("score", here / "exports" / f"{NAME}.ttl", gold, "--upto", "45", "--list").stdout.splitlines()
    assert [line for line in listed if line.strip().partition(":")[0] not in {"missed", "extra", "not named", "number missed"}] == lines
