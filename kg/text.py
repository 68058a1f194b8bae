"""Text that never loses an offset: each character of a `Mapped` knows its place in the decoded file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

# White space, and the characters that print nothing: zero-width blanks, soft hyphens, controls, noncharacters.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
)
# What would move the cursor of a terminal, change its colours, or turn the direction of what follows; tab and line feed are no danger.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(rf"[\s{INVISIBLE}]+")
_WIDE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_QUOTES = frozenset("\u2018\u2019\u201c\u201d\u2014\u2026\u00b7")  # wide in a text with CJK characters, narrow in another
_THOUSANDS = re.compile(rf"(?<![\d/])(?<!\d[.,:\uff0e\uff0c])\d{{1,3}}(?:[\s{INVISIBLE}]+\d{{3}})+(?!\d)")
_BREAKS = frozenset("\n\r\f\v\x85\u2028\u2029")


def printable(text: str) -> str:
    """The text with what a terminal would obey, such as the escape character, spelled out."""
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and, for each of its characters, the place it was taken from; places strictly increase."""

    text: str = ""
    offsets: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError when a character has no place."""
        if len(self.text) != len(self.offsets):
            message = f"{len(self.text)} characters but {len(self.offsets)} places"
            raise ValueError(message)

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> Mapped:
        """The stretch `source[start:end]`, as it stands."""
        text = source[start:end]
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def join(cls, parts: Iterable[Mapped]) -> Mapped:
        """The parts, one after the other."""
        kept = list(parts)
        return cls("".join(part.text for part in kept), tuple(chain.from_iterable(part.offsets for part in kept)))

    def __len__(self) -> int:
        """The number of characters."""
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        """A part of the text, with its places."""
        return Mapped(self.text[part], self.offsets[part])

    def __add__(self, other: Mapped) -> Mapped:
        """Put the other text after it."""
        return Mapped.join((self, other))

    def without(self, spans: Sequence[tuple[int, int]]) -> Mapped:
        """The text without the given spans `[start, end)` of it, which are sorted and apart."""
        starts = [0, *(end for _, end in spans)]
        ends = [*(start for start, _ in spans), len(self.text)]
        parts = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        text, offsets = self.text, self.offsets
        return Mapped("".join([text[part] for part in parts]), tuple(chain.from_iterable([offsets[part] for part in parts])))

    def flat(self) -> Mapped:
        """The text on one line: wrapped lines joined, and no blank beside a CJK character or inside a group of digits.

        Between other words one blank stays; it maps to a blank of the source, or to the line break when that is all there is.
        """
        text = self.text
        quotes_are_wide = _WIDE.search(text) is not None
        groups = _inside_thousands(text)
        spans: list[tuple[int, int]] = []
        for match in _BLANKS.finditer(text):
            start, end = match.span()
            if start in groups or not _keeps_blank(text, start, end, quotes_are_wide=quotes_are_wide):
                spans.append((start, end))
                continue
            kept = min(range(start, end), key=lambda place: (text[place] != " ") + (not text[place].isspace()))
            spans.extend(span for span in ((start, kept), (kept + 1, end)) if span[0] < span[1])
        plain = self.without(spans)
        return Mapped(_BLANKS.sub(" ", plain.text), plain.offsets)


def agrees(text: str, offsets: Sequence[int], source: str) -> bool:
    """Whether each character stands at its place in the source; a blank may stand for any white space, such as a line break."""
    return len(text) == len(offsets) and all(
        char == source[place] or (char == " " and source[place].isspace()) for char, place in zip(text, offsets, strict=True)
    )


def _keeps_blank(text: str, start: int, end: int, *, quotes_are_wide: bool) -> bool:
    """Whether the blanks at [start, end) part two words."""
    if start == 0 or end == len(text) or not any(char.isspace() for char in text[start:end]):
        return False
    left, right = text[start - 1], text[end]
    if _WIDE.match(left) or _WIDE.match(right) or (quotes_are_wide and (left in _QUOTES or right in _QUOTES)):
        return False
    wrapped = any(char in _BREAKS for char in text[start:end])
    return not (wrapped and (left in "-/" or right in "-/"))


def _inside_thousands(text: str) -> frozenset[int]:
    """Where the blanks begin that stand inside a number, as in "12 659 893"; after four digits none does ("2011 117")."""
    return frozenset(match.start() + blanks.start() for match in _THOUSANDS.finditer(text) for blanks in _BLANKS.finditer(match.group()))


# Half-width forms of the full-width digits and signs: one character for one, so that offsets stay.
_HALF_WIDTH = {ord("\uff10") + n: ord("0") + n for n in range(10)} | {
    0xFF05: ord("%"),
    0xFF0F: ord("/"),
    0xFF08: ord("("),
    0xFF09: ord(")"),
}


# Half-width marks behind or before a CJK character, as many files have them, and what they are in print.
_HALF_MARKS = re.compile("(?<=[\u3400-\u9fff\u201d\u300b)\uff09])[,;:!?]|[,;:!?](?=[\u3400-\u9fff\u201c\u300a])")
_FULL_MARKS = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "!": "\uff01", "?": "\uff1f"}


@lru_cache(maxsize=1024)  # a paragraph is read for times, for numbers and for what stands for something
def plain(text: str) -> str:
    """The text as patterns read it: full-width digits, brackets, % and / half-width, marks between CJK characters full-width.

    Its length and offsets stay.
    """
    return _HALF_MARKS.sub(lambda mark: _FULL_MARKS[mark[0]], text.translate(_HALF_WIDTH))
