"""What can go wrong through a user's doing, drawn once.

KgError                 every error that `kg` reports in one line, exit status 1
├── ReportError         a report cannot be read, or its .toml or .review.yaml is wrong
├── LanguageError       a language folder has a fault: a word list, a names file, a relation file
├── OntologyError       the Turtle in ontology/ has a fault
├── InvalidGraphError   a built graph breaks a shape
├── ExpectationError    less was found in a report than its .toml expects; a line for each expectation
├── QueryError          a .rq file is unknown, wrong, or lacks a parameter
│   └── RefusedError    it asks for more than to read the graph at hand
├── EndpointError       a server cannot be reached, refuses, or does not answer to the end
├── StoreError          a store is not there, is held by another process, or cannot be changed
└── UnknownNameError    a name, report or rule asked for is not there

Problems *in a report* are never exceptions: they are `kg.model.Issue` values.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KgError(Exception):
    """A user's mistake; its text names the file, the place, the fault and the remedy. Several arguments are several lines."""

    def __str__(self) -> str:
        """The text, each argument a line that any terminal can show: what is quoted from a file, or is its name, may hold any character."""
        return "\n".join(_on_one_line(str(line)) for line in self.args)


class ReportError(KgError):
    """A report cannot be read."""


class LanguageError(KgError):
    """A file of a language has a fault."""


class OntologyError(KgError):
    """A file of the ontology has a fault."""


class InvalidGraphError(KgError):
    """A graph breaks a shape of ontology/shapes.ttl."""


class ExpectationError(KgError):
    """Less was found in a report than its .toml expects."""


class QueryError(KgError):
    """A question cannot be asked."""


class EndpointError(KgError):
    """A server does not do what it was asked."""


class RefusedError(QueryError):
    """A question would do more than read the graph at hand."""


class StoreError(KgError):
    """A store cannot be read or changed."""


class UnknownNameError(KgError):
    """Something asked for by name does not exist."""


def _escaped(char: str) -> str:
    """A character as Python writes it in a literal."""
    return char.encode("unicode_escape").decode("ascii")


def _on_one_line(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\u3000" else _escaped(char) for char in text)


def did_you_mean(name: str, choices: Iterable[str], limit: int = 8) -> str:
    """The nearest choices, else all of them, as the tail of an error message."""
    known = sorted(choices)
    near = difflib.get_close_matches(name, known, n=3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    shown = ", ".join(known[:limit])
    return f"choices: {shown}{', …' if len(known) > limit else ''}"
