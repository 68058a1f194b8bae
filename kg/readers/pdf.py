"""PDF: the printed lines of each page in the order of the file; sizes tell raised marks and footnotes, which have no sign of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from kg import limits
from kg.model import Issue
from kg.readers.extracted import ABOVE_NOTES, BELOW_NOTES, NEW_PAGE, Extracted, raised
from kg.readers.glyphs import letters

_REMEDY = "print it to PDF again, or give the report as DOCX, HTML or text"
_OCR = "recognise its text with an OCR program and give that"
_RAISED = 0.8  # of the line's size: a digit this small is raised
_SMALL = 0.94  # of the report's size: a line this small at the foot of a page is of a footnote
_NOTE = re.compile(r"(\d{1,3}|\*{1,3})\s*(?=\D)")
_ENDS = frozenset("\r\n")
_HYPHENS = frozenset("\x02\ufffe")  # pdfium's signs for a hyphen that parts a word at the end of a line
_LARGE = 1.1  # of the report's size: a line this large is of a heading
_FULL = 0.85  # of the width of the text: a heading this long goes on in the next line of its size
_UNKNOWN = 0.3  # of the characters without a meaning: what is left is no text


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, the size of most of its characters in points, and how long it is, in points, were all letters square."""

    text: str
    size: float

    @property
    def length(self) -> float:
        """Its length: a Latin letter is half as wide as it is high."""
        return self.size * sum(0.5 if char.isascii() else 1 for char in self.text)


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the PDF in these bytes; raise ReportError when it is broken, needs a password or holds no text."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            limits.refuse(path, "encrypted: it opens only with a password", "save it without a password")
        limits.refuse(path, f"broken: {error}", _REMEDY)
    try:
        limits.check(path, len(document), limits.PAGES, "pages")
        said = document.get_metadata_dict()
        pages, unknown = _pages(path, document)
    except pdfium.PdfiumError as error:
        limits.refuse(path, f"broken: {error}", _REMEDY)
    finally:
        document.close()
    characters = sum(len(line.text) for lines in pages for line in lines)
    if not characters:
        limits.refuse(path, f"{len(pages)} pages and no text: a scan, or letters drawn as pictures", _OCR)
    if unknown > _UNKNOWN * characters:
        limits.refuse(path, f"{unknown} of {characters} characters have no meaning: its fonts do not say what their signs stand for", _OCR)
    size = _common(line for lines in pages for line in lines)
    width = _usual(line.length for lines in pages for line in lines if line.size == size)
    text = "".join("".join(f"{line}\n" for line in _with_rules(_whole(lines, size, width), size)) + NEW_PAGE for lines in pages)
    empty = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    issues = (Issue("", "page-without-text", ", ".join(empty), "pages without text: pictures of text are not read"),) if empty else ()
    return Extracted(text, tuple((key, said[name]) for key, name in (("title", "Title"),) if said.get(name)), issues)


def _pages(path: Path, document: pdfium.PdfDocument) -> tuple[list[list[_Line]], int]:
    """The lines of each page, and how many characters have no meaning."""
    pages: list[list[_Line]] = []
    characters = unknown = 0
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        characters += text.count_chars()
        limits.check(path, characters, limits.TEXT, "characters")
        found = list(_characters(text))
        unknown += sum(not known for _, _, known in found)
        pages.append([line for line in map(_line, _split(found)) if line.text])
        text.close()
        page.close()
    return pages, unknown


def _characters(text: pdfium.PdfTextPage) -> Iterator[tuple[str, float, bool]]:
    """Each character of a page with its size, and whether its font says what it means."""
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004  surrogates are no characters
        known = code != 0 and raw.FPDFText_HasUnicodeMapError(text, index) != 1
        yield sign, raw.FPDFText_GetFontSize(text, index), known or sign.isspace()


def _split(found: Sequence[tuple[str, float, bool]]) -> Iterator[list[tuple[str, float]]]:
    """The characters line by line; a word parted by a hyphen stays whole."""
    line: list[tuple[str, float]] = []
    parted = False
    for sign, size, _ in found:
        if sign in _HYPHENS:
            parted = True
        elif sign in _ENDS:
            if line and not parted:
                yield line
                line = []
        else:
            parted = False
            line.append((sign, size))
    if line:
        yield line


def _line(found: Sequence[tuple[str, float]]) -> _Line:
    """A line in letters, its small digits raised; those at its beginning stay as they are, with a blank behind."""
    sizes = Counter(round(size, 1) for sign, size in found if not sign.isspace())
    size = max(sizes, key=lambda one: (sizes[one], one), default=0.0)
    marks = [sign.isdecimal() and sign.isascii() and small < _RAISED * size for sign, small in found]
    first = next((place for place, mark in enumerate(marks) if not mark), len(marks))
    start = "".join(sign for sign, _ in found[:first])
    rest = "".join(raised(sign) if mark else sign for (sign, _), mark in zip(found[first:], marks[first:], strict=True))
    return _Line(letters(f"{start} {rest}" if start and rest[:1].strip() else start + rest).strip(), size)


def _common(lines: Iterator[_Line]) -> float:
    """The size that most characters of the report have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _usual(lengths: Iterator[float]) -> float:
    """The length of a full line: four of five are no longer."""
    found = sorted(lengths)
    return found[len(found) * 4 // 5] if found else 0.0


def _whole(lines: Sequence[_Line], size: float, width: float) -> list[_Line]:
    """The lines of a page, each heading in larger letters on one."""
    found: list[_Line] = []
    last = 0.0  # the length of the last printed line
    for line in lines:
        if found and line.size > _LARGE * size and line.size == found[-1].size and last >= _FULL * width:
            blank = " " if found[-1].text[-1:].isascii() and line.text[:1].isascii() else ""
            found[-1] = _Line(f"{found[-1].text}{blank}{line.text}", line.size)
        else:
            found.append(line)
        last = line.length
    return found


def _with_rules(lines: Sequence[_Line], size: float) -> list[str]:
    """The lines of a page, with rules around its footnotes: small lines at its foot of which the first begins with a number."""
    foot = len(lines)
    while foot and lines[foot - 1].size < _SMALL * size:
        foot -= 1
    start = next((index for index in range(foot, len(lines)) if _NOTE.match(lines[index].text)), len(lines))
    texts = [line.text for line in lines]
    if start == len(lines) or any(set(text) <= set("_") for text in texts[max(0, start - 1) : start]):
        return texts
    return [*texts[:start], ABOVE_NOTES, *texts[start:], BELOW_NOTES]
