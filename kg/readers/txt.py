"""Plain text, as it comes out of a PDF: hard-wrapped lines, page breaks, footnotes in the middle of a paragraph."""

from __future__ import annotations

from pathlib import Path

from kg.readers.decoding import decode
from kg.readers.extracted import Extracted


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the file as it stands."""
    return Extracted(decode(path, data))
