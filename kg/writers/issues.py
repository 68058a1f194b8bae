"""What was not understood, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict

from kg.pipeline import Built


def render(built: Built) -> bytes:
    """The issues in reading order, those of the whole report first; UTF-8 with LF."""
    order = {paragraph.number: place for place, paragraph in enumerate(built.document.paragraphs, start=1)}
    issues = sorted(built.extraction.issues, key=lambda issue: (order.get(issue.paragraph, 0), issue.start, issue))
    return "".join(f"{json.dumps(asdict(issue), ensure_ascii=False)}\n" for issue in issues).encode()
