"""Each shipped question on each engine, at 1, 100 and more reports, within a limit of time."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox
import servers
from bench import growth
from bench.table import NOTHING, Scope, Table, figure
from rdflib_source import Rdflib

from kg import queries, rdf
from kg.errors import QueryError
from kg.ontology import BASE
from kg.queries import sources
from kg.queries.limits import Limits, Worker
from kg.queries.sources import Source
from kg.remote.addresses import addresses
from kg.remote.connection import Connection
from kg.remote.endpoint import Endpoint

SECONDS = 10.0
LIMITS = Limits(SECONDS, megabytes=16_000)
_QUICK = 0.5  # what takes no longer is asked three times
Asked = dict[str, tuple[float, int]]  # by question: seconds, or infinity, and rows


def tables(scope: Scope) -> list[Table]:
    """A summary by engine and size, then a table for each size."""
    found: dict[int, dict[str, Asked]] = {}
    over: dict[str, set[str]] = {engine: set() for engine in ENGINES}
    sizes = [size for size in scope.sizes if size in {1, 100} or size == scope.most]
    for size in sizes:
        found[size] = {}
        for engine, (most, source) in ENGINES.items():
            kind = engine.lower()
            if size <= most and (kind not in servers.KINDS or (kind in scope.servers and not servers.missing(kind))):
                with source(scope, size) as opened:
                    found[size][engine] = _asked(opened, over[engine])
                over[engine] |= {name for name, (seconds, _) in found[size][engine].items() if seconds > SECONDS}
    return [_summary(found), *(_each(size, engines) for size, engines in found.items())]


def _asked(opened: Callable[[], Source], over: set[str]) -> Asked:
    """Every question but those over the limit already, asked of a source that the worker opens."""
    told: Asked = {}
    with Worker(opened, LIMITS, sealed=False) as worker:
        for question in queries.catalogue():
            if question.name not in over:
                try:
                    told[question.name] = worker.run(question.name, partial(_seconds, question))
                except QueryError:
                    told[question.name] = (float("inf"), 0)
    return told


def _seconds(question: queries.Question, source: Source) -> tuple[float, int]:
    """Seconds of a question, of three times the median where it is quick, and the number of its rows."""
    took: list[float] = []
    while not took or (len(took) < 3 and took[0] < _QUICK):
        begin = time.perf_counter()
        answer = queries.ask(source, question)
        took.append(time.perf_counter() - begin)
    return statistics.median(took), len(answer.rows)


Opening = Iterator[Callable[[], Source]]


def _of_rdflib(parts: Sequence[Path]) -> Source:
    return Rdflib(rdf.read(*parts))


@contextmanager
def _rdflib(scope: Scope, size: int) -> Opening:
    yield partial(_of_rdflib, growth.parts(scope)[0][:size])


@contextmanager
def _memory(scope: Scope, size: int) -> Opening:
    yield partial(sources.of_files, growth.parts(scope)[0][:size])


@contextmanager
def _disk(scope: Scope, size: int) -> Opening:
    yield partial(sources.of_store, growth.added(scope, size)[0])


@contextmanager
def _virtuoso(scope: Scope, size: int) -> Opening:
    """Filled graph by graph, without the checks of kg push."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(dir=scope.folder)))
        server = held.enter_context(servers.running("virtuoso", folder))
        held.enter_context(patch.dict("os.environ", server.environment))
        at = addresses(server.store)
        with Connection(at.store) as connection:
            for graph, triples in _graphs(growth.parts(scope)[0][:size]):
                connection.send("PUT", at.store, params={"graph": graph}, content=triples, headers={"content-type": "text/turtle"})
        yield partial(Endpoint, at.query)


def _graphs(parts: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """The graph of each part as N-Triples, and last what they share."""
    shared: set[ox.Triple] = set()
    for part in parts:
        own: dict[str, list[ox.Triple]] = {}
        for quad in ox.parse(path=part, format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, ox.NamedNode):
                own.setdefault(quad.graph_name.value, []).append(quad.triple)
            else:
                shared.add(quad.triple)
        for name, triples in own.items():
            yield name, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    yield f"{BASE}shared", ox.serialize(sorted(shared, key=str), format=ox.RdfFormat.N_TRIPLES) or b""


# By name: how many reports at most it is asked of, and what opens it.
ENGINES: Mapping[str, tuple[int, Callable[[Scope, int], AbstractContextManager[Callable[[], Source]]]]] = {
    "rdflib": (100, _rdflib),
    "oxigraph, memory": (1_000, _memory),
    "oxigraph, disk": (1_000_000, _disk),
    "Virtuoso": (1_000_000, _virtuoso),
}


def _summary(found: Mapping[int, Mapping[str, Asked]]) -> Table:
    rows = []
    for engine in ENGINES:
        before: Asked = {}
        for size, engines in found.items():
            rows.append((engine, f"{size:,}", *_summed(engines.get(engine), before)))
            before = engines.get(engine, {})
    note = (
        f"As `kg query` asks them, with default parameters and names for people, each within {SECONDS:g} s; a question over the limit is"
        " not asked again of more reports. – is: not measured (no server here, or more than this engine holds in memory within reason)."
        " The last column is the median over the questions of how many times as long each takes as in the line above."
    )
    columns = ("engine", "reports", "ended", "median, ms", "slowest, ms", "slowest", "grew, times")
    return Table("Questions: engines", columns, tuple(rows), note)


def _summed(asked: Asked | None, before: Asked) -> tuple[str, ...]:
    """An engine's line: how many questions ended, the median, the slowest, and how much longer they take than before."""
    if asked is None:
        return (NOTHING,) * 5
    ended = {name: seconds for name, (seconds, _) in asked.items() if seconds <= SECONDS}
    share = f"{len(ended)} of {len(queries.catalogue())}"
    if not ended:
        return share, *(NOTHING,) * 4
    slowest = max(ended, key=lambda name: ended[name])
    grown = [seconds / before[name][0] for name, seconds in ended.items() if name in before]
    grew = figure(statistics.median(grown)) if grown else NOTHING
    return share, figure(statistics.median(ended.values()) * 1000), figure(ended[slowest] * 1000), f"`{slowest}`", grew


def _each(size: int, engines: Mapping[str, Asked]) -> Table:
    rows, differing = [], []
    for question in queries.catalogue():
        name = question.name
        counts = {asked[name][1] for asked in engines.values() if name in asked and asked[name][0] <= SECONDS}
        differing += [name] if len(counts) > 1 else []
        shown = (_shown(asked.get(name)) if (asked := engines.get(engine)) is not None else NOTHING for engine in ENGINES)
        rows.append((f"`{name}`", ", ".join(f"{count:,}" for count in sorted(counts)) or NOTHING, *shown))
    same = (
        "All engines that ended gave the same number of rows." if not differing else f"Different numbers of rows: {', '.join(differing)}."
    )
    title = f"Questions at {size:,} report{'' if size == 1 else 's'}"
    return Table(title, ("question", "rows", *(f"{engine}, ms" for engine in ENGINES)), tuple(rows), same)


def _shown(told: tuple[float, int] | None) -> str:
    return "not asked" if told is None else f"> {SECONDS:g} s" if told[0] > SECONDS else figure(told[0] * 1000)
