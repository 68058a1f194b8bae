"""The questions in queries/*.rq, and how to ask one of a graph.

A file opens with head lines, `# title-zh: …`, `# title-en: …`, `# question-zh: …`, `# question-en: …`, and for each parameter
`# param: <name> ?<variable> <what to give>`. Below, `BIND("default" AS ?<variable>)` or `VALUES ?<variable> { "default" }` holds its
value, so the file runs as it stands in any SPARQL tool; with `VALUES ?<variable> { }` a value must be given. A variable that ends
in `_name` stands for the name of a thing.

BIND is the quicker: rdflib joins all but the first two groups of a pattern by a nested loop, while it is quick with one plain
pattern, then OPTIONAL, BIND and FILTER. So the project's own questions look up a name in a group, and take labels by OPTIONAL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
from pyparsing import ParseException
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parser import parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result, ResultRow
from rdflib.term import Node

from kg.errors import QueryError, UnknownNameError, did_you_mean
from kg.ontology import KG, PREFIXES, local
from kg.resources import folder

_HEAD = re.compile(r"^#\s*(title|question)-(\w+):\s*(.*?)\s*$", re.MULTILINE)
_PARAM = re.compile(r"^#\s*param:\s*(\S+)\s+\?(\w+)\s*(.*?)\s*$", re.MULTILINE)
_PLACEHOLDER = r'(BIND\s*\(|VALUES\s+\?{variable}\s*\{{)\s*(?:"((?:[^"\\\n]|\\.)*)"\s*)?(AS\s+\?{variable}\s*\)|\}})'
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\\]")
_PLACE = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be given. default: its value in the file, None when one must be given; about: what to give."""

    name: str
    variable: str
    about: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A .rq file: titles and questions by language code ("zh", "en"), and its SPARQL text. where: the file, for messages."""

    name: str
    where: str
    titles: Mapping[str, str]
    questions: Mapping[str, str]
    params: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A table of text: ASK gives one row ("yes" or "no"), CONSTRUCT and DESCRIBE rows of subject, predicate, object."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def catalogue() -> tuple[Question, ...]:
    """Every question of the project, by name."""
    return tuple(_read(path) for path in sorted(folder("queries").glob("*.rq")))


def question(name: str, stdin: str = "") -> Question:
    """The question of that name in queries/, in the .rq file at that path, or for "-" the SPARQL text given as `stdin`."""
    if name == "-":
        return parse("-", "standard input", stdin)
    if name.endswith(".rq"):
        return _read(Path(name))
    known = {path.stem: path for path in folder("queries").glob("*.rq")}
    if name in known:
        return _read(known[name])
    message = f"queries/{name}.rq: no such question; {did_you_mean(name, known)}"
    raise QueryError(message)


def parse(name: str, where: str, text: str) -> Question:
    """A question from the text of a .rq file; head lines may be missing, but a declared parameter needs its placeholder."""
    heads = [(field, language, words) for field, language, words in _HEAD.findall(text)]
    params = tuple(_parameter(where, text, *found) for found in _PARAM.findall(text))
    titles, questions = ({lang: words for field, lang, words in heads if field == kind} for kind in ("title", "question"))
    return Question(name, where, titles, questions, params, text)


def fill(asked: Question, params: Mapping[str, str]) -> str:
    """The SPARQL text with these values in place of the defaults; a QueryError if one is unknown, missing or unfit."""
    choices = [p.name for p in asked.params]
    for name in sorted(params.keys() - set(choices)):
        remedy = did_you_mean(name, choices) if choices else "it takes none"
        message = f"{asked.where}: no parameter {name!r}; {remedy}"
        raise QueryError(message)
    text = asked.text
    for param in asked.params:
        value = params.get(param.name, param.default)
        if value is None:
            message = f"{asked.where}: {param.name} must be given: {param.about}; parameters: {', '.join(choices)}"
            raise QueryError(message)
        if param.name in params:
            text = _put(text, param.variable, _literal(asked.where, param.name, value))
    return text


def ask(data: Graph, asked: Question, params: Mapping[str, str] | None = None) -> Answer:
    """The answer of a graph (or a Dataset whose default graph is the union), each value as people read it.

    Raises QueryError for a wrong question, UnknownNameError when nothing is found and a name given is not in the graph.
    """
    given = params or {}
    answer = _answer(data.query(prepared(asked, given)), data, given.get("lang", "zh"))
    if not answer.rows:
        check_names(data, asked, given)
    return answer


def _read(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        raise QueryError(message) from error
    return parse(path.stem, str(path), text)


def _pattern(variable: str) -> re.Pattern[str]:
    return re.compile(_PLACEHOLDER.format(variable=re.escape(variable)), re.IGNORECASE)


def _put(text: str, variable: str, literal: str) -> str:
    return _pattern(variable).sub(lambda found: f"{found[1]}{literal} {found[3]}", text)


def _parameter(where: str, text: str, name: str, variable: str, about: str) -> Parameter:
    found = _pattern(variable).search(text)
    if not found:
        message = f'{where}: parameter {name} has no line BIND("…" AS ?{variable})'
        raise QueryError(message)
    default = found[2]
    return Parameter(name, variable, about, None if default is None else re.sub(r"\\(.)", r"\1", default))


def _literal(where: str, name: str, value: str) -> str:
    """The value as a SPARQL string. A backslash is refused, as engines differ on when they read an escape after it."""
    if _UNFIT.search(value):
        message = f"{where}: {name}: a value is one line of text without a backslash, not {value!r}"
        raise QueryError(message)
    quoted = value.replace('"', r"\"")
    return f'"{quoted}"'


def prepared(asked: Question, params: Mapping[str, str]) -> Query:
    """The query with these values, checked: readable by both engines, and asking only of the graph at hand."""
    text = fill(asked, params)
    try:
        query = prepareQuery(text)
    except Exception as error:  # rdflib raises bare Exception for an unknown prefix
        if _is_update(text):
            message = f"{asked.where}: an update is refused: a question only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)"
            raise QueryError(message) from error
        raise QueryError(_fault(asked.where, text, error)) from error
    for word in _reaching_out(query):
        message = f"{asked.where}: {word} is refused: a question is asked of the graph at hand; take the {word} clause out"
        raise QueryError(message)
    return query


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except ParseException:
        return False


def _reaching_out(query: Query) -> list[str]:
    """The clauses of a query that would read from elsewhere."""
    found = ["FROM"] if query.algebra.datasetClause else []

    def see(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "ServiceGraphPattern":
            found.append("SERVICE")

    traverse(query.algebra, visitPre=see)
    return found


def _fault(where: str, text: str, error: Exception) -> str:
    """What is wrong with a query, and where: oxigraph tells the place more exactly than rdflib, which may stop at the whole query."""
    line, column = (error.lineno, error.column) if isinstance(error, ParseException) else (1, 1)
    try:
        ox.Store().query(text)
    except SyntaxError as other:
        if found := _PLACE.search(str(other)):
            line, column = int(found[1]), int(found[2])
    shown = "".join(text.splitlines()[line - 1 : line]).strip() if isinstance(error, ParseException) else str(error)
    return f"{where}:{line}:{column}: not SPARQL: {shown or 'it ends too early'}"


def _answer(result: Result, data: Graph, language: str) -> Answer:
    if result.type == "ASK":
        return Answer(("answer",), (("yes" if result.askAnswer else "no",),))
    if result.graph is not None:
        triples = sorted(tuple(_shown(term, data, language) for term in triple) for triple in result.graph)
        return Answer(("subject", "predicate", "object"), tuple(triples))
    columns = tuple(str(variable) for variable in result.vars or ())
    rows = tuple(tuple(_shown(row[column], data, language) for column in columns) for row in result if isinstance(row, ResultRow))
    return Answer(columns, rows)


def _shown(term: Node | None, data: Graph, language: str) -> str:
    """A value for people: a thing by its label, a number in plain digits, nothing as ""."""
    if isinstance(term, URIRef):
        return _label(term, data, language)
    if isinstance(term, Literal) and isinstance(term.value, Decimal):
        return format(term.value.normalize(), "f")
    return "" if term is None else str(term)


def _label(iri: URIRef, data: Graph, language: str) -> str:
    """The label of a thing in that language, else in the first other one, else its prefixed name."""
    labels = {label.language or "": str(label) for label in sorted(data.objects(iri, RDFS.label), key=str) if isinstance(label, Literal)}
    if labels:
        return labels.get(language, labels[min(labels)])
    prefix = max((p for p in PREFIXES if iri.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default="")
    return f"{prefix}:{iri[len(PREFIXES[prefix]) :]}" if prefix else str(iri)


def check_names(data: Graph, asked: Question, given: Mapping[str, str]) -> None:
    """An UnknownNameError if a name that was given is nothing's name, nor the local name of a relation."""
    wanted = {p.name: given[p.name] for p in asked.params if p.variable.endswith("_name") and given.get(p.name)}
    if not wanted:
        return
    names = {str(name) for predicate in (RDFS.label, SKOS.altLabel) for name in data.objects(None, predicate)}
    names.update(local(str(iri)) for iri in data.subjects(RDF.type, URIRef(f"{KG}Relation")))
    folded = {name.lower() for name in names}
    for param, value in wanted.items():
        if value.lower() not in folded:
            message = f"{asked.name}: {param}: nothing is called {value!r}; {did_you_mean(value, names)}"
            raise UnknownNameError(message)
