"""A language's folder: read, checked, and its faults named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kg import language
from kg.errors import LanguageError
from kg.resources import language_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("profile.yaml", "label:", "labell:", r"profile\.yaml: labell: unknown key; did you mean label\?"),
        ("profile.yaml", "label: 中文\n", "", r"profile\.yaml: label: missing"),
        ("profile.yaml", "excluded: '除", "excluded: '(除", r"profile\.yaml: excluded: not a regular expression"),
        ("names.yaml", "splits: [", "splits: [[", r"names\.yaml: not YAML"),
    ],
)
def test_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, fault: str) -> None:
    """A fault in a file of a language is a LanguageError that names file, key and fault."""
    shutil.copytree(language_folder("zh"), tmp_path / "zh")
    path = tmp_path / "zh" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(language, "language_folder", lambda code: tmp_path / code)

    with pytest.raises(LanguageError, match=fault):
        language.load.__wrapped__("zh")


def test_unknown_language() -> None:
    """Asking for a language that is not there names those that are."""
    with pytest.raises(LanguageError, match="no such language; there are: zh"):
        language_folder("tlh")
