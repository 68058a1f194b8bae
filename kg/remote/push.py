"""Reports' graphs sent to a server: one named graph a report, and one that all share.

A graph is replaced in three steps: it is put aside under `<graph>#incoming-<hash>`, read back and compared triple by triple, then moved
to its place by one Update. So a graph is whole at any moment, old or new, also where a PUT by itself is not (Virtuoso 7 empties
a graph, then fills it). What an interrupted push left aside is dropped by the next one of that report.
Two pushes of one report at the same time are not kept apart: one of them says that the graph changed, and is to be repeated.

What reports share (ontology, entities) is in one graph only, because servers count a triple as often as it stands in graphs. It is
added to before the reports come. Nothing is taken from it while the server holds a report that this push does not bring; when
it holds none, the shared graph becomes what these reports share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import pyoxigraph as ox

from kg.errors import EndpointError
from kg.iris import SHARED, canonical
from kg.ontology import KG
from kg.remote.addresses import Addresses
from kg.remote.connection import Connection
from kg.remote.endpoint import Endpoint

_ASIDE = "#incoming-"
_PAGE = 5_000  # rows read at a time where a server ends an answer early: Virtuoso at its ResultSetMaxRows, 10,000 as Debian has it
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}integer", f"{_XSD}decimal"}

Triples = Sequence[ox.Triple]
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a graph. triples: how many it has; changed: whether the server had it otherwise before."""

    graph: str
    triples: int
    changed: bool


class Target:
    """A server that graphs are sent to; a context manager that closes its connection. Its methods raise EndpointError."""

    def __init__(self, at: Addresses) -> None:
        """With the credentials of the environment."""
        self._at, self._connection = at, Connection(at.store)
        self._endpoint = Endpoint(at.query, self._connection)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the connection."""
        self._connection.__exit__(*exception)

    def reports(self) -> set[str]:
        """The graphs of reports: those that speak of themselves as a report."""
        return self._graphs(f"GRAPH ?g {{ ?g a <{KG}Report> }}")

    def add(self, graph: str, triples: Triples) -> Pushed:
        """Add to a graph what it does not hold."""
        held = self._held(graph)
        missing = [triple for triple in triples if _key(*triple) not in held]
        if missing:
            self._send("POST", graph, missing)
            wanted, held = held | {_key(*triple) for triple in missing}, self._held(graph)
            _compare(graph, wanted, held & wanted, "push again")
        return Pushed(graph, len(held), bool(missing))

    def replace(self, graph: str, triples: Triples) -> Pushed:
        """Make a graph hold these triples and no others; where it does already, nothing is sent."""
        wanted = {_key(*triple) for triple in triples}
        self._clean(graph)
        if self._held(graph, wanted) == wanted:
            return Pushed(graph, len(wanted), changed=False)
        aside = f"{graph}{_ASIDE}{_digest(wanted)}"
        self._send("PUT", aside, sorted(triples, key=lambda triple: triple.subject != ox.NamedNode(graph)))
        _compare(aside, wanted, self._held(aside, wanted), f"{graph} was left as it was")
        self._update(f"MOVE <{aside}> TO <{graph}>")
        if self._count(graph) != len(wanted):
            message = f"{graph}: changed while it was pushed; push again, when nobody else does"
            raise EndpointError(message)
        return Pushed(graph, len(wanted), changed=True)

    def remove(self, graph: str) -> Pushed:
        """Drop a graph and what was left aside for it."""
        self._clean(graph)
        held = self._count(graph)
        self._update(f"DROP SILENT GRAPH <{graph}>")
        return Pushed(graph, 0, bool(held))

    def _graphs(self, pattern: str) -> set[str]:
        found = self._endpoint.rows(f"SELECT DISTINCT ?g WHERE {{ {pattern} }}")
        return {graph.value for row in found if isinstance(graph := row["g"], ox.NamedNode)}

    def _clean(self, graph: str) -> None:
        """Drop what an interrupted push left aside: graphs that speak of the report, which is sent first, or hold the ontology.

        To list all graphs takes Virtuoso seconds.
        """
        left = self._graphs(f"{{ GRAPH ?g {{ <{graph}> ?p ?o }} }} UNION {{ GRAPH ?g {{ <{KG}Report> ?p ?o }} }}")
        for name in sorted(left):
            if name.startswith(f"{graph}{_ASIDE}"):
                self._update(f"DROP SILENT GRAPH <{name}>")

    def _count(self, graph: str) -> int:
        (row,) = self._endpoint.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return int(row["n"].value)

    def _held(self, graph: str, wanted: AbstractSet[_Key] = frozenset()) -> set[_Key]:
        """What a graph holds: all at once, or in pages where the server ends an answer early, in silence, as Virtuoso does.

        wanted: what it should hold; an answer of just that is not counted, nor is an empty one, for those did not end early.
        """
        everything = f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        triples = self._endpoint.triples(everything)
        held = {_key(*triple) for triple in triples}
        if held and held != wanted and len(triples) < (number := self._count(graph)):
            # Ordered inside, where Virtuoso has no limit to what it sorts.
            ordered = f"SELECT ?s ?p ?o WHERE {{ {{ SELECT ?s ?p ?o WHERE {{ {everything} }} ORDER BY ?s ?p ?o }} }} LIMIT {_PAGE}"
            pages = (f"{{ {ordered} OFFSET {start} }}" for start in range(0, number, _PAGE))
            held = {_key(*triple) for page in pages for triple in self._endpoint.triples(page)}
        return held

    def _send(self, method: str, graph: str, triples: Triples) -> None:
        """The media type is Turtle's, of which N-Triples is a part: every server takes it."""
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        self._connection.send(method, self._at.store, params={"graph": graph}, content=body, headers={"content-type": "text/turtle"})

    def _update(self, text: str) -> None:
        self._connection.send("POST", self._at.update, data={"update": text})


