"""The reader: made-up pages, one a trap; the seed report; faults in files; and what holds for any text at all."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import KgError, LanguageError, ReportError
from kg.model import Document, Label
from kg.readers import described, layout, pages, read
from kg.text import INVISIBLE, agrees

PAGES = Path(__file__).parent / "readers"
TRAPS = sorted(path.stem for path in PAGES.glob("*.txt"))
SEED = Path(__file__).parents[1] / "seeds" / "000_99bf147bf4ea3876.txt"
LAYOUT = layout.load("zh")
VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")
FOUR = "四. 联合国业务活动对国家能力发展和发展实效的贡献"


@pytest.fixture(scope="module")
def seed() -> Document:
    """The seed report, read once."""
    return read(SEED)


def lost(source: str, reading: pages.Reading) -> str:
    """The visible characters that are in no paragraph and in no other place that the reader knows."""
    taken = {place for paragraph in reading.paragraphs for place in paragraph.offsets}
    for placed in reading.placed:
        taken.update(range(placed.start, placed.end))
    return "".join(match.group() for match in VISIBLE.finditer(source) if match.start() not in taken)


# Made-up pages


@pytest.mark.parametrize("trap", TRAPS)
def test_page(trap: str) -> None:
    """Each made-up page gives the paragraphs, sections, anchors, front page and issues that its .yaml names, and no others."""
    expected = yaml.safe_load((PAGES / f"{trap}.yaml").read_text(encoding="utf-8"))
    source = (PAGES / f"{trap}.txt").read_text(encoding="utf-8")
    reading = pages.parse(source, LAYOUT)
    wanted = {number: value if isinstance(value, dict) else {"text": value} for number, value in expected["paragraphs"].items()}
    assert {paragraph.number: paragraph.text for paragraph in reading.paragraphs} == {key: value["text"] for key, value in wanted.items()}
    assert [paragraph.number for paragraph in reading.paragraphs] == list(wanted)
    for paragraph in reading.paragraphs:
        assert wanted[paragraph.number].get("section", list(paragraph.section)) == list(paragraph.section)
        assert wanted[paragraph.number].get("anchor", "") == paragraph.anchor
    assert list(reading.sections) == expected.get("sections", [])
    for key in ("title", "symbol", "session", "date", "agenda_item"):
        assert getattr(reading.front, key) == expected.get(key, getattr(reading.front, key)), key
    assert sorted(issue.kind for issue in reading.issues) == sorted(expected.get("issues", []))
    assert lost(source, reading) == ""


def test_each_page_has_both_files() -> None:
    """No made-up page lacks its expectation, and no expectation its page."""
    assert sorted(path.stem for path in PAGES.glob("*.yaml")) == TRAPS
    assert len(TRAPS) > 20


# The seed report


def test_seed_paragraphs_come_in_order(seed: Document) -> None:
    """The seed has the summary, paragraphs 1 to 91 and three footnotes in reading order, and nothing that was not understood."""
    by_kind = {kind: [p.number for p in seed.paragraphs if p.kind == kind] for kind in ("summary", "paragraph", "footnote")}
    assert by_kind["paragraph"] == [str(number) for number in range(1, 92)]
    assert by_kind["summary"] == ["summary", "summary-2"]
    assert by_kind["footnote"] == ["fn1", "fn2", "fn3"]
    assert [p.anchor for p in seed.paragraphs if p.kind == "footnote"] == ["1", "1", "18"]
    assert seed.issues == ()
    assert dict(seed.expect)["paragraphs"] == 91


def test_seed_text_is_whole(seed: Document) -> None:
    """Each paragraph of the seed ends with its full stop and holds no blank, no line break, no rule and no mark of a footnote."""
    for paragraph in seed.paragraphs:
        assert paragraph.text.endswith("。"), paragraph.number
        assert not re.search(r"\s|_", paragraph.text), paragraph.number
        assert not re.match(r"\d{1,2}\.", paragraph.text), paragraph.number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("5", "2011年有7个此类捐助方。2012年捐款总额"),
        ("22", "2011年在大韩民国釜山举行的第四次援助实效问题高级别论坛"),
        ("1", "进行阅读，后者详细记录了"),
        ("1", "目标的对比情况。本报告介绍了"),
        ("18", "所作的努力。该倡议的目的"),
        ("13", "全世界1600多家媒体"),
        ("24", "价值4300万美元的55个方案"),
        ("31", "从22.7%增至42.7%。妇女署还"),
        ("41", "总价值为12659893美元的13个联合方案"),
        ("54", "妇女署与印度赤脚学院签署了"),
        ("69", "2012年四年度全面政策审查、2015年后联合国发展议程"),
    ],
)
def test_seed_reads_on(seed: Document, number: str, words: str) -> None:
    """A paragraph of the seed reads on over footnotes, marks, page breaks and blanks in numbers."""
    assert words in next(p.text for p in seed.paragraphs if p.number == number)


@pytest.mark.parametrize(
    ("number", "section"),
    [
        ("1", ("一. 导言",)),
        ("13", ("三. 战略伙伴关系，包括与私营部门的合作",)),
        ("24", (FOUR, "B. 国家规划和预算编制")),
        ("25", (FOUR, "B. 国家规划和预算编制", "性别平等与国家艾滋病毒/艾滋病规划")),
        ("30", (FOUR, "C. 妇女的领导和参与")),
        ("57", (FOUR, "H. 促进性别平等和增强妇女权能：从妇女署三年度全面政策审查透视联合国系统")),
        ("79", ("五. 改善联合国发展系统的运作", "C. 交易费用和效率", "采购")),
        ("81", ("五. 改善联合国发展系统的运作", "C. 交易费用和效率", "信息和通信技术")),
        ("82", ("六. 对发展方面业务活动的评价",)),
        ("90", ("七. 国际会议的后续行动", "2015年后的联合国发展议程")),
        ("91", ("八. 结论",)),
        ("summary", ("摘要",)),
        ("fn3", (FOUR, "A. 能力建设和发展")),
    ],
)
def test_seed_sections(seed: Document, number: str, section: tuple[str, ...]) -> None:
    """A paragraph of the seed stands below its headings, outermost first."""
    assert next(p.section for p in seed.paragraphs if p.number == number) == section


def test_seed_loses_nothing(seed: Document) -> None:
    """Every visible character of the seed is in a paragraph or has another known place, and the only marks are the footnotes'."""
    reading = pages.parse(seed.source, LAYOUT)
    assert lost(seed.source, reading) == ""
    assert [seed.source[p.start : p.end] for p in reading.placed if p.role == "mark"] == ["1", "2", "3"]
    assert not [p for p in reading.placed if p.role in {"unread", "contents", "furniture"}]


