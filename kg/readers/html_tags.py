"""What the elements of HTML are to a reader: blocks, cells, what is not seen, what is a footnote; and the names of metadata."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

UNSEEN = frozenset((
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "math", "meter", "nav", "noscript", "object", "option",
    "progress", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
NOTE_CLASSES = frozenset({"footnote-item", "footnote", "doc-footnote"})
_OF_NOTES = frozenset({"footnotes", "endnotes", "doc-endnotes"})
_APART = frozenset({"navigation", "footnote-back", "footnote-backref", "doc-backlink", "reversefootnote"})
META = {
    "dcterms.title": "title", "dc.title": "title",
    "dcterms.date": "date", "dc.date": "date", "dcterms.issued": "date", "date": "date", "article:published_time": "date",
    "dcterms.publisher": "publisher", "dc.publisher": "publisher", "publisher": "publisher",
}  # fmt: skip


def classes(element: etree._Element) -> set[str]:
    """What an element is said to be: its classes and its role."""
    return {*element.get("class", "").split(), element.get("role", "")}


def is_of_notes(element: etree._Element) -> bool:
    """Whether an item stands in a list of footnotes."""
    return any(classes(above) & _OF_NOTES for above in islice(element.iterancestors(), 2))


def is_hidden(element: etree._Element) -> bool:
    """Whether an element is not shown, or is navigation."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None or bool(classes(element) & _APART)
