"""Parts of the graph that can be looked at on their own: what is around a thing, what a report says, or all there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox
from rdflib import Graph

from kg import graph, ontology, rdf, selection
from kg.ontology import BASE, KG, OA, ORG, RDF, RDFS, SCHEMA
from kg.server.reply import Refusal
from kg.server.source import Source

Term = ox.NamedNode | ox.BlankNode
Triples = set[ox.Triple]

_ENDS = tuple(map(ox.NamedNode, (f"{RDF}subject", f"{RDF}object", f"{KG}place", f"{KG}programme", f"{KG}about")))
_PARTS = tuple(
    map(ox.NamedNode, (f"{KG}evidence", f"{OA}hasSelector", f"{OA}hasSource", "http://purl.org/dc/terms/isPartOf", f"{KG}baseline"))
)
_WHOLES = tuple(map(ox.NamedNode, (f"{SCHEMA}containedInPlace", f"{ORG}subOrganizationOf")))
_SOURCE, _EVIDENCE = ox.NamedNode(f"{OA}hasSource"), ox.NamedNode(f"{KG}evidence")
_RELATIONS = frozenset(ox.NamedNode(KG + name) for name in ontology.load().relations)
_LABEL = ox.NamedNode(f"{RDFS}label")
_MOST_FACTS = 3_000  # statements and numbers around things that one page holds
_MOST_TRIPLES = 500_000  # of all reports that one page holds


class Part:
    """Triples of a graph that is open, gathered step by step."""

    def __init__(self, source: Source) -> None:
        """Nothing yet."""
        self._database = source.database
        self.triples: Triples = set()
        self._told: set[Term] = set()

    def around(self, things: Iterable[Term], hops: int) -> None:
        """What is said of things, and so on of what it joins them to, with the sentences; a Refusal when that is too much for a page."""
        near, facts = set(things), set[Term]()
        for _ in range(hops):
            new = {fact for thing in near for fact in self._facts(thing)} - facts
            facts |= new
            if len(facts) > _MOST_FACTS:
                message = f"more than {_MOST_FACTS:,} facts lie within {hops} steps; take fewer steps, or ask /sparql"
                raise Refusal(403, message)
            near = {end for fact in new for end in self._tell(fact)}
        for thing in things:
            self._tell(thing)

    def report(self, report: ox.NamedNode) -> None:
        """What a report says, of itself and of things, and what they are called."""
        own = {quad.triple for quad in self._database.quads_for_pattern(None, None, None, report)}
        self.triples |= own
        nodes = {node for triple in own for node in (triple.subject, triple.object) if isinstance(node, ox.NamedNode)}
        for node in nodes:
            if next(self._database.quads_for_pattern(node, _LABEL, None, None), None):
                self._describe(node, brief=True)

    def everything(self) -> None:
        """All that is said; a Refusal when it is too much for a page."""
        if len(self._database) > _MOST_TRIPLES:
            message = f"more than {_MOST_TRIPLES:,} triples are too many for one page; choose a report, or a thing and what is around it"
            raise Refusal(403, message)
        self.triples |= {quad.triple for quad in self._database}

    def graph(self) -> Graph:
        """The same with the ontology, as rdflib has it."""
        found = rdf.graph(self.triples)
        found.addN((*triple, found) for triple in graph.schema(ontology.load()))
        return found

    def _facts(self, thing: Term) -> Iterator[Term]:
        """The statements and numbers that speak of a thing, or that a paragraph or a piece of evidence says."""
        for way in _ENDS:
            yield from self._pointing(way, thing)
        for evidence in (thing, *self._pointing(_SOURCE, thing)):
            yield from self._pointing(_EVIDENCE, evidence)

    def _pointing(self, way: ox.NamedNode, node: Term) -> Iterator[Term]:
        found = (quad.subject for quad in self._database.quads_for_pattern(None, way, node, None))
        yield from (one for one in found if isinstance(one, Term))

    def _tell(self, node: Term) -> set[Term]:
        """All that is said of a node, and of what it consists of; gives the things it joins."""
        if node in self._told:
            return set()
        self._told.add(node)
        said = self._describe(node)
        ends = set(_objects(said, _ENDS))
        for end in ends:
            self._describe(end, brief=True)
        for one in _objects(said, _PARTS):
            self._tell(one)
        return ends

    def _describe(self, node: Term, *, brief: bool = False) -> Triples:
        """All that is said of a node, and of the wholes that it lies in; brief: without what it has to do with other things."""
        quads = self._database.quads_for_pattern(node, None, None, None)
        said = {quad.triple for quad in quads if not (brief and quad.predicate in _RELATIONS)}
        wholes = set(_objects(said - self.triples, _WHOLES))
        self.triples |= said
        for whole in wholes:
            self._describe(whole, brief=True)
        return said


def _objects(triples: Iterable[ox.Triple], ways: Collection[ox.NamedNode]) -> Iterator[Term]:
    """What triples with these predicates lead to."""
    yield from (one.object for one in triples if one.predicate in ways and isinstance(one.object, Term))


def of_report(source: Source, name: str) -> Graph:
    """What the report of that id says; a Refusal, 404, when there is no such report."""
    report = ox.NamedNode(BASE + name)
    if not next(source.database.quads_for_pattern(report, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{KG}Report"), None), None):
        message = f"no report is called {name!r} here"
        raise Refusal(404, message)
    part = Part(source)
    if source.database.contains_named_graph(report):
        part.report(report)
        return part.graph()
    part.everything()
    return selection.of_report(part.graph(), name)


def node(source: Source, name: str) -> ox.NamedNode:
    """The node of that local name; a Refusal, 404, when nothing is said of it."""
    try:
        found = ox.NamedNode(BASE + name)
    except ValueError:
        found = None
    if found:
        for subject, obj in ((found, None), (None, found)):
            if next(source.database.quads_for_pattern(subject, None, obj, None), None):
                return found
    message = f"nothing is called {name!r} here"
    raise Refusal(404, message)


def of_thing(source: Source, name: str, hops: int) -> Graph:
    """What is around a thing."""
    part = Part(source)
    part.around([node(source, name)], hops)
    return part.graph()


def of_all(source: Source) -> Graph:
    """All there is."""
    part = Part(source)
    part.everything()
    return part.graph()
