"""Readers of reports, one a file format: a file becomes plain text by one convention, and this a Document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from kg import limits
from kg.errors import ReportError, did_you_mean
from kg.model import PLAIN_TEXT, Document
from kg.readers import apart, described
from kg.readers.document import document
from kg.readers.extracted import Extracted


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: the module here with `extract(path, bytes)`, imported when it is needed, and the media type.

    apart: it is read in a process of its own, for its library can be held up by a file and not interrupted.
    """

    module: str
    media_type: str
    apart: bool = False


_HTML = Format("html", "text/html")

# A new format is one module and one line here.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": Format("txt", PLAIN_TEXT),
        ".pdf": Format("pdf", "application/pdf", apart=True),
        ".docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ".html": _HTML,
        ".htm": _HTML,
        ".md": Format("markdown", "text/markdown"),
    }
)


def read(path: Path) -> Document:
    """The report in a file, with the .toml of the same name beside it; raise ReportError when it cannot be read."""
    form = _format(path)
    data = limits.content(path, limits.REPORT)
    description = described.read(path.with_suffix(".toml"))
    return document(path, data, form.media_type, _extract(form, path, data), description)


def _format(path: Path) -> Format:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        message = f"{path}: no reader for the file format {suffix or 'without a suffix'!r}; {did_you_mean(suffix, FORMATS)}"
        raise ReportError(message)
    return FORMATS[suffix]


def _extract(form: Format, path: Path, data: bytes) -> Extracted:
    if form.apart:
        return apart.extract(form.module, path, data)
    extracted: Extracted = import_module(f"kg.readers.{form.module}").extract(path, data)
    return extracted
