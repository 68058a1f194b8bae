"""DOCX: the text as Word shows it with all changes accepted, automatic numbers and footnotes among it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from kg import limits
from kg.readers.archive import Archive
from kg.readers.docx_lists import Lists
from kg.readers.docx_xml import attribute, child, children, is_on, name, value
from kg.readers.extracted import Extracted, Sheet, note_mark

_REMEDY = "open it in a word processor and save it as DOCX again"
_COMPOUND = b"\xd0\xcf\x11\xe0"  # how a file that Word has encrypted begins, and a .doc
_MAIN, _PLACE = "word/document.xml", "word/"
_UNREAD = frozenset(
    [
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "Fallback",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "commentReference",
        "annotationRef",
    ]
)
_SIGNS = {"noBreakHyphen": "-", "cr": "\n", "ptab": " "}
_LEADER = " \u2026\u2026 "  # what Word prints between an entry of a contents table and its page
_DC = "{http://purl.org/dc/elements/1.1/}"
_SAID = {f"{_DC}title": "title", f"{_DC}language": "language", f"{_DC}publisher": "publisher"}
_NOTES = {"footnoteReference": "footnotes.xml", "endnoteReference": "endnotes.xml"}


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the document in these bytes; raise ReportError when it is none."""
    if data.startswith(_COMPOUND):
        limits.refuse(path, "encrypted, or in Word's former format", "save it as DOCX without a password")
    archive = Archive.open(path, data, _REMEDY)
    main = archive.xml(_MAIN)
    body = child(main, "body")
    if body is None:
        limits.refuse(path, f"no Word document: {_MAIN} is missing or has no body", _REMEDY)
    lists = Lists.of(archive.xml(f"{_PLACE}numbering.xml"), archive.xml(f"{_PLACE}styles.xml"))
    notes = {kind: _notes(archive.xml(f"{_PLACE}{file}")) for kind, file in _NOTES.items()}
    reading = _Reading(lists, notes)
    header = _first_header(archive, body)
    if header is not None:
        reading.walk(header)
    reading.walk(body)
    return Extracted(reading.sheet.text(), _said(archive.xml("docProps/core.xml")))


def _said(core: etree._Element | None) -> tuple[tuple[str, str], ...]:
    """What the properties of the file say. Its author and dates are those of the file, not of the report."""
    found = {_SAID[str(one.tag)]: (one.text or "").strip() for one in ([] if core is None else core) if one.tag in _SAID}
    return tuple(sorted((key, text) for key, text in found.items() if text))


def _notes(root: etree._Element | None) -> dict[str, str]:
    """The texts of footnotes or endnotes by their ids, without the rules above them."""
    found: dict[str, str] = {}
    for note in [] if root is None else root:
        if not attribute(note, "type"):
            reading = _Reading(Lists(), {})
            reading.walk(note)
            found[attribute(note, "id")] = " ".join(reading.sheet.text().split())
    return found


def _first_header(archive: Archive, body: etree._Element) -> etree._Element | None:
    """The header of page one, where letterheads stand."""
    section = next((one for one in body.iter() if name(one) == "sectPr"), None)
    wanted = "first" if is_on(section, "titlePg") else "default"
    links = (attribute(one, "id") for one in children(section, "headerReference") if attribute(one, "type") == wanted)
    relations = archive.xml(f"{_PLACE}_rels/document.xml.rels")
    link = next(links, "")
    targets = (one.get("Target", "") for one in ([] if relations is None else relations) if link and one.get("Id") == link)
    target = next(targets, "")
    return archive.xml(target.lstrip("/") if target.startswith("/") else f"{_PLACE}{target}") if target else None


@dataclass(slots=True)
class _Reading:
    """A document being read. notes: the texts of footnotes by kind and id; boxes: what text boxes hold, until their paragraph ends.

    noted: the footnotes that stand in the text; another mark of one does not print it again.
    """

    lists: Lists
    notes: Mapping[str, Mapping[str, str]]
    sheet: Sheet = field(default_factory=Sheet)
    rows: list[list[list[str]]] = field(default_factory=list)
    boxes: list[list[str]] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=dict)
    noted: set[tuple[str, str]] = field(default_factory=set)
    in_contents: bool = False
    is_raised: bool = False

    def walk(self, root: etree._Element) -> None:
        """Read an element and all below it."""
        walker = etree.iterwalk(root, events=("start", "end"))
        passed: set[etree._Element] = set()
        for event, element in walker:
            if event == "end":
                if element in passed:
                    passed.discard(element)
                else:
                    self._end(element)
            elif self._begin(element):
                walker.skip_subtree()
                passed.add(element)
        self._end_boxes()

    def _begin(self, element: etree._Element) -> bool:
        """Open an element; whether what is below it is not to be read."""
        tag = name(element)
        if tag in _UNREAD or (tag == "r" and self._is_hidden(element)):
            return True
        match tag:
            case "p":
                self._paragraph(child(element, "pPr"))
            case "t":
                self._text(element.text or "")
            case "tab":
                self.sheet.add(_LEADER if self.in_contents else " ")
            case "br":
                self._break(attribute(element, "type"))
            case "lastRenderedPageBreak":
                self.sheet.page()
            case "footnoteReference" | "endnoteReference":
                self._note(tag, attribute(element, "id"), attribute(element, "customMarkFollows"))
            case "tc" | "txbxContent":
                self.sheet.begin_cell()
            case "tr":
                self.rows.append([])
            case _:
                self.sheet.add(_SIGNS.get(tag, ""))
        return False

    def _end(self, element: etree._Element) -> None:
        match name(element):
            case "p":
                if not is_on(child(child(element, "pPr"), "rPr"), "del"):  # else it goes on in the next
                    self.sheet.end()
                    self._end_boxes()
            case "txbxContent":
                self.boxes.append(self.sheet.end_cell())
            case "tc":
                lines = self.sheet.end_cell()
                (self.rows[-1] if self.rows else self.boxes).append(lines)
            case "tr":
                self.sheet.row(self.rows.pop())

    def _paragraph(self, properties: etree._Element | None) -> None:
        style = value(properties, "pStyle").lower()
        self.in_contents = style.startswith("toc") and style[-1:].isdecimal()
        if not is_on(child(properties, "rPr"), "del"):
            self.sheet.label(self.lists.label(properties))

    def _text(self, text: str) -> None:
        mark = note_mark(text) if self.is_raised else ""
        if mark:
            self.sheet.mark(mark)
        else:
            self.sheet.add(text)

    def _break(self, kind: str) -> None:
        if kind == "page":
            self.sheet.page()
        else:
            self.sheet.add(" ")

    def _note(self, kind: str, called: str, own: str) -> None:
        """The mark of a footnote; one that has a mark of its own prints it in the next run."""
        if kind not in self.notes or own in {"1", "true", "on"}:
            return
        self.count[kind] = self.count.get(kind, 0) + 1
        fresh = (kind, called) not in self.noted
        self.noted.add((kind, called))
        self.sheet.mark(str(self.count[kind]), self.notes[kind].get(called, "") if fresh else "")

    def _is_hidden(self, run: etree._Element) -> bool:
        """Whether a run is not shown; on the way, whether it is raised."""
        properties = child(run, "rPr")
        self.is_raised = value(properties, "vertAlign") == "superscript"
        return is_on(properties, "vanish")

    def _end_boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        for lines in boxes:
            self.sheet.row([lines])
