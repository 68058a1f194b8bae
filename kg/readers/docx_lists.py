"""Automatic numbers of a DOCX: they stand in no text, so they are counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

from lxml import etree

from kg.readers import labels
from kg.readers.docx_xml import attribute, child, children, value
from kg.readers.extracted import BULLET
from kg.resources import load_yaml

_LEVEL = re.compile("%([1-9])")
_LEVELS = 9
_LONGEST = 60  # characters of a number; what is longer is none
_HIGHEST = 50  # styles that may be based on one another
_WIDE_DIGITS = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": labels.repeated,
    "upperLetter": lambda number: labels.repeated(number).upper(),
    "lowerRoman": labels.roman,
    "upperRoman": lambda number: labels.roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE_DIGITS),
    "none": lambda _number: "",
}


@cache
def _numerals() -> Mapping[str, list[str]]:
    return cast("Mapping[str, list[str]]", load_yaml(Path(__file__).with_name("docx.yaml")))


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: its first number, its format, its pattern ("%1.%2") and what stands after the number."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    space: str = " "
    style: str = ""

    @classmethod
    def of(cls, element: etree._Element) -> _Level:
        pattern = value(element, "lvlText")
        return cls(
            _whole(value(element, "start"), 1),
            value(element, "numFmt") or "decimal",
            pattern if len(pattern) <= _LONGEST else "",
            "" if value(element, "suff") == "nothing" else " ",
            value(element, "pStyle"),
        )

    def write(self, number: int) -> str:
        if numerals := _numerals().get(self.format):
            return labels.counted(number, numerals)
        return _FORMATS.get(self.format, str)(number)


@dataclass(slots=True)
class Lists:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    abstract: dict[str, str] = field(default_factory=dict)  # of a list
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)  # first numbers of a list, by level
    styles: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # the style above, its list and level
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Lists:
        """The lists that numbering.xml and styles.xml describe; either may be missing."""
        found = cls()
        for element in children(numbering, "abstractNum"):
            levels = {_whole(attribute(level, "ilvl"), 0): _Level.of(level) for level in children(element, "lvl")}
            found.levels[attribute(element, "abstractNumId")] = levels
        for element in children(numbering, "num"):
            name = attribute(element, "numId")
            found.abstract[name] = value(element, "abstractNumId")
            starts = ((one, value(one, "startOverride")) for one in children(element, "lvlOverride"))
            found.overrides[name] = {_whole(attribute(one, "ilvl"), 0): _whole(start, 1) for one, start in starts if start}
        for style in children(styles, "style"):
            name, numbers = attribute(style, "styleId"), child(child(style, "pPr"), "numPr")
            found.styles[name] = (value(style, "basedOn"), value(numbers, "numId"), _whole(value(numbers, "ilvl"), -1))
        return found

    def label(self, properties: etree._Element | None) -> str:
        """The number that a paragraph of these properties begins with, with what stands after it; "" for none."""
        numbers, style = child(properties, "numPr"), value(properties, "pStyle")
        name, level = value(numbers, "numId"), _whole(value(numbers, "ilvl"), -1)
        if not name:
            name, of_style = self._of_style(style)
            level = of_style if level < 0 else level
        abstract = self.abstract.get(name, "")
        levels = self.levels.get(abstract, {})
        if name and level < 0:
            level = next((depth for depth, one in levels.items() if one.style and one.style == style), 0)
        if level not in levels:
            return ""
        counts = self._count(name, abstract, level)
        one = levels[level]
        if one.format == "bullet":
            return BULLET
        written = _LEVEL.sub(lambda part: levels.get(int(part[1]) - 1, one).write(counts.get(int(part[1]) - 1, 1)), one.pattern)
        return f"{written}{one.space}" if written.strip() and len(written) <= _LONGEST else ""

    def _of_style(self, style: str) -> tuple[str, int]:
        """The list and the level of a style, or of those it is based on."""
        depth = -1
        for _ in range(_HIGHEST):
            if style not in self.styles:
                break
            above, name, level = self.styles[style]
            depth = level if depth < 0 else depth
            if name:
                return name, depth
            style = above
        return "", -1

    def _count(self, name: str, abstract: str, level: int) -> Mapping[int, int]:
        """Count one more at a level; those below begin anew."""
        counts, levels = self._counts.setdefault(abstract, {}), self.levels[abstract]
        if name not in self._begun:
            self._begun.add(name)
            for depth, start in self.overrides.get(name, {}).items():
                counts[depth] = start - 1
        for above in range(level):
            if above not in counts:
                counts[above] = levels[above].start if above in levels else 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for below in range(level + 1, _LEVELS):
            counts.pop(below, None)
        return counts


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LEVELS else otherwise
