"""How long a build and a question take and how much memory, against what spaCy alone takes to start."""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from bench.processes import KG, measured
from bench.table import NOTHING, Scope, Table, figure

from kg import pipeline
from kg.model import Document, Paragraph
from kg.readers import read

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_99bf147bf4ea3876.txt"
GRAPH = ROOT / "exports" / f"{SEED.stem}.ttl"
EXTRACTION = ("find", "resolve", "relate", "observe")
IMPORT = [sys.executable, "-c", "import spacy"]
SPACY = [sys.executable, "-c", "import spacy; spacy.blank('zh')"]


def tables(scope: Scope) -> list[Table]:
    """The stages of a build; whole processes; how extraction grows with the text."""
    return [_stages(scope), _processes(scope), _lengths(scope)]


def _stages(scope: Scope) -> Table:
    first, characters = _stage_seconds()
    rounds: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(scope.rounds):
        for stage, seconds in _stage_seconds()[0].items():
            rounds[stage].append(seconds)
    again = {stage: statistics.median(times) for stage, times in rounds.items()}
    rows = [(stage, figure(first[stage]), figure(again[stage]), figure(characters / again[stage])) for stage in first]
    rows.append(("all", figure(sum(first.values())), figure(sum(again.values())), figure(characters / sum(again.values()))))
    note = f"Seconds of the clock, in one process, for the seed report's {characters:,} characters. At first kg's files are loaded too."
    return Table("Stages of a build", ("stage", "first, s", "again, s", "characters/s"), tuple(rows), note)


def _stage_seconds() -> tuple[dict[str, float], int]:
    """Seconds of each stage of a build in this process, and the number of characters read."""
    marks: list[tuple[str, float]] = []
    built = pipeline.build(SEED, lambda stage: marks.append((stage, time.perf_counter())))
    marks.append(("describe", time.perf_counter()))
    _ = built.dataset
    ends = [*(at for _, at in marks[1:]), time.perf_counter()]
    seconds = {stage: end - at for (stage, at), end in zip(marks, ends, strict=True)}
    return seconds, sum(len(paragraph.text) for paragraph in built.document.paragraphs)


def _processes(scope: Scope) -> Table:
    """Whole processes in turn, so that what else the machine does meets all of them."""
    commands: dict[str, list[str | Path]] = {
        "`import spacy`": [*IMPORT],
        "spaCy's blank Chinese pipeline": [*SPACY],
        "`kg build`, with all exports": [KG, "build", SEED, "-o", scope.folder / "exports"],
        "`kg query`, the list": [KG, "query"],
        "`kg query partners`": [KG, "query", "partners", "--graph", GRAPH],
    }
    for command in commands.values():
        measured(command)  # so that all find their files in memory
    rounds = [{name: measured(command) for name, command in commands.items()} for _ in range(scope.rounds)]
    one, *_ = commands
    rows = []
    for name in commands:
        seconds = statistics.median(each[name][0] for each in rounds)
        ratio = statistics.median(each[name][0] / each[one][0] for each in rounds)
        rows.append((name, figure(seconds), figure(max(each[name][1] for each in rounds)), figure(ratio)))
    note = f"Medians of {scope.rounds} rounds in turn; `kg query partners` reads the seed's Turtle first."
    return Table("Whole processes", ("process", "s", "MB at most", f"times {one}"), tuple(rows), note)


def _lengths(scope: Scope) -> Table:
    """How the time of extraction grows with the text."""
    seed = read(SEED)
    characters = sum(len(paragraph.text) for paragraph in seed.paragraphs)
    sizes = [size for size in (1, 10) if size <= scope.most]
    texts = [(f"{size} report{'s' if size > 1 else ''}", seed, size, size) for size in sizes]
    texts += [(f"1 report, {size} times as long", _repeated(seed, size), 1, size) for size in sizes[1:]]
    rows, first = [], 0.0
    _extraction(seed, 1)
    for name, document, times, size in texts:
        seconds = statistics.median(_extraction(document, times) for _ in range(scope.rounds if size == 1 else 1))
        first = first or seconds
        rows.append((name, figure(seconds), figure(characters * size / seconds), figure(seconds / size / first) if size > 1 else NOTHING))
    columns = ("text", "s of one core", "characters/s", "a character takes, against 1 report")
    return Table("Extraction and the length of the text", columns, tuple(rows), "The seed again and again, in one process once loaded.")


def _repeated(document: Document, times: int) -> Document:
    """One report with the paragraphs of a report several times over."""

    def copy(paragraph: Paragraph, number: int) -> Paragraph:
        anchor = f"{number}.{paragraph.anchor}" if paragraph.anchor else ""
        return replace(paragraph, number=f"{number}.{paragraph.number}", anchor=anchor)

    return replace(document, paragraphs=tuple(copy(p, number) for number in range(times) for p in document.paragraphs))


def _extraction(document: Document, times: int) -> float:
    """Seconds of one core for extraction, from find to observe, of a report several times over."""
    total = 0.0
    for _ in range(times):
        marks: list[tuple[str, float]] = []
        pipeline.extract(document, lambda stage: marks.append((stage, time.process_time())))  # noqa: B023  called at once
        ends = [*(at for _, at in marks[1:]), time.process_time()]
        total += sum(end - at for (stage, at), end in zip(marks, ends, strict=True) if stage in EXTRACTION)
    return total
