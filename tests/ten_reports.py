"""Ten made-up reports that share bodies, facts and general names, and what tests of a store do with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kg import pipeline, store
from kg.ontology import BASE, KG
from kg.store import changes, folders, parts
from kg.store.changes import Changed
from kg.writers import nquads

TEXTS = {
    "r-01": "1. 绿原妇女儿童发展协会(绿原协会)与开发署合作，在卢旺达实施促进湖区妇女参政的联合方案。\n2. 绿原协会发布了第一份手册。\n",
    "r-02": "1. 绿原协会与儿基会合作。\n2. 绿原协会在肯尼亚开展活动。\n",
    "r-03": "1. 开发署发布了第一份手册。\n2. 儿基会在肯尼亚开展活动。\n",
    "r-04": "1. 妇女署支持卢旺达执行安全理事会第1325(2000)号决议。\n",
    "r-05": "1. 开发署通过了第1325(2000)号决议。\n2. 绿原协会在卢旺达开展活动。\n",
    "r-06": "1. 妇女署与开发署合作。\n",
    "r-07": "1. 开发署发布了报告(A/99/6)。另见A/99/6。\n",
    "r-08": "1. 开发署与儿基会合作。\n2. 2012年，绿原协会培训了120名妇女。\n",
    "r-09": "1. 开发署与儿基会合作。\n2. 绿原协会与蓝山妇女协会合作。\n",
    "r-10": "1. 儿基会发布了第一份手册。\n2. 妇女署与儿基会合作。\n",
}
CHANGED = "1. 开发署在肯尼亚开展活动。\n2. 绿原协会发布了第一份手册。\n"
SYMBOLS = {"r-06": "A/99/6"}
IDS = tuple(TEXTS)
_SHARED = Path("/dev/shm")  # noqa: S108  a folder in memory
MEMORY = _SHARED if _SHARED.is_dir() else None


def write(folder: Path, ids: Iterable[str] = IDS, text: str = "") -> list[Path]:
    """The files of these reports, or of others with that text, each with its .toml."""
    for name in ids:
        (folder / f"{name}.txt").write_text(text or TEXTS[name], "utf-8")
        symbol = f'symbol = "{SYMBOLS[name]}"\n' if name in SYMBOLS else ""
        (folder / f"{name}.toml").write_text(f'title = "编造的报告{name[2:]}"\n{symbol}', "utf-8")
    return [folder / f"{name}.txt" for name in ids]


@cache
def part(name: str, text: str = "") -> bytes:
    """What a report says by itself, as N-Quads."""
    with TemporaryDirectory() as folder:
        (path,) = write(Path(folder), [name], text)
        return nquads.render(pipeline.build(path))


def put(root: Path, added: Iterable[tuple[str, bytes]] = (), removed: Sequence[str] = ()) -> Changed:
    """Add parts to a store, and remove reports, in one change."""
    with folders.incoming(root) as incoming:
        rows = [parts.save(parts.parse(content), incoming, name, name) for name, content in added]
        with folders.writing(root, "a test", 60, lambda _line: None):
            return changes.apply(root, rows, incoming, removed)


def add(root: Path, *names: str) -> Changed:
    """Add reports of the ten to a store."""
    return put(root, [(name, part(name)) for name in names])


def content(root: Path) -> list[str]:
    """All that a store holds, a quad a line, sorted."""
    with store.open(root) as opened:
        return sorted(map(str, opened.quads))


def facts(root: Path) -> set[str]:
    """The plain facts of a store, as "subject relation object" by the last part of each IRI behind the base."""
    with store.open(root) as opened:
        found = opened.query(f"SELECT ?s ?p ?o {{ ?st a <{KG}Statement> ; <{_RDF}subject> ?s ; <{_RDF}predicate> ?p ; <{_RDF}object> ?o }}")
        assert isinstance(found, ox.QuerySolutions)
        return {" ".join(str(term.value).removeprefix(BASE).removeprefix(KG) for term in row) for row in found}


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
