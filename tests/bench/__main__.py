"""Measure, and write docs/benchmarks.md.

python -m bench                         all subjects; writes the page too
python -m bench questions --most 10     one of them; prints its tables
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import asking, building, explorer, extraction, growth, published, stages
from bench.table import Scope, Subject, Table

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
SUBJECTS: dict[str, tuple[str, Subject]] = {
    "extraction": ("Extraction, beside other tools", extraction.tables),
    "stages": ("Extraction, stage by stage", stages.tables),
    "building": ("A build and a question, beside spaCy alone", building.tables),
    "growth": ("From one report to many", growth.tables),
    "questions": ("The shipped questions, on four engines", asking.tables),
    "explorer": ("The explorer, beside pyvis", explorer.tables),
    "published": ("Systems that cannot run here", published.tables),
}
HEAD = """# Benchmarks

Written by `make bench`; every figure but those of the last section was measured in one run, on this machine: {machine}. Read ratios, not
absolutes: another machine, or a busy one, gives other seconds. – is: not measured. Made-up reports are those of `tests/corpus.py`:
paragraphs of the seed and of the gold reports in new company, with other countries, bodies, years and numbers. One subject by itself:
`make bench ONLY=questions`; up to a thousand reports: `make bench MOST=1000`.
"""


def machine() -> str:
    """What the figures depend on: cores, memory, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB of memory, Python {platform.python_version()}"


def page(found: dict[str, list[Table]]) -> str:
    """The tables of subjects, by subject."""
    sections = [f"## {SUBJECTS[name][0]}\n\n" + "\n".join(table.markdown() for table in tables) for name, tables in found.items()]
    return "\n".join([HEAD.format(machine=machine()), *sections])


def main(arguments: Sequence[str]) -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"one of {', '.join(SUBJECTS)}")
    parser.add_argument("--most", type=int, default=100, help="made-up reports at most (100)")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"no subject {min(unknown)!r}; there are {', '.join(SUBJECTS)}")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        scope = Scope(Path(folder), asked.most)
        for name in asked.subjects or SUBJECTS:
            begin = time.perf_counter()
            found[name] = SUBJECTS[name][1](scope)
            print("\n".join(table.markdown() for table in found[name]), flush=True)
            print(f"{name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    if not asked.subjects:
        PAGE.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
