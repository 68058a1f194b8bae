"""From the text of a file to the Document: what every format has in common."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from kg import limits
from kg.errors import ReportError
from kg.model import Document, Issue
from kg.readers import extracted, layout, pages
from kg.readers.described import Description
from kg.readers.extracted import Extracted
from kg.readers.layout import Layout
from kg.text import INVISIBLE

_ODD = re.compile(f"[{INVISIBLE}\ufffd]")
_HARMLESS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_KEYS = ("title", "symbol", "session", "date", "agenda_item", "publisher")


def document(path: Path, data: bytes, media_type: str, text: Extracted, description: Description) -> Document:
    """The report; what its description says goes before what the text says, and this before what the file says of itself.

    data: the bytes of the file. Raise ReportError when the language is not known.
    """
    source = text.text
    if not source.strip():
        limits.refuse(path, "it holds no text", "give the report in another format")
    limits.check(path, len(source), limits.TEXT, "characters of text")
    of_file = dict(text.said)
    language = _language(path, source, description, of_file)
    wording = layout.load(language)
    found = pages.parse(source, wording)
    ways = {
        "description": {key: getattr(description, key) for key in (*_KEYS, "language")},
        "text": {key: getattr(found.front, key) for key in _KEYS} | {"language": language},
        "file": {key: said for key in _KEYS if (said := _trusted(key, of_file.get(key, ""), wording))},
    }
    known = {key: (said[key], way) for way, said in reversed(ways.items()) for key in said if said[key]}
    return Document(
        id=path.stem,
        path=path,
        source=source,
        language=language,
        **{key: known.get(key, ("", ""))[0] for key in _KEYS},
        sections=found.sections,
        paragraphs=found.paragraphs,
        expect=description.expect,
        labels=description.labels,
        issues=(*text.issues, *found.issues, *_odd_characters(source)),
        format=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=extracted.pages(source),
        origins=tuple(sorted((key, way) for key, (_, way) in known.items())),
    )


def _language(path: Path, source: str, description: Description, of_file: Mapping[str, str]) -> str:
    language = description.language or layout.language_of(source)
    declared = of_file.get("language", "").lower().partition("-")[0]
    if not language and declared in layout.languages():
        language = declared
    if language not in layout.languages():
        known = ", ".join(layout.languages())
        said = f"its language {language!r} has no layout.yaml" if language else "its language is not known"
        message = f'{path}: {said}; languages: {known}; write language = "…" into {path.with_suffix(".toml").name}'
        raise ReportError(message)
    return language


def _trusted(key: str, said: str, wording: Layout) -> str:
    """What a file says of itself, where it is a name in the report's language or a day; programs write other things there too."""
    if key != "date":
        return " ".join(said.split()) if wording.letters.search(said) else ""
    try:
        return dt.date.fromisoformat(said[:10]).isoformat()
    except ValueError:
        return ""


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
