"""What the page holds, as plain values that JSON can carry: classes, relations, paragraphs, names found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
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


class Phrases(dict[str, int]):
    """Texts that are said again and again, numbered as they come: `phrases[text]` is the number."""

    def __missing__(self, phrase: str) -> int:
        """Number a new text."""
        self[phrase] = len(self)
        return self[phrase]


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


def both(index: Index, iri: str) -> list[str]:
    """What a thing is called, in Chinese and in English; the other language where one is missing."""
    node = URIRef(iri)
    zh, en = (index.text(node, RDFS.label, language) for language in ("zh", "en"))
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
    """The relations of the facts, most frequent first, with how many facts there are."""
    counts = Counter(fact["relation"] for fact in graph.edges.values())
    symmetric = set(index.of(OWL.SymmetricProperty))
    return [
        {
            "id": name,
            "label": both(index, f"{KG}{name}"),
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


def paragraphs(index: Index, numbers: Mapping[str, int], phrases: Phrases) -> dict[str, dict[str, Any]]:
    """Every paragraph by IRI, in reading order, with `marks`: [start, end, node] for each name in it, node -1 for a thing without facts.

    numbers: the number of each node, by IRI. phrases: where the section is put.
    """
    names = _names(index, numbers)
    lengths = by_length(names)
    of_reports: dict[Node | None, int] = {report: i for i, report in enumerate(_reports(index))}
    found: dict[str, dict[str, Any]] = {}
    for paragraph in index.of(K.Paragraph):
        text = index.text(paragraph, K.text)
        found[str(paragraph)] = {
            "number": index.text(paragraph, K.number),
            "section": phrases[index.text(paragraph, K.section)],
            "report": of_reports.get(index.one(paragraph, DCTERMS.isPartOf), 0),
            "text": text,
            "marks": [[start, end, names[text[start:end]]] for start, end in spans(text, lengths)],
        }
    return dict(sorted(found.items(), key=lambda p: reading_order(p[0], p[1]["number"])))


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


def by_length(names: Iterable[str]) -> dict[str, dict[int, set[str]]]:
    """Names of two characters and more by their first character and their length, longest first."""
    found: dict[str, dict[int, set[str]]] = {}
    for name in sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)):
        found.setdefault(name[0], {}).setdefault(len(name), set()).add(name)
    return found


def spans(text: str, lengths: Mapping[str, Mapping[int, Container[str]]]) -> Iterator[tuple[int, int]]:
    """Where names stand, left to right, the longest at each place; in Latin letters only whole words."""
    start = 0
    while start < len(text):
        ends = (start + length for length, names in lengths.get(text[start], {}).items() if text[start : start + length] in names)
        end = next((end for end in ends if not _in_word(text, start) and not _in_word(text, end)), None)
        if end is not None:
            yield start, end
        start = end or start + 1


def _in_word(text: str, place: int) -> bool:
    """Whether a Latin word goes on across this place."""
    return 0 < place < len(text) and all(c.isascii() and c.isalnum() for c in text[place - 1 : place + 1])
