"""The reference as one HTML page that needs neither a script nor a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg import pages
from kg.ontology import KG, Ontology
from kg.reference import terms
from kg.resources import load_yaml

LANGUAGES = ("zh", "en", "both")
_HERE = Path(__file__).parent


def render(ontology: Ontology, language: str = "both") -> bytes:
    """The page, UTF-8 with LF; the same ontology and rules give the same bytes. language: of LANGUAGES, the one it opens in."""
    words: Any = load_yaml(_HERE / "words.yaml")
    return pages.render(
        _HERE / "reference.html.j2",
        _HERE / "reference.css",
        terms=terms.read(ontology),
        words=words,
        namespace=KG,
        languages=LANGUAGES,
        language=language,
    )
