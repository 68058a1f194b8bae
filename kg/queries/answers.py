"""A question asked of a source, and its answer as a table of text for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import QueryError, UnknownNameError, did_you_mean
from kg.ontology import KG, PREFIXES, RDFS, SKOS, XSD, local
from kg.queries import safety
from kg.queries.catalogue import Question, fill
from kg.queries.sources import Results, Source, Term

_PLACE = re.compile(r"error at (\d+):(\d+)")
_LABELS = f"SELECT ?thing ?label {{{{ VALUES ?thing {{{{ {{}} }}}} ?thing <{RDFS}label> ?label }}}}"
_NAMES = f"SELECT DISTINCT ?name {{ ?thing <{RDFS}label>|<{SKOS}altLabel> ?name }}"
_RELATIONS = f"SELECT ?relation {{ ?relation a <{KG}Relation> }}"
_AT_ONCE = 1000

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Answer:
    """A table of text: ASK gives one row ("yes" or "no"), CONSTRUCT and DESCRIBE rows of subject, predicate, object.

    cut: there were more rows than were wanted.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: bool = False


def ask(source: Source, asked: Question, params: Mapping[str, str] | None = None, most: int | None = None) -> Answer:
    """The answer of a source, each value as people read it, with at most so many rows.

    Raises QueryError for a wrong question, UnknownNameError when nothing is found and a name given is not in the graph.
    """
    given = params or {}
    columns, rows, ordered = results(source, asked, given, lambda found: _table(found, most))
    kept = rows[:most]
    labels = _labels(source, {cell for row in kept for cell in row if isinstance(cell, ox.NamedNode)}, given.get("lang", "zh"))
    shown = tuple(tuple(_shown(cell, labels) for cell in row) for row in kept)
    shown = shown if ordered else tuple(sorted(shown))
    if not shown:
        check_names(source, asked, given)
    return Answer(columns, shown, cut=len(kept) < len(rows))


def results(source: Source, asked: Question, params: Mapping[str, str], read: Callable[[Results], Read]) -> Read:
    """What `read` makes of a source's results; a QueryError for a wrong question, with line and column."""
    text = prepared(asked, params)
    try:
        return read(source.query(text))
    except SyntaxError as error:
        raise QueryError(_fault(asked.where, text, error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        message = f"{asked.where}: cannot be answered: {error}"
        raise QueryError(message) from error


def prepared(asked: Question, params: Mapping[str, str]) -> str:
    """The SPARQL text with these values; a QueryError if it does anything but read the graph at hand."""
    text = fill(asked, params)
    safety.check(asked.where, text)
    return text


def check_names(source: Source, asked: Question, given: Mapping[str, str]) -> None:
    """An UnknownNameError if a name that was given is nothing's name, nor the local name of a relation."""
    wanted = {p.name: given[p.name] for p in asked.params if p.variable.endswith("_name") and given.get(p.name)}
    if not wanted:
        return
    names = {name.value for (name,) in _solutions(source, _NAMES) if isinstance(name, ox.Literal)}
    names.update(local(iri.value) for (iri,) in _solutions(source, _RELATIONS) if isinstance(iri, ox.NamedNode))
    folded = {name.lower() for name in names}
    for param, value in wanted.items():
        if value.lower() not in folded:
            message = f"{asked.name}: {param}: nothing is called {value!r}; {did_you_mean(value, names)}"
            raise UnknownNameError(message)


def _table(found: Results, most: int | None) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]], bool]:
    """Columns, rows, one more than wanted where there are more, and whether their order means something."""
    if isinstance(found, ox.QueryBoolean):
        return ("answer",), [(ox.Literal("yes" if found else "no"),)], True
    if isinstance(found, ox.QueryTriples):
        return ("subject", "predicate", "object"), [tuple(triple) for triple in sorted(set(found), key=str)], False
    columns = tuple(variable.value for variable in found.variables)
    return columns, [tuple(row) for row in islice(found, None if most is None else most + 1)], True


def _solutions(source: Source, text: str) -> Iterable[tuple[Term, ...]]:
    found = source.query(text)
    return map(tuple, found) if isinstance(found, ox.QuerySolutions) else ()


def _labels(source: Source, things: set[ox.NamedNode], language: str) -> dict[str, str]:
    """By IRI the label of each thing in that language, else in the first other one, if there is any."""
    found: dict[str, dict[str, str]] = {}
    iris = sorted(map(str, things))
    for start in range(0, len(iris), _AT_ONCE):
        rows = _solutions(source, _LABELS.format(" ".join(iris[start : start + _AT_ONCE])))
        pairs = [(thing, label) for thing, label in rows if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)]
        for thing, label in sorted(pairs, key=lambda pair: pair[1].value):
            found.setdefault(thing.value, {})[label.language or ""] = label.value
    return {iri: labels.get(language, labels[min(labels)]) for iri, labels in found.items()}


def _shown(term: Term | None, labels: Mapping[str, str]) -> str:
    """A value for people: a thing by its label or its prefixed name, a number in plain digits, nothing as ""."""
    if isinstance(term, ox.NamedNode):
        return labels.get(term.value) or _short(term.value)
    if isinstance(term, ox.Literal) and term.datatype.value == f"{XSD}decimal":
        return format(Decimal(term.value).normalize(), "f")
    return "" if term is None else term.value if isinstance(term, ox.Literal | ox.BlankNode) else str(term)


def _short(iri: str) -> str:
    prefix = max((p for p in PREFIXES if iri.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default="")
    return f"{prefix}:{iri[len(PREFIXES[prefix]) :]}" if prefix else iri


def _fault(where: str, text: str, error: SyntaxError) -> str:
    """What is wrong with a query, and where."""
    if unknown := safety.unknown_prefix(text):
        offset, prefix = unknown
        return f"{where}:{safety.place(text, offset)}: not SPARQL: the prefix {prefix}: is not declared; add PREFIX {prefix}: <…>"
    found = _PLACE.search(str(error))
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    shown = "".join(text.split("\n")[line - 1 : line]).strip()
    return f"{where}:{line}:{column}: not SPARQL: {shown or 'it ends too early'}"
