"""A part: what one report says by itself, as sorted N-Quads, and the row that lists it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import files
from kg.errors import StoreError
from kg.ontology import BASE, DCTERMS, KG, RDF
from kg.store import folders, terms

_ROWS = "reports.jsonl"
_TYPE = ox.NamedNode(f"{RDF}type")


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A report of a store.

    id, title, date (ISO or ""), paragraphs, facts, numbers: of the report. part: sha256 of its part. source: sha256 of the file it was
    read from with what lies beside it. rules: sha256 of the program that read it, "" for a part that was brought ready.
    """

    id: str
    title: str
    date: str
    paragraphs: int
    facts: int
    numbers: int
    part: str
    source: str
    rules: str = ""

    @property
    def iri(self) -> str:
        """The report's IRI, which is that of its graph."""
        return BASE + self.id


def save(quads: Iterable[ox.Quad], folder: Path, name: str, source: str, rules: str = "") -> Row:
    """Write a part into a folder under its hash, and give its row; a StoreError when it is not what one report says. name: for errors."""
    found = list(quads)
    iri = _report(found, name)
    lines = sorted((ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    content = b"".join(dict.fromkeys(lines))
    digest = hashlib.sha256(content).hexdigest()
    files.write(folder / f"{digest}.nq.gz", gzip.compress(content, mtime=0))
    own = {q.predicate.value: terms.text(q.object) for q in found if terms.iri(q.subject) == iri}
    kinds = Counter(terms.iri(q.object) for q in found if q.predicate == _TYPE)
    numbered = sum(q.predicate.value == f"{KG}number" and terms.text(q.object).isdigit() for q in found)
    return Row(
        iri.removeprefix(BASE),
        own.get(f"{DCTERMS}title", ""),
        own.get(f"{DCTERMS}date", ""),
        numbered,
        kinds[f"{KG}Statement"],
        kinds[f"{KG}Observation"],
        digest,
        source,
        rules,
    )


def load(path: Path) -> list[ox.Quad]:
    """The quads of a part."""
    return parse(gzip.decompress(path.read_bytes()))


def parse(content: bytes) -> list[ox.Quad]:
    """The quads of N-Quads."""
    return list(ox.parse(content, format=ox.RdfFormat.N_QUADS))


def rows(generation: Path) -> tuple[Row, ...]:
    """The reports of a generation, by id."""
    return tuple(Row(**json.loads(line)) for line in (generation / _ROWS).read_text("utf-8").splitlines())


def write_rows(generation: Path, listed: Sequence[Row]) -> None:
    """List the reports of a generation."""
    (generation / _ROWS).write_text("".join(f"{json.dumps(asdict(row), ensure_ascii=False)}\n" for row in sorted(listed)), "utf-8")


def clear(root: Path, listed: Iterable[Row]) -> None:
    """Take away the parts of no listed report."""
    kept = {folders.part(root, row.part).name for row in listed}
    for path in (root / folders.PARTS).iterdir():
        if path.name not in kept:
            path.unlink()


def _report(quads: Sequence[ox.Quad], name: str) -> str:
    """The IRI of the one report that a part is of."""
    graphs = {q.graph_name for q in quads} - {terms.DEFAULT}
    reports = {q.subject for q in quads if q.predicate == _TYPE and q.object == ox.NamedNode(f"{KG}Report")}
    blank = any(isinstance(term, ox.BlankNode) for q in quads for term in (q.subject, q.object, q.graph_name))
    if len(graphs) != 1 or graphs != reports or blank:
        message = f"{name}: not what one report says, in a graph of that report and without blank nodes; make it with kg build -f nq"
        raise StoreError(message)
    (iri,) = map(terms.iri, graphs)
    if not iri.startswith(BASE) or "/" in iri.removeprefix(BASE):
        message = f"{name}: the report's IRI {iri} does not begin with {BASE}; make the part with kg build -f nq"
        raise StoreError(message)
    return iri
