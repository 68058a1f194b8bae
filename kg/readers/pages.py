"""A page of text taken apart: numbered paragraphs, their headings, footnotes and the front page; nothing is lost in silence."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Issue, Paragraph
from kg.readers import extracted, front, furniture, lines, notes, numbering, sections
from kg.readers.extracted import lowered
from kg.readers.layout import Layout
from kg.readers.lines import Line, Page, Placed
from kg.text import Mapped

_FULL = 0.7  # of the width of the page: the first line of a wrapped paragraph is at least this long
_LONGEST_HEADING = 60  # characters of the heading of an annex
_RULE = re.compile("_{4,}")
_SHOWN = 40  # characters an issue shows


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text holds: its front page, headings, paragraphs and issues; `placed` says what each other stretch of it is."""

    front: front.Front
    sections: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    issues: tuple[Issue, ...]
    placed: tuple[Placed, ...]


@dataclass(slots=True)
class _Result:
    """What has been found so far."""

    page: Page
    known: frozenset[str]
    paragraphs: list[Paragraph] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def place(self, found: Iterable[Line], role: str) -> None:
        self.placed += [Placed(line.start, line.end, role) for line in found]

    def report(self, paragraph: str, kind: str, found: Sequence[Line], message: str) -> None:
        """Say that these lines were not read."""
        if found:
            self.place(found, "unread")
            self.issues.append(Issue(paragraph, kind, found[0].text[:_SHOWN], f"{message} ({len(found)} lines)"))

    def without_marks(self, found: Sequence[Line]) -> list[Line]:
        """The lines without those that hold only the mark of a footnote, or a page number."""
        kept, alone = notes.alone(found, self.known, self.page.layout)
        self.place(alone, "mark")
        return kept

    def add(self, number: str, kind: str, found: Sequence[Line], section: tuple[str, ...], anchor: str = "") -> None:
        """A paragraph on these lines, without the marks of footnotes glued to its words."""
        parts: list[Mapped] = []
        for index, line in enumerate(found):
            before = found[index - 1].text if index else ""
            following = found[index + 1].text if index + 1 < len(found) else ""
            cut = notes.glued(line, before, following, self.known, self.page)
            self.placed += [Placed(start, end, "mark") for start, end in cut]
            whole = Mapped.of(self.page.source, line.start, line.stop)
            parts.append(whole.without([(start - line.start, end - line.start) for start, end in cut]))
        text = Mapped.join(parts).flat()
        if not text:
            self.issues.append(Issue(number, "empty-paragraph", "", "the number has no text; look for it in the source"))
        if rule := _RULE.search(text.text):
            shown = text.text[rule.start() : rule.start() + _SHOWN]
            self.issues.append(Issue(number, "footnote", shown, "a rule in mid-line: the footnote below it is read as part of the text"))
        self.paragraphs.append(Paragraph(number, kind, text.text, text.offsets, section, anchor))


def parse(source: str, layout: Layout) -> Reading:
    """Take a text apart by the layout of its language."""
    everything = lines.split(source)
    page = Page(source, layout, lines.width(everything))
    repeated = furniture.repeated(everything, starts, layout) if (starts := extracted.pages(source)) else frozenset()
    text, aside = lines.set_aside(everything, layout, repeated)
    end = _annex(text, layout)
    numbers, others = numbering.find(text[:end], layout)
    if not numbers:
        end = len(text)
        numbers, others = numbering.find(text, layout)
    printed = bool(numbers)
    if not printed:
        numbers = numbering.as_they_stand(text, layout)
    text, annex = text[:end], text[end:]
    before, *segments = _cut(text, numbers, page)
    taken = [notes.take_out(segment, page) for segment in (before, *segments)]
    found_notes = [note for _, found, _ in taken for note in found]
    result = _Result(page, frozenset(note.number for note in found_notes), placed=aside)
    result.placed += [placed for _, _, places in taken for placed in places]
    result.placed += [Placed(number.start, number.end, "number") for number in numbers if printed]

    outline = sections.Outline()
    opening = sections.opening(result.without_marks(taken[0][0]), page)
    title_page = _front(opening.body, outline, result)
    _enter(opening.headings, outline, result)
    for index, (number, (segment, _, _)) in enumerate(zip(numbers, taken[1:], strict=True)):
        last = index + 1 == len(numbers)
        part = sections.divide(result.without_marks(segment), page)
        result.add(str(number.value), "paragraph", part.body, outline.names)
        result.report(str(number.value), "unnumbered", part.left_over, "lines that belong to no numbered paragraph are not read")
        if last:
            over = [line for heading in part.headings for line in heading.lines]
            result.report(str(number.value), "heading", over, "a heading without a paragraph below it")
        else:
            _enter(part.headings, outline, result)
    result.report("", "annex", annex, "what stands in an annex is not read")
    _add_notes(found_notes, result)
    if not printed:
        message = "no numbered paragraph was found; they are counted as they stand" if numbers else "no paragraph was found"
        result.issues.append(Issue("", "no-paragraphs", "", message))
    _count(numbers, others, result)
    paragraphs = _in_reading_order(result.paragraphs)
    return Reading(title_page, tuple(outline.titles), paragraphs, tuple(result.issues), tuple(result.placed))


