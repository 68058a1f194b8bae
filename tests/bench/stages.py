"""How many characters a second one core reads into facts once the files are loaded, stage by stage, on three bodies of text."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import corpus
from bench.building import ROOT, SEED
from bench.table import Scope, Table, figure

from kg import facts, iris, issues, language, ontology, pipeline, rdf, rules
from kg.model import Document
from kg.readers import read
from kg.resolver import Resolver

MANY = 50
# Where the functions stand that do the work of a stage.
STAGES: dict[str, tuple[tuple[object, str], ...]] = {
    "names": ((pipeline, "find_names"),),
    "times": ((pipeline, "find_times"),),
    "quantities": ((pipeline, "read_numbers"),),
    "resolve": ((Resolver, "resolve"),),
    "relate": ((facts, "statements"),),
    "observe": ((pipeline, "observe"),),
    "issues": ((issues, "find"), (issues, "unmet")),
}
FIND_AND_RELATE = ("names", "times", "quantities", "resolve", "relate")
WHOLE = ("find and relate", "all of extraction", "describe", "write")


def tables(scope: Scope) -> list[Table]:
    """One table; a column for each body of text."""
    rules.check(rules.load(language.load("zh"), ontology.load()))  # compiled when first needed
    many = corpus.write(scope.folder / "stages", min(MANY, scope.most))
    gold = sorted((ROOT / "tests").glob("gold/*/report.txt")) if scope.most > 1 else []
    texts = {"the seed report": [SEED], "gold reports": gold or [SEED], "made-up reports": many}
    rates, lengths = {}, []
    for name, paths in texts.items():
        documents = [read(path) for path in paths]
        _measured(documents[:10])  # what is loaded or compiled once
        rounds = [_measured(documents) for _ in range(1 if name == "made-up reports" else scope.rounds)]
        best = {stage: min(seconds[stage] for seconds in rounds) for stage in rounds[0]}
        best["find and relate"] = sum(best[stage] for stage in FIND_AND_RELATE)
        characters = sum(len(p.text) for document in documents for p in document.paragraphs)
        lengths.append(f"{name} {characters:,}")
        rates[name] = {stage: characters / seconds for stage, seconds in best.items()}
    rows = [(stage, *(figure(rate[stage]) for rate in rates.values())) for stage in (*STAGES, *WHOLE)]
    note = (
        "Characters a second of one core (of the processor, not of the clock), once kg's files are loaded; the best of several rounds, of"
        f" the made-up reports one. Characters of each text: {', '.join(lengths)}."
    )
    return [Table("Extraction by stage", ("stage", *rates), tuple(rows), note)]


def _measured(documents: Sequence[Document]) -> dict[str, float]:
    """Seconds of each stage, of all of extraction, and of what makes a file of it."""
    seconds: defaultdict[str, float] = defaultdict(float)
    gc.collect()
    with ExitStack() as patches:
        for stage, places in STAGES.items():
            for place, name in places:
                patches.enter_context(patch.object(place, name, _timed(getattr(place, name), seconds, stage)))
        for document in documents:
            begin = time.process_time()
            built = pipeline.extract(document)
            extracted = time.process_time()
            described = built.described
            end = time.process_time()
            rdf.n_quads({"": described.shared, iris.report_iri(document): described.facts})
            seconds["all of extraction"] += extracted - begin
            seconds["describe"] += end - extracted
            seconds["write"] += time.process_time() - end
    return dict(seconds)


def _timed(function: Callable[..., Any], seconds: defaultdict[str, float], stage: str) -> Callable[..., Any]:
    """The function, which adds the time it takes to that of its stage."""

    def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401  whatever the function takes and gives
        begin = time.process_time()
        result = function(*args, **options)
        seconds[stage] += time.process_time() - begin
        return result

    return call
