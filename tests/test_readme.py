"""The README tells the truth: its commands exist, they print what it shows, and its code and its Turtle hold."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph
from readme import README, ROOT, Command, commands, printed

from kg import build
from kg.cli import COMMANDS as SUBCOMMANDS
from kg.cli import kg

TEXT = README.read_text(encoding="utf-8")
COMMANDS = commands(TEXT)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
OTHERS = {"sudo", "."}


def blocks(language: str) -> list[str]:
    """The README's code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def ids(command: Command) -> str:
    """A command as the name of a test."""
    return " ".join(command.words)


def test_there_are_commands() -> None:
    """The README names the two commands a stranger needs, and kg commands with their output."""
    assert {("make", "build"), ("make", "test")} <= {command.words for command in COMMANDS}
    assert sum(command.shown for command in COMMANDS) >= 3


@pytest.mark.parametrize("command", COMMANDS, ids=ids)
def test_commands_exist(command: Command) -> None:
    """Every target of make and every command of kg in the README exists, and its help runs."""
    program, *words = command.words
    if program == "make":
        targets = {word for word in words if "=" not in word}
        assert targets <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    elif program == "kg":
        named = list(itertools.takewhile(lambda word: not word.startswith("-"), words))
        assert not named or named[0] in SUBCOMMANDS
        run = CliRunner().invoke(kg, [*named[:2], "--help"] if named[:1] == ["query"] else [*named[:1], "--help"])
        assert run.exit_code == 0
        assert {word for word in words if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", run.output))
    else:
        assert program in OTHERS


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.shown], ids=ids)
def test_output_is_what_is_printed(command: Command) -> None:
    """Every output in the README is what the command prints (written anew by tests/readme.py)."""
    assert printed(command) == command.output


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code: str, tmp_path: Path) -> None:
    """Every Python block of the README runs as a program of its own and prints something."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603  our own code
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.strip()


def test_turtle_is_in_the_graph() -> None:
    """Every triple of the README's Turtle is in the graph of the seed report."""
    built = build(ROOT / "seeds" / "000_99bf147bf4ea3876.txt").graph
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in built.namespaces())
    shown = Graph().parse(data=prefixes + "".join(blocks("turtle")), format="turtle")
    assert len(shown) > 10
    assert sorted(triple for triple in shown if triple not in built) == []


def test_links_lead_somewhere() -> None:
    """Every link to a file of the project, in the README and in CONTRIBUTING.md, leads to one."""
    pages = TEXT + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in re.findall(r"\]\(([^)#:]+)\)", pages) if not (ROOT / target).exists()] == []
