"""The command `kg`. One module a command, imported when it is asked for, so that `kg --help` is quick."""

from __future__ import annotations

import gc
import io
import sys
from importlib import import_module
from types import MappingProxyType

import click

from kg import __version__
from kg.errors import KgError, did_you_mean

COMMANDS = MappingProxyType(
    {
        "build": "Read reports and write their graphs.",
        "add": "Add reports to the store, or replace them in it.",
        "remove": "Remove reports from the store.",
        "list": "List what is in the store.",
        "query": "Ask a graph a question; alone, list the questions.",
        "view": "Write a graph, or what a question gives of it, as a page.",
        "diff": "Compare two graphs: what is new, gone or changed.",
        "series": "List, or plot, one indicator over time and reports.",
        "export": "Write graphs in the formats of other tools.",
        "push": "Send graphs to a SPARQL server, a named graph a report.",
        "why": "Show the sentences that say a fact.",
        "trace": "Show what is read from one paragraph, step by step.",
        "review": "List what is least certain, for a person to decide.",
        "rules": "List the rules, show one, or try a sentence.",
        "serve": "Serve a SPARQL endpoint, the explorer and pages of things.",
        "stats": "Count, and tell who is central and who works together.",
        "docs": "Write the reference of the ontology as a page.",
        "check": "Check graphs against the shapes, or how much was read.",
        "score": "Compare a graph with a gold standard.",
    }
)

# A command makes many objects, drops few and ends: looking for rubbish at Python's usual rate would take a tenth of a build.
_NEW_OBJECTS = 100_000


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return [*COMMANDS]  # the module of `kg list` is called list here, once it is imported

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in COMMANDS:
            ctx.fail(f"no command {cmd_name!r}; {did_you_mean(cmd_name, COMMANDS)}")
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a user's mistake becomes one line on stderr and exit status 1."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, epilog="Example: kg build seeds/000_99bf147bf4ea3876.txt -o exports")
@click.version_option(__version__, prog_name="kg")
def kg() -> None:
    """Read reports into knowledge graphs in which every fact carries its sentence."""


def main() -> None:
    """The command line. What it prints is UTF-8, whatever the locale says."""
    gc.set_threshold(_NEW_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    kg(prog_name="kg")
