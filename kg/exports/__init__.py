"""Graphs in the formats of other tools: each a module with `render(data)`, which gives the bytes of its files by name.

`kg.writers` has what a build writes of a report; here is what can be made of its graph afterwards, and of several graphs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from kg import files
from kg.exports.data import Data

# A new format is one module of that name and one line here: what it is. Modules are imported when they are asked for.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "turtle": "Turtle, one graph",
        "trig": "TriG, a named graph for each report",
        "ntriples": "N-Triples, sorted",
        "nquads": "N-Quads, sorted",
        "jsonld": "JSON-LD 1.1 with short names, facts with their evidence inside",
        "rdf12": "Turtle of RDF 1.2, statements as reifiers",
        "graphml": "GraphML for Gephi, yEd, Cytoscape, igraph",
        "gexf": "GEXF for Gephi, coloured, with a timeline",
        "neo4j": "CSV for neo4j-admin database import",
        "excel": "CSV for Excel and other spreadsheets",
        "parquet": "Parquet tables for DuckDB, pandas, Polars, R",
        "void": "VoID, a description of the data set",
    }
)


def write(data: Data, folder: Path, formats: Iterable[str]) -> list[tuple[Path, int]]:
    """Write a graph in these formats, all at one stroke; give the path and the bytes of each file.

    A KgError when a file cannot be written or a format needs what is not installed.
    """
    with files.change(folder) as put:
        return [
            (put(name, content), len(content))
            for form in formats
            for name, content in import_module(f"kg.exports.{form}").render(data).items()
        ]
