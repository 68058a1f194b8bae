"""Write kg/lang/zh/confidence.yaml anew: of the facts and numbers read so, how many are right in the gold standards of tests/gold.

    python tests/measure_confidence.py

Run it when a rule or a gold standard has changed; `test_confidence.py` tells when it is due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg import confidence, gold, pipeline
from kg.graph import K
from kg.network import Index
from kg.pipeline import Built
from kg.score import Score, score

GOLD = Path(__file__).parent / "gold"
SEED = GOLD.parent.parent / "seeds" / "000_99bf147bf4ea3876.txt"
TABLE = GOLD.parent.parent / "kg" / "lang" / "zh" / "confidence.yaml"
HEAD = """\
# Of the facts and numbers of the gold standards that were read by a rule, or by a name known in a way: [right, judged].
# Written by tests/measure_confidence.py; kg/confidence.py tells what is made of it.
"""


def scores(seed: Built) -> Iterator[tuple[Index, Score]]:
    """The score of each gold folder on its report."""
    for folder in sorted(path.parent for path in GOLD.glob("*/relations.txt")):
        source = gold.source(folder)
        build = seed if source.report.samefile(SEED) else pipeline.build(source.report)
        yield Index(build.graph), score(build.graph, folder, source.first, source.last)


def table(seed: Built) -> str:
    """The text of the file."""
    right: dict[str, Counter[str]] = {"rules": Counter(), "ways": Counter()}
    judged: dict[str, Counter[str]] = {"rules": Counter(), "ways": Counter()}
    for index, found in scores(seed):
        for one in (*found.relaxed.judged, *found.observations.judged):
            rules = {index.text(evidence, K.rule) for evidence in one.evidence}
            hows = {index.text(evidence, how) for evidence in one.evidence for how in (K.subjectKnownBy, K.objectKnownBy)} - {""}
            for part, keys in (("rules", rules), ("ways", {confidence.way(how) for how in hows})):
                judged[part].update(keys)
                right[part].update(keys if one.right else ())
    lines = [HEAD.rstrip()]
    for part, counts in judged.items():
        lines += [f"{part}:", *(f"  {key}: [{right[part][key]}, {count}]" for key, count in sorted(counts.items()))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(pipeline.build(SEED)), encoding="utf-8")
