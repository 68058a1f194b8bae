"""What holds of the readers of PDF, DOCX, HTML and Markdown: a refusal of one line, or a report whose every letter has its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import made_files
from fuzz import words
from fuzz.choices import Choices
from fuzz.texts import check_refusal

from kg.errors import ReportError
from kg.model import Document
from kg.readers import FORMATS
from kg.readers.described import Description
from kg.readers.document import document
from kg.text import agrees

_MOST = 80  # pieces of a file
_FRONT = "甲市报告。"  # without a Chinese letter there is no language, and nothing to check


def _checked(name: str, data: bytes) -> None:
    """The invariants of a file, read twice."""
    path = Path(name)
    read = [_read(path, data) for _ in range(2)]
    assert read[0] == read[1]
    found = read[0]
    if found is None:
        return
    for one in found.paragraphs:
        assert agrees(one.text, one.offsets, found.source)
        assert all(a < b for a, b in pairwise(one.offsets))
        assert all(0 <= found.page_of(place) <= len(found.pages) for place in one.offsets)
        assert not found.pages or found.page_of(one.offsets[0]) >= 1
    assert all(a < b for a, b in pairwise(found.pages))
    assert not found.pages or found.pages[-1] < len(found.source)


def _read(path: Path, data: bytes) -> Document | None:
    form = FORMATS[path.suffix]
    try:
        text = import_module(f"kg.readers.{form.module}").extract(path, data)
        return document(path, data, form.media_type, text, Description())
    except ReportError as error:
        check_refusal(error, path.name)
        return None


def _pieces(choices: Choices, makers: Sequence[Callable[[Choices], str]]) -> str:
    """Pieces that these make, one after the other."""
    made: list[str] = []
    while choices.left and len(made) < _MOST:
        made.append(choices.one(makers)(choices))
    return "".join(made)


def _words(choices: Choices) -> str:
    return words.text(choices, 2)


def _table(name: str) -> Callable[[Choices], str]:
    return lambda choices: words.piece(choices, name)


def _hurt(choices: Choices, data: bytes, most: int) -> bytes:
    """Mostly the same, else with up to so many bytes changed, put in or taken out, or cut off."""
    for _ in range(max(0, choices.upto(7 + most) - 7)):
        at = choices.upto(len(data))
        match choices.upto(3):
            case 0:
                data = data[:at] + bytes([choices.upto(255)]) + data[at + 1 :]
            case 1:
                data = data[:at] + bytes([choices.upto(255)]) + data[at:]
            case 2:
                data = data[:at] + data[at + choices.upto(40) :]
            case _:
                data = data[: max(at, len(data) // 2)]
    return data


# ---------------------------------------------------------------- HTML and Markdown


def _tag(choices: Choices) -> str:
    attributes = "".join(words.piece(choices, "html attributes") for _ in range(choices.upto(2)))
    number = f' {choices.one(("start", "value"))}="{words.piece(choices, "numbers")}"' if choices.upto(3) == 1 else ""
    return f"<{words.piece(choices, 'html tags')}{attributes}{number}>"


def _end_tag(choices: Choices) -> str:
    return f"</{words.piece(choices, 'html tags')}>"


_HTML = (_words, _tag, _tag, _end_tag, _table("html signs"), _table("markdown"))


def pages(choices: Choices) -> None:
    """HTML of any tags in any order."""
    encoding = choices.one(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16"))
    declared = choices.one(("", '<meta charset="gb2312">', '<meta charset="big5">', "<meta charset=utf-16>", '<meta charset="x'))
    _checked("any.html", _hurt(choices, f"{declared}{_FRONT}{_pieces(choices, _HTML)}".encode(encoding, "replace"), 2))


def markdown(choices: Choices) -> None:
    """Markdown of any marks in any order, HTML among it."""
    makers = (_words, *(_table("markdown"),) * 3, _tag, _table("html signs"))
    _checked("any.md", f"{_FRONT}\n\n{_pieces(choices, makers)}".encode(errors="replace"))


# ---------------------------------------------------------------- DOCX

_PARAGRAPH = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
)
_LISTS = (
    '<w:abstractNum w:abstractNumId="{0}"><w:lvl w:ilvl="{1}"><w:start w:val="{2}"/><w:numFmt w:val="{3}"/><w:lvlText w:val="{4}"/>'
    '<w:pStyle w:val="{5}"/></w:lvl></w:abstractNum><w:num w:numId="{6}"><w:abstractNumId w:val="{7}"/>'
    '<w:lvlOverride w:ilvl="{8}"><w:startOverride w:val="{9}"/></w:lvlOverride></w:num>'
)
_STYLE = (
    '<w:style w:styleId="{}"><w:basedOn w:val="{}"/><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr></w:style>'
)


def _escaped(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char == "\n").replace("&", "&amp;").replace("<", "&lt;")


def _filled(pattern: str, choices: Choices) -> str:
    return pattern.format(*(words.piece(choices, "numbers", "docx values") for _ in range(pattern.count("{"))))


def _elements(choices: Choices, depth: int = 0) -> str:
    """Elements of a document in one another."""
    made: list[str] = []
    while choices.left and len(made) < (_MOST if not depth else 6):
        match choices.upto(7):
            case 0:
                made.append(f"<w:p><w:r><w:t>{_escaped(_words(choices))}</w:t></w:r></w:p>")
            case 1:
                made.append(_filled(_PARAGRAPH, choices))
            case 2:
                made.append(f'<w:{words.piece(choices, "docx properties")} w:val="{words.piece(choices, "numbers", "docx values")}"/>')
            case 3:
                tag, kind = words.piece(choices, "docx elements"), choices.one(("page", "", "default"))
                made.append(f'<w:{tag} w:id="{words.piece(choices, "numbers", "docx values")}" w:type="{kind}"/>')
            case 4:
                made.append(f"<w:t>{_escaped(_words(choices))}</w:t>")
            case _ if depth < 12:
                tag = words.piece(choices, "docx elements")
                made.append(f"<w:{tag}>{_elements(choices, depth + 1)}</w:{tag}>")
            case _:
                return "".join(made)
    return "".join(made)


def word(choices: Choices) -> None:
    """DOCX of any elements in one another, with lists, styles and notes; now and then the zip is hurt."""
    parts = {
        "numbering": "".join(_filled(_LISTS, choices) for _ in range(choices.upto(2))),
        "styles": "".join(_filled(_STYLE, choices) for _ in range(choices.upto(3))),
        "footnotes": f'<w:footnote w:id="1">{_elements(choices, 10)}</w:footnote>' if choices.upto(1) else "",
    }
    first = f"<w:p><w:r><w:t>{_FRONT}</w:t></w:r></w:p>"
    _checked("any.docx", _hurt(choices, made_files.word(first + _elements(choices), **parts), 2))


# ---------------------------------------------------------------- PDF


def _shown(choices: Choices) -> str:
    """A word on the page."""
    return f"<{_words(choices).encode('utf-16-be', 'replace').hex()}> Tj\n"


def _changed(choices: Choices, text: str) -> str:
    """The text of an object, mostly as it is, else with one of its words another."""
    if choices.upto(5) != 1:
        return text
    found = text.split(" ")
    found[choices.upto(len(found) - 1)] = words.piece(choices, "pdf atoms")
    return " ".join(found)


def _file(objects: Sequence[str]) -> bytes:
    """The file of these objects, with its table."""
    file, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1", "replace")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def printed(choices: Choices) -> None:
    """PDF of any operators and objects, loops of them too; now and then its bytes are hurt."""
    objects = [_changed(choices, text) for text in words.pieces("pdf objects")]
    content = f"BT /F1 12 Tf 1 0 0 1 72 800 Tm <{_FRONT.encode('utf-16-be').hex()}> Tj 0 -20 Td\n"
    content += _pieces(choices, (_shown, *(_table("pdf operators"),) * 2))
    objects[6] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    _checked("any.pdf", _hurt(choices, _file(objects), 3))
