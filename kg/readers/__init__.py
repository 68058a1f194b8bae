"""Readers of reports, one a file format: a file becomes a Document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kg.errors import ReportError, did_you_mean
from kg.model import Document
from kg.readers import described, txt

# A new format is one module and one line here; a reader gets the file and what the .toml beside it says.
FORMATS: Mapping[str, Callable[[Path, described.Description], Document]] = {".txt": txt.read}


def read(path: Path) -> Document:
    """The report in a file, with the .toml of the same name beside it; raise ReportError when it cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        message = f"{path}: no reader for the file format {suffix or 'without a suffix'!r}; {did_you_mean(suffix, FORMATS)}"
        raise ReportError(message)
    if not path.is_file():
        message = f"{path}: there is no such file; give the path of a report"
        raise ReportError(message)
    description = described.read(path.with_suffix(".toml"))
    try:
        return FORMATS[suffix](path, description)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}; check its permissions"
        raise ReportError(message) from error
