"""The store: a folder that holds what many reports say, together, and changes whole or not at all.

    store/
      current                one line: the name of the generation in force
      lock                   held by the one who writes; says who that is
      review.yaml            what people decided about names in several reports (kg.store.review)
      parts/<sha256>.nq.gz   what one report says by itself, as `kg build -f nq` writes it; never changed
      incoming/              where reports are read, before anybody has to wait
      generations/7/         one state of the store; never changed once `current` names it
        reports.jsonl        a report a line: id, title, date, counts, hashes (kg.store.parts.Row)
        identity.jsonl       a decision a line: which names of which reports are one thing, and why (kg.store.identity)
        database/            the graphs (pyoxigraph): one for each report, its IRIs rewritten by the decisions; one of what reports share;
                             one of the decisions; and in the default graph the union of them all (kg.store.graphs)
        ledger/              which report says what of what is shared, in its own words (kg.store.ledger)

The life of a change (kg.store.changes, on the ground of kg.store.folders):

    read the reports into incoming/ ─► take the lock ─► a new generation, by hard links to the one in force
      ─► enter the parts in the ledger ─► decide what is one thing ─► rewrite and load the parts that this touches
      ─► say anew what the touched things are called ─► flush to the disk ─► rename `current` ─► clear what nobody reads

A process may be killed anywhere on the way: `current` names the old generation until it names the new one, locks go with
their process, and the next change clears what lies about. Who reads holds a generation by a shared lock on its folder: it stays as it is
while it is read, and no writer waits for that. The store is a function of its parts and its review: the order of changes leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.store import folders
from kg.store.graphs import Graphs
from kg.store.identity import Decision, decisions
from kg.store.parts import Row, rows

__all__ = ["Opened", "is_store", "open"]


@dataclass(frozen=True, slots=True)
class Opened:
    """One generation, to be read: it never changes. `reports` by id."""

    folder: Path
    generation: str
    reports: tuple[Row, ...] = field(repr=False)
    database: ox.Store = field(repr=False)

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer to a SPARQL query over all graphs together."""
        return self.database.query(query)

    @property
    def quads(self) -> Iterator[ox.Quad]:
        """Each quad once, what reports share in the default graph."""
        return iter(Graphs(self.database))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided about names, in order."""
        return decisions(folders.generation(self.folder, self.generation))


@contextmanager
def open(folder: Path) -> Iterator[Opened]:  # noqa: A001  said as `store.open`
    """The generation of a store that is in force, for as long as the block lasts; a KgError when there is no store."""
    with folders.reading(folder) as generation:
        yield Opened(folder, generation.name, rows(generation), folders.database(generation))


def is_store(folder: Path) -> bool:
    """Whether a folder is a store."""
    return folders.current(folder) != ""
