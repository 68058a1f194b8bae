"""Reports in PDF, DOCX, HTML and Markdown: real small files, made here; the same report from each; broken and hostile ones."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import made_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import MADE, NOTE, PARAGRAPHS, SECTIONS, word, zipped

from kg import limits
from kg.errors import ReportError
from kg.model import PLAIN_TEXT, Document
from kg.readers import FORMATS, extracted, layout, pages, read
from kg.readers.extracted import Extracted
from kg.readers.furniture import repeated
from kg.readers.glyphs import letters
from kg.readers.labels import counted, letter, roman
from kg.readers.labels import repeated as doubled
from kg.readers.lines import split
from kg.text import agrees

LAYOUT = layout.load("zh")
HIDDEN = ("密件", "脚本", "首页", "注释", "网站", "\u21a9")


def texts(document: Document) -> dict[str, str]:
    """The paragraphs of a report by number."""
    return {paragraph.number: paragraph.text for paragraph in document.paragraphs}


def of(tmp_path: Path, name: str, content: bytes) -> Document:
    """The report in a file of that name and content."""
    return read(made_files.write(tmp_path, name, content))


# The same report in every format


@pytest.mark.parametrize("name", MADE)
def test_every_format_gives_the_report(tmp_path: Path, name: str) -> None:
    """From each format come the same paragraphs, footnote, headings and front page; nothing hidden and no header is read."""
    document = read(made_files.write(tmp_path, name))
    assert texts(document) == PARAGRAPHS | {"fn1": NOTE}
    assert {p.number: p.section for p in document.paragraphs if p.kind == "paragraph"} == SECTIONS
    assert [p.anchor for p in document.paragraphs if p.kind == "footnote"] == ["1"]
    said = document.symbol, document.session, document.date, document.agenda_item, document.title, document.publisher
    assert said == (made_files.SYMBOL, "2013年第一届常会", "2013-01-23", "2", made_files.TITLE, "海洋署")
    assert {way for _, way in document.origins} == {"text"}
    assert not [word for word in HIDDEN if word in document.source]
    assert [issue.kind for issue in document.issues] == ([] if name == "a.pdf" else ["unnumbered"])  # the rows of the table


@pytest.mark.parametrize("name", MADE)
def test_places_are_in_the_extracted_text(tmp_path: Path, name: str) -> None:
    """Each character of a paragraph stands at its place in the extracted text, and file and text have their hashes."""
    path = made_files.write(tmp_path, name)
    document = read(path)
    assert all(agrees(paragraph.text, paragraph.offsets, document.source) for paragraph in document.paragraphs)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.text_sha256 == hashlib.sha256(document.source.encode()).hexdigest()
    assert document.format == FORMATS[path.suffix].media_type != PLAIN_TEXT
    assert document == read(path)


@pytest.mark.parametrize("name", [name for name in MADE if name != "a.pdf"])
def test_a_table_is_text(tmp_path: Path, name: str) -> None:
    """Each row of a table is one line of the extracted text, and is reported as not read."""
    document = read(made_files.write(tmp_path, name))
    assert "项目 | 金额\n培训 | 300\n会议 | 200\n" in document.source
    assert [issue.text for issue in document.issues] == ["项目 | 金额"]


def test_a_small_table_is_no_heading() -> None:
    """Two rows of a table are reported and no headings, as two lines without a full stop would be; a heading below them is one."""
    reading = pages.parse("1. 海洋署在北港。\n项目 | 金额\n培训 | 300\n二. 成果\n2. 会议。", LAYOUT)
    assert [(p.text, p.section) for p in reading.paragraphs] == [("海洋署在北港。", ()), ("会议。", ("二. 成果",))]
    assert [(issue.kind, issue.text) for issue in reading.issues] == [("unnumbered", "项目 | 金额")]


def test_only_the_readers_needed_are_imported() -> None:
    """Reading plain text imports no library for other formats."""
    seed = Path(__file__).parents[1] / "seeds" / "000_99bf147bf4ea3876.txt"
    heavy = "{'pypdfium2', 'docx', 'lxml', 'markdown_it'} & set(sys.modules)"
    program = f"import sys; from pathlib import Path; from kg.readers import read; read(Path({str(seed)!r})); print(sorted({heavy}))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  our own program
    assert run.stdout == "[]\n"


# Pages


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    """A PDF tells the page of each place, headers and page numbers included."""
    document = read(made_files.write(tmp_path, "a.pdf"))
    first = {paragraph.number: document.page_of(paragraph.offsets[0]) for paragraph in document.paragraphs}
    assert first == {"1": 1, "fn1": 1, "2": 2, "3": 2}
    assert document.page_of(0) == 1
    assert document.page_of(document.source.index("- 2 -")) == 2


def test_pages_of_a_text_and_of_none(tmp_path: Path) -> None:
    """A form feed in plain text begins a page; a text without one has no pages, and one at its end begins none."""
    document = of(tmp_path, "a.txt", "1. 海洋署\f在北港。\n2. 会议。\n\f".encode())
    assert texts(document) == {"1": "海洋署在北港。", "2": "会议。"}
    assert [document.page_of(document.source.index(char)) for char in "署在会"] == [1, 2, 2]
    assert len(document.pages) == 2
    assert extracted.pages("1. 甲。") == ()
    assert of(tmp_path, "b.txt", "1. 海洋署。".encode()).page_of(2) == 0


def furniture(*sheets: str) -> list[str]:
    """The lines on these pages that stand on each."""
    source = "\f".join(sheets)
    lines = split(source)
    return [lines[index].text for index in sorted(repeated(lines, extracted.pages(source), LAYOUT))]


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        (("年度报告\n甲\n1/3", "年度报告\n乙\n2/3", "年度报告\n丙\n3/3"), ["年度报告", "1/3", "年度报告", "2/3", "年度报告", "3/3"]),
        (("甲\n11/29/26 第7页", "乙\n11/29/26 第8页"), ["11/29/26 第7页", "11/29/26 第8页"]),
        (("5. 甲\n一", "6. 乙\n二"), []),  # words differ
        (("5.\n甲", "6.\n乙"), []),  # paragraph numbers, each alone on its line
        (("第3条\n甲", "第4条\n乙"), []),
        (("努力。\n甲", "努力。\n乙"), []),  # the end of a sentence, by chance
        (("努力。\n甲", "努力。\n乙", "努力。\n丙"), ["努力。"] * 3),
        (("一\n二\n三\n四\n年度报告\n五\n六\n七\n八", "九\n十\n甲\n乙\n年度报告\n丙\n丁\n戊\n己"), []),  # not at an edge
    ],
)
def test_what_stands_on_every_page(sheets: tuple[str, ...], found: list[str]) -> None:
    """Lines at the same edge of several pages are furniture, with numbers that count the pages; paragraph numbers and chance are not."""
    assert furniture(*sheets) == found


# Raised marks and rules


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1. 海洋署¹在北港。\n________\n1 见上。\n‾‾‾‾‾‾‾‾\n2. 会议。", "海洋署在北港。"),
        ("1. 海洋署¹²在北港。\n________\n1 见上。\n2 见下。\n‾‾‾‾‾‾‾‾\n2. 会议。", "海洋署在北港。"),
        ("1. 面积为10² km²。\n2. 会议。", "面积为10² km²。"),
        ("1. 海洋署在北港。¹²\n2. 会议。", "海洋署在北港。"),
    ],
)
def test_raised_digits_are_marks(source: str, text: str) -> None:
    """A raised digit is the mark of a footnote, of which several may stand together; behind a digit or a unit it is a power."""
    reading = pages.parse(source, LAYOUT)
    assert reading.paragraphs[0].text == text
    assert not [issue for issue in reading.issues if issue.kind == "footnote-mark"]


def test_footnotes_end_at_the_rule_below_them() -> None:
    """What stands below the second rule is no footnote, though the footnote ends without a full stop and a heading follows."""
    reading = pages.parse("1. 海洋署¹在北港。\n________\n1 见上\n‾‾‾‾‾‾‾‾\n二. 成果\n2. 会议。", LAYOUT)
    assert [(p.number, p.text, p.section) for p in reading.paragraphs] == [
        ("1", "海洋署在北港。", ()),
        ("fn1", "见上", ()),
        ("2", "会议。", ("二. 成果",)),
    ]


# PDF


def test_letters_of_fonts() -> None:
    """Ligatures, radicals and doubly encoded characters become the letters they stand for; others stay."""
    assert letters("e\ufb03cient \u2f42\u2ed4\uf900 门²") == "efficient 文门\u8c48 门²"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4", "broken"),
        (made_files.pdf()[:700], "broken"),
        (b"no PDF at all", "broken"),
        (made_files.pdf(encrypt="secret"), "encrypted: it opens only with a password; save it without"),
        (made_files.blank_pdf(), "1 pages and no text: a scan, or letters drawn as pictures; recognise its text with an OCR program"),
    ],
)
def test_faults_of_a_pdf(tmp_path: Path, content: bytes, words: str) -> None:
    """A PDF that is broken, needs a password or holds pictures of text is refused with its name, the fault and the remedy."""
    with pytest.raises(ReportError, match=re.escape(words)) as caught:
        of(tmp_path, "a.pdf", content)
    assert str(tmp_path / "a.pdf") in str(caught.value)


# DOCX


RUN = "<w:r><w:t>甲</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int, name: str = "1") -> str:
    """A paragraph with an automatic number."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')


