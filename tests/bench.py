"""How long a build and a question take and how much memory, against what spaCy alone takes to start, measured in one run.

    make bench

Times are wall-clock seconds, those of extraction alone seconds of one core; the median of several rounds. Characters are those of
the paragraphs' text.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from kg import pipeline
from kg.model import Document, Paragraph
from kg.readers import read

SEED = Path(__file__).parent.parent / "seeds" / "000_99bf147bf4ea3876.txt"
KG = Path(sys.executable).with_name("kg")
ROUNDS = 5
EXTRACTION = ("find", "resolve", "relate", "observe")
GRAPH = SEED.parent.parent / "exports" / f"{SEED.stem}.ttl"
IMPORT = [sys.executable, "-c", "import spacy"]
SPACY = [sys.executable, "-c", "import spacy; spacy.blank('zh')"]


def stages() -> tuple[dict[str, float], int]:
    """Seconds of each stage of a build in this process, and the number of characters read."""
    marks: list[tuple[str, float]] = []
    built = pipeline.build(SEED, lambda stage: marks.append((stage, time.perf_counter())))
    marks.append(("describe", time.perf_counter()))
    _ = built.dataset
    ends = [*(at for _, at in marks[1:]), time.perf_counter()]
    seconds = {stage: end - at for (stage, at), end in zip(marks, ends, strict=True)}
    return seconds, sum(len(paragraph.text) for paragraph in built.document.paragraphs)


def repeated(document: Document, times: int) -> Document:
    """One report with the paragraphs of a report several times over."""

    def copy(paragraph: Paragraph, number: int) -> Paragraph:
        anchor = f"{number}.{paragraph.anchor}" if paragraph.anchor else ""
        return replace(paragraph, number=f"{number}.{paragraph.number}", anchor=anchor)

    return replace(document, paragraphs=tuple(copy(p, number) for number in range(times) for p in document.paragraphs))


def extraction(document: Document, times: int) -> float:
    """Seconds of one core for extraction, from find to observe, of a report several times over, once the files are loaded."""
    total = 0.0
    for _ in range(times):
        marks: list[tuple[str, float]] = []
        pipeline.extract(document, lambda stage: marks.append((stage, time.process_time())))  # noqa: B023  called at once
        ends = [*(at for _, at in marks[1:]), time.process_time()]
        total += sum(end - at for (stage, at), end in zip(marks, ends, strict=True) if stage in EXTRACTION)
    return total


def lengths() -> None:
    """Print how the time of extraction grows with the text."""
    seed = read(SEED)
    characters = sum(len(paragraph.text) for paragraph in seed.paragraphs)
    rows = [("1 report", seed, 1, 1), ("10 reports", seed, 10, 10), ("100 reports", seed, 100, 100)]
    rows += [(f"1 report, {more} times as long", repeated(seed, more), 1, more) for more in (10, 100)]
    first = 0.0
    print(
        "\nextraction (find to observe) of the seed 1, 10 and 100 times, in one process once loaded, in seconds of one core, and how much"
    )
    print("longer a character takes than in one seed")
    for name, document, times, size in rows:
        seconds = statistics.median(extraction(document, times) for _ in range(ROUNDS if size == 1 else 1))
        first = first or seconds
        print(f"  {name:<27} {seconds:7.3f} s {characters * size / seconds:12,.0f} characters/s {seconds / size / first:7.2f}")


def process(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of a whole process."""
    begin = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  our own commands
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)  # wait4 took it from Popen
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return time.perf_counter() - begin, usage.ru_maxrss * 1024 / 1e6


def questions() -> None:
    """Print how long `kg query` takes, alone and for a question of the seed's graph, against importing spaCy."""
    commands = {"import spacy": IMPORT, "kg query": [str(KG), "query"], "kg query partners": [str(KG), "query", "partners"]}
    commands["kg query partners"] += ["--graph", str(GRAPH)]
    for command in commands.values():
        process(command)  # so that all find their files in memory
    rounds = [{name: process(command) for name, command in commands.items()} for _ in range(ROUNDS)]
    print(f"\nthe start of a question, medians of {ROUNDS} in turn, and the part of importing spaCy")
    for name in commands:
        seconds = statistics.median(each[name][0] for each in rounds)
        ratio = statistics.median(each[name][0] / each["import spacy"][0] for each in rounds)
        print(f"  {name:<30} {seconds:7.2f} s {max(each[name][1] for each in rounds):7.0f} MB at most {ratio:7.2f}")


def main() -> None:
    """Print the tables."""
    first, characters = stages()
    rounds: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for stage, seconds in stages()[0].items():
            rounds[stage].append(seconds)
    print(f"stages of a build of {characters} characters, in one process: the first time (files are loaded), then the median of {ROUNDS}")
    for stage, times in rounds.items():
        again = statistics.median(times)
        print(f"  {stage:<9} {first[stage]:7.3f} s {again:7.3f} s {characters / again:12,.0f} characters/s")
    whole = [sum(times) for times in zip(*rounds.values(), strict=True)]
    print(f"  {'all':<9} {sum(first.values()):7.3f} s {statistics.median(whole):7.3f} s")

    with tempfile.TemporaryDirectory() as folder:
        build = [str(KG), "build", str(SEED), "-o", folder]
        process(SPACY)  # so that both find their files in memory
        pairs = [(process(SPACY), process(build)) for _ in range(ROUNDS)]
    alone, ours = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
    ratio = statistics.median(built[0] / spacy[0] for spacy, built in pairs)
    print(f"\nwhole processes, medians of {ROUNDS} in turn")
    print(f"  spaCy's blank Chinese pipeline {alone:7.2f} s {max(pair[0][1] for pair in pairs):7.0f} MB at most")
    print(f"  kg build, with all exports     {ours:7.2f} s {max(pair[1][1] for pair in pairs):7.0f} MB at most")
    print(f"  ratio                          {ratio:7.2f}")
    questions()
    lengths()  # last, for a process begins with the memory of the one that starts it


if __name__ == "__main__":
    main()
