"""What a paragraph is about, by the words of the headings above it: `kg/lang/<code>/topics.yaml` lists words by theme.

The themes are those of `ontology/topics.ttl`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.ontology import BASE
from kg.resources import language_folder
from kg.yaml_table import open_table

_PREFIX = f"{BASE}topic-"


@cache
def topics(section: Sequence[str], language: str) -> tuple[str, ...]:
    """The IRIs of the themes under these headings, outermost first: those of the innermost that has words of any; sorted.

    A LanguageError names the fault of a table of words.
    """
    words = _words(language)
    found = (sorted(theme for theme, forms in words.items() if any(form in heading for form in forms)) for heading in reversed(section))
    return next((tuple(themes) for themes in found if themes), ())


@cache
def _words(language: str) -> dict[str, tuple[str, ...]]:
    """The words of headings by IRI of theme."""
    table = open_table(language_folder(language) / "topics.yaml")
    return {f"{_PREFIX}{name}": table.words(name) for name in table.values}
