"""What is known of a report besides its facts: found in the text when nobody tells, its file, its pages; written beside the exports."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import made_files
import pytest
from click.testing import CliRunner
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from kg import pipeline
from kg.cli import kg, places
from kg.errors import KgError, ReportError, UnknownNameError
from kg.exports import data, records
from kg.graph import K
from kg.iris import report_iri
from kg.pipeline import Built
from kg.readers import described, layout, pages
from kg.writers import toml, txt, write

WHO, TO_WHOM = "联合国开发计划署", "卢旺达"
SAID = "联合国开发计划署在卢旺达开展活动，并支助了120名渔民。"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A bare PDF that says one fact on its second page."""
    folder = tmp_path_factory.mktemp("bare")
    source = dict(made_files.PARAGRAPHS)
    try:
        made_files.PARAGRAPHS["2"] = SAID
        path = made_files.write(folder, "a.pdf", made_files.pdf())
    finally:
        made_files.PARAGRAPHS.update(source)
    return pipeline.build(path)


# Found in the text


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("海洋署的业务活动", "执行主任的报告"), "海洋署"),
        (("百岛", "秘书处编写的工作文件"), "秘书处"),
        (("经济及社会理事会", "2016年届会", "秘书长的报告"), "经济及社会理事会"),
        (("经济及社会理事会", "海洋委员会关于渔业的报告"), "海洋委员会"),
        (("百岛的渔业", "秘书长的报告"), ""),
        (("为来自发展中国家的海洋委员会成员支付费用的方式",), ""),
    ],
)
def test_publisher(lines: tuple[str, ...], publisher: str) -> None:
    """The publisher is the body that the title or the author's line names, else a body alone on its line."""
    reading = pages.parse("\n".join([*lines, "1. 海洋署在北港设立办事处。", "2. 会议在东岛举行。"]), layout.load("zh"))
    assert reading.front.publisher == publisher


def test_the_title_below_the_agenda_item() -> None:
    """Where only the author stands below the agenda item and its title, that is the title of the report."""
    reading = pages.parse("议程项目2\n海洋署的活动\n执行主任的报告\n1. 海洋署在北港设立办事处。\n2. 会议。", layout.load("zh"))
    assert (reading.front.title, reading.front.agenda_item) == ("海洋署的活动", "2")


# The .toml that a bare report would like


def test_toml_is_read_back(built: Built, tmp_path: Path) -> None:
    """The .toml proposed for a bare report, put beside it, says what was found; a build that heeds it misses nothing."""
    proposed = toml.render(built)
    assert proposed is not None
    (tmp_path / "a.toml").write_bytes(proposed)
    description = described.read(tmp_path / "a.toml")
    for key in ("title", "symbol", "session", "date", "agenda_item", "publisher", "language"):
        assert getattr(description, key) == getattr(built.document, key), key
    assert dict(description.expect)["paragraphs"] == 3
    assert all(built.counts[name] >= least for name, least in description.expect)
    made_files.write(tmp_path, "a.pdf", built.document.path.read_bytes())
    again = pipeline.build(tmp_path / "a.pdf")
    assert toml.render(again) is None
    assert {way for _, way in again.document.origins} == {"description"}
    assert [issue for issue in again.extraction.issues if issue.kind == "expectation"] == []


def test_toml_says_how_it_was_known(built: Built) -> None:
    """Each key found says where; one not found stands there as a comment to be filled in."""
    lines = (toml.render(built) or b"").decode().splitlines()
    assert 'title = "海洋署的业务活动"  # found in the text' in lines
    assert 'publisher = "海洋署"  # found in the text' in lines
    assert not [line for line in lines if "not found" in line]


