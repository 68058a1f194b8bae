"""`kg series`: one indicator over time and over reports."""

from __future__ import annotations

from pathlib import Path

import click
from rdflib import URIRef

from kg import files, rdf, tables
from kg.cli import places
from kg.comparison import sides
from kg.network import Index
from kg.plotting import font_note
from kg.series.points import series, table

_FORMS = ("text", "csv", "json")


@click.command(epilog="Example: kg series WORDS --graph exports/2011.ttl --graph exports/2012.ttl --plot core.svg")
@click.argument("counted")
@click.option("--about", metavar="NAME", help="Only figures about this thing; any of its names.")
@click.option("--exact", is_flag=True, help="Counted in just these words; else they may be a part of others.")
@click.option("--graph", "graphs", multiple=True, type=click.Path(path_type=Path), help="Which graph.  [default: exports/*.ttl]")
@click.option("--lang", "language", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="The language of names.")
@click.option("--plot", type=click.Path(path_type=Path), metavar="FILE.svg|png", help="Draw it too; needs report-kg[plot].")
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", show_default=True)
def command(  # noqa: PLR0913  a command's options are its parameters
    *, counted: str, about: str | None, exact: bool, graphs: tuple[Path, ...], language: str, plot: Path | None, form: str
) -> None:
    """List every figure for what is COUNTED so, by time, each with its comparator, report, paragraph and sentence.

    A figure whose sentence does not say when counts for the date of its report, as dated_by tells; a baseline then has no date.
    """
    triples = rdf.read(*places.graphs(graphs))
    side = sides.read(triples)
    things = None
    if about is not None:
        index = Index(triples)
        things = index.called(about, (URIRef(iri) for iri in {figure.about for figure in side.figures}))
    points = series(side, counted, things, exact=exact)
    click.echo(tables.render(table(side, points, language), form), nl=False)
    if plot is not None:
        from kg.series.plot import draw  # noqa: PLC0415  matplotlib is an extra

        files.replace(plot, draw(side, points, counted, language, plot.suffix))
        click.echo(f"{plot}: {sum(bool(point.dated) for point in points)} of {len(points)} figures", err=True)
        if note := font_note():
            click.echo(note, err=True)
