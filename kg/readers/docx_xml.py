"""The elements of a DOCX by their plain names, in the transitional and the strict namespace alike."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_WORDS = frozenset({"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"})
_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def name(element: etree._Element) -> str:
    """The plain name of an element of the text ("p", "t"), "Fallback" for a second way of saying the same, "" for others."""
    qualified = etree.QName(element)
    if qualified.namespace in _WORDS:
        return str(qualified.localname)
    return "Fallback" if (qualified.namespace, qualified.localname) == (_ALTERNATIVES, "Fallback") else ""


def attribute(element: etree._Element | None, called: str) -> str:
    """An attribute by its plain name, "" where there is none."""
    found = (str(text) for key, text in ({} if element is None else element.attrib).items() if etree.QName(key).localname == called)
    return next(found, "")


def children(element: etree._Element | None, called: str) -> Iterator[etree._Element]:
    """The elements of that name right below."""
    return (one for one in ([] if element is None else element) if name(one) == called)


def child(element: etree._Element | None, called: str) -> etree._Element | None:
    """The first of them."""
    return next(children(element, called), None)


def value(element: etree._Element | None, called: str) -> str:
    """The `val` of the first of them, "" where there is none."""
    return attribute(child(element, called), "val")


def is_on(element: etree._Element | None, called: str) -> bool:
    """Whether a property is there and not switched off."""
    found = child(element, called)
    return found is not None and attribute(found, "val") not in {"0", "false", "off"}
