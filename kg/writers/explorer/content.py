"""What the page holds, as plain values that JSON can carry: classes, relations, paragraphs, names found in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
from rdflib import OWL, RDFS, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.graph import K
from kg.network import Index, reading_order
from kg.ontology import KG
from kg.resources import load_yaml
from kg.writers.explorer.layout import Box

_LINE, _WIDE, _NARROW, _LINES, _ROW = 108.0, 12.0, 6.6, 2, 15.0  # of a name below its symbol, in pixels: as canvas.js draws it
_WIDE_FROM = "\u2e80"  # where the scripts begin whose letters are as wide as high
_HUB_RADIUS = 20.0
_LATIN = re.compile(r"[A-Za-z0-9]")
_WORD_START, _WORD_END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


def interface() -> Mapping[str, Any]:
    """The texts, classes' looks and ways of knowing of interface.yaml."""
    return load_yaml(Path(__file__).with_name("interface.yaml"))  # type: ignore[return-value]


def radius(degree: int, *, hub: bool) -> float:
    """Of a thing's symbol, in pixels: its area grows with the number of its relations."""
    return _HUB_RADIUS if hub else round(min(5 + 1.8 * degree**0.5, 14), 1)


def box(label: str, radius: float) -> Box:
    """The room for a symbol and the name below it, which is broken into two lines at most."""
    width = sum(_NARROW if c < _WIDE_FROM else _WIDE for c in label)
    lines = min(-(-width // _LINE), _LINES)
    return Box(radius, min(width, _LINE), lines * _ROW)


def both(index: Index, iri: str, predicate: URIRef = RDFS.label) -> list[str]:
    """What a thing is called, in Chinese and in English; the other language where one is missing."""
    node = URIRef(iri)
    zh, en = (index.text(node, predicate, language) for language in ("zh", "en"))
    return [zh or en or index.label(node), en or zh or index.label(node)]


def kinds(index: Index, graph: nx.MultiDiGraph[str], looks: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The classes of the things, most frequent first, each with its look and how many things are of it."""
    counts = Counter(thing["kind"] for thing in graph.nodes.values())
    return [
        {"id": kind, "label": both(index, f"{KG}{kind}"), "shape": shape, "color": color, "count": count}
        for kind, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        for shape, color in [looks["kinds"].get(kind, looks["other"])]
    ]


def relations(index: Index, graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """The relations of the facts, most frequent first, with their names read backwards and how many facts there are."""
    counts = Counter(fact["relation"] for fact in graph.edges.values())
    symmetric = set(index.of(OWL.SymmetricProperty))
    return [
        {
            "id": name,
            "label": both(index, f"{KG}{name}"),
            "inverse": both(index, f"{KG}{name}", K.inverseLabel),
            "symmetric": K[name] in symmetric,
            "count": count,
        }
        for name, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    ]


def words(index: Index, graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    """Both names of every status, place and programme that qualifies a fact."""
    spaces = {"status": KG, "place": "", "programme": ""}
    said = {(name, space) for fact in graph.edges.values() for key, space in spaces.items() if (name := fact[key])}
    return {name: both(index, f"{space}{name}") for name, space in sorted(said)}


def paragraphs(index: Index, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """Every paragraph in reading order, with `marks`: [start, end, node] for each name in it, node -1 for a thing without facts.

    numbers: the number of each node, by IRI.
    """
    names = _names(index, numbers)
    pattern = _any_of(names)
    of_reports: dict[Node | None, int] = {report: i for i, report in enumerate(_reports(index))}
    found = []
    for paragraph in index.of(K.Paragraph):
        text = index.text(paragraph, K.text)
        found.append(
            {
                "iri": str(paragraph),
                "number": index.text(paragraph, K.number),
                "section": index.text(paragraph, K.section),
                "report": of_reports.get(index.one(paragraph, DCTERMS.isPartOf), 0),
                "text": text,
                "marks": [[m.start(), m.end(), names[m[0]]] for m in pattern.finditer(text)],
            }
        )
    return sorted(found, key=lambda p: reading_order(p["iri"], p["number"]))


def reports(index: Index) -> list[dict[str, str]]:
    """The reports the paragraphs are of: title, and the symbol to cite them by, which is the title when they have none."""
    titles = {report: index.text(report, DCTERMS.title) or index.label(report) for report in _reports(index)}
    return [{"title": title, "symbol": index.text(report, DCTERMS.identifier) or title} for report, title in titles.items()]


def _reports(index: Index) -> list[Node]:
    return sorted({report for p in index.of(K.Paragraph) if (report := index.one(p, DCTERMS.isPartOf))}, key=str)


def _names(index: Index, numbers: Mapping[str, int]) -> dict[str, int]:
    """The node of each name. A name of two things is a node's; things without facts are there so that the longest name wins."""
    nodes_first = sorted(map(str, index.things()), key=lambda iri: (iri not in numbers, iri))
    found: dict[str, int] = {}
    for iri in nodes_first:
        for name in index.names(URIRef(iri)):
            found.setdefault(name, numbers.get(iri, -1))
    return found


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Matches the longest of these names; one in Latin letters only as a whole word."""
    longest_first = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    edged = (rf"{_WORD_START if _LATIN.match(n) else ''}{re.escape(n)}{_WORD_END if _LATIN.match(n[-1]) else ''}" for n in longest_first)
    return re.compile("|".join(edged) or r"(?!)")
