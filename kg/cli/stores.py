"""What the commands of a store have in common: its folder, how long to wait for it, and what is told of a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kg import store
from kg.cli import places
from kg.store.changes import Changed

STORE = click.option(
    "--store", "root", type=click.Path(path_type=Path), default=places.STORE, show_default=True, metavar="FOLDER", help="Which store."
)
WAIT = click.option(
    "--wait", type=click.FloatRange(min=0), default=60, show_default=True, metavar="SECONDS", help="How long to wait for another change."
)


def tell(line: str) -> None:
    """A line for the person who waits."""
    click.echo(line, err=True)


def lines(root: Path, changed: Changed) -> Iterator[str]:
    """What a change did, a report a line."""
    for verb in ("added", "replaced", "removed", "unchanged"):
        yield from (f"{verb:<9}  {report}" for report in getattr(changed, verb))
    with store.open(root) as opened:
        merged = sum(not one.report for one in opened.decisions)
        apart = len(opened.decisions) - merged
        yield f"{root}: {len(opened.reports)} reports, {merged} names merged, {apart} kept apart"
