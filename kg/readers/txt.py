"""Plain text, as it comes out of a PDF: hard-wrapped lines, page breaks, footnotes in the middle of a paragraph."""

from __future__ import annotations

import re
from pathlib import Path

from kg.errors import ReportError
from kg.model import Document, Issue
from kg.readers import layout, pages
from kg.readers.decoding import decode
from kg.readers.described import Description
from kg.text import INVISIBLE

_ODD = re.compile(f"[{INVISIBLE}\ufffd]")
_HARMLESS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def read(path: Path, description: Description) -> Document:
    """The report in a text file; what its description says goes before what the text says."""
    source = decode(path, path.read_bytes())
    language = description.language or layout.language_of(source)
    if language not in layout.languages():
        known = ", ".join(layout.languages())
        said = f"its language {language!r} has no layout.yaml" if language else "its language is not known"
        message = f'{path}: {said}; languages: {known}; write language = "…" into {path.with_suffix(".toml").name}'
        raise ReportError(message)
    found = pages.parse(source, layout.load(language))
    front = found.front
    return Document(
        id=path.stem,
        path=path,
        source=source,
        language=language,
        title=description.title or front.title,
        symbol=description.symbol or front.symbol,
        session=description.session or front.session,
        date=description.date or front.date,
        agenda_item=description.agenda_item or front.agenda_item,
        publisher=description.publisher,
        sections=found.sections,
        paragraphs=found.paragraphs,
        expect=description.expect,
        labels=description.labels,
        issues=(*found.issues, *_odd_characters(source)),
    )


def _odd_characters(source: str) -> list[Issue]:
    """One issue for each kind of control character, noncharacter or replacement character; all but the last are not read."""
    first: dict[str, int] = {}
    for match in _ODD.finditer(source):
        first.setdefault(match.group(), match.start())
    return [
        Issue("", "odd-character", f"U+{ord(char):04X}", f"{source.count(char)} times, first in line {source.count(chr(10), 0, place) + 1}")
        for char, place in sorted(first.items())
        if char not in _HARMLESS
    ]
