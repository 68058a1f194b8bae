"""What the page holds, as plain values that JSON can carry; places in lists stand for things, texts and passages.

`web/data.js` is the reader of all this: a row's order is told there and here, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
from rdflib import OWL, RDFS, SKOS, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.graph import K
from kg.network import Index, reading_order
from kg.ontology import BASE, KG, SCHEMA, local
from kg.resources import load_yaml

_LANGUAGES = ("zh", "en")
_TITLES = 2
_WITHIN = URIRef(f"{SCHEMA}containedInPlace")
_DOMAIN, _RANGE = URIRef(f"{SCHEMA}domainIncludes"), URIRef(f"{SCHEMA}rangeIncludes")
_VALUES = (K.Status, K.Comparator)  # classes whose members are words that qualify a fact or a number


class Numbered(dict[str, int]):
    """Texts that are said again and again, numbered as they come: `numbered[text]` is the number."""

    def __missing__(self, text: str) -> int:
        """Number a new text."""
        self[text] = len(self)
        return self[text]


@cache
def interface() -> Mapping[str, Any]:
    """The texts, looks and ways of knowing of interface.yaml."""
    return load_yaml(Path(__file__).with_name("interface.yaml"))  # type: ignore[return-value]


def both(index: Index, node: Node, predicate: URIRef = RDFS.label) -> list[str]:
    """What is said of a thing in Chinese and in English; the other language where one is missing, for a label any other or its IRI."""
    zh, en = (index.text(node, predicate, language) for language in _LANGUAGES)
    other = index.label(node) if predicate == RDFS.label else ""
    return [zh or en or other, en or zh or other]


def reports(index: Index) -> list[dict[str, str]]:
    """The reports that paragraphs are of: id, title, `en` ("" if none), and the symbol to cite by, the title if none."""
    return [
        {
            "id": local(str(report)),
            "title": title,
            "en": index.text(report, RDFS.label, "en"),
            "symbol": index.text(report, DCTERMS.identifier) or title,
        }
        for report in _reports(index)
        for title in [index.text(report, DCTERMS.title) or index.label(report)]
    ]


def title(opening: str, found: Sequence[Mapping[str, str]]) -> str:
    """What stands above the page: what it opens with, else the titles of its reports, of more than two the first and how many there are."""
    titles = [report["title"] for report in found]
    several = interface()["index"]["several"][0]
    return opening or (" · ".join(titles) if len(titles) <= _TITLES else several.format(title=titles[0], count=len(titles))) or "report-kg"


def kinds(index: Index, looks: Mapping[str, Any], used: Iterable[str]) -> list[dict[str, Any]]:
    """The classes of the ontology, sorted: label, definition, the classes above (ids), and shape and colour of those that are drawn.

    Behind them one for what is of none of these, if `used` (ids of classes) holds another.
    """
    found = [
        {
            "id": name,
            "label": both(index, kind),
            "about": both(index, kind, SKOS.definition),
            "above": sorted(local(str(above)) for above in index.all(kind, RDFS.subClassOf) if str(above).startswith(KG)),
            "look": looks["kinds"].get(name, looks["other"]),
        }
        for kind in index.of(OWL.Class)
        if str(kind).startswith(KG)
        for name in [local(str(kind))]
    ]
    other = {"id": "other", "label": looks["texts"]["other"], "about": ["", ""], "above": [], "look": looks["other"]}
    return found if {kind["id"] for kind in found}.issuperset(used) else [*found, other]


def relations(index: Index, used: Iterable[str]) -> list[dict[str, Any]]:
    """The relations of the ontology, sorted, and behind them what else is used: labels, definition, domain and range (ids of classes)."""
    known = {local(str(relation)): relation for relation in index.of(K.Relation)}
    symmetric = set(index.of(OWL.SymmetricProperty))
    others = {name: URIRef(name) if ":" in name else K[name] for name in sorted(set(used) - set(known))}
    return [
        {
            "id": name,
            "label": both(index, relation),
            "inverse": both(index, relation, K.inverseLabel),
            "about": both(index, relation, SKOS.definition),
            "above": sorted(local(str(above)) for above in index.all(relation, RDFS.subPropertyOf)),
            "domain": [local(str(kind)) for kind in index.all(relation, _DOMAIN)],
            "range": [local(str(kind)) for kind in index.all(relation, _RANGE)],
            "symmetric": relation in symmetric,
        }
        for name, relation in {**known, **others}.items()
    ]


def words(index: Index) -> dict[str, list[str]]:
    """Both names of every status, comparator and unit of the ontology, by local name."""
    found = [node for kind in _VALUES for node in index.of(kind)] + index.of(OWL.NamedIndividual)
    return {local(str(node)): both(index, node) for node in sorted(found, key=str)}


def things(index: Index, graph: nx.MultiDiGraph[str]) -> dict[str, int]:
    """A number for each thing by IRI: those of facts as the graph has them, then all others that are named, sorted."""
    own = set(map(str, _reports(index)))
    return {iri: i for i, iri in enumerate(dict.fromkeys([*graph, *(str(thing) for thing in index.things() if str(thing) not in own)]))}


def described(iri: str, thing: Mapping[str, Any]) -> dict[str, Any]:
    """A thing as the network has it, for the page: `en` is "" where there is no English name or it is the same; the IRI is in short."""
    en = "" if thing["label_en"] == thing["label"] else thing["label_en"]
    return {"label": thing["label"], "en": en, "names": thing["names"], "kind": thing["kind"], "iri": short(iri)}


def within(index: Index, numbers: Mapping[str, int]) -> list[list[int]]:
    """[place, what it lies in] for all places that are numbered."""
    found = ((iri, str(whole)) for iri in numbers for whole in index.all(URIRef(iri), _WITHIN))
    return sorted([numbers[iri], numbers[whole]] for iri, whole in found if whole in numbers)


def paragraphs(index: Index, texts: Numbered, themes: Numbered) -> dict[str, list[Any]]:
    """[number, section as a numbered text, report, text, numbers of themes] of every paragraph by IRI, in reading order.

    What is about no theme has four parts. themes: IRIs, numbered as they come.
    """
    of_reports: dict[Node | None, int] = {report: i for i, report in enumerate(_reports(index))}
    found: dict[str, list[Any]] = {
        str(paragraph): [
            index.text(paragraph, K.number),
            texts[index.text(paragraph, K.section)],
            of_reports.get(index.one(paragraph, DCTERMS.isPartOf), 0),
            index.text(paragraph, K.text),
        ]
        for paragraph in index.of(K.Paragraph)
    }
    ordered = dict(sorted(found.items(), key=lambda p: reading_order(p[0], p[1][0])))
    for iri, row in ordered.items():
        if about := index.all(URIRef(iri), K.topic):
            row.append([themes[str(topic)] for topic in about])
    return ordered


def topics(index: Index, themes: Iterable[str]) -> list[dict[str, Any]]:
    """The themes of these IRIs: id and label."""
    return [{"id": local(iri), "label": both(index, URIRef(iri))} for iri in themes]


def short(iri: str) -> str:
    """An IRI without the part that all things of the project share."""
    return iri.removeprefix(BASE)


def _reports(index: Index) -> list[Node]:
    return sorted({report for p in index.of(K.Paragraph) if (report := index.one(p, DCTERMS.isPartOf))}, key=str)
