"""What a report was read from, and by what, as hashes: where both are as they were, it need not be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.resources import folder

_BESIDE = (".toml", ".review.yaml")
_PACKAGE = Path(__file__).parent.parent
_PROGRAM = {".py", ".yaml"}


def source(report: Path) -> str:
    """sha256 of a report's file and of what lies beside it; an OSError when it cannot be read."""
    return _digest([report, *(path for suffix in _BESIDE if (path := report.with_suffix(suffix)).exists())], report.parent)


@cache
def rules() -> str:
    """sha256 of all that decides what is read from a report: the program, the languages, the ontology."""
    program = [path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in _PROGRAM]
    said = folder("ontology")
    return hashlib.sha256(f"{_digest(program, _PACKAGE)} {_digest(sorted(said.rglob('*.ttl')), said)}".encode()).hexdigest()


def _digest(paths: Iterable[Path], root: Path) -> str:
    """Of each file its name and its bytes."""
    each = (f"{path.relative_to(root)} {_of_file(path)}\n" for path in paths)
    return hashlib.sha256("".join(each).encode()).hexdigest()


def _of_file(path: Path) -> str:
    """Of a file however large."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
