"""The graphs of reports in files, read file by file, so that memory is that of the largest file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import rdf_files
from kg.errors import KgError, UnknownNameError, did_you_mean
from kg.ontology import BASE, local


@dataclass(frozen=True, slots=True)
class Reports:
    """files: the file of each report's graph, by its IRI; shared: what stands in no report's graph, each triple once."""

    files: Mapping[str, Path]
    shared: tuple[ox.Triple, ...] = field(repr=False)

    def __iter__(self) -> Iterator[tuple[str, tuple[ox.Triple, ...]]]:
        """Each report's graph and its triples."""
        for path in dict.fromkeys(self.files.values()):
            graphs: defaultdict[str, dict[ox.Triple, None]] = defaultdict(dict)
            for quad in rdf_files.quads(path):
                if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in self.files:
                    graphs[quad.graph_name.value][quad.triple] = None
            yield from ((graph, tuple(graphs[graph])) for graph in sorted(graphs))


def read(paths: Sequence[Path], only: Sequence[str] = ()) -> Reports:
    """The reports in TriG and N-Quads files, or only those of these ids; a KgError names a file that cannot be sent."""
    files: dict[str, Path] = {}
    shared: dict[ox.Triple, None] = {}
    for path in paths:
        before = len(files)
        for quad in rdf_files.quads(path):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                message = f"{path}: has nodes without an IRI, which no two pushes call the same; push what kg build has written"
                raise KgError(message)
            if not isinstance(quad.graph_name, ox.NamedNode):
                shared[quad.triple] = None
            elif files.setdefault(quad.graph_name.value, path) != path:
                message = f"{path}: {quad.graph_name.value} is also in {files[quad.graph_name.value]}; give one of them"
                raise KgError(message)
        if len(files) == before:
            message = f"{path}: no graph of a report in it; push .trig or .nq, which keep reports apart: kg build -f trig"
            raise KgError(message)
    wanted = {f"{BASE}{name}" for name in only} or files.keys()
    for graph in sorted(wanted - files.keys()):
        message = f"{local(graph)}: no such report in {', '.join(map(str, paths))}; {did_you_mean(local(graph), map(local, files))}"
        raise UnknownNameError(message)
    return Reports({graph: path for graph, path in files.items() if graph in wanted}, tuple(shared))
