"""`kg export`: graphs in the formats of other tools."""

from __future__ import annotations

from pathlib import Path

import click

from kg import exports
from kg.cli import places
from kg.exports import data

_OUTPUT = Path("build")
_EACH = "\n".join(f"  {name:<9} {about}" for name, about in exports.FORMATS.items())


@click.command(epilog=f"\b\nFormats:\n{_EACH}\n\n\b\nExample: kg export -f jsonld -f excel -o build")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    required=True,
    type=click.Choice(list(exports.FORMATS)),
    metavar="FORMAT",
    help="One of those below; may be repeated.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=_OUTPUT, show_default=True, metavar="FOLDER", help="Where to write."
)
@click.option(
    "--graph", "graphs", multiple=True, type=click.Path(path_type=Path), help="Which graph.  [default: exports/*.trig, else exports/*.ttl]"
)
@click.option("--report", metavar="ID", help="Only what this report says.")
def command(formats: tuple[str, ...], output: Path, graphs: tuple[Path, ...], report: str | None) -> None:
    """Write graphs for other tools, all together: files called by the report's id, or report-kg when there are several reports."""
    found = data.read(*places.datasets(graphs))
    found = found.of_report(report) if report else found
    for path, size in exports.write(found, output, dict.fromkeys(formats)):
        click.echo(f"{path}: {size:,} bytes")
