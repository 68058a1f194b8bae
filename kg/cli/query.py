"""`kg query`: each question is a command of its own, with its parameters as options."""

from __future__ import annotations

import sys
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import click

from kg import queries, tables
from kg.cli import places
from kg.cli.shares import SHARE
from kg.errors import QueryError
from kg.queries import Answer, Question, sources
from kg.queries.limits import Limits, Worker
from kg.queries.sources import Source
from kg.tables import FORMATS

_LANGUAGES = ("zh", "en")
_USUAL = Limits()
_ROWS = 100_000


class _Questions(click.Group):
    """The questions of the project, and any .rq file or the standard input ("-")."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return [question.name for question in queries.catalogue()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        stdin = sys.stdin.buffer.read().decode(errors="replace") if cmd_name == "-" else ""
        return _asking(queries.question(cmd_name, stdin))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: the command alone lists the questions."""


@click.group(
    cls=_Questions,
    invoke_without_command=True,
    subcommand_metavar="[NAME | FILE.rq | -] [--PARAMETER VALUE]...",
    epilog='Example: kg query partners --subject "UN Women" --lang en --format csv; its parameters: kg query partners --help',
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Ask a question of queries/, of a .rq file or of the standard input; without one, list the questions."""
    if ctx.invoked_subcommand is None:
        rows = [
            (q.name, *(q.titles.get(code, "") for code in _LANGUAGES), ", ".join(p.name for p in q.params)) for q in queries.catalogue()
        ]
        click.echo(tables.render(Answer(("name", *_LANGUAGES, "parameters"), tuple(rows)), "text"), nl=False)


def _asking(question: Question) -> click.Command:
    """The command that asks a question."""

    def ask(  # noqa: PLR0913  a command's options are its parameters
        *, graphs: tuple[Path, ...], endpoint: str, form: str, least: Decimal, timeout: float, most: int, memory: int, **given: str | None
    ) -> None:
        params = {name: value for name, value in given.items() if value is not None}
        queries.prepared(question, params)  # a wrong question is told before a large graph is read
        if endpoint and (graphs or least):
            message = "--endpoint asks a server; --graph and --min-confidence are for graphs at hand"
            raise click.UsageError(message)
        paths = () if endpoint else places.graphs(graphs)
        opened = partial(_endpoint, endpoint) if endpoint else partial(_opened, paths, least)
        with Worker(opened, Limits(timeout, memory), sealed=not endpoint and not any(path.is_dir() for path in paths)) as worker:
            answer = worker.run(question.where, partial(queries.ask, asked=question, params=params, most=most))
        click.echo(tables.render(answer, form), nl=False)
        if answer.cut:
            message = f"{question.where}: these are the first {most:,} rows only; narrow the question, or allow more: --max-rows"
            raise QueryError(message)
        if not answer.rows:
            click.echo("no rows", err=True)

    options = [
        click.Option([f"--{p.name}", p.name], help=p.about + (f"  [default: {p.default}]" if p.default else ""), metavar="TEXT")
        for p in question.params
    ]
    options += [
        click.Option(
            ["--graph", "graphs"], multiple=True, type=click.Path(path_type=Path), help="Which graph, or store.  [default: exports/*.ttl]"
        ),
        click.Option(["--endpoint"], default="", metavar="URL", help="Ask a SPARQL server instead; see kg push."),
        click.Option(["--min-confidence", "least"], type=SHARE, default="0", help="Leave out what is less sure, from 0 to 1."),
        _limit("--timeout", "timeout", click.FloatRange(0, min_open=True), _USUAL.seconds, "Stop after so many seconds."),
        _limit("--max-rows", "most", click.IntRange(1), _ROWS, "Print at most so many rows; of more, exit status 1."),
        _limit("--max-memory", "memory", click.IntRange(1), _USUAL.megabytes, "Stop at so many megabytes of memory."),
        click.Option(["--format", "form"], type=click.Choice(list(FORMATS)), default="text", show_default=True),
    ]
    words = "\n\n".join(question.questions.values())
    return click.Command(question.name, callback=ask, params=list(options), help=words or f"Ask {question.where}.")


def _limit(option: str, name: str, kind: click.ParamType[Any], usual: float, words: str) -> click.Option:
    return click.Option([option, name], type=kind, default=usual, show_default=True, help=words)


def _endpoint(url: str) -> Source:
    """The server at an address; its client is imported for it alone."""
    from kg.remote.endpoint import Endpoint  # noqa: PLC0415  see above

    return Endpoint(url)


def _opened(paths: tuple[Path, ...], least: Decimal) -> Source:
    """What answers; only what is sure enough is picked by rdflib, which takes its time to import."""
    if not least:
        return sources.of_store(paths[0]) if len(paths) == 1 and paths[0].is_dir() else sources.of_files(paths)
    from kg import rdf, selection  # noqa: PLC0415  see above

    return rdf.store(selection.of_graph(rdf.read(*paths), least))
