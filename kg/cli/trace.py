"""`kg trace`: what each stage made of one paragraph."""

from __future__ import annotations

import click

from kg.cli import places
from kg.cli.stages import STAGES, Traced
from kg.errors import UnknownNameError, did_you_mean
from kg.pipeline import build


@click.command(epilog="Example: kg trace seeds/000_99bf147bf4ea3876.txt 33 --stage relate")
@click.argument("report")
@click.argument("number")
@click.option("--stage", type=click.Choice(list(STAGES)), help="Just this one.")
def command(report: str, number: str, stage: str | None) -> None:
    """Show what is read from paragraph NUMBER ("33", "summary", "fn1") of a REPORT: a path, or the name of a seed."""
    built = build(places.report(report))
    paragraphs = {paragraph.number: paragraph for paragraph in built.document.paragraphs}
    if number not in paragraphs:
        message = f"{built.document.path}: no paragraph {number!r}; {did_you_mean(number, paragraphs)}"
        raise UnknownNameError(message)
    traced = Traced(built, paragraphs[number])
    for name in [stage] if stage else STAGES:
        click.echo(f"── {name}")
        for line in STAGES[name](traced):
            click.echo(line)
