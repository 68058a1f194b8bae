"""`kg remove`: reports out of the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg import store
from kg.cli.stores import STORE, WAIT, lines, tell
from kg.store import changes, folders


@click.command(epilog="Example: kg remove 000_99bf147bf4ea3876")
@click.argument("reports", nargs=-1, required=True, metavar="ID...")
@STORE
@WAIT
def command(reports: tuple[str, ...], root: Path, wait: float) -> None:
    """Remove the reports of these IDs from the store, all at once; what another report says as well stays."""
    with store.open(root):  # which says so when there is none
        pass
    with folders.writing(root, "kg remove", wait, tell):
        changed = changes.apply(root, removed=set(reports))
    for line in changed.unmet:
        tell(line)
    click.echo("\n".join(lines(root, changed)))
