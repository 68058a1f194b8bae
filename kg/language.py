"""A language of reports: the folder `kg/lang/<code>/` with profile.yaml, names.yaml, relations/ and the tables of readers and finders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.naming import Names, read_names
from kg.profile import Profile, read_profile
from kg.resources import language_folder


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language: how its sentences are built, how it writes names, and where its relation files lie."""

    code: str
    profile: Profile
    names: Names
    relation_files: tuple[Path, ...]


@cache
def load(code: str) -> Language:
    """The language of that code; a LanguageError names the file, the key and the fault."""
    root = language_folder(code)
    return Language(
        code, read_profile(root / "profile.yaml"), read_names(root / "names.yaml"), tuple(sorted((root / "relations").glob("*.yaml")))
    )
