"""The numbers of paragraphs and articles: of all that look like one, the longest run that counts upward."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.readers.layout import Layout
from kg.readers.lines import Line, width

# How much a candidate speaks for a run, and what a number that is missing or a late beginning costs.
_AT_LINE_START, _IN_MID_LINE, _LIKE_A_HEADING = 10, 7, 4
_MISSING, _MOST_MISSING, _LATE = 7, 3, 15
_SHORTEST_LATE_RUN = 3
_LONGEST_HEADING = 100
_FULL = 0.7  # of the width of the page: what is shorter was not wrapped


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may begin a paragraph: [start, end) holds it with its dot; `line` is the index of its line."""

    value: int
    start: int
    end: int
    line: int
    weight: int


def find(lines: Sequence[Line], layout: Layout) -> tuple[list[Number], list[Number]]:
    """The numbers of the paragraphs, rising and in order, and those left over that stand at the start of a line."""
    best: list[Number] = []
    others: list[Number] = []
    for pattern in layout.numbers:
        candidates = list(_candidates(lines, pattern, layout))
        run = _longest_run(candidates)
        if len(run) > len(best):
            chosen = set(run)
            best = run
            others = [number for number in candidates if number not in chosen and number.weight == _AT_LINE_START]
    return best, others


def as_they_stand(lines: Sequence[Line], layout: Layout) -> list[Number]:
    """Numbers for the paragraphs of a text that has none: each begins where a line ends a sentence or is a heading before it.

    A heading is short and ends no sentence; a line that goes on in the next one is a heading only by its number.
    """
    numbers: list[Number] = []
    wrapped = _FULL * width(lines)
    fresh = True
    for index, line in enumerate(lines):
        ends = layout.ends_sentence(line.text)
        title = not ends and len(line.text) <= _LONGEST_HEADING and not layout.clause_end.search(line.text)
        heading = title and (layout.heading_level(line.text) is not None or (fresh and len(line.text) < wrapped))
        if fresh and not heading:
            numbers.append(Number(len(numbers) + 1, line.start, line.start, index, _AT_LINE_START))
        fresh = heading or ends
    return numbers


def _candidates(lines: Sequence[Line], pattern: re.Pattern[str], layout: Layout) -> Iterator[Number]:
    after_rule = False
    fresh = True  # the line before ended a sentence, or there is none
    for index, line in enumerate(lines):
        if not after_rule:
            for match in pattern.finditer(line.text):
                weight = _weight(lines, index, match, layout, fresh=fresh)
                if weight:
                    value = layout.value(match["number"])
                    yield Number(value, line.start + match.start(), line.start + match.end(), index, weight)
        after_rule = layout.note_rules.fullmatch(line.text[:_LONGEST_HEADING]) is not None
        fresh = layout.ends_sentence(line.text)


def _weight(lines: Sequence[Line], index: int, match: re.Match[str], layout: Layout, *, fresh: bool) -> int:
    """How much a match speaks for a paragraph; 0 when it cannot begin one."""
    text = lines[index].text
    if match.start() == 0:
        followed = index + 1 < len(lines) and layout.numbers[0].match(lines[index + 1].text[:_LONGEST_HEADING])
        bare = match.end() < len(text) <= _LONGEST_HEADING and not layout.clause_end.search(text)
        return _LIKE_A_HEADING if followed and bare else _AT_LINE_START
    if not layout.paragraph_begins.match(text[match.end() : match.end() + 12].lstrip()):
        return 0
    window = text[max(0, match.start() - _LONGEST_HEADING) : match.start()]
    ends = list(layout.sentence_end.finditer(window))
    between = window[ends[-1].end() :] if ends else window
    if not between.strip(" 0123456789*\u3000"):
        return _IN_MID_LINE if ends else 0
    if not between[-1].isspace() or not (ends or (fresh and len(window) == match.start())):
        return 0
    title = between.strip()
    headed = layout.heading_level(title) is not None or not layout.clause_end.search(title)
    return _IN_MID_LINE if headed else 0


def _longest_run(candidates: Sequence[Number]) -> list[Number]:
    """The run of rising numbers that most speaks for; of two equal ones the earlier."""
    scores: list[int] = []
    before: list[int | None] = []
    latest: dict[int, int] = {}
    for index, number in enumerate(candidates):
        score = -_LATE if number.value > 1 else 0
        link: int | None = None
        for missing in range(_MOST_MISSING + 1):
            found = latest.get(number.value - 1 - missing)
            if found is not None and scores[found] - missing * _MISSING > score:
                score, link = scores[found] - missing * _MISSING, found
        scores.append(score + number.weight)
        before.append(link)
        known = latest.get(number.value)
        if known is None or scores[index] > scores[known]:
            latest[number.value] = index
    if not scores:
        return []
    last: int | None = max(range(len(scores)), key=lambda index: (scores[index], -index))
    run: list[Number] = []
    while last is not None:
        run.append(candidates[last])
        last = before[last]
    run.reverse()
    return run if run[0].value == 1 or len(run) >= _SHORTEST_LATE_RUN else []