def test_toml_holds_any_text(built: Built, tmp_path: Path) -> None:
    """Quotes, backslashes, controls and DEL in a title come back as they were, and none of them writes a line of its own."""
    title = '甲"乙\\丙\t丁\x7f\u0085\nsymbol = "X"'
    document = replace(built.document, title=title, path=tmp_path / "a.pdf")
    proposed = toml.render(replace(built, extraction=replace(built.extraction, document=document)))
    (tmp_path / "a.toml").write_bytes(proposed or b"")
    assert described.read(tmp_path / "a.toml").title == title
    assert described.read(tmp_path / "a.toml").symbol == made_files.SYMBOL


# The extracted text, the hashes and the pages


def test_extracted_text_is_written(built: Built, tmp_path: Path) -> None:
    """The text that quotes stand in is written beside the exports, with the hash that the graph names; a plain text needs none."""
    assert list(write(built, tmp_path, ["txt"])) == [tmp_path / "a.txt"]
    text = (tmp_path / "a.txt").read_bytes()
    node = URIRef(report_iri(built.document))
    assert built.graph.value(node, K.textSha256) == Literal(hashlib.sha256(text).hexdigest())
    assert built.graph.value(node, K.sha256) == Literal(hashlib.sha256(built.document.path.read_bytes()).hexdigest())
    assert built.graph.value(node, DCTERMS.format) == Literal("application/pdf")
    for paragraph in built.document.paragraphs:
        assert [text.decode()[place] for place in paragraph.offsets] == list(paragraph.text)


def test_plain_text_is_not_written_again(seed_built: Built, tmp_path: Path) -> None:
    """A report that is plain text itself, with a .toml beside it, is written neither as text nor as .toml."""
    assert txt.render(seed_built) is None
    assert toml.render(seed_built) is None
    assert list(write(seed_built, tmp_path, ["txt", "toml"])) == []
    assert not list(seed_built.graph.subject_objects(K.page))


def test_nothing_is_written_over_a_report(built: Built) -> None:
    """The text of a report is not written beside it, where it would be a second report of that name."""
    with pytest.raises(KgError, match="would stand in the place of a report; give another place with -o"):
        list(write(built, built.document.path.parent, ["txt"]))


def test_pages_are_told(built: Built, tmp_path: Path) -> None:
    """The page stands in the graph at paragraphs and evidence, in the tables, in the explorer's data and in what kg why tells."""
    rows = built.graph.query("SELECT ?number ?page { ?paragraph kg:number ?number ; kg:page ?page }")
    assert {str(number): page.toPython() for number, page in rows} == {"1": 1, "fn1": 1, "2": 2, "3": 2}  # type: ignore[misc, union-attr]  # rows
    files = {path.suffix: path for path in write(built, tmp_path, ["ttl", "html"])}
    table = records.evidence(data.read(files[".ttl"]))
    pages_told = {row[list(table.columns).index("page")] for row in table.rows if row[list(table.columns).index("paragraph")] == "2"}
    assert pages_told == {2}
    told = CliRunner().invoke(kg, ["why", WHO, "operatesIn", TO_WHOM, "--graph", str(files[".ttl"])])
    assert "  ¶2 (page 2) 二. 成果 › A. 培训\n" in told.stdout
    found = re.search(r'<script[^>]* id="?data"?[^>]*>(.*?)</script>', files[".html"].read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert {passage[3] for passage in json.loads(found[1])["passages"]} == {2}


# Where reports are looked for


def test_reports_of_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file, all reports in seeds/ are meant, of whatever format; a name is enough, and two reports of one name are refused."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    with pytest.raises(UnknownNameError, match=r"seeds/: no report \(\*\.txt, \*\.pdf, \*\.docx"):
        places.reports(())
    for name in ("b.txt", "a.pdf", "c.MD", "README.md", "a.toml"):
        (tmp_path / "seeds" / name).touch()
    assert [path.name for path in places.reports(())] == ["a.pdf", "b.txt", "c.MD"]
    assert places.report("a") == Path("seeds/a.pdf")
    (tmp_path / "seeds" / "a.docx").touch()
    with pytest.raises(ReportError, match="a: two reports of that name would be written over each other"):
        places.reports(())