def levels(*formats: tuple[str, str]) -> str:
    """A list with these formats and patterns."""
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(formats)
    )
    fifth = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    nums = "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="7"/>{override}</w:num>' for name, override in (("1", ""), ("2", fifth))
    )
    return f'<w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>{nums}'


def lines_of(tmp_path: Path, body: str, **parts: str) -> list[str]:
    """The lines of the text extracted from a DOCX with this body."""
    return of(tmp_path, "a.docx", word(body, **parts)).source.splitlines()


def test_automatic_numbers(tmp_path: Path) -> None:
    """Numbers that stand in no text are counted as Word counts: by level, begun anew below another, from another first number."""
    body = "".join(
        [
            numbered("导言", 0), numbered("甲。", 1), numbered("乙。", 1), numbered("子", 2),
            numbered("成果", 0), numbered("丙。", 1), numbered("丁", 2), numbered("戊", 0, "2"), numbered("无。", 0, "0"),
        ]
    )  # fmt: skip
    formats = levels(("chineseCounting", "%1."), ("decimal", "%2."), ("lowerLetter", "(%3)"))
    assert lines_of(tmp_path, body, numbering=formats) == [
        "一. 导言", "1. 甲。", "2. 乙。", "(a) 子", "二. 成果", "1. 丙。", "(a) 丁", "五. 戊", "无。",
    ]  # fmt: skip


