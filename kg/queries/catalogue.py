"""The questions in queries/*.rq.

A file opens with head lines, `# title-zh: …`, `# title-en: …`, `# question-zh: …`, `# question-en: …`, and for each parameter
`# param: <name> ?<variable> <what to give>`. Below, `BIND("default" AS ?<variable>)` or `VALUES ?<variable> { "default" }` holds its
value, so the file runs as it stands in any SPARQL tool; with `VALUES ?<variable> { }` a value must be given. A variable that ends
in `_name` stands for the name of a thing.

BIND is the quicker in rdflib, which joins all but the first two groups of a pattern by a nested loop, while it is quick with one
plain pattern, then OPTIONAL, BIND and FILTER. So the project's own questions look up a name in a group, and take labels by OPTIONAL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError, did_you_mean
from kg.queries import parameters
from kg.queries.parameters import Parameter
from kg.resources import folder
from kg.text import printable

_HEAD = re.compile(r"^#\s*(title|question)-(\w+):\s*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A .rq file: titles and questions by language code ("zh", "en"), and its SPARQL text. where: the file, for messages."""

    name: str
    where: str
    titles: Mapping[str, str]
    questions: Mapping[str, str]
    params: tuple[Parameter, ...]
    text: str


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
    """A question from the text of a .rq file; head lines may be missing, but a declared parameter needs its placeholder.

    Raises QueryError, also for a control character.
    """
    # Engines differ on whether a lone carriage return ends a comment.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (shown := printable(text)) != text:
        line = next(number for number, (a, b) in enumerate(zip(text.split("\n"), shown.split("\n"), strict=True), 1) if a != b)
        message = f"{where}:{line}: holds a control character, which a terminal would obey; take it out"
        raise QueryError(message)
    heads = [(field, language, words) for field, language, words in _HEAD.findall(text)]
    titles, questions = ({lang: words for field, lang, words in heads if field == kind} for kind in ("title", "question"))
    return Question(name, where, titles, questions, parameters.declared(where, text), text)


def fill(asked: Question, given: Mapping[str, str]) -> str:
    """The SPARQL text with these values in place of the defaults; a QueryError if one is unknown, missing or unfit."""
    return parameters.filled(asked.where, asked.text, asked.params, given)


def _read(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        raise QueryError(message) from error
    return parse(path.stem, str(path), text)
