"""`kg stats`: the network in numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click

from kg import files, rdf, selection, tables
from kg.analysis.measures import Analysis, analyse
from kg.analysis.report import LANGUAGES, SEPARATOR, TABLES, words
from kg.cli import places
from kg.cli.shares import SHARE
from kg.network import Index
from kg.plotting import font_note
from kg.queries import Answer

_FORMS = ("text", "csv", "json")
_MOST = 20
_NAMES = 4  # of a list in a cell of text


@click.command(epilog="Example: kg stats centrality co-implementation --most 10 --lang en --plot centrality.svg")
@click.argument("names", nargs=-1, type=click.Choice(list(TABLES)), metavar="[TABLE]...")
@click.option("--graph", "graphs", multiple=True, type=click.Path(path_type=Path), help="Which graph.  [default: exports/*.ttl]")
@click.option("--report", metavar="ID", help="Only what this report says.")
@click.option("--min-confidence", "least", type=SHARE, default="0", help="Leave out what is less sure, from 0 to 1.")
@click.option("--hub", "hubs", multiple=True, metavar="NAME", help="Who is left out.  [default: who touches a quarter of all things]")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="The language of names.")
@click.option("--most", type=click.IntRange(1), default=_MOST, show_default=True, help="Rows of a table in text, and of the plot.")
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Write a file for each table.")
@click.option("--plot", type=click.Path(path_type=Path), metavar="FILE.svg|png", help="Draw centrality too; needs report-kg[plot].")
def command(  # noqa: PLR0913  a command's options are its parameters
    *,
    names: tuple[str, ...],
    graphs: tuple[Path, ...],
    report: str | None,
    least: Decimal,
    hubs: tuple[str, ...],
    language: str,
    most: int,
    form: str,
    output: Path | None,
    plot: Path | None,
) -> None:
    """Tell who is central, with and without the hub, who belongs together, and who implements the same.

    TABLE: overview, classes, relations, centrality, communities, co-implementation; all of them when none is named.
    """
    chosen = names or tuple(TABLES)
    if form == "csv" and len(chosen) > 1 and output is None:
        message = f"CSV holds one table; name one of {', '.join(TABLES)}, or a folder with -o"
        raise click.UsageError(message)
    graph = rdf.read(*places.graphs(graphs))
    graph = selection.of_graph(graph, least) if least else graph
    analysis = analyse(Index(selection.of_report(graph, report) if report else graph), hubs)
    answers = {name: TABLES[name](analysis, language) for name in chosen}
    if output is not None:
        for name, answer in answers.items():
            path = output / f"{name}.{'txt' if form == 'text' else form}"
            files.replace(path, tables.render(answer, form).encode())
            click.echo(path)
    elif form == "text":
        click.echo("\n".join(_text(analysis, answers, language, most)), nl=False)
    elif form == "csv":
        click.echo(tables.render(answers[chosen[0]], form), nl=False)
    else:
        found = {name: json.loads(tables.render(answer, "json")) for name, answer in answers.items()}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    if plot is not None:
        from kg.analysis.plot import draw  # noqa: PLC0415  matplotlib is an extra

        files.replace(plot, draw(analysis, language, most, plot.suffix))
        click.echo(plot, err=True)
        if note := font_note():
            click.echo(note, err=True)


def _text(analysis: Analysis, answers: dict[str, Answer], language: str, most: int) -> Iterator[str]:
    """Who the hub is, then each table under its title, cut where it is long."""
    said = words(language)
    tops = ", ".join(analysis.label(iri, language) for iri in analysis.hubs)
    yield (said["text"]["hub"].format(hubs=tops) if tops else said["text"]["no_hub"]) + "\n"
    for name, answer in answers.items():
        rows = tuple(tuple(map(_few, row)) for row in answer.rows[:most])
        left = len(answer.rows) - len(rows)
        more = said["text"]["more"].format(count=left, most=len(answer.rows)) + "\n" if left else ""
        yield f"── {said['tables'][name]}\n{tables.render(replace(answer, rows=rows), 'text')}{more}"


def _few(cell: str) -> str:
    """The first names of a list of many."""
    names = cell.split(SEPARATOR)
    return cell if len(names) <= _NAMES + 1 else f"{SEPARATOR.join(names[:_NAMES])} … +{len(names) - _NAMES}"
