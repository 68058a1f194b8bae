"""How many characters a second one core reads into facts once the files are loaded, stage by stage, on three bodies of text.

    python tests/bench_extract.py

Figures are characters of the paragraphs' text for each second of one core, the best of several rounds. On a busy machine they fall;
compare two versions of the program by running both at the same time.
"""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from many_reports import GOLD, SEED, reports

from kg import facts, iris, issues, language, ontology, pipeline, rdf, rules
from kg.model import Document
from kg.readers import read
from kg.resolver import Resolver

ROUNDS = 3
MANY = 200
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


def timed(function: Callable[..., Any], seconds: defaultdict[str, float], stage: str) -> Callable[..., Any]:
    """The function, which adds the time it takes to that of its stage."""

    def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401  whatever the function takes and gives
        begin = time.process_time()
        result = function(*args, **options)
        seconds[stage] += time.process_time() - begin
        return result

    return call


def measured(documents: Sequence[Document]) -> dict[str, float]:
    """Seconds of each stage, of all of extraction, and of what makes a file of it."""
    seconds: defaultdict[str, float] = defaultdict(float)
    gc.collect()
    gc.freeze()  # the texts to be read are no garbage of ours
    with ExitStack() as patches:
        for stage, places in STAGES.items():
            for place, name in places:
                patches.enter_context(patch.object(place, name, timed(getattr(place, name), seconds, stage)))
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


def main() -> None:
    """Print the table."""
    rules.check(rules.load(language.load("zh"), ontology.load()))  # compiled when first needed
    corpora = {"seed": [read(SEED)], "gold": [read(path) for path in GOLD], "made up": list(reports(MANY))}
    columns: dict[str, dict[str, float]] = {}
    for name, documents in corpora.items():
        measured(documents[:20])  # what is loaded or compiled once
        rounds = [measured(documents) for _ in range(1 if len(documents) == MANY else ROUNDS * 3)]
        best = {stage: min(seconds[stage] for seconds in rounds) for stage in rounds[0]}
        best["find and relate"] = sum(best[stage] for stage in FIND_AND_RELATE)
        characters = sum(len(p.text) for document in documents for p in document.paragraphs)
        columns[f"{name} ({characters:,})"] = {stage: characters / seconds for stage, seconds in best.items()}
    print(f"{'characters/s of one core':<24}" + "".join(f"{name:>22}" for name in columns))
    for stage in (*STAGES, "find and relate", "all of extraction", "describe", "write"):
        print(f"{stage:<24}" + "".join(f"{rates[stage]:>22,.0f}" for rates in columns.values()))


if __name__ == "__main__":
    main()
