"""The reference as one HTML page that needs neither a script nor a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.explorer.page import hash_of
from kg.ontology import KG, Ontology
from kg.reference import terms
from kg.resources import load_yaml

LANGUAGES = ("zh", "en", "both")
_HERE = Path(__file__).parent


def render(ontology: Ontology, language: str = "both") -> bytes:
    """The page, UTF-8 with LF; the same ontology and rules give the same bytes. language: of LANGUAGES, the one it opens in."""
    style = (_HERE / "reference.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words: Any = load_yaml(_HERE / "words.yaml")
    text = environment.get_template("reference.html.j2").render(
        terms=terms.read(ontology),
        words=words,
        namespace=KG,
        languages=LANGUAGES,
        language=language,
        policy=f"default-src 'none'; style-src {hash_of(style)}; img-src data:; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704  ours
    )
    return text.encode()
