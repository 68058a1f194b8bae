"""RDF files as pyoxigraph reads them, without rdflib, which takes longer to import than a graph takes to load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import files, nesting, store
from kg.errors import KgError, did_you_mean

_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS}


def quads(path: Path) -> Iterator[ox.Quad]:
    """The quads of an RDF file, in its order, or of a store's folder; a KgError names the file and the line of a fault."""
    if path.is_dir():
        with store.open(path) as opened:
            yield from opened.quads
        return
    files.settle(path.parent)
    if path.suffix not in _FORMATS:
        message = f"{path}: no reader for the graph format {path.suffix or 'without a suffix'!r}; {did_you_mean(path.suffix, _FORMATS)}"
        raise KgError(message)
    content = path.read_bytes() if path.is_file() else b""
    if (deep := nesting.of_rdf(content)) is not None:
        line = content.count(b"\n", 0, deep) + 1
        message = f"{path}:{line}: triples within triples, too deep to be read; give a graph that kg build has written"
        raise KgError(message)
    try:
        yield from ox.parse(path=path, format=_FORMATS[path.suffix])
    except SyntaxError as error:
        message = f"{path}:{error.lineno}: not {_FORMATS[path.suffix].name}: {error.msg}; mend the file or build it again: kg build"
        raise KgError(message) from error
    except OSError as error:
        reason = str(error).partition(" (os error")[0]
        message = f"{path}: cannot be read: {reason}; give a graph that kg build has written"
        raise KgError(message) from error
