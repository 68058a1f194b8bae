"""The parameters of a question: where a .rq file holds their values, and other values in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import QueryError, did_you_mean

_PARAM = re.compile(r"^#\s*param:\s*(\S+)\s+\?(\w+)\s*(.*?)\s*$", re.MULTILINE)
_PLACEHOLDER = r'(BIND\s*\(|VALUES\s+\?{variable}\s*\{{)\s*(?:"((?:[^"\\\n]|\\.)*)"\s*)?(AS\s+\?{variable}\s*\)|\}})'
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\\]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be given. default: its value in the file, None when one must be given; about: what to give."""

    name: str
    variable: str
    about: str
    default: str | None


def declared(where: str, text: str) -> tuple[Parameter, ...]:
    """The parameters that the head lines of a .rq file declare; a QueryError for one without its placeholder."""
    return tuple(_parameter(where, text, *found) for found in _PARAM.findall(text))


def filled(where: str, text: str, params: Sequence[Parameter], given: Mapping[str, str]) -> str:
    """The SPARQL text with these values in place of the defaults; a QueryError if one is unknown, missing or unfit."""
    choices = [p.name for p in params]
    for name in sorted(given.keys() - set(choices)):
        remedy = did_you_mean(name, choices) if choices else "it takes none"
        message = f"{where}: no parameter {name!r}; {remedy}"
        raise QueryError(message)
    for param in params:
        value = given.get(param.name, param.default)
        if value is None:
            message = f"{where}: {param.name} must be given: {param.about}; parameters: {', '.join(choices)}"
            raise QueryError(message)
        if param.name in given:
            text = _put(text, param.variable, _literal(where, param.name, value))
    return text


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