def test_numbers_of_styles(tmp_path: Path) -> None:
    """A style gives the number, also by the style it is based on."""
    styles = '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    styles += '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    body = paragraph("甲。", '<w:pStyle w:val="A"/>') + paragraph("乙。", '<w:pStyle w:val="B"/>') + paragraph("丙。")
    assert lines_of(tmp_path, body, numbering=levels(("decimal", "%1.")), styles=styles) == ["1. 甲。", "2. 乙。", "丙。"]


def test_footnotes_of_word(tmp_path: Path) -> None:
    """Footnotes stand below the paragraph of their marks, numbered in order; Word's own separators are none."""
    body = (
        '<w:p><w:r><w:t>1. 海洋署</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>在北港</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
    )
    notes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("见上。")}</w:footnote><w:footnote w:id="3">{paragraph("见下。")}</w:footnote>'
    document = of(tmp_path, "a.docx", word(body, footnotes=notes))
    assert document.source == "1. 海洋署¹在北港²。\n________\n1 见上。\n2 见下。\n‾‾‾‾‾‾‾‾\n"
    assert texts(document) == {"1": "海洋署在北港。", "fn1": "见上。", "fn2": "见下。"}
    assert document.issues == ()


def test_a_small_file_gives_no_large_text(tmp_path: Path) -> None:
    """A footnote is printed once, however many marks it has, and what is too long for a number is none."""
    note = f'<w:footnote w:id="2">{paragraph("见下。")}</w:footnote>'
    marks = '<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' * 3
    assert lines_of(tmp_path, marks, footnotes=note) == ["甲¹", "________", "1 见下。", "‾‾‾‾‾‾‾‾", "甲²", "甲³"]
    text = "海洋署在北港设立办事处。" * 9
    for pattern in ("%1." * 1000, "甲" * 61, "%1" * 30):
        body = numbered(text, 0) * 80  # number 79 has four letters
        assert lines_of(tmp_path, body, numbering=levels(("upperLetter", pattern)))[-1] == text


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:del><w:r><w:delText>甲</w:delText></w:r></w:del><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>", "乙"),
        ("<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo>", "乙"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>", ""),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r>', "甲"),
        ("<w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink>", "甲"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ""),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:tab/><w:t>B</w:t></w:r>", "A-1 B"),
        (f"<mc:AlternateContent><mc:Choice>{RUN}</mc:Choice><mc:Fallback>{RUN}</mc:Fallback></mc:AlternateContent>", "甲"),
        ("<w:r><w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></w:r>", "\n乙"),
    ],
)  # fmt: skip
def test_what_word_shows(tmp_path: Path, run: str, text: str) -> None:
    """Read is what is shown with all changes accepted: no deletions, nothing hidden, no field codes, one of two alternatives."""
    lines = lines_of(tmp_path, f"<w:p><w:r><w:t>海洋署</w:t></w:r>{run}</w:p>")
    assert "\n".join(lines) == f"海洋署{text}"


