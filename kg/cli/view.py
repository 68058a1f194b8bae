"""`kg view`: a graph, or what a question gives of it, as a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import click
import networkx as nx
from rdflib import Graph, URIRef

from kg import files, queries, rdf, selection
from kg.cli import places
from kg.cli.shares import SHARE
from kg.errors import QueryError
from kg.explorer import chosen, content
from kg.explorer.page import VIEWS, Opening, page_of
from kg.graph import K
from kg.network import Index, Triple, network_of
from kg.queries import Question
from kg.queries.limits import Limits, Worker
from kg.queries.sources import Source

_HOPS = 1
_LANGUAGES = ("zh", "en")


def _pairs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """The values of a question's parameters by name."""
    for pair in given:
        if "=" not in pair:
            message = f"{pair!r} is not NAME=VALUE"
            raise click.BadParameter(message)
    return {name: value for name, _, value in (pair.partition("=") for pair in given)}


@click.command(epilog='Example: kg view -o look.html --focus "UN Women Fund for Gender Equality" --hops 2 --lang en')
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.html", help="The page to write.")
@click.option("--graph", "graphs", multiple=True, type=click.Path(path_type=Path), help="Which graph.  [default: exports/*.ttl]")
@click.option("--report", metavar="ID", help="Only what this report says.")
@click.option("--focus", metavar="NAME", help="Open on this thing and what is around it; any of its names.")
@click.option("--hops", type=click.IntRange(0, 3), help=f"How many steps around it, 0 for everything.  [default: {_HOPS}]")
@click.option("--query", metavar="NAME | FILE.rq | -", help="Only what this CONSTRUCT gives, or SELECT ?s ?p ?o.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", callback=_pairs, help="A parameter of the query; may be repeated.")
@click.option("--lang", "language", type=click.Choice(_LANGUAGES), default="zh", show_default=True, help="The language it opens in.")
@click.option("--view", type=click.Choice(VIEWS), help="The view it opens in.  [default: graph]")
@click.option(
    "--max-nodes", "most", type=click.IntRange(1), default=Opening().most, show_default=True, help="Of more things, a summary first."
)
@click.option("--min-confidence", "least", type=SHARE, default="0", help="Leave out what is less sure, from 0 to 1.")
def command(  # noqa: PLR0913  a command's options are its parameters
    *,
    output: Path,
    graphs: tuple[Path, ...],
    report: str | None,
    focus: str | None,
    hops: int | None,
    query: str | None,
    params: dict[str, str],
    language: str,
    view: str | None,
    most: int,
    least: Decimal,
) -> None:
    """Write graphs, or what a question gives of them, as one page that needs no network, each fact with its sentence."""
    if hops is not None and focus is None:
        message = "--hops is for --focus; name a thing too"
        raise click.UsageError(message)
    if params and query is None:
        message = "--param is for --query; name a question too"
        raise click.UsageError(message)
    asked = None if query is None else queries.question(query, sys.stdin.buffer.read().decode(errors="replace") if query == "-" else "")
    graph = rdf.read(*places.graphs(graphs))
    graph = selection.of_graph(graph, least) if least else graph
    graph = selection.of_report(graph, report) if report else graph
    index, network = _answer(graph, asked, params) if asked else _whole(graph)
    state = {"v": view or ("" if network else "numbers"), "l": "en" if language == "en" else ""}
    state |= _around(index, network, focus, hops) if focus else {}
    opening = Opening(urlencode({key: value for key, value in state.items() if value}), most, *(_told(asked) if asked else ()))
    files.replace(output, page_of(index, network, opening))
    click.echo(f"{output}: {len(network)} things, {network.number_of_edges()} relations")


def _whole(graph: Graph) -> tuple[Index, nx.MultiDiGraph[str]]:
    index = Index(graph)
    return index, network_of(index)


def _answer(graph: Graph, asked: Question, params: dict[str, str]) -> tuple[Index, nx.MultiDiGraph[str]]:
    """The part of a graph that a question gives; a QueryError when that is nothing."""
    queries.prepared(asked, params)
    with Worker(partial(rdf.store, graph), Limits()) as worker:
        found = worker.run(asked.where, partial(_triples, asked=asked, params=params))
    index, network = chosen.choose(graph, found)
    if not network and not index.of(K.Observation):
        queries.check_names(rdf.store(graph), asked, params)
        message = f"{asked.where}: gives no triple of two things; try it with kg query, and mend its pattern or its parameters"
        raise QueryError(message)
    return index, network


def _triples(source: Source, asked: Question, params: dict[str, str]) -> set[Triple]:
    return queries.results(source, asked, params, lambda found: chosen.triples(found, asked.where))


def _around(index: Index, network: nx.MultiDiGraph[str], name: str, hops: int | None) -> dict[str, str]:
    """The state in which the page opens on a thing; of several that are called so, on that of which most is said, which is then told."""
    found = index.called(name, map(URIRef, content.things(index, network)), part=True)
    iri = min(found, key=lambda one: (-network.degree[one] if one in network else 0, one))
    if len(found) > 1 or name.casefold() not in map(str.casefold, index.names(URIRef(iri))):
        others = f", the most connected of {len(found)} that could be meant" if len(found) > 1 else ""
        click.echo(f"{name}: taken for {index.label(URIRef(iri))}{others}", err=True)
    return {"n": content.short(iri), "h": str(_HOPS if hops is None else hops) if iri in network else ""}


def _told(asked: Question) -> Iterator[tuple[str, str]]:
    """The title of a question, else its name, and the question itself; each in Chinese and in English, the other where one is missing."""
    for texts, otherwise in ((asked.titles, asked.name.removeprefix("-")), (asked.questions, "")):
        zh, en = (texts.get(code, "") for code in _LANGUAGES)
        yield zh or en or otherwise, en or zh or otherwise
