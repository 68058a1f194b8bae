"""kg, measured as `theirs` measures other tools, in a process of its own.

    python -m bench.ours seed=seeds/….txt … < /dev/null

Prints the same as `theirs`, and of the warm reading the seconds that find, resolve and relate take.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.theirs import ROUNDS

from kg import language, ontology, pipeline
from kg.model import Document
from kg.readers import read


def main(paths: dict[str, Path]) -> dict[str, object]:
    """The figures and names by the name of each report."""
    documents = {name: read(path) for name, path in paths.items()}
    known = ontology.load()
    language.load(documents["seed"].language)
    ready = time.process_time()
    runs = [_seconds(documents["seed"]) for _ in range(1 + ROUNDS)]
    names = {}
    for name, document in documents.items():
        texts = {p.number: p.text for p in document.paragraphs}
        mentions = [(number, m) for number, found in pipeline.extract(document).extraction.mentions for m in found]
        named = {(number, texts[number][m.start : m.end]) for number, m in mentions if known.is_a(m.kind, {"Organization", "Place"})}
        names[name] = sorted(named)
    relating, whole = min(runs[1:], key=lambda run: run[1])
    return {"load": ready, "cold": runs[0][1], "warm": whole, "relating": relating, "names": names}


def _seconds(document: Document) -> tuple[float, float]:
    """Seconds of the processor: from find to relate, and all of extraction."""
    marks: dict[str, float] = {}

    def mark(stage: str) -> None:
        marks[stage] = time.process_time()

    begin = time.process_time()
    pipeline.extract(document, mark)
    return marks["observe"] - marks["find"], time.process_time() - begin


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main({name: Path(path) for name, _, path in (argument.partition("=") for argument in sys.argv[1:])})))