def test_pages_of_word(tmp_path: Path) -> None:
    """Page breaks are those Word set and those it noted; the two for one break are one."""
    noted = '<w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/>'
    body = "<w:p><w:r><w:t>1. 海洋署</w:t><w:lastRenderedPageBreak/><w:t>在北港。</w:t></w:r></w:p>"
    body += f"<w:p>{noted}<w:t>2. 会议。</w:t></w:r></w:p>"
    document = of(tmp_path, "a.docx", word(body))
    assert texts(document) == {"1": "海洋署在北港。", "2": "会议。"}
    assert [document.page_of(document.source.index(char)) for char in "署在会"] == [1, 2, 3]


def test_the_first_header_of_word(tmp_path: Path) -> None:
    """The header of page one, where the letterhead stands, is read; no other header is."""
    made = made_files.document()
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_header.paragraphs[0].text = "A/99/12"
    made.sections[0].header.paragraphs[0].text = "每页的页眉"
    file = BytesIO()
    made.save(file)
    assert of(tmp_path, "a.docx", file.getvalue()).source.startswith("A/99/12\n" + made_files.SYMBOL)


def bomb(times: int) -> bytes:
    """A DOCX whose text is so many times a million zeros."""
    return zipped({"word/document.xml": b"<w:p>" + b"0" * (times * 1_000_000)})


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "secret"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no zip", "broken: File is not a zip file; open it in a word processor"),
        (made_files.docx_bytes()[:2000], "broken"),
        (zipped({"a.txt": b"a"}), "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted, or in Word's former format; save it as DOCX without a password"),
        (zipped({"word/document.xml": b"<a"}), "broken: word/document.xml"),
        (bomb(20), "unpacks to more than 200 times its size"),
        (bomb(80), "bytes unpacked in 'word/document.xml'"),
        (word("<w:p>" + "<w:r>" * 400 + "</w:r>" * 400 + "</w:p>"), "broken: word/document.xml"),
        (word(""), "it holds no text"),
    ],
)
def test_faults_of_a_docx(tmp_path: Path, content: bytes, words: str) -> None:
    """A DOCX that is broken, no document, empty, nested without end or a zip bomb is refused with its name, the fault and the remedy."""
    with pytest.raises(ReportError, match=re.escape(words)) as caught:
        of(tmp_path, "a.docx", content)
    assert str(tmp_path / "a.docx") in str(caught.value)


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    """A DOCX that declares entities, of its own or of files, is refused: none comes into a report."""
    with zipfile.ZipFile(BytesIO(word(paragraph("1. 海洋署的活动&amp;b;&amp;c;。")))) as archive:
        text = archive.read("word/document.xml").replace(b"&amp;", b"&")
    with pytest.raises(ReportError, match="declares a document type"):
        of(tmp_path, "a.docx", zipped({"word/document.xml": ENTITIES + text}))


