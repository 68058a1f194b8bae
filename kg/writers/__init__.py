"""Exports of a report's graph, one format a file: `<report id>.<suffix>`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.explorer import page
from kg.pipeline import Built
from kg.writers import html, issues, nquads, trig, turtle

# A new export is one module and one line here: what it makes of a report, as the bytes of a file.
FORMATS: Mapping[str, Callable[[Built], bytes]] = MappingProxyType(
    {
        "ttl": turtle.render,
        "trig": trig.render,
        "html": html.render,
        "issues.jsonl": issues.render,
        "nq": nquads.render,
    }
)
DEFAULT = ("ttl", "trig", "html", "issues.jsonl")


def write(built: Built, folder: Path, formats: Iterable[str] = DEFAULT, *, shared: bool = False) -> Iterator[Path]:
    """Write a report in these formats; give the path of each file once it stands there whole. A KgError when a file cannot be written.

    shared: the page loads the files of `write_shared`.
    """
    renderers = {**FORMATS, "html": html.render_shared} if shared else FORMATS
    for form in formats:
        path = folder / f"{built.document.id}.{form}"
        replace(path, renderers[form](built))
        yield path


def write_shared(folder: Path) -> Iterator[Path]:
    """Write what pages share."""
    for name, content in page.shared_files().items():
        replace(folder / name, content)
        yield folder / name


def replace(path: Path, content: bytes) -> None:
    """Put a file in place at one stroke, so that nobody ever reads half of it; its folder is made where there is none.

    A link, a pipe or a device such as /dev/stdout stays what it is, and is written to.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(content)
            return
        try:
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}; give another place with -o"
        raise KgError(message) from error
