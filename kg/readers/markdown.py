"""Markdown, by way of the HTML it stands for: CommonMark with tables and footnotes."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from kg.readers import html
from kg.readers.decoding import decode
from kg.readers.extracted import Extracted


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the rendered file."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    tokens = parser.parse(decode(path, data))
    _as_written(tokens)
    return html.extracted(path, str(parser.renderer.render(tokens, parser.options, {})))


def _as_written(tokens: list[Token]) -> None:
    """Keep the numbers of items as they are written, where they are no mere placeholders: a number may be missing."""
    items = [token for token in tokens if token.type == "list_item_open" and token.info.isdecimal()]
    by_level: dict[int, list[Token]] = {}
    for token in items:
        by_level.setdefault(token.level, []).append(token)
    for level in by_level.values():
        if len({token.info for token in level}) > 1:
            for token in level:
                token.attrSet("value", token.info)
