"""The explorer: the graph as one offline HTML page."""

from __future__ import annotations

from kg.explorer import page
from kg.pipeline import Built


def render(built: Built) -> bytes:
    """The page, UTF-8 with LF."""
    return page.render(built.graph)


def render_shared(built: Built) -> bytes:
    """The page without what pages share."""
    return page.render(built.graph, shared=True)
