"""That no shipped question is one of those that an engine's planner drowns in: all end in time at 100,000 triples, with the same rows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import corpus
import pytest
from rdflib_source import Rdflib

from kg import pipeline, queries, rdf
from kg.errors import QueryError
from kg.queries import Answer, Question, sources
from kg.queries.limits import Limits, Worker
from kg.queries.sources import Source
from kg.writers import nquads

REPORTS = 22
LIMITS = Limits(seconds=60)  # of each question; on a quiet machine the slowest takes three


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Made-up reports of more than 100,000 triples, as N-Quads."""
    folder = tmp_path_factory.mktemp("parts")
    found = []
    for path in corpus.write(folder, REPORTS):
        found.append(path.with_suffix(".nq"))
        found[-1].write_bytes(nquads.render(pipeline.build(path)))
    return tuple(found)


def _rdflib(parts: tuple[Path, ...]) -> Source:
    return Rdflib(rdf.read(*parts))


def _ask(asked: Question, source: Source) -> Answer:
    return queries.ask(source, asked)


def _count(source: Source) -> Answer:
    return queries.ask(source, queries.parse("count", "test", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))


def test_every_question_ends_on_both_engines(parts: tuple[Path, ...]) -> None:
    """Each question, with its default parameters, ends within the limit on rdflib and on oxigraph, which give the same rows."""
    slow, different = [], []
    with (
        Worker(partial(_rdflib, parts), LIMITS, sealed=False) as one,
        Worker(partial(sources.of_files, parts), LIMITS) as other,
    ):
        ((triples,),) = other.run("count", _count).rows
        assert int(triples) > 100_000
        for asked in queries.catalogue():
            try:
                answers = {worker.run(asked.name, partial(_ask, asked)) for worker in (one, other)}
            except QueryError as error:
                slow.append(str(error))
            else:
                different += [asked.name] if len(answers) > 1 else []
    assert (slow, different) == ([], [])
