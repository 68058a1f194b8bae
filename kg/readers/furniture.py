"""What is printed on every page: running headers and footers, which stand at the edges of pages again and again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.readers.layout import Layout
from kg.readers.lines import Line

_EDGE = 4  # lines at the top and at the bottom of a page
_LEAST = 2  # pages that have it
_OFTEN = 0.5  # of the pages, for a line that looks like the end of a sentence or like a paragraph number
_LONGEST = 200  # characters of one line
_DIGITS = re.compile(r"\d{1,9}")
_MOST_NUMBERS = 8


def repeated(lines: Sequence[Line], starts: Sequence[int], layout: Layout) -> frozenset[int]:
    """The indexes of lines that stand at the same edge of several pages, with the same words and numbers or numbers that count the pages.

    starts: where each page begins.
    """
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_page[bisect_right(starts, line.start)].append(index)
    seen: dict[tuple[object, ...], set[int]] = defaultdict(set)
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for page, indexes in by_page.items():
        for top, edge in ((True, indexes[:_EDGE]), (False, indexes[-_EDGE:])):
            for index in edge:
                for shape in _shapes(lines[index].text, page):
                    seen[top, *shape].add(page)
                    places[top, *shape].append(index)
    found: set[int] = set()
    for shape, pages in seen.items():
        text = lines[places[shape][0]].text
        doubtful = layout.ends_sentence(text) or any(pattern.fullmatch(text) for pattern in layout.numbers)
        if len(pages) >= (max(_LEAST + 1, _OFTEN * len(by_page)) if doubtful else _LEAST):
            found.update(places[shape])
    return frozenset(found)


def _shapes(text: str, page: int) -> Iterator[tuple[object, ...]]:
    """What must agree for two lines to be the same: all of it, or all but one number that grows with the pages."""
    if len(text) > _LONGEST:
        return
    yield "same", text
    numbers = list(_DIGITS.finditer(text))
    if len(numbers) <= _MOST_NUMBERS:
        for number in numbers:
            yield "counts", text[: number.start()], text[number.end() :], int(number[0]) - page
