"""Exports of a report's graph, one format a file: `<report id>.<suffix>`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.pipeline import Built
from kg.writers import html, issues, trig, turtle

# A new export is one module and one line here: what it makes of a report, as the bytes of a file.
FORMATS: Mapping[str, Callable[[Built], bytes]] = MappingProxyType(
    {
        "ttl": turtle.render,
        "trig": trig.render,
        "html": lambda built: html.render(built.graph),
        "issues.jsonl": issues.render,
    }
)


def write(built: Built, folder: Path, formats: Iterable[str] = tuple(FORMATS)) -> Iterator[Path]:
    """Write a report in these formats; give the path of each file once it stands there whole. A KgError when a file cannot be written."""
    for form in formats:
        path = folder / f"{built.document.id}.{form}"
        content = FORMATS[form](built)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
        except OSError as error:
            message = f"{path}: cannot be written: {error.strerror}; give another folder with -o"
            raise KgError(message) from error
        yield path


def _replace(path: Path, content: bytes) -> None:
    """Put a file in place at one stroke, so that nobody ever reads half of it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
