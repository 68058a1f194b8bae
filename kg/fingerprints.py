"""What an output is made from, as hashes: a report with what stands beside it, and the rules that read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.resources import folder
from kg.review import record

_LEFT = {"__pycache__", "node_modules", "_resources"}


def source(report: Path) -> str:
    """The SHA-256 of a report, of its .toml and of its .review.yaml, in hexadecimal; an OSError when the report cannot be read."""
    beside = (report.with_suffix(".toml"), record.path_of(report))
    return _digest([report, *(path for path in beside if path.exists())], report.parent)


@cache
def rules() -> str:
    """The SHA-256 of all that turns a report into a graph, in hexadecimal: the code of kg, the words of its languages, the ontology."""
    files = {part: _files(part) for part in (Path(__file__).parent, folder("ontology"))}
    return hashlib.sha256("".join(_digest(paths, part) for part, paths in files.items()).encode()).hexdigest()


def _files(part: Path) -> list[Path]:
    """The files of a folder, sorted, without what tools leave there; the wheel's copy of the ontology is counted where it stands."""
    return sorted(path for path in part.rglob("*") if path.is_file() and _LEFT.isdisjoint(path.relative_to(part).parts))


def _digest(paths: Iterable[Path], within: Path) -> str:
    """The hash of files with their names, each told from the next."""
    found = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        found.update(f"{path.relative_to(within).as_posix()}\n{len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()