# HTML


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<ol><li>甲<li>乙<ol type=a><li>丙</ol></ol>", ["1. 甲", "2. 乙", "(a) 丙"]),
        ("<ol start=5><li>甲<li value=9>乙<li>丙</ol>", ["5. 甲", "9. 乙", "10. 丙"]),
        ("<li value=3>甲<li>乙", ["甲", "乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ul><li>甲<li><p>乙</ul>", ["• 甲", "• 乙"]),
        ("<ol><li><p>甲</p><p>乙</p></ol>", ["1. 甲", "乙"]),
        ("甲<br>乙<p>丙\n丁</p>", ["甲", "乙", "丙 丁"]),
        ("<p>甲<sup>2</sup>乙丙<sup>th</sup></p>", ["甲²乙丙th"]),
        ("<table><tr><td>1.<td>甲</table>", ["1. 甲"]),
        ("<table><tr><td><p>甲<p>乙<td>丙</table>", ["甲", "乙", "丙"]),
        ("<table><tr><td>甲<td><td>乙</table>", ["甲 | | 乙"]),
        ("<p>甲</p><template>乙</template><select><option>丙</select><noscript>丁</noscript>", ["甲"]),
        ("<p>甲<del>乙</del></p>", ["甲乙"]),
        ("<p>&lt;甲&gt;&amp;&#x4e59;", ["<甲>&乙"]),
        (
            '<p>甲<a href="#_ftn1"><sup>[1]</sup></a></p><div id="_ftn1"><a href="#r">[1]</a> 乙。</div><p>丙</p>',
            ["甲¹", "_" * 8, "1 乙。", "‾" * 8, "丙"],
        ),
    ],
)  # fmt: skip
def test_what_a_page_shows(tmp_path: Path, body: str, lines: list[str]) -> None:
    """A page is read as it is shown: numbers of lists, marks, rows; no scripts, no forms."""
    assert of(tmp_path, "a.html", f"<body>{body}".encode()).source.splitlines() == lines


def test_a_small_page_gives_no_large_text(tmp_path: Path) -> None:
    """However deep footnotes stand in one another, what is in them is not printed many times."""
    found = of(tmp_path, "a.html", f"{'<div class=footnote>' * 100}{'海洋署。<br>' * 100}{'</div>' * 100}".encode())
    assert 100 <= found.source.count("海洋署。") <= 300


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "utf-16", "big5"])
def test_encodings_of_a_page(tmp_path: Path, charset: str) -> None:
    """A page is read in the encoding it declares."""
    page = f'<html><head><meta charset="{charset}"></head><body><p>1. 海洋署在北港。</p></body></html>'
    assert texts(of(tmp_path, "a.html", page.encode(charset))) == {"1": "海洋署在北港。"}


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    """The head of a page stands in where the text is silent, when it is a name in the report's language or a day."""
    head = '<title>海洋署的活动</title><meta name="dc.date" content="2013-01-23T09:00"><meta name="publisher" content="ACME">'
    document = of(tmp_path, "a.html", f"<head>{head}</head><ol><li>海洋署在北港。<li>会议。</ol>".encode())
    assert (document.title, document.date, document.publisher) == ("海洋署的活动", "2013-01-23", "")
    assert dict(document.origins) == {"title": "file", "date": "file", "language": "text"}