def test_seed_toml_agrees_with_the_text(seed: Document, tmp_path: Path) -> None:
    """What the seed's .toml says is what the reader finds in the text alone."""
    shutil.copy(SEED, tmp_path / SEED.name)
    alone = read(tmp_path / SEED.name)
    for key in ("title", "session", "date", "agenda_item", "language", "sections"):
        assert getattr(alone, key) == getattr(seed, key), key
    assert alone.expect == ()


def test_seed_is_read_fast(seed: Document) -> None:
    """The seed is taken apart in well under a quarter of a second, so that a reader who waits does not notice it."""
    start = time.perf_counter()
    pages.parse(seed.source, LAYOUT)
    assert time.perf_counter() - start < 0.25


def test_a_long_line_is_read_in_linear_time() -> None:
    """A report of two million characters on one line, or on as many short lines, does not hang the reader."""
    start = time.perf_counter()
    assert len(pages.parse("1. " + "海洋署在 1 600 个岛上。" * 150_000, LAYOUT).paragraphs) == 1
    assert len(pages.parse("1. 海洋署。\n" + "甲乙\n" * 50_000 + "2. 会议。", LAYOUT).paragraphs) == 2
    assert time.perf_counter() - start < 30


# Any text at all

PIECES = st.sampled_from(
    [
        *"甲乙。，、；：！？“”《》（）()[]", *"0123456789", *"AB.．/-%*_", *" \t\n\r\f\v\u3000\u00a0\u2028\u200b\ufeff\u0007\ufffe",
        "1. ", "2. ", "3.", "\n4. ", "。\n", "\n\n", " \n ", "一. ", "\nA. ", "第一条", "\n第二条 ", "______\n", "\n1\n", "\n1 ",
        "注\n", "摘要\n", "目录\n", ".....", "附件\n", "1 600", "2011 年", "议程项目 2", "A/67/1\n", "2013年1月23日\n", "个国家", "\r\n",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=80).map("".join) | st.text(max_size=60)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("1. 甲______\n2. ")  # an empty paragraph has no place of its own
def test_any_text_keeps_its_places(source: str) -> None:
    """Whatever the page, each paragraph maps back to the source, places rise strictly, numbers are unique and nothing is lost."""
    reading = pages.parse(source, LAYOUT)
    for paragraph in reading.paragraphs:
        assert agrees(paragraph.text, paragraph.offsets, source)
        assert all(a < b for a, b in zip(paragraph.offsets, paragraph.offsets[1:], strict=False))
        assert paragraph.text == paragraph.text.strip()
        assert "\n" not in paragraph.text
    numbers = [paragraph.number for paragraph in reading.paragraphs]
    assert len(numbers) == len(set(numbers))
    values = [int(number) for number in numbers if number.isdecimal()]
    assert values == sorted(values)
    assert lost(source, reading) == ""


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_character_is_in_two_places(source: str) -> None:
    """Whatever the page, no character is read twice: not in two paragraphs, nor in a paragraph and elsewhere."""
    reading = pages.parse(source, LAYOUT)
    places = [place for paragraph in reading.paragraphs for place in paragraph.offsets]
    places += [place for placed in reading.placed for place in range(placed.start, placed.end) if VISIBLE.match(source[place])]
    assert len(places) == len(set(places))


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200) | TEXTS.map(lambda text: ("海洋署" + text).encode("gb18030", "replace")))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever the bytes of a file, it becomes a document or a ReportError that names the file."""
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    try:
        refusal = ""
        source = read(path).source
    except ReportError as error:
        refusal = str(error)
        source = ""
    assert bool(source) != ("any.txt" in refusal)


# Files and their faults

TEXT = "海洋署的活动\n1. 海洋署在北港设立办事处。\n2. 会议在东岛举行。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encodings(tmp_path: Path, encoding: str, line_break: str) -> None:
    """A report reads the same in UTF-8 with or without a mark, UTF-16 and GB18030, with any line break; its places count characters."""
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", line_break).encode(encoding))
    document = read(path)
    assert [p.text for p in document.paragraphs] == ["海洋署在北港设立办事处。", "会议在东岛举行。"]
    assert document.source == TEXT.replace("\n", line_break)
    assert all(document.source[place] == char for p in document.paragraphs for place, char in zip(p.offsets, p.text, strict=True))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", "1. 海\0洋。".encode(), "line 1: a null character"),
        ("a.txt", b"\xff\xfe\x00", "UTF-16"),
        ("a.txt", "1. 海洋署在北港设立办事处。\n".encode() * 9 + b"\xe6\xb5\n" + "2. 会议。".encode(), "line 10: byte"),
        ("a.txt", b"\x81\x00\xff\xff\xff", "save the"),
        ("a.txt", b"1. An English report.\n2. Nothing else.", "languages: zh"),
        ("a.rtf", b"{\\rtf1}", "choices: .docx, .htm, .html, .md, .pdf, .txt"),
        ("a.txt", "1. 海洋署。".encode("utf-16-le"), "a null character"),
        ("a", b"1. a", "without a suffix"),
    ],
)
def test_faults_of_a_file(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    """A file that is empty, binary, broken, of another format or of an unknown language is refused with its name and the remedy."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportError, match=re.escape(words)) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    """A path without a file, or of a folder, is refused."""
    (tmp_path / "folder.txt").mkdir()
    for name, fault in (("none.txt", "there is no such file"), ("folder.txt", "is a folder")):
        with pytest.raises(ReportError, match=fault):
            read(tmp_path / name)


def test_gb18030_with_a_mark(tmp_path: Path) -> None:
    """The byte order mark of GB18030 is no part of the text."""
    (tmp_path / "a.txt").write_bytes(("\ufeff" + TEXT).encode("gb18030"))
    assert read(tmp_path / "a.txt").source == TEXT


def test_odd_characters_are_reported(tmp_path: Path) -> None:
    """Control characters and noncharacters are taken out of the text, a lost character stays, and each kind is reported once."""
    path = tmp_path / "a.txt"
    path.write_text("1. 海\x02洋署\uffff在\u200b北港。\x02\n2. 会\ufffd议。", encoding="utf-8")
    document = read(path)
    assert [p.text for p in document.paragraphs] == ["海洋署在北港。", "会\ufffd议。"]
    assert [(issue.kind, issue.text) for issue in document.issues] == [("odd-character", f"U+{code}") for code in ("0002", "FFFD", "FFFF")]


def test_toml_goes_before_the_text(tmp_path: Path) -> None:
    """What the .toml says goes before what the text says, and its minima come along sorted."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    toml = 'title = "另一题"\nsymbol = "SEA/1"\npublisher = "海洋署"\ndate = 2013-01-23\n[expect]\nparagraphs = 2\nfacts = 0\n'
    toml += "share = 0.5\n[expect.relations]\nfunds = 1\n"
    toml += '[translations.en]\n"海风项目" = "sea breeze"\n[labels.en]\n"海洋署" = "Sea Agency"\n'
    (tmp_path / "a.toml").write_text(toml, encoding="utf-8")
    document = read(tmp_path / "a.txt")
    assert (document.title, document.symbol, document.publisher, document.date) == ("另一题", "SEA/1", "海洋署", "2013-01-23")
    assert list(document.expect) == [("facts", 0), ("paragraphs", 2), ("relations.funds", 1), ("share", 0.5)]
    assert document.labels == (Label("海洋署", "en", "Sea Agency"), Label("海风项目", "en", "sea breeze", translated=True))
    assert (document.id, document.language) == ("a", "zh")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('titel = "a"', "unknown key 'titel'; did you mean title?"),
        ("title = 3", "title: a text in quotes is expected"),
        ('date = "23.1.2013"', "date: '23.1.2013' is no date"),
        ("expect = 3", "expect: a table is expected"),
        ("[expect]\nparagraphs = true", "expect.paragraphs: a whole number"),
        ("[expect]\nparagraphs = -1", "expect.paragraphs: a whole number"),
        ("[expect]\nfact = 1", "expect.fact: nothing of that name is counted; did you mean facts?"),
        ("[expect]\nissues = 1", "expect.issues: nothing of that name is counted"),
        ("[expect]\nshare = 40", "expect.share: a number from 0 to 1 is expected, not 40; write share = 0.5"),
        ("[expect]\nshare = true", "expect.share: a number from 0 to 1"),
        ("[expect]\nrelations = 3", "expect.relations: a table is expected, not 3; write [expect.relations] and below it operatesIn = 70"),
        ("[expect.relations]\nfund = 1", "expect.relations.fund: nothing of that name is counted; did you mean funds"),
        ("[expect.relations]\nfunds = 0.5", "expect.relations.funds: a whole number is expected, not 0.5; write funds = 1"),
        ("labels = 3", "labels: tables of names by language are expected"),
        ('[translations]\n"海" = "sea"', "translations: tables of names by language are expected; write [translations.en]"),
        ('[labels.en]\n"海" = ""', "labels: tables of names by language"),
        ("title = ", "not TOML"),
        ('language = "xx"', "'xx' has no layout.yaml"),
    ],
)
def test_faults_of_a_toml(tmp_path: Path, toml: str, words: str) -> None:
    """A fault in the .toml is refused with the file, the key and the remedy."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ReportError, match=re.escape(words)) as caught:
        read(tmp_path / "a.txt")
    assert "a.t" in str(caught.value)


def test_toml_dates(tmp_path: Path) -> None:
    """A date of TOML and a date in quotes mean the same."""
    path = tmp_path / "a.toml"
    for text in ("2013-01-23", '"2013-01-23"', "2013-01-23T09:00:00"):
        path.write_text(f"date = {text}", encoding="utf-8")
        assert described.read(path).date == dt.date(2013, 1, 23).isoformat()


# The layout of a language


def test_numerals() -> None:
    """Numerals of the language and digits have their values."""
    values = {"一": 1, "十": 10, "十二": 12, "二十": 20, "三十": 30, "四十七": 47, "一百零三": 103, "15": 15}
    assert {text: LAYOUT.value(text) for text in values} == values


def test_language_of_a_text() -> None:
    """The language with more than half of the letters is the text's; a text of foreign letters has none."""
    assert layout.language_of("海洋署 UN 网络") == "zh"
    assert layout.language_of("A report on 海洋") == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sentence_ends": "x"}, "unknown key 'sentence_ends'; did you mean sentence_end"),
        ({"date": None}, "date: a pattern in quotes is expected"),
        ({"date": "("}, "date: not a regular expression"),
        ({"headings": "A"}, "headings: a list of patterns is expected"),
        ({"numerals": {1: "a"}}, "numerals: a table"),
        ({"marks": {"in_line": "a"}}, "marks: a table with the keys"),
    ],
)
def test_faults_of_a_layout(tmp_path: Path, change: dict[str, object], words: str) -> None:
    """A fault in a layout.yaml is refused with the file and the key."""
    good = yaml.safe_load((Path(layout.__file__).parents[1] / "lang" / "zh" / "layout.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "layout.yaml"
    path.write_text(yaml.safe_dump(good | change, allow_unicode=True), encoding="utf-8")
    with pytest.raises(LanguageError, match=re.escape(words)):
        layout.read(path)


@pytest.mark.parametrize(("text", "words"), [("- a", "a table of patterns"), ("date: a", "missing agenda_item"), ("a: [", "not YAML")])
def test_a_layout_that_is_none(tmp_path: Path, text: str, words: str) -> None:
    """A layout.yaml that is no table, lacks keys or is no YAML is refused."""
    path = tmp_path / "layout.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=words):
        layout.read(path)
