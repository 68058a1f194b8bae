"""Exports of a report's graph, one format a file: `<report id>.<suffix>`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.explorer import page
from kg.pipeline import Built
from kg.writers import html, issues, nquads, toml, trig, turtle, txt

# A new export is one module and one line here: what it makes of a report, as the bytes of a file, or None where the report needs none.
FORMATS: Mapping[str, Callable[[Built], bytes | None]] = MappingProxyType(
    {
        "ttl": turtle.render,
        "trig": trig.render,
        "html": html.render,
        "issues.jsonl": issues.render,
        "nq": nquads.render,
        "txt": txt.render,
        "toml": toml.render,
    }
)
DEFAULT = ("ttl", "trig", "html", "issues.jsonl", "txt", "toml")


def write(built: Built, folder: Path, formats: Iterable[str] = DEFAULT, *, shared: bool = False) -> Iterator[Path]:
    """Write a report in these formats; give the path of each file once it stands there whole. A KgError when a file cannot be written.

    shared: the page loads the files of `write_shared`.
    """
    renderers = {**FORMATS, "html": html.render_shared} if shared else FORMATS
    for form in formats:
        path = folder / f"{built.document.id}.{form}"
        content = renderers[form](built)
        if content is not None:
            _spare(built.document.path, path)
            replace(path, content)
            yield path


def _spare(report: Path, path: Path) -> None:
    """Raise KgError for a file that would be written over the report, or its text beside it, as if it were another report."""
    beside = path.parent.resolve() == report.parent.resolve()
    if beside and path.suffix in {".txt", report.suffix.lower()} and path.stem == report.stem:
        message = f"{path}: would stand in the place of a report; give another place with -o"
        raise KgError(message)


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
