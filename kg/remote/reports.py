"""The graphs of reports in files, read file by file, and in stores, read graph by graph: memory is that of the largest file or graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import rdf_files
from kg.errors import KgError, UnknownNameError, did_you_mean
from kg.iris import SHARED
from kg.ontology import BASE, local
from kg.queries import sources
from kg.store import Opened
from kg.store.loading import IDENTITY_GRAPH

# What stands in these graphs of a store is no report; it goes where the server has what reports share, or its answers would be others.
_OF_NO_REPORT = (SHARED, IDENTITY_GRAPH)


@dataclass(frozen=True, slots=True)
class Reports:
    """places: the file or store of each report's graph, by its IRI; shared: what stands in no report's graph, each triple once.

    stores: those that are read, by their folders.
    """

    places: Mapping[str, Path]
    shared: tuple[ox.Triple, ...] = field(repr=False)
    stores: Mapping[Path, Opened] = field(repr=False)

    def __iter__(self) -> Iterator[tuple[str, tuple[ox.Triple, ...]]]:
        """Each report's graph and its triples."""
        for path in dict.fromkeys(self.places.values()):
            yield from self._of_store(path, self.stores[path]) if path in self.stores else self._of_file(path)

    def _of_file(self, path: Path) -> Iterator[tuple[str, tuple[ox.Triple, ...]]]:
        graphs: defaultdict[str, dict[ox.Triple, None]] = defaultdict(dict)
        for quad in rdf_files.quads(path):
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in self.places:
                graphs[quad.graph_name.value][quad.triple] = None
        yield from ((graph, tuple(graphs[graph])) for graph in sorted(graphs))

    def _of_store(self, path: Path, opened: Opened) -> Iterator[tuple[str, tuple[ox.Triple, ...]]]:
        for graph in sorted(graph for graph, place in self.places.items() if place == path):
            yield graph, tuple(_triples(opened, graph))


def read(paths: Sequence[Path], only: Sequence[str] = ()) -> Reports:
    """The reports in TriG and N-Quads files and in stores, or only those of these ids; a KgError names a file that cannot be sent."""
    places: dict[str, Path] = {}
    shared: dict[ox.Triple, None] = {}
    stores = {path: sources.of_store(path) for path in paths if path.is_dir()}
    for path in paths:
        found = _in_store(stores[path], shared) if path in stores else _in_file(path, shared)
        for graph in found:
            if graph in places:
                message = f"{path}: {graph} is also in {places[graph]}; give one of them"
                raise KgError(message)
        places |= dict.fromkeys(found, path)
    wanted = {f"{BASE}{name}" for name in only} or places.keys()
    for graph in sorted(wanted - places.keys()):
        message = f"{local(graph)}: no such report in {', '.join(map(str, paths))}; {did_you_mean(local(graph), map(local, places))}"
        raise UnknownNameError(message)
    return Reports({graph: path for graph, path in places.items() if graph in wanted}, tuple(shared), stores)


def _in_file(path: Path, shared: dict[ox.Triple, None]) -> Iterable[str]:
    """The graphs of the reports in a file, in its order; `shared` gets what stands in none of them."""
    graphs: dict[str, None] = {}
    for quad in rdf_files.quads(path):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            message = f"{path}: has nodes without an IRI, which no two pushes call the same; push what kg build has written"
            raise KgError(message)
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value not in _OF_NO_REPORT:
            graphs[quad.graph_name.value] = None
        else:
            shared[quad.triple] = None
    if not graphs:
        message = f"{path}: no graph of a report in it; push .trig or .nq, which keep reports apart: kg build -f trig"
        raise KgError(message)
    return graphs


def _in_store(opened: Opened, shared: dict[ox.Triple, None]) -> Iterable[str]:
    """The same of a store, which has no blank nodes."""
    for graph in _OF_NO_REPORT:
        shared |= dict.fromkeys(_triples(opened, graph))
    return [row.iri for row in opened.reports]


def _triples(opened: Opened, graph: str) -> Iterator[ox.Triple]:
    return (quad.triple for quad in opened.database.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
