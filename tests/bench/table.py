"""What every subject of the bench gives: small tables, as Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Scope:
    """How much is measured. folder: to work in; most: made-up reports at most; rounds: of what is measured by its median.

    peers: whether tools that are not kg's own are fetched and run; servers: which of `servers.KINDS` are asked.
    """

    folder: Path
    most: int = 100
    rounds: int = 5
    peers: bool = True
    servers: tuple[str, ...] = ("virtuoso",)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of reports: powers of ten, and the most there may be."""
        return tuple(sorted({*(size for size in (1, 10, 100) if size < self.most), self.most}))


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of the columns, rows of text, and what a reader must know to read them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    note: str = ""

    def markdown(self) -> str:
        """The table as a section of a page; columns of figures stand at the right."""
        lines = [f"### {self.title}", ""]
        lines += [_line(self.columns), _line(["---", *["---:"] * (len(self.columns) - 1)]), *map(_line, self.rows)]
        return "\n".join([*lines, "", self.note, ""] if self.note else [*lines, ""])


Subject = Callable[[Scope], list[Table]]


def figure(number: float, unit: str = "") -> str:
    """Three digits that count, with commas in thousands."""
    shown = f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}" if number >= 1 else f"{number:.3f}"
    return f"{shown} {unit}".rstrip()


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '∣') for cell in cells)} |"
