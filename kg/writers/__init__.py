"""Exports of a report's graph, one format a file: `<report id>.<suffix>`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from kg import files
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


def write(built: Built, folder: Path, formats: Iterable[str] = DEFAULT, *, shared: bool = False) -> list[Path]:
    """Write a report in these formats, all at one stroke; give the path of each file. A KgError when a file cannot be written.

    shared: the page loads the files of `write_shared`.
    """
    renderers = {**FORMATS, "html": html.render_shared} if shared else FORMATS
    made = {f"{built.document.id}.{form}": renderers[form](built) for form in formats}
    with files.change(folder) as put:
        return [put(_spared(built.document.path, folder / name).name, content) for name, content in made.items() if content is not None]


def _spared(report: Path, path: Path) -> Path:
    """The path; a KgError for a file that would be written over the report, or its text beside it, as if it were another report."""
    beside = path.parent.resolve() == report.parent.resolve()
    if beside and path.suffix in {".txt", report.suffix.lower()} and path.stem == report.stem:
        message = f"{path}: would stand in the place of a report; give another place with -o"
        raise KgError(message)
    return path


def write_shared(folder: Path) -> list[Path]:
    """Write what pages share."""
    with files.change(folder) as put:
        return [put(name, content) for name, content in page.shared_files().items()]