@pytest.mark.parametrize("page", ["<div>" * 300 + "海洋署", "<div>" * 100_000 + "海洋署", "<p>" + "海洋署" * 1_200_000])
def test_deep_and_endless_pages_are_refused(tmp_path: Path, page: str) -> None:
    """A page nested too deep, or with too long a stretch of text, is refused: nothing of it is lost in silence."""
    with pytest.raises(ReportError, match=r"a\.html: nested more than 256 deep, or more than 10 MB of text without a tag; give it as text"):
        of(tmp_path, "a.html", page.encode())


# Markdown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. 甲\n1. 乙\n", ["1. 甲", "2. 乙"]),
        ("1. 甲\n2. 乙\n4. 丙\n", ["1. 甲", "2. 乙", "4. 丙"]),
        ("# 一. 导言\n\n海洋署**在**北港\\\n举行[会议](http://a.b)。", ["一. 导言", "海洋署在北港", "举行会议。"]),
        ("第一条 甲\n\n<script>乙</script>\n\n<p hidden>丙</p>", ["第一条 甲"]),
        ("甲[^x]\n\n[^x]: 乙\n", ["甲¹", "_" * 8, "1 乙", "‾" * 8]),
    ],
)
def test_what_markdown_stands_for(tmp_path: Path, text: str, lines: list[str]) -> None:
    """Markdown is read as it is shown, with numbers as they are written where they differ."""
    assert of(tmp_path, "a.md", text.encode()).source.splitlines() == lines


# Lists, limits, any bytes


def test_labels() -> None:
    """Letters, Roman numerals and the numerals of a language go on as word processors write them."""
    assert [letter(n) for n in (0, 1, 26, 27, 52, 703)] == ["0", "a", "z", "aa", "az", "aaa"]
    assert [doubled(n) for n in (0, 1, 27, 53)] == ["0", "a", "aa", "aaa"]
    assert [roman(n) for n in (0, 4, 1994)] == ["0", "iv", "mcmxciv"]
    numerals = "〇一二三四五六七八九十"
    assert [counted(n, numerals) for n in (0, 7, 10, 12, 20, 35, 101)] == ["〇", "七", "十", "十二", "二十", "三十五", "一〇一"]


def test_a_pdf_that_holds_its_reader_up_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that draw forms twice each, for longer than anybody waits, end with the time that a PDF has; found by fuzzing."""
    monkeypatch.setattr(limits, "SECONDS", 2)
    with pytest.raises(ReportError, match="takes more than 2 seconds to take apart; give the report in another format"):
        of(tmp_path, "a.pdf", nested_forms(60))


def nested_forms(levels: int) -> bytes:
    """A PDF of a page whose form draws another one twice, and so on."""

    def form(number: int) -> bytes:
        drawn = b"/F Do /F Do" if number < levels else b""
        inner = b"/Resources << /XObject << /F %d 0 R >> >>" % (number + 5) if drawn else b""
        return b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %b /Length %d >>\nstream\n%b\nendstream" % (inner, len(drawn), drawn)

    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
        *map(form, range(levels + 1)),
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def test_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit, or with more text than is read, is refused before it is taken apart."""
    monkeypatch.setattr(limits, "REPORT", 100)
    with pytest.raises(ReportError, match="more than 100 bytes, the most that is read; split the file"):
        of(tmp_path, "a.txt", "海".encode() * 35)
    monkeypatch.setattr(limits, "TEXT", 10)
    with pytest.raises(ReportError, match="12 characters of text, and at most 10"):
        of(tmp_path, "a.txt", "海".encode() * 12)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", MADE)
def test_any_damage_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject) -> None:
    """A file with any of its bytes cut out or changed becomes a document or a ReportError that names the file."""
    content = bytearray(MADE[name]())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))

    def here(module: str, path: Path, found: bytes) -> Extracted:
        extracted: Extracted = import_module(f"kg.readers.{module}").extract(path, found)
        return extracted

    try:
        with patch("kg.readers.apart.extract", here):  # sixty processes would take their time
            refusal, source = "", of(tmp_path_factory.getbasetemp(), name, bytes(content)).source
    except ReportError as error:
        refusal, source = str(error), ""
    assert bool(source) != (name in refusal)
