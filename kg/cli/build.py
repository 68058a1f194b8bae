"""`kg build`: from reports to exports."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import click

from kg import checks, files, pipeline, writers
from kg.cli import places
from kg.cli.shares import SHARE
from kg.errors import ReportError
from kg.explorer import index
from kg.pipeline import Built

_LIST = "index.html"
_STEPS = len(("read", "find", "resolve", "relate", "observe", "check", "write"))


@click.command(epilog="Example: kg build seeds/000_99bf147bf4ea3876.txt -o exports --format ttl --format html")
@click.argument("seeds", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=places.EXPORTS, show_default=True, help="Where to write.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(writers.FORMATS)),
    help=f"May be repeated.  [default: {', '.join(writers.DEFAULT)}]",
)
@click.option("--shared", is_flag=True, help="Pages load explorer.js and explorer.css, written beside them, and do not work without.")
@click.option("--min-confidence", "least", type=SHARE, default="0", help="Leave out what is less sure, from 0 to 1.")
def command(seeds: tuple[Path, ...], output: Path, formats: tuple[str, ...], least: Decimal, *, shared: bool) -> None:
    """Read the reports SEEDS (default: all in seeds/) and write the graph of each that fulfils the shapes; of several pages also a list."""
    paths = places.distinct(places.reports(seeds))
    chosen = formats or writers.DEFAULT
    if shared and "html" not in chosen:
        message = "--shared is for pages; add --format html"
        raise click.UsageError(message)
    listed = len(paths) > 1 and "html" in chosen
    if listed and (same := [path for path in paths if f"{path.stem}.html" == _LIST]):
        message = f"{same[0]}: its page would be written over by the list of reports; rename it"
        raise ReportError(message)
    lines: list[str] = []
    entries: list[index.Entry] = []
    with click.progressbar(
        length=_STEPS * len(paths),
        label="Building",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_eta=False,
        item_show_func=lambda stage: stage or "",
    ) as bar:
        for path in paths:
            built = pipeline.build(path, partial(bar.update, 1)).at_least(least)
            lines += _written(built, partial(writers.write, built, output, chosen, shared=shared), partial(bar.update, 1))
            if listed:
                entries.append(index.entry(built.document.id, built.graph, chosen))
    beside = writers.write_shared(output) if shared else []
    if listed:
        beside.append(output / _LIST)
        files.replace(output / _LIST, index.render(entries))
    if beside:
        lines.append(f"wrote {' '.join(map(str, beside))}")
    click.echo("\n".join(lines))


def _written(built: Built, write: Callable[[], list[Path]], progress: Callable[[str], None]) -> Iterator[str]:
    """Check one report, write its files, and give what there is to tell of it."""
    progress("check")
    checks.require(built.graph)
    progress("write")
    written = [str(file) for file in write()]
    yield built.document.id
    yield from (f"  {name:<12} {count:>5}" for name, count in built.counts.items())
    kinds = Counter(issue.kind for issue in built.extraction.issues)
    yield from (f"    {kind:<16} {count:>3}" for kind, count in sorted(kinds.items()))
    yield from (f"  expected: {issue.text}: {issue.message}" for issue in built.extraction.issues if issue.kind == "expectation")
    yield f"  wrote {' '.join(written)}"
