"""What a language's layout.yaml says of its pages, compiled; a LanguageError names a key that is unknown, missing or wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from kg.errors import LanguageError, did_you_mean
from kg.readers.extracted import RAISED
from kg.resources import language_folder, load_yaml

_FILE = "layout.yaml"
_PLACE = 10  # from this value on a numeral is a place ("ten", "hundred"), below it a digit

_NOTE_MARK = re.compile(rf"\s*(?:\d{{1,2}}|\*{{1,3}}|[{RAISED}]+)?\Z")


@dataclass(frozen=True, slots=True)
class Layout:
    """The wording and the shapes of a page in one language; the comments in layout.yaml say what each is."""

    letters: re.Pattern[str]
    numerals: Mapping[str, int]
    sentence_end: re.Pattern[str]
    clause_end: re.Pattern[str]
    numbers: tuple[re.Pattern[str], ...]
    paragraph_begins: re.Pattern[str]
    headings: tuple[re.Pattern[str], ...]
    opening_headings: re.Pattern[str]
    summary_heading: re.Pattern[str]
    annex_heading: re.Pattern[str]
    note_rules: re.Pattern[str]
    note_number: re.Pattern[str]
    marks: Mapping[str, re.Pattern[str]]
    counted: re.Pattern[str]
    contents_heading: re.Pattern[str]
    contents_columns: re.Pattern[str]
    contents_leader: re.Pattern[str]
    page_furniture: tuple[re.Pattern[str], ...]
    symbol: re.Pattern[str]
    session: re.Pattern[str]
    date: re.Pattern[str]
    agenda_item: re.Pattern[str]
    author: re.Pattern[str]
    publisher: tuple[re.Pattern[str], ...]

    def value(self, number: str) -> int:
        """The value of a number in digits or in the numerals of the language."""
        if number.isdecimal():
            return int(number)
        total = digit = 0
        for numeral in number:
            value = self.numerals[numeral]
            if value >= _PLACE:
                total, digit = total + (digit or 1) * value, 0
            else:
                digit = value
        return total + digit

    def ends_sentence(self, text: str) -> bool:
        """Whether a line ends a sentence or an item of a list; the mark of a footnote may follow."""
        tail = _NOTE_MARK.sub("", text[-12:], count=1)
        return any(match.end() == len(tail) for match in self.sentence_end.finditer(tail))

    def heading_level(self, text: str) -> int | None:
        """The level of a numbered heading, 0 the outermost; None for a line without such a mark."""
        return next((level for level, pattern in enumerate(self.headings) if pattern.match(text)), None)


MARKS = ("after_sign", "after_word", "in_line", "at_start")
_LISTS = frozenset({"numbers", "headings", "page_furniture", "publisher"})
_KEYS = frozenset(entry.name for entry in fields(Layout))


@cache
def load(language: str) -> Layout:
    """The layout of a language; raise LanguageError when the folder or a key of the file is wrong."""
    return read(language_folder(language) / _FILE)


def read(path: Path) -> Layout:
    """The layout written in a file; raise LanguageError naming the key at fault."""
    data = load_yaml(path)
    if not isinstance(data, dict):
        message = f"{path}: a table of patterns is expected"
        raise LanguageError(message)
    for key in data:
        if key not in _KEYS:
            message = f"{path}: unknown key {key!r}; {did_you_mean(str(key), _KEYS)}"
            raise LanguageError(message)
    if missing := sorted(_KEYS - data.keys()):
        message = f"{path}: missing {', '.join(missing)}; write each as a pattern"
        raise LanguageError(message)
    numerals = data["numerals"]
    if not isinstance(numerals, dict) or not all(isinstance(k, str) and isinstance(v, int) for k, v in numerals.items()):
        message = f"{path}: numerals: a table from one character to its value is expected"
        raise LanguageError(message)
    words: dict[str, object] = {"numerals": numerals}
    marks = data["marks"]
    if not isinstance(marks, dict) or sorted(marks) != sorted(MARKS):
        message = f"{path}: marks: a table with the keys {', '.join(MARKS)} is expected"
        raise LanguageError(message)
    words["marks"] = {key: _pattern(path, f"marks.{key}", marks[key], numerals) for key in MARKS}
    for key in _KEYS - words.keys():
        words[key] = _patterns(path, key, data[key], numerals) if key in _LISTS else _pattern(path, key, data[key], numerals)
    return Layout(**words)  # type: ignore[arg-type]  # each key was checked above


def _patterns(path: Path, key: str, value: object, numerals: Mapping[str, int]) -> tuple[re.Pattern[str], ...]:
    if not isinstance(value, list):
        message = f"{path}: {key}: a list of patterns is expected"
        raise LanguageError(message)
    return tuple(_pattern(path, key, item, numerals) for item in value)


def _pattern(path: Path, key: str, value: object, numerals: Mapping[str, int]) -> re.Pattern[str]:
    if not isinstance(value, str):
        message = f"{path}: {key}: a pattern in quotes is expected, not {value!r}"
        raise LanguageError(message)
    try:
        return re.compile(value.replace("{numeral}", f"[{''.join(sorted(numerals))}]"))
    except re.error as error:
        message = f"{path}: {key}: not a regular expression: {error}"
        raise LanguageError(message) from error


def languages() -> tuple[str, ...]:
    """The languages whose pages can be read, sorted."""
    folder = language_folder("")
    return tuple(sorted(place.parent.name for place in folder.glob(f"*/{_FILE}")))


def language_of(text: str) -> str:
    """The language most letters of the text belong to; "" when none of the known ones has more than half of them."""
    letters = sum(map(str.isalpha, text))
    counts = {language: len(load(language).letters.findall(text)) for language in languages()}
    best = max(sorted(counts), key=lambda language: counts[language], default="")
    return best if best and counts[best] * 2 > letters else ""
