"""The start page: the reports there are, and the ways in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from kg.explorer import index
from kg.explorer.index import Entry
from kg.ontology import BASE, KG, OA, RDF
from kg.server import addresses, words
from kg.server.limits import Limits
from kg.server.reply import Reply
from kg.server.source import Source

_TYPE, _PART, _NUMBER = ox.NamedNode(f"{RDF}type"), ox.NamedNode(str(DCTERMS.isPartOf)), ox.NamedNode(f"{KG}number")
_EVIDENCE, _SOURCE = ox.NamedNode(f"{KG}evidence"), ox.NamedNode(f"{OA}hasSource")
_ENDS = (ox.NamedNode(f"{RDF}subject"), ox.NamedNode(f"{RDF}object"))
_TEXTS = (DCTERMS.title, DCTERMS.identifier, DCTERMS.date, DCTERMS.publisher)
_WAYS = {"explore": "/explore", "sparql": "/sparql", "ontology": "/ontology"}
_MOST = 1_000  # reports that one page lists


def page(source: Source, limits: Limits, language: str) -> Reply:  # noqa: ARG001  what every job is given
    """The reports, the newest first, of many the first thousand."""
    both = words.both()["start"]
    links = [(f"{way}?lang={language}", tuple(both[name])) for name, way in _WAYS.items()]
    return Reply(index.render(_entries(source.database), links, tuple(both["about"]), language), addresses.HTML)


def _entries(database: ox.Store) -> Iterator[Entry]:
    """The reports that were read, the newest of them if they are many, with what is counted of each."""
    reports = sorted(set(_subjects(database, _TYPE, ox.NamedNode(f"{KG}Report"))), key=str)
    reports.sort(key=lambda report: _text(database, report, str(DCTERMS.date)), reverse=True)
    for report in reports[:_MOST]:
        name = report.value.removeprefix(BASE)
        title, symbol, date, publisher = (_text(database, report, str(way)) for way in _TEXTS)
        counts = _in_graph(database, report) or _of_paragraphs(database, set(_subjects(database, _PART, report)))
        yield Entry(
            name,
            title or name,
            symbol or name,
            date,
            publisher,
            {kind: counts[kind] for kind in ("things", "facts", "numbers", "paragraphs")},
            (),
            {"html": f"/explore/{name}", "ttl": f"/id/{quote(name, safe='')}.ttl"},
        )


def _in_graph(database: ox.Store, report: ox.NamedNode) -> Counter[str]:
    """What a report speaks of, counted in its graph, eight times as quick as the other way; nothing when it has none."""

    def said(way: ox.NamedNode, of: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        return database.quads_for_pattern(None, way, of, report)

    if next(said(_TYPE, ox.NamedNode(f"{KG}Report")), None) is None:
        return Counter()
    facts, numbers = (sum(1 for _ in said(_TYPE, ox.NamedNode(f"{KG}{kind}"))) for kind in ("Statement", "Observation"))
    numbered = sum(isinstance(quad.object, ox.Literal) and quad.object.value.isdigit() for quad in said(_NUMBER))
    return Counter(things=len({quad.object for end in _ENDS for quad in said(end)}), facts=facts, numbers=numbers, paragraphs=numbered)


def _of_paragraphs(database: ox.Store, paragraphs: set[ox.NamedNode]) -> Counter[str]:
    """How many things, facts and numbers these paragraphs speak of, and how many are numbered."""
    evidence = {one for paragraph in paragraphs for one in _subjects(database, _SOURCE, paragraph)}
    said = {one for each in evidence for one in _subjects(database, _EVIDENCE, each)}
    numbers = {one for one in said if next(database.quads_for_pattern(one, _TYPE, ox.NamedNode(f"{KG}Observation"), None), None)}
    things = {quad.object for one in said - numbers for end in _ENDS for quad in database.quads_for_pattern(one, end, None, None)}
    numbered = sum(_text(database, paragraph, _NUMBER.value).isdigit() for paragraph in paragraphs)
    return Counter(things=len(things), facts=len(said - numbers), numbers=len(numbers), paragraphs=numbered)


def _subjects(database: ox.Store, way: ox.NamedNode, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    found = (quad.subject for quad in database.quads_for_pattern(None, way, node, None))
    yield from (one for one in found if isinstance(one, ox.NamedNode))


def _text(database: ox.Store, node: ox.NamedNode, way: str) -> str:
    found = (quad.object for quad in database.quads_for_pattern(node, ox.NamedNode(way), None, None))
    return min((one.value for one in found if isinstance(one, ox.Literal)), default="")
