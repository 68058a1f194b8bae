"""What holds of graphs and of all that is written of them, whatever things are called."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from xml.etree import ElementTree as ET

import pyoxigraph as ox
from fuzz import words
from fuzz.choices import Choices
from fuzz.files import folder
from fuzz.texts import KNOWN, check_refusal, document
from rdflib import URIRef

from kg import exports, graph, iris, rdf
from kg.errors import KgError
from kg.exports.data import Data
from kg.model import Entity, Evidence, Extraction, Issue, Label, Observation, Period, Statement
from kg.pipeline import Built
from kg.writers import html, issues, nquads, trig, turtle

_SMALL = replace(KNOWN, schema=frozenset())  # without all that the ontology says of itself, which is the same in each run
_RELATIONS = tuple(KNOWN.relations)
_CLASSES = tuple(sorted(KNOWN.parents))
_UNITS = ("NUM", "PERCENT", "CCY_USD", "MULTIPLE", "YR")
_COMPARATORS = ("exactly", "about", "moreThan", "atLeast", "lessThan", "atMost")
_PERIODS = (Period(), Period("2012-01-01", "2012-12-31"), Period("", "2012-12-31"), Period("2012-01-01", ""))
_MARKUP = ("<script", "</script", "<img", "<!--")
RDF = (
    *(
        "@prefix kg: <https://w3id.org/report-kg/ontology#> .\n",
        "<http://a/b> ",
        "kg:partnerOf ",
        "a ",
        "kg:Report ",
        '"甲"',
        "@zh",
        "^^",
        '"""',
    ),
    *(
        " . ",
        " ; ",
        " , ",
        "[ ",
        " ] ",
        "( ",
        " ) ",
        "_:b ",
        "1.5 ",
        "true ",
        "<http://a b> ",
        "<<( ",
        " )>> ",
        "{ ",
        " } ",
        "GRAPH ",
        "\\u0000",
    ),
)


def _name(choices: Choices) -> str:
    return words.text(choices, 1 + choices.upto(3)) or "甲"


def _extraction(choices: Choices) -> Extraction:
    """A report in which all that can be called anything is called anything."""
    text = "".join(_name(choices) for _ in range(3))
    read = document(text, _name(choices), title=_name(choices))
    named = {iris.entity_iri(name): name for name in (_name(choices) for _ in range(4))}
    things = tuple(sorted(Entity(iri, name, choices.one(_CLASSES), (_name(choices),)) for iri, name in named.items()))
    labels = tuple(Label(thing.name, "en", _name(choices), bool(choices.upto(1))) for thing in things[:2])
    object.__setattr__(read, "labels", labels)
    evidence = Evidence("1", 0, len(text), text, "zh/any#1", _name(choices), _name(choices), _name(choices))
    statements = [
        Statement(
            choices.one(things).iri,
            choices.one(_RELATIONS),
            choices.one(things).iri,
            choices.one(("done", "ongoing", "planned")),
            choices.one(_PERIODS),
            choices.one((None, Decimal(0), Decimal("1.50"), Decimal("1E+30"))),
            "CCY_USD",
            choices.one(("", things[0].iri)),
            evidence=(evidence,),
        )
        for _ in range(choices.upto(4))
    ]
    observations = [
        Observation(
            choices.one(things).iri,
            _name(choices),
            Decimal(choices.upto(999)),
            choices.one(_UNITS),
            choices.one(_COMPARATORS),
            choices.one(_PERIODS),
            choices.one(("", things[0].iri)),
            _name(choices),
            evidence,
        )
        for _ in range(choices.upto(4))
    ]
    issues = (Issue("1", "trigger", text, _name(choices), 0, len(text)), Issue("", "review", _name(choices), ""))
    return Extraction(read, things, (), tuple(statements), tuple(observations), issues)


def any_report(choices: Choices) -> Built:
    """A report as if it had been read, in which all that can be called anything is called anything."""
    return _built(_extraction(choices))


def _built(extraction: Extraction) -> Built:
    built = Built(extraction, {})
    built.__dict__["described"] = graph.describe(extraction, _SMALL)  # where the cached property puts it
    return built


def _parsed(content: bytes, form: ox.RdfFormat) -> set[tuple[str, str, str]]:
    """The triples of a file as oxigraph reads them."""
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(content, format=form)}


class _Tags(HTMLParser):
    """The tags of a page; what runs must be the page's own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


@cache
def _plain_tags() -> list[str]:
    return _tags(_built(Extraction(document("甲"))))


def _tags(built: Built) -> list[str]:
    parser = _Tags()
    parser.feed(html.render(built).decode())
    parser.close()
    return parser.found


def describing(choices: Choices) -> None:
    """A graph's triples are the same in N-Quads, Turtle and TriG, read by another program, and twice the same."""
    built = any_report(choices)
    said = {(str(t.subject), str(t.predicate), str(t.object)) for t in rdf.triples((*built.described.shared, *built.described.facts))}
    for writer, form in ((nquads, ox.RdfFormat.N_QUADS), (turtle, ox.RdfFormat.TURTLE), (trig, ox.RdfFormat.TRIG)):
        assert _parsed(writer.render(built), form) == said, writer.__name__


def writing(choices: Choices) -> None:
    """The page has the tags it always has, none that a name brought in; each issue is a line of JSON."""
    built = any_report(choices)
    assert _tags(built) == _plain_tags()
    lines = issues.render(built).decode().split("\n")
    assert [json.loads(line)["text"] for line in lines if line].count(built.extraction.issues[0].text) >= 1
    assert len(lines) == len(built.extraction.issues) + 1


def exporting(choices: Choices) -> None:
    """Exports can be read as what they are: XML, JSON with the same triples, CSV of even rows in which no cell is a formula."""
    form = choices.one(("graphml", "gexf", "jsonld", "excel", "neo4j", "ntriples", "nquads", "rdf12"))
    built = any_report(choices)
    report = iris.report_iri(built.document)
    data = Data({"": built.described.shared, report: built.described.facts})
    files = import_module(f"kg.exports.{form}").render(data)
    assert form in exports.FORMATS
    assert files == import_module(f"kg.exports.{form}").render(data)
    for content in files.values():
        if form in {"graphml", "gexf"}:
            ET.fromstring(content)  # noqa: S314  our own file
        elif form == "jsonld":
            assert json.loads(content)["@graph"]
        elif form in {"excel", "neo4j"}:
            _check_csv(content.decode("utf-8-sig"), formulas=form == "neo4j")
        else:
            assert list(ox.parse(content, format=ox.RdfFormat.TURTLE if form == "rdf12" else ox.RdfFormat.N_QUADS))


def _check_csv(content: str, *, formulas: bool) -> None:
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert formulas or not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]


def rdf_files(choices: Choices) -> None:
    """An RDF file is read, or refused in one line that names it."""
    name = choices.one(("any.ttl", "any.trig", "any.nq"))
    path = folder() / name
    parts = [choices.one(RDF) if choices.upto(9) else words.text(choices, 1) for _ in range(choices.upto(40))]
    path.write_bytes("".join(parts).encode() + choices.rest())
    try:
        found = rdf.read(path)
    except KgError as error:
        check_refusal(error, "" if "triple inside" in str(error) else str(path))
    else:
        assert all(isinstance(predicate, URIRef) for predicate in found.predicates())
        assert len(list(rdf.triples(found))) == len(found)
