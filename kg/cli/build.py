"""`kg build`: from reports to exports."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import click

from kg import files, runners, writers
from kg.cli import places
from kg.cli.shares import SHARE
from kg.errors import KgError, ReportError
from kg.explorer import index
from kg.runners.outcome import Outcome
from kg.runners.task import FORMATS, TABLES, Task

_LIST = "index.html"


@click.command(epilog="Example: kg build seeds/000_99bf147bf4ea3876.txt -o exports --format ttl --format html")
@click.argument("seeds", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=places.EXPORTS, show_default=True, help="Where to write.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help=f"May be repeated; {' and '.join(TABLES)} are tables.  [default: {', '.join(writers.DEFAULT)}]",
)
@click.option("--shared", is_flag=True, help="Pages load explorer.js and explorer.css, written beside them, and do not work without.")
@click.option("--min-confidence", "least", type=SHARE, default="0", help="Leave out what is less sure, from 0 to 1.")
@click.option("--resume", is_flag=True, help="Leave out what an earlier --resume has built of the same reports; notes it in OUTPUT/.built.")
@click.option(
    "--engine", type=click.Choice(list(runners.ENGINES)), default="local", show_default=True, help="What the reports are built on."
)
@click.option("--workers", type=click.IntRange(1), help="How many processes.  [default: one for each core]")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Of a dask cluster that has the same folders, such as tcp://host:8786.")
def command(  # noqa: PLR0913, PLR0917  click hands over each option
    seeds: tuple[Path, ...],
    output: Path,
    formats: tuple[str, ...],
    least: Decimal,
    engine: str,
    workers: int | None,
    scheduler: str,
    *,
    shared: bool,
    resume: bool,
) -> None:
    """Read the reports SEEDS (default: all in seeds/) and write the graph of each that fulfils the shapes; of several pages also a list.

    Several reports are built at a time. One that cannot be built is told at the end; the others are built, and the list is of these.
    """
    paths = places.distinct(places.reports(seeds))
    chosen = tuple(dict.fromkeys(formats)) or writers.DEFAULT
    listed = len(paths) > 1 and "html" in chosen
    if listed and (same := [path for path in paths if f"{path.stem}.html" == _LIST]):
        message = f"{same[0]}: its page would be written over by the list of reports; rename it"
        raise ReportError(message)
    if shared and "html" not in chosen:
        message = "--shared is for pages; add --format html"
        raise click.UsageError(message)
    if engine != "local":  # whose workers stand in other folders
        paths, output = tuple(path.absolute() for path in paths), output.absolute()
    task = Task(output, chosen, least, shared=shared, listed=listed, resume=resume)
    outcomes: dict[Path, Outcome] = {}
    with click.progressbar(
        length=len(paths),
        label="Building",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_pos=True,
        item_show_func=lambda outcome: outcome.path.stem if outcome else "",
    ) as bar:
        for outcome in runners.run(engine, task, paths, workers, scheduler):
            outcomes[outcome.path] = _seen(outcome, output)
            bar.update(1, outcome)
    in_order = [outcomes[path] for path in paths]
    done = [outcome for outcome in in_order if not outcome.error]
    beside = writers.write_shared(output) if shared and done else []
    if listed and done:
        beside.append(output / _LIST)
        files.replace(output / _LIST, index.render(outcome.entry for outcome in done if outcome.entry))
    for outcome in done:
        click.echo("\n".join(_told(outcome, output)))
    if beside:
        click.echo(f"wrote {' '.join(map(str, beside))}")
    _require_all(in_order)


def _seen(outcome: Outcome, output: Path) -> Outcome:
    """The same, or a failure when its files are not where a worker says that it wrote them."""
    if missing := [name for name in outcome.files if not (output / name).exists()]:
        message = (
            f"{outcome.path}: {output / missing[0]} was written, but not here; let the workers write to a folder that all machines share"
        )
        return Outcome(outcome.path, error=message)
    return outcome


def _require_all(outcomes: Sequence[Outcome]) -> None:
    """Raise a KgError, after a line for each fault, when a report could not be built."""
    failed = [outcome for outcome in outcomes if outcome.error]
    if len(outcomes) > 1:
        for outcome in failed:
            for line in outcome.error.splitlines():
                click.echo(line if line.startswith(str(outcome.path)) else f"{outcome.path}: {line}", err=True)
        if failed:
            message = f"{len(failed)} of {len(outcomes)} reports could not be built"
            raise KgError(message)
    elif failed:
        raise KgError(*failed[0].error.splitlines())


def _told(outcome: Outcome, output: Path) -> Iterator[str]:
    """What there is to tell of a report that was built."""
    yield outcome.id
    yield from (f"  {name:<12} {count:>5}" for name, count in outcome.counts.items())
    yield from (f"    {kind:<16} {count:>3}" for kind, count in sorted(outcome.issues.items()))
    yield f"  {'kept' if outcome.kept else 'wrote'} {' '.join(str(output / name) for name in outcome.files)}"
