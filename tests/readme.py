"""Run the README's `kg` commands and put in what they print.

    python tests/readme.py

An output with a line `…` keeps its length: as many first and last lines are shown as stand before and after it.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from kg.cli import kg

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CUT = "…"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block, as words, and the lines that the README shows of its output."""

    words: tuple[str, ...]
    output: tuple[str, ...]

    @property
    def shown(self) -> bool:
        """Whether it is a command of kg whose output stands in the README."""
        return self.words[0] == "kg" and bool(self.output)


def commands(text: str) -> list[Command]:
    """The commands of all console blocks, in order."""
    return [_command(found) for block in _BLOCK.finditer(text) for found in _COMMAND.finditer(block[1])]


def printed(command: Command) -> tuple[str, ...]:
    """The lines that a command of kg prints now, cut where the README cuts them."""
    with contextlib.chdir(ROOT):
        run = CliRunner().invoke(kg, command.words[1:], catch_exceptions=False)
    if run.exit_code:
        message = f"{shlex.join(command.words)}: {run.output}"
        raise RuntimeError(message)
    lines = tuple(line.rstrip() for line in run.stdout.splitlines())
    if CUT not in command.output or len(lines) < len(command.output):
        return lines
    first = command.output.index(CUT)
    last = len(lines) - len(command.output) + first + 1
    return (*lines[:first], CUT, *lines[last:])


def renewed(text: str) -> str:
    """The text with the output of every shown command as it is now."""

    def block(found: re.Match[str]) -> str:
        return _COMMAND.sub(entry, found[1])

    def entry(found: re.Match[str]) -> str:
        command = _command(found)
        return f"$ {found[1]}\n" + "".join(f"{line}\n" for line in printed(command)) if command.shown else found[0]

    return _BLOCK.sub(block, text)


def _command(found: re.Match[str]) -> Command:
    return Command(tuple(shlex.split(found[1], comments=True)), tuple(found[2].splitlines()))


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
