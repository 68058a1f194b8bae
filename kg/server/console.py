"""The query page: Yasgui with the questions of queries/ and the terms of the ontology at hand."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg import queries
from kg.ontology import BASE, KG, PREFIXES, RDF, Ontology, load
from kg.server import addresses, words
from kg.server.limits import Limits
from kg.server.negotiation import LANGUAGES
from kg.server.reply import Reply
from kg.server.source import Source

WEB = Path(__file__).parent / "web"
PACKED = WEB / "program.js.zz"
STYLE = WEB / "style.min.css"
_PLAIN = Path(__file__).parent.parent / "pages" / "plain.css"
# The program may only talk to the server that it came from. The hash is of the style that moves the edges of columns, which it writes.
_COLUMNS = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
POLICY = f"{_NOTHING}; script-src 'self'; style-src 'self' {_COLUMNS}; connect-src 'self'; img-src data:"


def page(source: Source, limits: Limits, language: str) -> Reply:  # noqa: ARG001  what every job is given
    """The page, which loads the program and the style that `files` gives."""
    ontology, texts = load(), words.of("console", language)
    given = {
        "endpoint": "/sparql",
        "things": "/id/",
        "base": BASE,
        "prefixes": sorted(PREFIXES.items()),
        "classes": sorted(KG + name for name in ontology.parents),
        "properties": sorted(iri for iri in ontology.schema if _is_property(ontology, iri)),
        "questions": [{"title": one.titles.get(language, one.name), "text": one.text} for one in queries.catalogue()],
        "start": queries.question("partners").text,
        "words": texts,
    }
    environment = Environment(loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    text = environment.get_template("console.html.j2").render(
        language=language,
        other=LANGUAGES[language == LANGUAGES[0]],
        words={**words.of("thing", language), **texts},
        questions=given["questions"],
        policy=POLICY,
        given=Markup(json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704  no tag can begin in it
    )
    return Reply(text.encode(), addresses.HTML)


def _is_property(ontology: Ontology, iri: str) -> bool:
    """Whether it can stand between subject and object."""
    return any(one.predicate == f"{RDF}type" and one.object.endswith("Property") for one in ontology.said[iri])


def files() -> dict[str, tuple[bytes, str]]:
    """The program, as a zlib stream, and the style, with their media types, by name."""
    style = _PLAIN.read_bytes() + STYLE.read_bytes()
    return {
        "yasgui.js": (PACKED.read_bytes(), "text/javascript; charset=utf-8"),
        "yasgui.css": (zlib.compress(style, 9), "text/css; charset=utf-8"),
    }
