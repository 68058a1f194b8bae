"""What people decided about names in several reports: `review.yaml` of a store.

    names:
      - {merge: name, into: another name}       # two names of one thing; a general name into itself is one thing in all reports
      - {split: name, reports: [report-1]}      # another thing in each of these reports than elsewhere

A name is the label that `kg list --merged` or the graph has for an unlisted thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import LanguageError, StoreError
from kg.resources import load_yaml
from kg.yaml_table import Table

_FILE = "review.yaml"


@dataclass(frozen=True, slots=True)
class Merge:
    """The thing called `name` is the one called `into`."""

    name: str
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """The thing called `name` is another one in each of these reports, by id."""

    name: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """All decisions, in the order of the file."""

    path: Path = Path(_FILE)
    joined: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()

    def merges(self, name: str) -> bool:
        """Whether a name is to be one thing in all reports."""
        return any(one.name == name for one in self.joined)

    def merged_into(self, name: str) -> str:
        """The name of the thing that the thing of this name is, "" for none."""
        return next((one.into for one in self.joined if one.name == name and one.into != name), "")

    def split_in(self, name: str) -> set[str]:
        """The reports, by id, in which a name is another thing."""
        return {report for one in self.splits if one.name == name for report in one.reports}


def read(root: Path) -> Review:
    """The review of a store, an empty one when there is none; a StoreError names file, place and fault."""
    path = root / _FILE
    if not path.exists():
        return Review(path)
    try:
        content = load_yaml(path)
        table = Table(path, "", content if isinstance(content, dict) else {"names": content}).only("names")
        entries = table.tables("names") if table.values["names"] is not None else ()
        merges = tuple(_merge(row) for row in entries if "split" not in row.values)
        return Review(path, merges, tuple(_split(row) for row in entries if "split" in row.values))
    except (LanguageError, OSError, UnicodeDecodeError) as error:
        raise StoreError(str(error)) from error


def _merge(row: Table) -> Merge:
    row.only("merge", "into")
    return Merge(_name(row, "merge"), _name(row, "into"))


def _split(row: Table) -> Split:
    row.only("split", "reports")
    return Split(_name(row, "split"), row.entries("reports"))


def _name(row: Table, key: str) -> str:
    return row.text(key) or row.fail(key, "a name is expected")
