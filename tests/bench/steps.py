"""One step of the life of many reports, in a process of its own, so that its time and memory are its own.

    python -m bench.steps build CORPUS PARTS COUNT
    python -m bench.steps disk DATABASE PART…
    python -m bench.steps turtle|nquads rdflib|oxigraph PART…

Prints figures as JSON: seconds (of one core for `build`, else of the clock), MB of memory at most, bytes on the disk.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset, Graph

from kg import checks, pipeline, rdf
from kg.writers import nquads

_OX = {"turtle": ox.RdfFormat.TURTLE, "nquads": ox.RdfFormat.N_QUADS}
_CHECKED = 100


def build(corpus: Path, parts: Path, count: int) -> list[dict[str, float]]:
    """Read the first reports of a folder into parts; figures at 1, 10, 100 … and the last. The shapes are checked of the first 100."""
    parts.mkdir(exist_ok=True)
    marks, checked = [], 0.0
    sums = {"extract": 0.0, "write": 0.0, "characters": 0, "quads": 0, "bytes": 0}
    for number, path in enumerate(sorted(corpus.glob("*.txt"))[:count], 1):
        begin = time.process_time()
        built = pipeline.build(path)
        extracted = time.process_time()
        part = nquads.render(built)
        (parts / f"{path.stem}.nq").write_bytes(part)
        written = time.process_time()
        if number <= _CHECKED:
            checks.require(built.triples)
            checked += time.process_time() - written
        sums["extract"] += extracted - begin
        sums["write"] += written - extracted
        sums["characters"] += sum(len(p.text) for p in built.document.paragraphs)
        sums["quads"] += part.count(b"\n")
        sums["bytes"] += len(part)
        if number in {10**power for power in range(9)} or number == count:
            marks.append({"reports": number, "check": checked, "mb": _peak(), **sums})
    return marks


def disk(database: Path, parts: Sequence[Path]) -> dict[str, float]:
    """Load parts into a store on disk, all at once: each load by itself leaves a file of its own."""
    with tempfile.NamedTemporaryFile(suffix=".nq") as whole:
        for part in parts:
            whole.write(part.read_bytes())
        whole.flush()
        begin = time.perf_counter()
        store = ox.Store(str(database))
        store.bulk_load(path=whole.name, format=ox.RdfFormat.N_QUADS)
        store.flush()
        store.optimize()
        seconds = time.perf_counter() - begin
    return {"load": seconds, "mb": _peak(), "quads": len(store), "bytes": size(database)}


def rewritten(kind: str, library: str, parts: Sequence[Path]) -> dict[str, float]:
    """Write what parts hold in a format, and load that again."""
    write, load = (_rdflib if library == "rdflib" else _oxigraph)(kind, parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"all.{kind}"
        begin = time.perf_counter()
        write(path)
        written = time.perf_counter()
        load(path)
        return {"write": written - begin, "load": time.perf_counter() - written, "mb": _peak(), "bytes": path.stat().st_size}


def size(folder: Path) -> int:
    """The bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _rdflib(kind: str, parts: Sequence[Path]) -> tuple[Callable[[Path], object], Callable[[Path], object]]:
    """As rdflib does it: Turtle of a Graph, N-Quads of a Dataset."""
    fresh: Callable[[], Graph] = Graph if kind == "turtle" else Dataset
    held = fresh()
    if isinstance(held, Dataset):
        for s, p, o, name in rdf.quads(*parts):
            (held.graph(name) if name else held.default_graph).add((s, p, o))
    else:
        held.addN((s, p, o, held) for s, p, o, _ in rdf.quads(*parts))
    return lambda path: held.serialize(path, format=kind), lambda path: fresh().parse(path, format=kind)


def _oxigraph(kind: str, parts: Sequence[Path]) -> tuple[Callable[[Path], object], Callable[[Path], object]]:
    """As pyoxigraph does it, from and into a store in memory."""
    held = ox.Store()
    for part in parts:
        held.bulk_load(path=part, format=ox.RdfFormat.N_QUADS)

    def write(path: Path) -> None:
        if kind == "nquads":
            ox.serialize(held, path, _OX[kind])
        else:
            ox.serialize((quad.triple for quad in held), path, _OX[kind])

    return write, lambda path: ox.Store().bulk_load(path=path, format=_OX[kind])


def _peak() -> float:
    """MB of memory at most; `ru_maxrss` would begin with those of the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def main(step: str, *arguments: str) -> object:
    """The figures of a step."""
    if step == "build":
        corpus, parts, count = arguments
        return build(Path(corpus), Path(parts), int(count))
    first, *rest = arguments
    paths = list(map(Path, rest))
    return disk(Path(first), paths) if step == "disk" else rewritten(step, first, paths)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
