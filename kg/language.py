"""What a language's folder says: how its sentences are cut, who goes on as subject, what names look like.

A language is `kg/lang/<code>/`: `profile.yaml`, `names.yaml` and `relations/*.yaml`, besides the tables of readers and finders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import LanguageError, did_you_mean
from kg.resources import language_folder, load_yaml

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a name in no list may look like as a whole; groups `name`, `head`, `tail`, `number`, `body` say what it is called."""

    how: str
    kind: str
    pattern: Pattern
    trim: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """How names are written. heads: ending -> class; edges: words a name never reaches over."""

    not_names: tuple[str, ...]
    heads: Mapping[str, str]
    edges: tuple[str, ...]
    not_edges: tuple[str, ...]
    generic: Pattern
    transliteration: str
    place_heads: tuple[str, ...]
    shapes: tuple[Shape, ...]
    splits: tuple[str, ...]
    breaks: str
    least: Mapping[str, int]
    joining: tuple[str, ...]
    national_bodies: tuple[str, ...]
    national_tails: tuple[str, ...]
    government: str
    unit_heads: tuple[str, ...]
    national: tuple[str, ...]
    determiners: tuple[str, ...]
    openings: Pattern
    after_town: str
    no_parents: frozenset[str]
    counted: Pattern
    alone: frozenset[str]
    quoted: Pattern


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Words that tell a status, and phrases in which they do not."""

    status: str
    words: Pattern
    unless: Pattern | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Words that stand for a thing named before: its classes, how many things, and whether it is the subject of the clause."""

    pattern: Pattern
    kinds: frozenset[str]
    many: int = 1
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that may stand between two slots of a pattern: how many characters at most, inside one clause or not, and which
    classes of names may not be among them.
    """

    most: int
    inside_clause: bool
    without_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """How sentences are built. The patterns read text in which every name is one character (see kg/rules.py)."""

    label: str
    sentence_end: str
    clause_end: str
    joiner: str
    with_joiner: str
    list_end: str
    not_actor_after: str
    not_actor_after_country: str
    words: Mapping[str, str]
    gaps: Mapping[str, Gap]
    possessive: str
    jointly: str
    goes_on: str
    leads: str
    no_subject: str
    genitive: str
    list_joiner: str
    list_mark: str
    together: str
    self_reference: Pattern
    negation: Pattern
    not_negation: Pattern
    condition: Pattern
    excluded: Pattern
    status: tuple[StatusWords, ...]
    stands_for: tuple[StandIn, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language of reports."""

    code: str
    profile: Profile
    names: Names
    relation_files: tuple[Path, ...]


@cache
def load(code: str) -> Language:
    """The language of that code; a LanguageError names the file, the key and the fault."""
    root = language_folder(code)
    return Language(
        code,
        _profile(root / "profile.yaml"),
        _names(root / "names.yaml"),
        tuple(sorted((root / "relations").glob("*.yaml"))),
    )


def fields(path: Path, data: object, known: set[str], needed: set[str] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    """A mapping read from a file, its keys checked; what is wrong is a LanguageError."""
    if not isinstance(data, dict):
        message = f"{path}: a mapping is needed, not {type(data).__name__}"
        raise LanguageError(message)
    for key in data:
        if key not in known:
            message = f"{path}: unknown key {key!r}; {did_you_mean(str(key), known)}"
            raise LanguageError(message)
    if missing := sorted(needed - set(data)):
        message = f"{path}: the key {missing[0]!r} is missing"
        raise LanguageError(message)
    return data


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def pattern(path: Path, key: str, text: str) -> Pattern:
    """A compiled regular expression, or a LanguageError with file, key and fault."""
    try:
        return re.compile(text)
    except re.error as error:
        message = f"{path}: {key}: not a regular expression: {error}"
        raise LanguageError(message) from error


_PROFILE_KEYS = {
    "label", "sentence_end", "clause_end", "joiner", "with_joiner", "list_end", "not_actor_after", "not_actor_after_country", "words", "gaps", "possessive", "jointly", "goes_on", "leads", "no_subject", "genitive", "list_joiner", "list_mark", "together", "self_reference",
    "negation", "not_negation", "condition", "excluded", "status", "stands_for",
}  # fmt: skip


def _profile(path: Path) -> Profile:
    raw = fields(path, load_yaml(path), _PROFILE_KEYS, _PROFILE_KEYS)
    single = {
        key: pattern(path, key, raw[key])
        for key in ("self_reference", "negation", "not_negation", "condition", "excluded")
    }
    status = tuple(
        StatusWords(name, pattern(path, f"status.{name}", words), pattern(path, "status.unless", row["unless"]) if "unless" in row else None)
        for row in raw["status"]
        for name, words in row.items()
        if name != "unless"
    )
    stand_ins = tuple(
        StandIn(pattern(path, "stands_for", row["text"]), frozenset(row["kinds"]), row.get("many", 1), row.get("subject", False))
        for row in raw["stands_for"]
    )
    plain = {key: raw[key] for key in ("label", "sentence_end", "clause_end", "joiner", "with_joiner", "list_end", "not_actor_after", "not_actor_after_country", "words", "possessive", "jointly", "goes_on", "together", "leads", "no_subject", "genitive", "list_joiner", "list_mark")}
    gaps = {name: Gap(row["most"], row["inside_clause"], tuple(row["without"])) for name, row in raw["gaps"].items()}
    return Profile(**plain, gaps=gaps, **single, status=status, stands_for=stand_ins)


_NAMES_KEYS = {
    "not_names", "heads", "edges", "not_edges", "generic", "transliteration", "place_heads", "shapes", "splits", "breaks", "least", "joining",
    "national_bodies", "national_tails", "government", "unit_heads", "national", "determiners",
    "after_town", "no_parents", "counted", "alone", "quoted",
}  # fmt: skip


def _names(path: Path) -> Names:
    raw = fields(path, load_yaml(path), _NAMES_KEYS, _NAMES_KEYS)
    shapes = tuple(Shape(row["how"], row["kind"], pattern(path, f"shapes: {row['how']}", row["pattern"]), row.get("trim", False)) for row in raw["shapes"])
    return Names(
        not_names=tuple(raw["not_names"]),
        heads={head: kind for kind, heads in raw["heads"].items() for head in heads},
        edges=tuple(raw["edges"]),
        not_edges=tuple(raw["not_edges"]),
        generic=re.compile(f"(?:{any_of(raw['generic'])}|\\d)*"),
        transliteration=raw["transliteration"],
        place_heads=tuple(raw["place_heads"]),
        shapes=shapes,
        splits=tuple(raw["splits"]),
        breaks=raw["breaks"],
        least=raw["least"],
        joining=tuple(raw["joining"]),
        national_bodies=tuple(raw["national_bodies"]),
        national_tails=tuple(raw["national_tails"]),
        government=raw["government"],
        unit_heads=tuple(raw["unit_heads"]),
        national=tuple(raw["national"]),
        determiners=tuple(raw["determiners"]),
        openings=re.compile(f"(?:{any_of((*raw['determiners'], *raw['edges']))})*"),
        after_town=raw["after_town"],
        no_parents=frozenset(raw["no_parents"]),
        alone=frozenset(raw["alone"]),
        quoted=pattern(path, "quoted", raw["quoted"]),
        counted=pattern(path, "counted", raw["counted"]),
    )