def push(
    target: Target, reports: Iterable[tuple[str, Triples]], shared: Triples, shared_graph: str = SHARED
) -> Iterator[Pushed | EndpointError]:
    """Send reports, each the IRI of its graph with its triples, and what they share; what became of each graph, or why it was not sent.

    A report that fails does not stop the next. A server that cannot take the shared graph raises its EndpointError at once.
    """
    yield target.add(shared_graph, shared)
    brought: set[str] = set()
    failed = False
    for graph, triples in reports:
        brought.add(graph)
        try:
            yield target.replace(graph, triples)
        except EndpointError as error:
            failed = True
            yield error
    if not failed and target.reports() <= brought and (outcome := target.replace(shared_graph, shared)).changed:
        yield outcome


def _key(subject: _Term, predicate: _Term, term: _Term) -> _Key:
    """A triple as it is compared: what servers may spell otherwise without another meaning is spelt in one way.

    Virtuoso gives back integers from 2^31 on as decimals and numbers without their zeros, Oxigraph language tags in small letters.
    """
    if not isinstance(term, ox.Literal):
        return str(subject), str(predicate), str(term)
    value, kind = term.value, term.language.lower() if term.language else term.datatype.value
    if kind in _NUMBERS:
        value, kind = canonical(Decimal(value)), f"{_XSD}decimal"
    return str(subject), str(predicate), value, kind


def _digest(keys: set[_Key]) -> str:
    return hashlib.sha256(repr(sorted(keys)).encode()).hexdigest()[:16]


def _compare(graph: str, sent: set[_Key], held: set[_Key], remedy: str) -> None:
    """An EndpointError when a server does not hold what it was sent."""
    if sent != held:
        first = " ".join(min(sent - held or held - sent))[:200]
        counts = f"of {len(sent):,} triples sent it holds {len(sent & held):,}, and {len(held - sent):,} others"
        message = f"{graph}: the server does not hold what it was sent: {counts}, first {first!r}; {remedy}"
        raise EndpointError(message)
