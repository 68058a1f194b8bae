"""The .toml that a report without one would like: what was found of it, and how, and the least that must be found again."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.pipeline import Built

_KEYS = ("symbol", "title", "language", "date", "session", "agenda_item", "publisher")
_FOUND = {"text": "found in the text", "file": "from the properties of the file"}
_EXACT, _NEARLY = ("paragraphs", "footnotes", "sections"), ("facts", "observations", "entities")
_SHARE = 9, 10  # of what was found: a better rule may take some away


def render(built: Built) -> bytes | None:
    """The description, UTF-8; nothing where one stands beside the report."""
    if built.document.path.with_suffix(".toml").exists():
        return None
    return "".join(f"{line}\n" for line in _lines(built)).encode()


def _lines(built: Built) -> Iterator[str]:
    document, origins = built.document, dict(built.document.origins)
    yield f"# Proposed by kg build; correct it and put it beside {' '.join(document.path.name.split())}."
    for key in _KEYS:
        if key in origins:
            yield f"{key} = {_quoted(getattr(document, key))}  # {_FOUND[origins[key]]}"
        else:
            yield f'# {key} = ""  # not found'
    yield ""
    yield "# The least that must be found."
    yield "[expect]"
    yield from (f"{name} = {built.counts[name]}" for name in _EXACT)
    yield from (f"{name} = {built.counts[name] * _SHARE[0] // _SHARE[1]}" for name in _NEARLY)


def _quoted(text: str) -> str:
    """A text as TOML writes it; all that JSON escapes, TOML escapes alike, but DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
