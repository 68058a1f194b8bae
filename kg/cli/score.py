"""`kg score`: a graph beside what people read."""

from __future__ import annotations

from pathlib import Path

import click
from rdflib import Graph

from kg import conformance, gold, pipeline, rdf, tables
from kg.conformance import Conformance
from kg.gold import Figures
from kg.queries import Answer
from kg.score import score


@click.command(epilog="Example: kg score exports/000_99bf147bf4ea3876.ttl tests/gold/seed-46-91 --from 46 --list")
@click.argument("paths", metavar="[GRAPH] GOLD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--from", "first", type=click.IntRange(0), default=0, help="The first paragraph that counts.")
@click.option("--upto", "last", type=click.IntRange(0), default=0, help="The last paragraph that counts.")
@click.option("--list", "listing", is_flag=True, help="Also list what is missed and what is extra.")
def command(paths: tuple[Path, ...], first: int, last: int, *, listing: bool) -> None:
    """Compare a GRAPH with the folder GOLD, which kg/gold.py describes, in the terms of Text2KGBench; the last line is the figure.

    Without a graph, build the report that each folder GOLD names and compare them in one table.
    """
    if paths[0].is_dir():
        if first or last or listing:
            message = "--from, --upto and --list go with one GRAPH and one GOLD"
            raise click.UsageError(message)
        click.echo(tables.render(_compared(paths), "text"), nl=False)
        return
    try:
        graph, folder = paths
    except ValueError as error:
        message = "give one GRAPH and one GOLD, or folders GOLD alone"
        raise click.UsageError(message) from error
    _told(graph, folder, first, last, listing=listing)


def _compared(folders: tuple[Path, ...]) -> Answer:
    """One row for each gold folder, of the build of its report."""
    columns = ("gold", "facts P", "R", "F1", "strict F1", "entities", "numbers F1", "facts", "numbers")
    built: dict[Path, Graph] = {}
    rows = []
    for folder in folders:
        source = gold.source(folder)
        triples = built.get(source.report.resolve()) or pipeline.build(source.report).graph
        built[source.report.resolve()] = triples
        found = score(triples, folder, source.first, source.last)
        facts, numbers = found.relaxed.all, found.observations.all
        shares = (facts.precision, facts.recall, facts.f1, found.strict.all.f1, found.entities.share, numbers.f1)
        rows.append((folder.name, *(f"{share:.3f}" for share in shares), str(facts.required), str(numbers.required)))
    return Answer(columns, tuple(rows))


def _told(graph: Path, folder: Path, first: int, last: int, *, listing: bool) -> None:
    """All figures of one graph on one gold folder."""
    triples = rdf.read(graph)
    found = score(triples, folder, first, last)
    facts, entities, numbers = found.relaxed, found.entities, found.observations
    for name, figures in (("facts strict", found.strict.all), ("facts relaxed", facts.all)):
        click.echo(_line(name, figures))
    for relation, figures in facts.by_relation.items():
        click.echo(f"   {relation:14} found {figures.found:3} of {figures.required:3}, not in gold {figures.wrong}")
    named = f"named {entities.named} of {entities.required}, with the right class {entities.right_class}"
    click.echo(f"entities: {named} ({entities.share:.3f})")
    click.echo(f"{_line('observations', numbers.all)}; with the right year {numbers.dated} of {numbers.timed}")
    click.echo(_faithful(conformance.measure(triples)))
    if listing:
        lists = {
            "missed": facts.missed,
            "extra": facts.extra,
            "not named": entities.missed,
            "number missed": numbers.missed,
            "number extra": numbers.extra,
        }
        for title, lines in lists.items():
            for line in lines:
                click.echo(f"   {title}: {line}")
    click.echo(
        f"relaxed F1 {facts.all.f1:.3f} (P {facts.all.precision:.3f} R {facts.all.recall:.3f}), strict F1 {found.strict.all.f1:.3f}, "
        f"entities {entities.share:.3f}, observations F1 {numbers.all.f1:.3f}"
    )


def _faithful(measured: Conformance) -> str:
    """The measures that need no gold, of the whole graph."""
    shares = {
        "ontology conformance": measured.conform,
        "hallucinated subjects": measured.subjects,
        "relations": measured.relations,
        "objects": measured.objects,
        "quotes not in the source": measured.quotes,
    }
    told = ", ".join(f"{name} {measured.share(count):.3f}" for name, count in shares.items())
    return f"the whole graph: {told} (of {measured.facts} facts with a sentence each)"


def _line(name: str, figures: Figures) -> str:
    counts = f"{figures.right} right, {figures.wrong} not in gold, {figures.found} of {figures.required} required found"
    return f"{name}: P {figures.precision:.3f} R {figures.recall:.3f} F1 {figures.f1:.3f} ({counts})"
