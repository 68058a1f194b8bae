"""What is told of a report that was built, or could not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.explorer.index import Entry


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report that was built, in a few words; with an error, one that was not.

    counts: as of `Built.counts`; issues: how many of each kind; files: names in the output folder; entry: for the list of reports, when
    there is one; kept: True when it was built before; error: what was wrong, in one line or several, "" when nothing was.
    """

    path: Path
    id: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    issues: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    entry: Entry | None = None
    kept: bool = False
    error: str = ""
