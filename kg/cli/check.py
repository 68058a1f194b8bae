"""`kg check`: whether graphs fulfil the shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg import checks, store
from kg.cli import places
from kg.errors import InvalidGraphError


@click.command(epilog="Example: kg check exports/000_99bf147bf4ea3876.ttl")
@click.argument("graphs", nargs=-1, type=click.Path(path_type=Path))
def command(graphs: tuple[Path, ...]) -> None:
    """Check GRAPHS (default: exports/*.ttl) against ontology/shapes.ttl, and tell the statement, sentence and rule of each fault."""
    faults = 0
    for path in places.graphs(graphs):
        graph = store.read(path)
        found = checks.check(graph)
        faults += len(found)
        for violation in found:
            click.echo(f"{path}: {violation}")
        if not found:
            click.echo(f"{path}: fulfils the shapes ({len(graph)} triples)")
    if faults:
        message = f"{faults} fault{'s' if faults > 1 else ''}; mend the rules or the ontology and build again"
        raise InvalidGraphError(message)
