"""Where the files that are not Python lie: beside the package in a clone, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError, LanguageError

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `ontology`, `queries` or `seeds`, from the wheel or from the clone."""
    for place in (_PACKAGE / "_resources" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    message = f"{_PACKAGE}: the folder {name}/ is missing; install the package again"
    raise KgError(message)


def languages() -> tuple[str, ...]:
    """The codes of the languages there are, sorted."""
    return tuple(sorted(place.name for place in (_PACKAGE / "lang").iterdir() if place.is_dir()))


def language_folder(language: str) -> Path:
    """The folder of a language, `kg/lang/<code>`."""
    place = _PACKAGE / "lang" / language
    if not place.is_dir():
        message = f"kg/lang/{language}: no such language; there are: {', '.join(languages())}"
        raise LanguageError(message)
    return place


def load_yaml(path: Path) -> object:
    """A YAML file's content; a LanguageError names the file and the line of a fault.

    Aliases (`*name`) are refused: a few lines of them can stand for more than fits into any memory.
    """
    import yaml  # noqa: PLC0415  a command that asks a question reads none

    loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8-sig")
        events = yaml.parse(text, Loader=loader) if "&" in text else ()
        marks = (event.start_mark for event in events if isinstance(event, yaml.AliasEvent))
        if alias := next((mark for mark in marks if mark), None):
            message = f"{path}: line {alias.line + 1}: aliases (*…) are not understood; write out what they stand for"
            raise LanguageError(message)
        return yaml.load(text, Loader=loader)  # noqa: S506  a safe loader, chosen above
    except RecursionError as error:
        message = f"{path}: it is nested too deeply; a few levels are enough"
        raise LanguageError(message) from error
    except (yaml.YAMLError, ValueError) as error:  # PyYAML passes on what Python says of a day 2012-99-99
        message = f"{path}: not YAML: {' '.join(str(error).split())}"
        raise LanguageError(message) from error
