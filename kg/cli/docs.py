"""`kg docs`: the reference of the ontology as a page."""

from __future__ import annotations

from pathlib import Path

import click

from kg import files
from kg.ontology import load
from kg.reference import page


@click.command(epilog="Example: kg docs -o ontology.html")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.html", help="The page to write.")
@click.option("--lang", "language", type=click.Choice(page.LANGUAGES), default="both", show_default=True, help="The language it opens in.")
def command(output: Path, language: str) -> None:
    """Write every class, relation and property of ontology/kg.ttl, with examples, as one page that needs no network."""
    ontology = load()
    files.replace(output, page.render(ontology, language))
    click.echo(f"{output}: {len(ontology.parents)} classes, {len(ontology.relations)} relations")
