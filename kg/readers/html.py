"""HTML: what a reader sees of the page, without navigation, scripts and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from kg import limits
from kg.readers.decoding import decode
from kg.readers.extracted import BULLET, Extracted, Sheet, note_mark
from kg.readers.html_tags import BLOCKS, CELLS, META, NOTE_CLASSES, UNSEEN, classes, is_hidden, is_of_notes
from kg.readers.labels import letter, roman

_NOTE_ID = re.compile(r"_?(?:ftn|fn|footnote|note|endnote|edn)[-:_]?\d+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD = 4096  # bytes in which the encoding is looked for
_FORMER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}  # GB18030 reads them both
_NOTES_WITHIN = 2  # blocks called footnotes that one may stand in; the outermost of some programs holds them all
_LONGEST_MARK = 60  # characters of the mark of a footnote, with the blanks around it
_READ_AS = ("gb18030", "big5")  # what else a page may declare; UTF-8 and UTF-16 show themselves


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the page in these bytes."""
    return extracted(path, _decoded(path, data))


def extracted(path: Path, page: str) -> Extracted:
    """The text of a page, and what its head says of it."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.XMLSyntaxError as error:
        limits.refuse(path, f"no HTML: {error}", "save the page again")
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        limits.refuse(path, "nested more than 256 deep, or more than 10 MB of text without a tag", "give it as text")
    if root is None:
        return Extracted("")
    reading = _Reading({})
    places: dict[etree._Element, dict[etree._Element, int]] = {}
    notes = {element: note for element in root.iter() if (note := _note(element, places)) is not None}
    reading.notes.update({name: note for note in notes.values() for name in (*note.names, note.number)})
    reading.walk(root, frozenset(notes))
    reading.sheet.notes([(note.number, note.text) for note in notes.values() if note.number and not note.used])
    return Extracted(reading.sheet.text(), tuple(sorted(_said(root).items())))


def _decoded(path: Path, data: bytes) -> str:
    """The page by the encoding it declares, else by what its bytes show."""
    declared = _CHARSET.search(data[:_HEAD])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    name = _FORMER.get(name, name)
    if name in _READ_AS:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            pass
    return decode(path, data)


def _said(root: etree._Element) -> dict[str, str]:
    """What the head says: the plain title is the last to count, since pages put the site's name into it."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if content := (meta.get("content") or "").strip():
            found.setdefault(META.get(name, name), content)
    if title := " ".join("".join(root.findtext(".//title") or "").split()):
        found.setdefault("title", title)
    if language := (root.get("lang") or ""):
        found["language"] = language
    return {key: found[key] for key in ("title", "date", "publisher", "language") if key in found}


@dataclass(slots=True)
class _Note:
    """A footnote: the names links lead to it by, its number and its text."""

    names: tuple[str, ...]
    number: str
    text: str
    used: bool = False


def _note(element: etree._Element, places: dict[etree._Element, dict[etree._Element, int]]) -> _Note | None:
    """The footnote that an element is; None for another element. places: those known, by the element above."""
    if element.tag not in BLOCKS:
        return None
    name = element.get("id", "")
    if not (_NOTE_ID.fullmatch(name) or classes(element) & NOTE_CLASSES or (element.tag == "li" and is_of_notes(element))):
        return None
    if any(_NOTE_ID.fullmatch(above.get("id", "")) for above in element.iterancestors()):
        return None
    if sum(bool(classes(above) & NOTE_CLASSES) for above in element.iterancestors()) > _NOTES_WITHIN:
        return None
    inner = (one.get("id") or one.get("name") or "" for one in element.iter())
    names = tuple(dict.fromkeys(found for found in (name, *inner) if found))
    reading = _Reading({})
    reading.walk(element, frozenset())
    text = " ".join(reading.sheet.text().split("\n")).strip()
    printed = re.match(r"[\[(]?\s*(\d{1,3}|\*{1,3}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)\s*[\])]?[.\s]?\s*", text)
    digits = re.search(r"\d+\Z", name)
    if printed and element.tag != "li":
        return _Note(names, note_mark(printed[1]) or (digits[0] if digits else ""), text[printed.end() :])
    return _Note(names, digits[0] if digits else _position(element, places), text)