def _in_reading_order(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs by their places in the source; one without text stays behind the one it followed."""
    place = 0
    placed = []
    for paragraph in paragraphs:
        place = paragraph.offsets[0] if paragraph.offsets else place
        placed.append((place, paragraph))
    return tuple(paragraph for _, paragraph in sorted(placed, key=lambda pair: pair[0]))


def _cut(text: Sequence[Line], numbers: Sequence[numbering.Number], page: Page) -> list[list[Line]]:
    """The lines before the first number, and those of each number, without the numbers."""
    parts: list[list[Line]] = [[]]
    following = iter((*numbers, None))
    number = next(following)
    for index, line in enumerate(text):
        start = line.start
        while number is not None and number.line == index:
            before = lines.piece(page.source, start, number.start, number.start)
            parts[-1] += [before] if before else []
            alone = number.end == line.end and line.start == number.start
            parts.append([parts[-1].pop()] if alone and _begins_above(parts[-1], text[index + 1 : index + 2], page) else [])
            start = number.end
            number = next(following)
        rest = lines.piece(page.source, start, line.end, line.stop) if start > line.start else line
        parts[-1] += [rest] if rest else []
    return parts


def _begins_above(before: Sequence[Line], following: Sequence[Line], page: Page) -> bool:
    """Whether a number alone on its line stands after the first line of its paragraph."""
    if not before or not following:
        return False
    line = before[-1]
    return (
        len(line.text) >= _FULL * page.width
        and not page.layout.ends_sentence(line.text)
        and page.layout.heading_level(line.text) is None
        and (len(before) == 1 or page.layout.ends_sentence(before[-2].text) or page.layout.heading_level(before[-2].text) is not None)
    )


def _front(body: Sequence[Line], outline: sections.Outline, result: _Result) -> front.Front:
    """Read the front page and add the paragraphs of its summary."""
    found = front.read(body, result.page)
    result.place(found.masthead, "front")
    result.report("", "front-matter", found.prose, "text before the first numbered paragraph is not read")
    if found.summary_heading:
        _enter([sections.Heading((found.summary_heading,), len(result.page.layout.headings))], outline, result)
    for index, paragraph in enumerate(found.summary, start=1):
        result.add("summary" if index == 1 else f"summary-{index}", "summary", paragraph, outline.names)
    outline.path = ()
    return found


def _enter(headings: Iterable[sections.Heading], outline: sections.Outline, result: _Result) -> None:
    kept = list(headings)
    outline.enter(kept, result.page)
    result.place((line for heading in kept for line in heading.lines), "heading")


def _annex(text: Sequence[Line], layout: Layout) -> int:
    """The index of the heading of the first annex; the number of lines when there is none."""
    for index, line in enumerate(text):
        match = layout.annex_heading.fullmatch(line.text) if len(line.text) <= _LONGEST_HEADING else None
        after_sentence = index > 0 and layout.ends_sentence(text[index - 1].text)
        if match and not layout.ends_sentence(line.text) and (after_sentence or not match["title"]):
            return index
    return len(text)


def _add_notes(found: Sequence[notes.Note], result: _Result) -> None:
    """Add the footnotes; each is anchored in the paragraph of its mark: the last before it, else the first after it."""
    source = result.page.source
    marks: dict[str, list[int]] = defaultdict(list)
    for start, end in sorted((placed.start, placed.end) for placed in result.placed if placed.role == "mark"):
        marks[lowered(source[start:end])].append(start)
    above = sorted((paragraph for paragraph in result.paragraphs if paragraph.offsets), key=_first)
    seen: Counter[str] = Counter()
    for note in found:
        name = "fn" + (note.number if note.number.isdecimal() else f"-star{len(note.number)}")
        seen[name] += 1
        number = name if seen[name] == 1 else f"{name}-{seen[name]}"
        same = marks[note.number] or [-1]
        mark = same[max(0, bisect(same, note.start) - 1)]
        at = bisect(above, mark, key=_first)
        if mark < 0 or not at:
            result.issues.append(Issue(number, "footnote-mark", note.number, "no mark of this footnote was found in a paragraph"))
        owner = above[at - 1] if at else None
        result.add(number, "footnote", note.lines, owner.section if owner else (), owner.number if owner else "")


def _first(paragraph: Paragraph) -> int:
    return paragraph.offsets[0]


def _count(numbers: Sequence[numbering.Number], others: Sequence[numbering.Number], result: _Result) -> None:
    """Report numbers that are missing, and those at the start of a line that do not fit in."""
    source = result.page.source
    for number, following in pairwise(numbers):
        for missing in range(number.value + 1, following.value):
            message = f"not found between paragraphs {number.value} and {following.value}"
            result.issues.append(Issue(str(missing), "missing-paragraph", "", message))
    elsewhere = {placed.start for placed in result.placed}
    for other in others:
        if other.start not in elsewhere:
            text = source[other.start : other.start + _SHOWN].split("\n", 1)[0]
            result.issues.append(Issue("", "numbering", text, "looks like a paragraph number but is out of sequence: read as text"))
