"""`kg push`: graphs sent to a SPARQL server."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import places
from kg.errors import EndpointError, UnknownNameError, did_you_mean
from kg.iris import SHARED
from kg.ontology import BASE, local
from kg.remote import reports
from kg.remote.addresses import addresses
from kg.remote.push import Pushed, Target, push


@click.command(
    epilog="Example: kg push http://127.0.0.1:7878/store; credentials: KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN"
)
@click.argument("url")
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Which graphs, .trig or .nq, or store.  [default: exports/*.trig]",
)
@click.option("--report", "only", multiple=True, metavar="ID", help="Only this report; may be repeated.")
@click.option("--remove", "gone", multiple=True, metavar="ID", help="Send nothing, but take this report from the server; may be repeated.")
@click.option("--shared-graph", metavar="IRI", default=SHARED, show_default=True, help="Where the ontology and what reports name stands.")
@click.option("--query", metavar="URL", default="", help="Where the server is asked, when it is not one that kg knows.")
@click.option("--update", metavar="URL", default="", help="Where it takes SPARQL Update.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917  one for each option
    ctx: click.Context,
    url: str,
    graphs: tuple[Path, ...],
    only: tuple[str, ...],
    gone: tuple[str, ...],
    shared_graph: str,
    query: str,
    update: str,
) -> None:
    """Send reports to the graph store at URL, each as a named graph, which is replaced as a whole; push again after an interruption."""
    with Target(addresses(url, query, update)) as target:
        if gone:
            _remove(target, gone, shared_graph)
            return
        found, failed = reports.read(places.datasets(graphs), only), False
        for outcome in push(target, found, found.shared, shared_graph):
            failed |= isinstance(outcome, EndpointError)
            _tell(outcome)
    ctx.exit(int(failed))


def _remove(target: Target, ids: tuple[str, ...], shared_graph: str) -> None:
    """Take reports away; with the last one, what they shared."""
    there = target.reports()
    for graph in (f"{BASE}{name}" for name in ids):
        if graph not in there:
            message = f"{local(graph)}: the server has no such report; {did_you_mean(local(graph), map(local, there))}"
            raise UnknownNameError(message)
        target.remove(graph)
        click.echo(f"{local(graph)}: removed")
    if not target.reports():
        target.remove(shared_graph)


def _tell(outcome: Pushed | EndpointError) -> None:
    if isinstance(outcome, EndpointError):
        click.echo(f"Error: {outcome}", err=True)
    else:
        click.echo(f"{local(outcome.graph)}: {outcome.triples:,} triples{'' if outcome.changed else ', unchanged'}")
