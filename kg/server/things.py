"""The page of a thing, of a report, or of whatever else an IRI of the graph names; and the same as RDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg import ontology, pages
from kg.comparison import sides, wording
from kg.comparison.sides import Fact, Figure, Passage
from kg.comparison.wording import Wording
from kg.graph import K
from kg.network import Index
from kg.ontology import BASE, KG, local
from kg.server import addresses, answering, part, words
from kg.server.limits import Limits
from kg.server.negotiation import LANGUAGES
from kg.server.part import Part
from kg.server.reply import Reply
from kg.server.source import Source

_HERE = Path(__file__).parent
_NAMES = (RDFS.label, SKOS.altLabel)
_ENDS = {RDF.subject, RDF.object, K.place, K.programme, K.about, K.evidence, URIRef(f"{ontology.OA}hasSource")}
_MOST = 200  # of each kind, on one page


@dataclass(frozen=True, slots=True)
class Link:
    """A text, and where it leads, "" for nowhere."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact or a number: what it joins or counts, what else is said of it, and its sentences with their paragraphs."""

    links: Sequence[Link]
    qualifiers: str
    sentences: Sequence[tuple[str, Link]]


def page(source: Source, limits: Limits, name: str, media: str, language: str) -> Reply:
    """What is said of the thing of that local name, as HTML or RDF; a Refusal, 404, when nothing is."""
    node = part.node(source, name)
    found = Part(source)
    found.around([node], 1)
    if media != addresses.HTML:
        return answering.graph(sorted(found.triples, key=str), limits, media)
    found.triples |= {quad.triple for quad in source.database.quads_for_pattern(None, None, node, None)}
    return Reply(_Page(found, name, language).render(), addresses.HTML)


class _Page:
    """What the page of a thing says."""

    def __init__(self, found: Part, name: str, language: str) -> None:
        self.name, self.language = name, language
        self.node = URIRef(BASE + name)
        graph = found.graph()
        self.index = Index(graph)
        self.words = words.of("thing", language)
        self.side = sides.read(graph)
        self.wording = Wording(LANGUAGES.index(language), wording.load(), self.side.names)
        self.pointing = [(subject, predicate) for subject, predicate in graph.subject_predicates(self.node)]

    def render(self) -> bytes:
        """The page."""
        kinds = self.index.all(self.node, RDF.type)
        report = K.Report in kinds
        facts, figures = dict(self._facts()), list(self._figures())
        joined = any(str(self.node) in {fact.subject, fact.object} for fact in self.side.facts)
        explored = addresses.report(self.name, self.language) if report else addresses.explored(self.name, self.language)
        return pages.render(
            _HERE / "thing.html.j2",
            _HERE / "thing.css",
            language=self.language,
            other=LANGUAGES[self.language == LANGUAGES[0]],
            words=self.words,
            title=self._label(self.node),
            iri=str(self.node),
            address=addresses.of(str(self.node)),
            forms=[form for form in addresses.FORMS if form != "html"],
            explored=explored if report or joined else "",
            kinds=[self._link(kind) for kind in kinds],
            names=list(self._names()),
            properties={self._label(way): found for way, found in self._properties()},
            facts=facts,
            figures=figures,
            mentions={self._label(way): found for way, found in self._mentions()},
            most=_MOST,
        )

    def _label(self, node: Node) -> str:
        """What a node is called in the page's language."""
        texts: Mapping[str, list[str]] = words.both()["properties"]
        if str(node) in texts:
            return texts[str(node)][LANGUAGES.index(self.language)]
        if isinstance(node, URIRef) and str(node).startswith((BASE, KG)):
            return (
                self.index.label(node, self.language) if self.index.all(node, RDFS.label) else str(node).removeprefix(BASE).removeprefix(KG)
            )
        return str(node)

    def _link(self, node: Node) -> Link:
        if isinstance(node, Literal):
            kind = self._label(node.datatype) if node.datatype and str(node.datatype).startswith(KG) else node.language or ""
            return Link(str(node), note=kind)
        return Link(self._label(node), addresses.of(str(node)))

    def _names(self) -> Iterator[Link]:
        seen = {self._label(self.node)}
        for way in _NAMES:
            for name in self.index.all(self.node, way):
                if str(name) not in seen:
                    seen.add(str(name))
                    yield self._link(name)

    def _properties(self) -> Iterator[tuple[Node, list[Link]]]:
        """What is said of it beside names, classes and facts."""
        left_out = {RDF.type, *_NAMES, *(K[name] for name in ontology.load().relations)}
        for way in self.index.predicates(self.node):
            if way not in left_out:
                yield way, [self._link(found) for found in self.index.all(self.node, URIRef(str(way)))]

    def _mentions(self) -> Iterator[tuple[Node, list[Link]]]:
        """What refers to it and is no fact, by how."""
        found: defaultdict[Node, list[Node]] = defaultdict(list)
        for subject, way in self.pointing:
            if way not in _ENDS and local(str(way)) not in ontology.load().relations:
                found[way].append(subject)
        for way in sorted(found, key=str):
            yield way, [self._link(one) for one in sorted(found[way], key=_natural)]

    def _facts(self) -> Iterator[tuple[str, list[Said]]]:
        """The facts that speak of it, by relation, as seen from it."""
        found: defaultdict[str, list[Said]] = defaultdict(list)
        iri = str(self.node)
        for fact in self.side.facts:
            relation = K[fact.relation]
            if fact.subject == iri:
                heading, ends = self._label(relation), [fact.object]
            elif fact.object == iri:
                inverse = self.index.text(relation, K.inverseLabel, self.language)
                heading, ends = inverse or f"{self._label(relation)} {self.words['of']}", [fact.subject]
            else:
                heading, ends = self._label(relation), [fact.subject, fact.object]
            found[heading].append(self._said(fact, [self._link(URIRef(end)) for end in ends], self.wording.said(fact)))
        yield from sorted(found.items())

    def _figures(self) -> Iterator[Said]:
        for figure in self.side.figures:
            about = [] if figure.about == str(self.node) else [self._link(URIRef(figure.about))]
            yield self._said(figure, [*about, Link(figure.counted)], self.wording.said(figure))

    def _said(self, one: Fact | Figure, links: Sequence[Link], qualifiers: str) -> Said:
        found = [(passage.quote, self._place(passage)) for passage in one.evidence]
        return Said(links, qualifiers, found)

    def _place(self, passage: Passage) -> Link:
        """Report and paragraph of a sentence; the report by its symbol, where it has one."""
        report = URIRef(passage.report)
        name = self.index.text(report, DCTERMS.identifier) or self._label(report)
        return Link(f"{name} {self.wording.paragraph(passage)}", addresses.of(f"{passage.report}/p{passage.paragraph}"))


def _natural(node: Node) -> list[Any]:
    """Sorts p2 before p10."""
    return [int(piece) if piece.isdigit() else piece for piece in re.split(r"([0-9]+)", str(node))]
