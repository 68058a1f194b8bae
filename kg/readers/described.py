"""What the .toml beside a report says of it: its metadata, and the least that must be found in it."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from kg import ontology
from kg.errors import ReportError, did_you_mean
from kg.limits import DESCRIPTION, DESCRIPTION_LINE, content
from kg.model import Label


@dataclass(frozen=True, slots=True)
class Description:
    """The keys of the .toml, each "" when absent.

    expect: minima by name, sorted; those of the table `relations` in it as "relations.funds".
    labels: names in other languages, sorted; those of the table `translations` are translated.
    """

    symbol: str = ""
    title: str = ""
    language: str = ""
    date: str = ""
    session: str = ""
    agenda_item: str = ""
    publisher: str = ""
    expect: tuple[tuple[str, float], ...] = ()
    labels: tuple[Label, ...] = ()


# What `expect` may hold besides `share` and the table `relations`: what `kg build` counts, but for the issues.
COUNTED = ("paragraphs", "footnotes", "sections", "sentences", "mentions", "entities", "facts", "observations")
_LABELS = {"labels": False, "translations": True}
_KEYS = frozenset(entry.name for entry in fields(Description)) | _LABELS.keys()


def read(path: Path) -> Description:
    """The description in a .toml, an empty one when there is no such file; raise ReportError for a fault in it."""
    if not os.path.lexists(path):
        return Description()
    data = _parsed(path, content(path, DESCRIPTION))
    for key in data:
        if key not in _KEYS:
            message = f"{path}: unknown key {key!r}; {did_you_mean(key, _KEYS)}"
            raise ReportError(message)
    texts = {key: _text(path, key, value) for key, value in data.items() if key not in {"expect", *_LABELS}}
    labels = sorted(label for key, translated in _LABELS.items() for label in _labels(path, key, data.get(key, {}), translated=translated))
    return Description(**texts, expect=_expect(path, data.get("expect", {})), labels=tuple(labels))


def _parsed(path: Path, content: bytes) -> dict[str, object]:
    """The table in a TOML file."""
    try:
        text = content.decode("utf-8-sig")
        if longest := next((number for number, line in enumerate(text.split("\n"), 1) if len(line) > DESCRIPTION_LINE), 0):
            message = f"{path}: line {longest}: has more than {DESCRIPTION_LINE:,} characters; shorten it"
            raise ReportError(message)
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        message = f"{path}: cannot be read: {error}; save it as UTF-8"
        raise ReportError(message) from error
    except RecursionError as error:
        message = f'{path}: it is nested too deeply; write each line as: key = "text"'
        raise ReportError(message) from error
    except ValueError as error:  # of TOML, or of Python about a number of thousands of digits
        message = f'{path}: not TOML: {error}; write each line as: key = "text"'
        raise ReportError(message) from error


def _text(path: Path, key: str, value: object) -> str:
    if key == "date":
        return _date(path, value)
    if not isinstance(value, str):
        message = f'{path}: {key}: a text in quotes is expected, not {value!r}; write {key} = "…"'
        raise ReportError(message)
    return value


def _date(path: Path, value: object) -> str:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError as error:
        message = f'{path}: date: {value!r} is no date; write date = "2013-01-23"'
        raise ReportError(message) from error
    return day.isoformat()[:10]


def _expect(path: Path, value: object) -> tuple[tuple[str, float], ...]:
    """The minima of the table `expect`, and of the table `relations` in it."""
    least = dict(_table(path, "expect", value, "paragraphs = 91"))
    relations = _table(path, "expect.relations", least.pop("relations", {}), "operatesIn = 70")
    share = {"share": _share(path, least.pop("share"))} if "share" in least else {}
    counts = {name: _count(path, name, number, COUNTED) for name, number in least.items()}
    facts = {f"relations.{name}": _count(path, name, number, ontology.load().relations, "relations.") for name, number in relations.items()}
    return tuple(sorted({**counts, **facts, **share}.items()))


def _table(path: Path, key: str, value: object, example: str) -> dict[str, object]:
    if not isinstance(value, dict):
        message = f"{path}: {key}: a table is expected, not {value!r}; write [{key}] and below it {example}"
        raise ReportError(message)
    return value


def _count(path: Path, name: str, least: object, known: Iterable[str], within: str = "") -> int:
    """The least number of what is of this name, one of those known."""
    if name not in (choices := set(known)):
        message = f"{path}: expect.{within}{name}: nothing of that name is counted; {did_you_mean(name, choices)}"
        raise ReportError(message)
    if not isinstance(least, int) or isinstance(least, bool) or least < 0:
        message = f"{path}: expect.{within}{name}: a whole number is expected, not {least!r}; write {name} = 1"
        raise ReportError(message)
    return least


def _share(path: Path, least: object) -> float:
    if not isinstance(least, int | float) or isinstance(least, bool) or not 0 <= least <= 1:
        message = f"{path}: expect.share: a number from 0 to 1 is expected, not {least!r}; write share = 0.5"
        raise ReportError(message)
    return least


def _labels(path: Path, key: str, value: object, *, translated: bool) -> Iterator[Label]:
    """The names in a table of languages."""
    for language, names in value.items() if isinstance(value, dict) else [("", value)]:
        if not isinstance(names, dict) or not all(isinstance(text, str) and text for text in names.values()):
            message = f'{path}: {key}: tables of names by language are expected; write [{key}.en] and below it "name" = "English name"'
            raise ReportError(message)
        for name, text in names.items():
            yield Label(name, language, text, translated)
