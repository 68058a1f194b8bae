"""`kg list`: what is in the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg import store, tables
from kg.cli.stores import STORE
from kg.ontology import BASE
from kg.queries import Answer

_HASH = 12  # characters that tell the sources of a store apart
_REPORTS = ("id", "title", "date", "paragraphs", "facts", "numbers", "source")
_NAMES = ("name", "report", "as", "called", "why", "because")


@click.command(epilog="Example: kg list --merged")
@click.option("--merged", is_flag=True, help="Not reports, but names: which were merged or kept apart, and why.")
@click.option("-f", "--format", "form", type=click.Choice(list(tables.FORMATS)), default="text", show_default=True, help="How to print.")
@STORE
def command(root: Path, form: str, *, merged: bool) -> None:
    """List the reports of the store with what was read from each."""
    with store.open(root) as opened:
        if merged:
            found = [
                (one.name, one.report.removeprefix(BASE), one.to.removeprefix(BASE), one.into, one.why, one.because)
                for one in opened.decisions
            ]
            answer = Answer(_NAMES, tuple(found))
        else:
            listed = [(r.id, r.title, r.date, str(r.paragraphs), str(r.facts), str(r.numbers), r.source[:_HASH]) for r in opened.reports]
            answer = Answer(_REPORTS, tuple(listed))
    click.echo(tables.render(answer, form), nl=False)
