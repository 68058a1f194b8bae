"""`kg serve`: the graph for people and programs on the network, read only."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import click

from kg.cli import places
from kg.errors import KgError
from kg.server.limits import Limits

_LIMITS = Limits()


@click.command(epilog="Example: kg serve --graph exports/000_99bf147bf4ea3876.trig --port 8080")
@click.option("--graph", "graphs", multiple=True, type=click.Path(path_type=Path), help="Graphs, or a store.  [default: exports/*.trig]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A host name that it answers to; may be repeated.")
@click.option("--allow-origin", "origins", multiple=True, metavar="URL", help="A site whose pages may ask it; may be repeated.")
@click.option("--timeout", "seconds", type=click.FloatRange(0.1), default=_LIMITS.seconds, show_default=True, help="Seconds for a query.")
@click.option("--max-rows", "rows", type=click.IntRange(1), default=_LIMITS.rows, show_default=True, help="Rows or triples of an answer.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=max(2, min(4, os.cpu_count() or 2)), show_default=True, help="Queries at one time."
)
def command(  # noqa: PLR0913  a command's options are its parameters
    *,
    graphs: tuple[Path, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    seconds: float,
    rows: int,
    workers: int,
) -> None:
    """Serve a SPARQL endpoint, the explorer and a page for each thing, read only, until Ctrl-C."""
    try:
        from kg.server.running import Settings, serve  # noqa: PLC0415  an extra that only this command needs
    except ImportError as error:
        message = f"kg serve: {error.name} is not installed; install it with pip install 'report-kg[serve]'"
        raise KgError(message) from error
    settings = Settings(places.datasets(graphs), host, port, workers, Limits(seconds=seconds, rows=rows), names, origins)
    with contextlib.suppress(KeyboardInterrupt):
        serve(settings, lambda address, held: click.echo(f"{address}: {held}; Ctrl-C ends it"))
