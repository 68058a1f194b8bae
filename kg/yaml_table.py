"""Reading the tables of a language: YAML files whose every fault is a LanguageError that names file and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from kg.errors import LanguageError, did_you_mean
from kg.resources import load_yaml


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in a YAML file. key: where it stands in the file, for messages ("" for the whole file)."""

    path: Path
    key: str
    values: Mapping[str, object]

    def fail(self, key: str, fault: str) -> NoReturn:
        """Raise a LanguageError that names the file, the key and the fault."""
        message = f"{self.path}: {'.'.join(filter(None, (self.key, key)))}: {fault}"
        raise LanguageError(message)

    def only(self, *keys: str, **may: object) -> Table:
        """Itself; a LanguageError when a key is missing or unknown. may: keys that need not be there."""
        for key in self.values:
            if key not in keys and key not in may:
                self.fail(key, f"unknown key; {did_you_mean(key, [*keys, *may])}")
        for key in keys:
            if key not in self.values:
                self.fail(key, "missing")
        return self

    def table(self, key: str) -> Table:
        """The mapping at a key."""
        value = self.values.get(key)
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            self.fail(key, "expected a mapping from words")
        return Table(self.path, ".".join(filter(None, (self.key, key))), value)

    def tables(self, key: str) -> tuple[Table, ...]:
        """The list of mappings at a key."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.fail(key, "expected a list of mappings")
        return tuple(Table(self.path, ".".join(filter(None, (self.key, f"{key}[{n}]"))), row) for n, row in enumerate(value, 1))

    def text(self, key: str, choices: Iterable[str] = ()) -> str:
        """The string at a key, "" when there is none; with choices, one of them."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.fail(key, "expected a text")
        known = tuple(choices)
        if known and value not in known:
            self.fail(key, f"{value!r} is unknown; {did_you_mean(value, [name for name in known if name])}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """The list of strings at a key, longest first, for the longest must win."""
        return tuple(sorted(self.entries(key), key=lambda word: (-len(word), word)))

    def entries(self, key: str) -> tuple[str, ...]:
        """The list of strings at a key, in the order of the file: words, or small regular expressions."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            self.fail(key, "expected a list of words")
        return tuple(value)

    def number(self, key: str, default: int | None = None) -> int:
        """The whole number at a key."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(key, "expected a whole number")
        return value

    def flag(self, key: str) -> bool:
        """Whether true stands at a key; a key that is not there means no."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail(key, "expected true or false")
        return value

    def texts(self) -> dict[str, str]:
        """Itself as a mapping from strings to strings."""
        return {key: self.text(key) for key in self.values}

    def numbers(self) -> dict[str, int]:
        """Itself as a mapping from words to whole numbers."""
        found = {key: value for key, value in self.values.items() if isinstance(value, int)}
        for key in self.values.keys() - found.keys():
            self.fail(key, "expected a whole number")
        return found

    def pairs(self) -> dict[str, tuple[int, int]]:
        """Itself as a mapping from words to [first, last], two whole numbers."""
        found = {}
        for key, value in self.values.items():
            match value:
                case [int(first), int(last)]:
                    found[key] = (first, last)
                case _:
                    self.fail(key, "expected [first, last], two whole numbers")
        return found

    def pattern(self, key: str, pieces: Mapping[str, str]) -> re.Pattern[str]:
        """The regular expression at a key, each {name} replaced by its piece; a list is a choice."""
        value = self.values.get(key, "")
        choices = value if isinstance(value, list) else [value]
        words = [choice for choice in choices if isinstance(choice, str)]
        if len(words) < len(choices):
            self.fail(key, "expected a pattern or a list of patterns")
        return self.compiled(key, "|".join(words), pieces)

    def compiled(self, key: str, pattern: str, pieces: Mapping[str, str]) -> re.Pattern[str]:
        """A pattern of this file, each {name} replaced by its piece; a quantifier such as {0,3} stays."""
        for name in re.findall(r"\{([A-Za-z]\w*)\}", pattern):
            if name not in pieces:
                self.fail(key, f"{{{name}}} is unknown; {did_you_mean(name, pieces)}")
            pattern = pattern.replace(f"{{{name}}}", pieces[name])
        try:
            return re.compile(pattern)
        except re.error as error:
            self.fail(key, f"not a regular expression: {error}")


def open_table(path: Path) -> Table:
    """The mapping that a YAML file holds."""
    if not path.is_file():
        message = f"{path}: missing; every language needs it"
        raise LanguageError(message)
    content = load_yaml(path)
    if not isinstance(content, dict):
        message = f"{path}: expected a mapping"
        raise LanguageError(message)
    return Table(path, "", content)


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first.

    Those that begin alike stand together, so that of hundreds of words those of one beginning are tried at a place, not all.
    """
    endings: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        endings.setdefault(word[:1], []).append(re.escape(word[1:]))
    return f"(?:{'|'.join(_beginning(first, rest) for first, rest in endings.items())})"


def _beginning(first: str, endings: Sequence[str]) -> str:
    return re.escape(first) + (endings[0] if len(endings) == 1 else f"(?:{'|'.join(endings)})")
