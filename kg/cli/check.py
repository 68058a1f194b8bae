"""`kg check`: whether graphs fulfil the shapes, and how much of a report was read."""

from __future__ import annotations

from pathlib import Path

import click

from kg import checks, pipeline, rdf, tables
from kg.cli import places
from kg.coverage import Coverage
from kg.errors import InvalidGraphError
from kg.queries import Answer

_COLUMNS = ("sentences", "named", "fact", "number", "share", "section")


@click.command(
    epilog="Example: kg check exports/000_99bf147bf4ea3876.ttl; how much was read: kg check --coverage seeds/000_99bf147bf4ea3876.txt"
)
@click.argument("paths", nargs=-1, metavar="[GRAPHS | REPORTS]...")
@click.option("--coverage", is_flag=True, help="Read REPORTS and tell how many of their sentences gave a fact or a number.")
@click.option("--format", "form", type=click.Choice(list(tables.FORMATS)), help="Of the coverage.  [default: text]")
def command(paths: tuple[str, ...], form: str | None, *, coverage: bool) -> None:
    """Check GRAPHS (default: exports/*.ttl) against ontology/shapes.ttl, and tell the statement, sentence and rule of each fault.

    With --coverage: of each section of REPORTS (default: all in seeds/; a path, or the name of a seed) the number of its sentences; of
    those that name something; of those that gave a fact; of those that gave only a number; and the share that gave either.
    """
    if coverage:
        _coverage(paths, form or "text")
    elif form:
        message = "--format is for --coverage; leave it out"
        raise click.UsageError(message)
    else:
        _shapes(tuple(map(Path, paths)))


def _shapes(paths: tuple[Path, ...]) -> None:
    """Tell the faults of each graph; an InvalidGraphError when there are any."""
    faults = 0
    for path in places.graphs(paths):
        graph = rdf.read(path)
        found = checks.check(graph)
        faults += len(found)
        for violation in found:
            click.echo(f"{path}: {violation}")
        if not found:
            click.echo(f"{path}: fulfils the shapes ({len(graph)} triples)")
    if faults:
        message = f"{faults} fault{'s' if faults > 1 else ''}; mend the rules or the ontology and build again"
        raise InvalidGraphError(message)


def _coverage(names: tuple[str, ...], form: str) -> None:
    """Print the coverage of each report: a row for each section, and one for the whole."""
    rows = []
    for path in places.reports(tuple(map(places.report, names))):
        covered = pipeline.build(path).coverage
        rows += [_row(one, " › ".join(one.section)) for one in covered.sections]
        rows.append(_row(covered.total, f"total of {path.stem}"))
    click.echo(tables.render(Answer(_COLUMNS, tuple(rows)), form), nl=False)


def _row(of: Coverage, section: str) -> tuple[str, ...]:
    return (*map(str, (of.sentences, of.named, of.facts, of.numbers)), f"{of.share:.2f}", section)
