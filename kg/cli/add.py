"""`kg add`: reports into the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pyoxigraph as ox

from kg import checks, fingerprints, pipeline, rdf_files, store
from kg.cli.stores import STORE, WAIT, lines, tell
from kg.errors import KgError, ReportError
from kg.store import changes, folders, parts
from kg.store.parts import Row
from kg.writers import nquads

_READY = ".nq"


@click.command(epilog="Example: kg add seeds/000_99bf147bf4ea3876.txt")
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path))
@STORE
@WAIT
def command(reports: tuple[Path, ...], root: Path, wait: float) -> None:
    """Add REPORTS to the store, or replace them in it, all at once; files of kg build -f nq are taken as they are.

    One that is as it was is not read again. One that cannot be read is told of, and the others are added. Without REPORTS, what
    review.yaml in the store says of names is applied.
    """
    if not reports and not store.is_store(root):
        message = f"{root}: no store here; make one with kg add REPORT --store {root}"
        raise KgError(message)
    with folders.incoming(root) as incoming:
        known = _known(root)
        brought: dict[str, tuple[Row, Path]] = {}
        bad = 0
        with click.progressbar(reports, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty(), show_eta=False) as bar:
            for path in bar:
                try:
                    row = _row(path, known, incoming)
                    if row.id in brought:
                        message = f"{path}: has the id of {brought[row.id][1]}, which was given before; rename one"
                        raise ReportError(message)
                    brought[row.id] = row, path
                except KgError as error:
                    tell(f"Error: {error}")
                    bad += 1
        if brought or not reports:
            with folders.writing(root, "kg add", wait, tell):
                changed = changes.apply(root, [row for row, _ in brought.values()], incoming)
            for line in changed.unmet:
                tell(line)
            click.echo("\n".join(lines(root, changed)))
    if bad:
        message = f"{bad} of {len(reports)} reports were not added"
        raise ReportError(message)


def _known(root: Path) -> dict[str, Row]:
    """The reports that are in the store, by id."""
    if not store.is_store(root):
        return {}
    with store.open(root) as opened:
        return {row.id: row for row in opened.reports}


def _row(path: Path, known: dict[str, Row], incoming: Path) -> Row:
    """The row of a report, whose part now lies in `incoming`, or that of the store when the report is as it was."""
    try:
        source = fingerprints.source(path)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}; give the path of a report"
        raise ReportError(message) from error
    ready = path.suffix == _READY
    rules = "" if ready else fingerprints.rules()
    same = next((row for row in known.values() if (row.source, row.rules) == (source, rules) and (ready or row.id == path.stem)), None)
    if same:
        return same
    quads = list(rdf_files.quads(path) if ready else _read(path))
    checks.require(q.triple for q in quads)
    return parts.save(quads, incoming, str(path), source, rules)


def _read(path: Path) -> Iterator[ox.Quad]:
    """What a report says; an ExpectationError when it is less than its .toml expects."""
    built = pipeline.build(path)
    checks.require_expected(built.extraction)
    return nquads.quads(built)
