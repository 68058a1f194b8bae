"""Small real files of one made-up report, as tests make them: PDF, DOCX, HTML, Markdown."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SYMBOL, TITLE = "SEA/2013/7", "海洋署的业务活动"
FRONT = (SYMBOL, "2013年第一届常会", "2013年1月23日", "议程项目2", TITLE, "执行主任的报告")
PARAGRAPHS = {
    "1": "海洋署在北港设立办事处，并与东岛理事会签署了一份合作协定。",
    "2": "海洋署与西岛政府合作，在当地培训了120名渔民和45名教师。",
    "3": "会议在东岛举行，二十个国家派代表出席。",
}
SECTIONS = {"1": ("一. 导言",), "2": ("二. 成果", "A. 培训"), "3": ("二. 成果", "A. 培训")}
NOTE = "见SEA/2012/1号文件。"
ROWS = (("项目", "金额"), ("培训", "300"), ("会议", "200"))
HEADER = "海洋署年度报告"
_FONT = "STSong-Light"
_LETTER = 11.0  # points
_WIDE = 24  # letters on a printed line


def pdf(*, footnote: bool = True, encrypt: str | None = None) -> bytes:
    """Two pages with a running header, a page number, a raised mark and a footnote in small letters."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file = BytesIO()
    canvas = Canvas(file, invariant=1, encrypt=encrypt)
    canvas.setTitle("untitled")
    for number, lines in enumerate(([*FRONT, "一. 导言", "1.", "二. 成果", "A. 培训"], ["2.", "3."]), 1):
        _at(canvas, 72, 800, HEADER)
        _at(canvas, 280, 40, f"- {number} -")
        height = 760.0
        for line in lines:
            whole = f"{line} {PARAGRAPHS[line[:-1]]}" if line[:-1] in PARAGRAPHS else line
            for start in range(0, len(whole), _WIDE):
                end = _at(canvas, 72, height, whole[start : start + _WIDE])
                if footnote and whole[start : start + _WIDE].endswith("协定。"):
                    _at(canvas, end, height + 4, "1", 6.0)
                height -= 20
        if footnote and number == 1:
            _at(canvas, 72, 80, "1", 6.0)
            _at(canvas, 80, 78, NOTE, 8.0)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _at(canvas: Canvas, x: float, y: float, text: str, size: float = _LETTER) -> float:
    canvas.setFont(_FONT, size)
    canvas.drawString(x, y, text)
    return x + float(canvas.stringWidth(text, _FONT, size))


def blank_pdf() -> bytes:
    """A page with a picture and no text, as a scanner makes it."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.rect(72, 72, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


_NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>"""
_NUM = '<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'


def document(*, automatic: bool = True) -> docx.document.Document:
    """The report in Word: automatic numbers, which stand in no text; heading styles; a table; what is deleted, inserted and hidden."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(_NUM.format(ns=nsdecls("w"))))
    for line in FRONT:
        made.add_paragraph(line)
    seen: tuple[str, ...] = ()
    for number, text in PARAGRAPHS.items():
        for level, heading in enumerate(SECTIONS[number], 1):
            if heading not in seen:
                made.add_heading(heading, level)
        seen = SECTIONS[number]
        paragraph = made.add_paragraph(text[:-1] if automatic else f"{number}. {text[:-1]}")
        if automatic:
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  python-docx has no numbers of its own
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'))
        if number == "1":
            paragraph.add_run("1").font.superscript = True
        paragraph.add_run(text[-1:])
        hidden = paragraph.add_run("密件")
        hidden.font.hidden = True
        if number == "1":
            made.add_paragraph("________")
            made.add_paragraph(f"1 {NOTE}")
            made.add_paragraph("\u203e" * 8)
    table = made.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return made


def docx_bytes(*, automatic: bool = True) -> bytes:
    """The same as a file."""
    file = BytesIO()
    document(automatic=automatic).save(file)
    return file.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A DOCX with this in its body; parts: other files by name, `footnotes` for word/footnotes.xml."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    files = {"word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>"}
    files |= {f"word/{name}.xml": f"<w:{name} {names}>{text}</w:{name}>" for name, text in parts.items()}
    return zipped({name: text.encode() for name, text in files.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def html() -> bytes:
    """The report as a page: a numbered list, linked footnotes, a table, navigation, a script, a comment and what is hidden."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    mark = '<sup><a href="#fn1">[1]</a></sup>'
    first = f"{PARAGRAPHS['1'][:-1]}{mark}{PARAGRAPHS['1'][-1]}"
    front = "".join(f"<p>{line}</p>" for line in FRONT)
    return f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{TITLE} | 网站</title>
<meta name="dcterms.publisher" content="海洋署"><style>p {{ color: red }}</style></head><body>
<nav><ul><li>首页</li></ul></nav><script>var a = "脚本。";</script><!-- 注释 -->{front}
<h2>一. 导言</h2><ol><li>{first}</li></ol>
<h2>二. 成果</h2><h3>A. 培训</h3><ol start="2"><li><p>{PARAGRAPHS["2"]}</p></li><li>{PARAGRAPHS["3"]}
<span style="display: none">密件</span></li></ol>
<table>{rows}</table><p hidden>密件。</p>
<section class="footnotes"><ol><li id="fn1">{NOTE} <a href="#r1" class="footnote-backref">↩</a></li></ol></section>
</body></html>""".encode()


def markdown() -> bytes:
    """The report in Markdown: headings, a numbered list, a footnote, a table."""
    front = "\n\n".join(FRONT[:-2])
    table = "\n".join(f"| {' | '.join(row)} |" for row in (ROWS[0], ("---", "---"), *ROWS[1:]))
    first = f"1. {PARAGRAPHS['1'][:-1]}[^a]{PARAGRAPHS['1'][-1]}"
    return f"""{front}

# {TITLE}

{FRONT[-1]}

## 一. 导言

{first}

## 二. 成果

### A. 培训

2. {PARAGRAPHS["2"]}
3. {PARAGRAPHS["3"]}

{table}

[^a]: {NOTE}
""".encode()


MADE: Mapping[str, Callable[[], bytes]] = {
    "a.pdf": pdf,
    "a.docx": docx_bytes,
    "a.html": html,
    "a.htm": html,
    "a.md": markdown,
}


def of_lines(suffix: str, lines: Sequence[str]) -> bytes:
    """A report of these lines and no more, in the format of that suffix."""
    return _OF_LINES[suffix](lines)


def _plain_pdf(lines: Sequence[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    printed = [line[start : start + _WIDE] for line in lines for start in range(0, len(line), _WIDE)]
    for place, line in enumerate(printed):
        _at(canvas, 72, 760 - 20 * place, line)
    canvas.save()
    return file.getvalue()


def _plain_docx(lines: Sequence[str]) -> bytes:
    made, file = docx.Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(file)
    return file.getvalue()


def _plain_html(lines: Sequence[str]) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><body>{"".join(f"<p>{line}</p>" for line in lines)}</body></html>'.encode()
    )


_OF_LINES: Mapping[str, Callable[[Sequence[str]], bytes]] = {
    ".txt": lambda lines: "\n".join(lines).encode("gb18030"),
    ".pdf": _plain_pdf,
    ".docx": _plain_docx,
    ".html": _plain_html,
    ".md": lambda lines: "\n".join(lines).encode(),
}


def write(folder: Path, name: str, content: bytes | None = None) -> Path:
    """A file in a folder: this content, else what MADE has under the name."""
    path = folder / name
    path.write_bytes(MADE[name]() if content is None else content)
    return path
