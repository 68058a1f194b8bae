"""The text extracted from a report that is no plain text: what offsets count in, so that anyone can check a quote."""

from __future__ import annotations

from kg.model import PLAIN_TEXT
from kg.pipeline import Built


def render(built: Built) -> bytes | None:
    """The text, UTF-8; nothing for a report that is plain text itself."""
    return None if built.document.format == PLAIN_TEXT else built.document.source.encode()