def _short(element: etree._Element) -> str:
    """The text of an element where it may be a mark, "" for a longer one."""
    text = ""
    for piece in element.itertext():
        text += str(piece)
        if len(text) > _LONGEST_MARK:
            return ""
    return text


def _position(element: etree._Element, places: dict[etree._Element, dict[etree._Element, int]]) -> str:
    """Which of its siblings an element is."""
    parent = element.getparent()
    if parent is None:
        return "1"
    if parent not in places:
        places[parent] = {child: place for place, child in enumerate(parent, 1)}
    return str(places[parent][element])


@dataclass(slots=True)
class _Reading:
    """A page being read: its notes by name, and for each open list its next number, None for one without."""

    notes: dict[str, _Note]
    sheet: Sheet = field(default_factory=Sheet)
    lists: list[Iterator[str] | None] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)

    def walk(self, root: etree._Element, skipped: frozenset[etree._Element]) -> None:
        """Read an element and all below it, but the skipped ones."""
        walker = etree.iterwalk(root, events=("start", "end"))
        passed: set[etree._Element] = set()
        for event, element in walker:
            if event == "start":
                if element in skipped or self._begin(element):
                    walker.skip_subtree()
                    passed.add(element)
                    continue
                self.sheet.add(element.text or "")
            else:
                if element in passed:
                    passed.discard(element)
                else:
                    self._end(element)
                if element is not root:
                    self.sheet.add(element.tail or "")

    def _begin(self, element: etree._Element) -> bool:
        """Open an element; whether what is below it is not to be read, or was."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN or is_hidden(element):
            return True
        if tag in {"sup", "a"} and (mark := note_mark(_short(element))) and self._mark(element, mark):
            return True
        if tag in BLOCKS or tag == "br":
            self.sheet.end()
        if tag in {"ol", "ul"}:
            self.lists.append(_numbers(element) if tag == "ol" else None)
        elif tag == "li":
            self._item(element)
        elif tag in CELLS:
            self.sheet.begin_cell()
        elif tag == "tr":
            self.rows.append([])
        return False

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in CELLS:
            lines = self.sheet.end_cell()
            if self.rows:
                self.rows[-1].append(lines)
            else:
                self.sheet.row([lines])
        elif tag == "tr" and self.rows:
            self.sheet.row(self.rows.pop())
        elif tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        if tag in BLOCKS:
            self.sheet.end()

    def _mark(self, element: etree._Element, mark: str) -> bool:
        """Write the mark of a footnote; False for a link that is none."""
        links = [one.get("href", "") for one in element.iter("a")]
        note = next((self.notes[link[1:]] for link in links if link[:1] == "#" and link[1:] in self.notes), None)
        if note is None and element.tag == "a" and element.find(".//sup") is None:
            return False
        note = note or self.notes.get(mark)
        fresh = note is not None and not note.used
        if note is not None:
            note.used = True
        self.sheet.mark(mark, note.text if note and fresh else "")
        return True

    def _item(self, element: etree._Element) -> None:
        numbers = self.lists[-1] if self.lists else iter(())
        if numbers is None:
            self.sheet.label(BULLET)
            return
        own = element.get("value", "")
        if self.lists and own.isdecimal():
            parent = element.getparent()
            numbers = self.lists[-1] = _numbers(parent if parent is not None else element, int(own[:9]))
        if number := next(numbers, ""):
            self.sheet.label(f"{number}. " if len(self.lists) == 1 else f"({number}) ")


def _numbers(element: etree._Element, first: int | None = None) -> Iterator[str]:
    """The numbers of a list as a browser shows them."""
    start = element.get("start", "")
    reverse = element.get("reversed") is not None
    if first is not None or start.isdecimal():
        count = int(start[:9]) if first is None else first
    else:
        count = sum(1 for _ in element.iterchildren("li")) if reverse else 1
    kind = element.get("type", "1")
    write = {"a": letter, "A": letter, "i": roman, "I": roman}.get(kind, str)
    while True:
        text = write(count)
        yield text.upper() if kind in {"A", "I"} else text
        count += -1 if reverse else 1
