"""The plain text of a file in any format, written by one convention, which the layout reader knows.

    one line           what was set as one paragraph, one heading, one row of a table; in a PDF one printed line
    form feed          the end of a page
    1. 2. (a)          the numbers of lists as they are displayed; those of lists within lists in brackets
    •                  an item of a list without numbers
    ¹ ²                the mark of a footnote, raised
    ________           above footnotes, which stand below the line that has their marks, each with its number and a blank
    ‾‾‾‾‾‾‾‾           below them
    a | b | c          a row of a table; a cell of several paragraphs is read as these

The text is kept with its hash; every offset counts its characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Issue

ABOVE_NOTES, BELOW_NOTES = "_" * 8, "\u203e" * 8
BETWEEN_CELLS = " | "
BULLET = "\u2022 "
NEW_PAGE = "\f"
RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"  # within brackets of a pattern: raised digits
_RAISE = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_LOWER = {raised: digit for digit, raised in _RAISE.items()}
_LOWER_SIGNS = frozenset(map(chr, _LOWER))
_BLANKS = re.compile(r"[^\S\f]+")
_NUMBER_CELL = re.compile(r"\d{1,4}\s?[.\uff0e]?")
_MARK = re.compile(r"[\[(\uff08\u3010]?\s*(\d{1,3}|\*{1,3})\s*[\])\uff09\u3011]?")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, and what the file says of the report beside it: title, date, language, publisher."""

    text: str = field(repr=False)
    said: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()


def raised(mark: str) -> str:
    """The digits of a mark as raised ones."""
    return mark.translate(_RAISE)


def lowered(mark: str) -> str:
    """The raised digits of a mark as plain ones."""
    return mark.translate(_LOWER)


def note_mark(text: str) -> str:
    """The number or the stars of a footnote's mark, without brackets; "" for what is none."""
    match = _MARK.fullmatch(text.strip())
    return match[1] if match else ""


def pages(text: str) -> tuple[int, ...]:
    """Where each page of a text begins; nothing where it has no form feed. One at the end begins no page."""
    if NEW_PAGE not in text:
        return ()
    return (0, *(match.end() for match in re.finditer(NEW_PAGE, text) if match.end() < len(text)))


@dataclass(slots=True)
class Sheet:
    """A text in the making, line by line; the cells of a table are sheets within it."""

    _lines: list[list[str]] = field(default_factory=lambda: [[]])
    _open: list[list[str]] = field(default_factory=lambda: [[]])
    _notes: list[tuple[str, str]] = field(default_factory=list)
    _label: str = ""

    def add(self, text: str) -> None:
        """Go on in the line."""
        if self._label and text.strip():
            label, self._label = self._label, ""
            self._open[-1].append(label)
        if text:
            self._open[-1].append(text)

    def label(self, label: str) -> None:
        """The number of an item, which stands before the next words."""
        self._label = label

    def mark(self, mark: str, note: str = "") -> None:
        """The mark of a footnote, with its text where it is known."""
        self.add(f" {raised(mark)}" if self._open[-1] and self._open[-1][-1][-1:] in _LOWER_SIGNS else raised(mark))
        if note:
            self._notes.append((mark, note))

    def page(self) -> None:
        """A new page; several with nothing between them are one."""
        if "".join(self._open[-1]).strip(" ")[-1:] != NEW_PAGE:
            self.add(NEW_PAGE)

    def end(self) -> None:
        """End the line, if there is anything on it; its footnotes stand below it."""
        line = _BLANKS.sub(" ", "".join(self._open[-1])).strip(" ")
        if not line.strip():  # a new page goes before what comes next
            self._open[-1] = [line] if NEW_PAGE in line else []
            return
        self._open[-1] = []
        self._lines[-1].append(line)
        if len(self._lines) == 1:
            self._end_notes()

    def begin_cell(self) -> None:
        """What follows stands in a cell."""
        self._lines.append([])
        self._open.append([])

    def end_cell(self) -> list[str]:
        """The lines of the cell."""
        self.end()
        self._open.pop()
        return self._lines.pop()

    def row(self, cells: Sequence[Sequence[str]]) -> None:
        """A row of a table."""
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            texts = [cell[0] if cell else "" for cell in cells]
            numbered = _NUMBER_CELL.fullmatch(texts[0]) is not None and len(filled) == 2  # noqa: PLR2004  a number and its text
            self._line((" " if numbered else BETWEEN_CELLS).join(texts if not numbered else [cell[0] for cell in filled]))
        else:
            for line in (line for cell in filled for line in cell):
                self._line(line)

    def notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Footnotes that no mark led to."""
        self.end()
        self._notes += notes
        self._end_notes()

    def text(self) -> str:
        """The whole."""
        self.end()
        return "".join(f"{line}\n" for line in self._lines[0])

    def _line(self, line: str) -> None:
        self.end()
        self.add(line)
        self.end()

    def _end_notes(self) -> None:
        if self._notes:
            written = [f"{mark} {_BLANKS.sub(' ', text).strip()}" for mark, text in self._notes]
            self._lines[-1] += [ABOVE_NOTES, *written, BELOW_NOTES]
            self._notes = []
