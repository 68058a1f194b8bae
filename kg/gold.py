"""What people read in a report: the tables of a gold folder, with "|" between the columns and "#" before a comment.

    relations.txt      paragraph | subject | relation | object | ! or ?
    entities.txt       name | class, or several with "/" | other names with ";" | ! or ?
    observations.txt   paragraph | about | what is counted | value | unit | period | place | comparator | ! or ?
    footnotes.txt      footnote | the paragraph it hangs on, where it counts; this file may be missing

"!" marks what must be found, "?" what may be. The report stands in the folder as report.txt, or gold.toml names it, and the paragraphs
that were read: report = "../x.txt", from = 1, upto = 45.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ENDLESS = 1_000_000
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """right, wrong: of what the graph says, what is in the gold or not; found, required: of what the gold demands."""

    right: int
    wrong: int
    found: int
    required: int

    @property
    def precision(self) -> float:
        """The share of what the graph says that is right; 0 when it says nothing."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is demanded that was found; 0 when nothing is demanded."""
        return self.found / max(1, self.required)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Gold:
    """The rows of a gold folder that count. inside: the paragraphs that do; footnotes: number -> paragraph."""

    facts: tuple[Row, ...]
    things: tuple[Row, ...]
    numbers: tuple[Row, ...]
    footnotes: Mapping[str, str]
    inside: range

    def counts(self, paragraph: str) -> bool:
        """Whether a paragraph of that number counts; the summary does not."""
        return paragraph.isdecimal() and int(paragraph) in self.inside

    def place(self, number: str) -> str:
        """The number of the paragraph where a paragraph or a footnote counts."""
        return self.footnotes.get(number.removeprefix("fn"), number) if number.startswith("fn") else number


@dataclass(frozen=True, slots=True)
class Source:
    """The report that a gold folder is about, and its paragraphs from first to last (0: to the end)."""

    report: Path
    first: int = 0
    last: int = 0


def source(folder: Path) -> Source:
    """What a gold folder is about; a KgError when it does not tell."""
    named = folder / "gold.toml"
    if not named.exists():
        if not (folder / "report.txt").exists():
            message = f"{folder}: has neither report.txt nor gold.toml; give a graph as well: kg score GRAPH {folder}"
            raise KgError(message)
        return Source(folder / "report.txt")
    try:
        match tomllib.loads(named.read_text(encoding="utf-8")):
            case {"report": str(report), "from": int(first), "upto": int(last)}:
                return Source(folder / report, first, last)
    except (OSError, ValueError) as error:
        message = f"{named}: cannot be read: {error}"
        raise KgError(message) from error
    message = f'{named}: expected report = "…", from = 1, upto = 45'
    raise KgError(message)


def read(folder: Path, first: int = 0, last: int = 0) -> Gold:
    """The gold of the paragraphs from first to last (0: to the end); a KgError for a fault in it."""
    inside = range(first, last + 1 if last else _ENDLESS)
    facts, numbers = (
        tuple(row for row in _rows(folder / name, columns) if row[0].isdecimal() and int(row[0]) in inside)
        for name, columns in (("relations.txt", 5), ("observations.txt", 9))
    )
    if odd := [row for row in numbers if not _NUMBER.fullmatch(row[3])]:
        message = f"{folder / 'observations.txt'}: {' | '.join(odd[0][:4])}: {odd[0][3]!r} is no number; write plain digits"
        raise KgError(message)
    notes = folder / "footnotes.txt"
    footnotes = {row[0]: row[1] for row in _rows(notes, 2)} if notes.exists() else {}
    return Gold(facts, tuple(_rows(folder / "entities.txt", 4)), numbers, footnotes, inside)


def _rows(path: Path, columns: int) -> Iterator[Row]:
    """The rows of a gold file, with that many columns at least; missing ones are ""."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {getattr(error, 'strerror', 'not UTF-8')}; give a gold folder such as tests/gold/seed-1-45"
        raise KgError(message) from error
    for line in lines:
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            yield tuple((cells + [""] * columns)[:columns])
