"""How time, memory and size grow with the number of made-up reports (tests/corpus.py): build, store, Turtle and N-Quads."""

from __future__ import annotations

import gzip
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import corpus
from bench.building import ROOT
from bench.processes import KG, answered, measured
from bench.steps import size
from bench.table import NOTHING, Scope, Table, figure

ADDED = 100  # reports that `kg add` is measured with at most: it checks the shapes of each
RDFLIB = 10  # reports that rdflib writes and reads again at most
_MB = 1e6


def tables(scope: Scope) -> list[Table]:
    """Build, then store, then files."""
    return [_building(scope), _storing(scope), _files(scope)]


@cache
def parts(scope: Scope) -> tuple[tuple[Path, ...], list[dict[str, float]]]:
    """The parts of all made-up reports, and the figures of their making."""
    corpus.write(scope.folder / "corpus", scope.most)
    figures: list[dict[str, float]] = step("build", scope.folder / "corpus", scope.folder / "parts", str(scope.most))
    return tuple(sorted((scope.folder / "parts").glob("*.nq"))), figures


def step(*arguments: str | Path) -> Any:  # noqa: ANN401  JSON
    """The figures of a step in a process of its own."""
    command = [sys.executable, "-m", "bench.steps", *arguments]
    return json.loads(answered(command, environment={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}))


@cache
def added(scope: Scope, count: int) -> tuple[Path, float, float]:
    """The store of so many reports, as `kg add` makes it; seconds and megabytes that this takes."""
    store = scope.folder / f"store-{count}"
    return store, *measured([KG, "add", *parts(scope)[0][:count], "--store", store])


@cache
def _stored(scope: Scope, count: int) -> dict[str, float]:
    figures: dict[str, float] = step("disk", scope.folder / f"database-{count}", *parts(scope)[0][:count])
    return figures


def _building(scope: Scope) -> Table:
    rows, (one, *_) = [], parts(scope)[1]
    for found in parts(scope)[1]:
        reports, seconds = found["reports"], found["extract"] + found["write"]
        rows.append(
            (
                f"{reports:,.0f}",
                figure(found["characters"]),
                figure(found["extract"]),
                figure(found["write"]),
                figure(found["check"]) if reports <= ADDED else NOTHING,
                figure(seconds / reports / (one["extract"] + one["write"])),
                figure(found["mb"]),
                figure(found["quads"] / reports),
            )
        )
    note = (
        "In one process, the first reports first; seconds of one core. Facts: from the file to facts and numbers; part: to sorted"
        f" N-Quads on the disk; shapes: SHACL, of the first {ADDED}. The first report also pays for loading kg's files."
    )
    columns = (
        "reports",
        "characters",
        "facts, s",
        "part, s",
        "shapes, s",
        "a report takes, against the first",
        "MB at most",
        "quads a report",
    )
    return Table("Building", columns, tuple(rows), note)


def _storing(scope: Scope) -> Table:
    rows = []
    for count in scope.sizes:
        chosen = parts(scope)[0][:count]
        found = _stored(scope, count)
        texts = b"".join(path.read_bytes() for path in chosen)
        took, kept = NOTHING, NOTHING
        if count <= ADDED:
            store, seconds, memory = added(scope, count)
            took, kept = f"{figure(seconds)} ({figure(memory)} MB)", figure(size(store) / _MB)
        packed = sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in chosen)
        numbers = (len(texts) / _MB, packed / _MB, found["load"], found["mb"], found["bytes"] / _MB, found["bytes"] / found["quads"])
        rows.append((f"{count:,}", figure(found["quads"]), *map(figure, numbers), took, kept))
    note = (
        "Load: pyoxigraph's bulk load of the parts into a store on disk, made compact. `kg add`, which also checks the shapes of each"
        f" part and decides which names are one thing, is measured up to {ADDED} reports, memory at most in brackets."
    )
    columns = (
        "reports",
        "quads",
        "N-Quads, MB",
        "gzip, MB",
        "load, s",
        "load, MB at most",
        "on disk, MB",
        "bytes a quad",
        "`kg add`, s",
        "its store, MB",
    )
    return Table("The store", columns, tuple(rows), note)


def _files(scope: Scope) -> Table:
    rows = []
    for count in scope.sizes:
        for kind, name in (("turtle", "Turtle"), ("nquads", "N-Quads")):
            found = {
                library: step(kind, library, *parts(scope)[0][:count])
                for library in ("rdflib", "oxigraph")
                if library != "rdflib" or count <= RDFLIB
            }
            for library, figures in found.items():
                ours = found["oxigraph"]
                ratios = (figure(figures[which] / ours[which]) for which in ("write", "load"))
                sizes = (figure(figures["bytes"] / _MB), figure(figures["mb"]))
                rows.append((f"{count:,}", name, library, figure(figures["write"]), figure(figures["load"]), *ratios, *sizes))
    note = f"Into memory; seconds of the clock. rdflib is measured up to {RDFLIB} reports."
    columns = ("reports", "format", "by", "write, s", "load, s", "write, times oxigraph", "load, times oxigraph", "file, MB", "MB at most")
    return Table("Turtle and N-Quads", columns, tuple(rows), note)
