"""The most that is read of one file: what is larger is refused with a clear error before it fills the memory."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from kg.errors import ReportError

_MIB = 1 << 20

FILE = 64 * _MIB  # bytes of a report
TEXT = 20_000_000  # characters of its text
PAGES = 20_000  # of a PDF
MEMBERS = 10_000  # files in a DOCX
UNPACKED = 256 * _MIB  # bytes of all of them
MEMBER = 64 * _MIB  # bytes of one
RATIO = 200  # how many times larger than packed one may be; Word's own stay below 60
SMALL = _MIB  # bytes below which the ratio says nothing


def check(path: Path, found: int, most: int, what: str, remedy: str = "split the report") -> None:
    """Raise ReportError when more was found in a file than is read."""
    if found > most:
        refuse(path, f"{found:,} {what}, and at most {most:,} are read", remedy)


def refuse(path: Path, fault: str, remedy: str) -> NoReturn:
    """Raise the ReportError of a file that is not read."""
    message = f"{path}: {fault}; {remedy}"
    raise ReportError(message)
