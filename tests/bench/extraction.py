"""Finding names: how quick kg is and how much it finds, beside the tools that a user would take instead, on the same text.

The tools are fetched once into environments of their own, `build/peers/<tool>`, from `tests/bench/peers/<tool>.txt`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bench.building import ROOT, SEED
from bench.processes import answered
from bench.table import NOTHING, Scope, Table, figure

from kg import gold, ontology
from kg.readers import read

HERE = Path(__file__).parent
GOLD = ("seed-1-45", "seed-46-91", "unseen-mixed", "unseen-urging")
# Tools that were tried and do not run, and why.
TRIED = {"foolnltk 0.1.7": "does not start: it wants `tensorflow.contrib` of TensorFlow 1, which has no build for this Python"}
_MINOR = dict.fromkeys(map(ord, " \n\u201c\u201d\"'\u300a\u300b\u00b7"))
_BRACKETS = re.compile("[()\uff08\uff09]")
_KINDS = {"Organization", "Place"}


def tables(scope: Scope) -> list[Table]:
    """Speed, then quality."""
    found, missing = {"kg": _ours()}, dict(TRIED)
    for listed in sorted(HERE.glob("peers/*.txt"), reverse=True):
        tool, version = listed.stem, listed.read_text("utf-8").partition("==")[2].split()[0]
        try:
            found[f"{tool} {version}"] = _theirs(tool, listed, scope)
        except (OSError, subprocess.CalledProcessError) as error:
            missing[f"{tool} {version}"] = f"missing: {(getattr(error, 'stderr', '') or str(error)).strip().splitlines()[-1]}"
    gone = "".join(f" {tool}: {why}." for tool, why in missing.items())
    return [_speed(found, gone), _quality(found, gone)]


@cache
def _ours() -> Mapping[str, Any]:
    paths = {"seed": SEED, **{name: gold.source(ROOT / "tests" / "gold" / name).report for name in GOLD}}
    command = [sys.executable, "-m", "bench.ours", *(f"{name}={path}" for name, path in paths.items())]
    measured: dict[str, Any] = json.loads(answered(command, environment={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}))
    measured["names"] = {
        name: {words for number, words in named if _inside(name, number)} for name, named in measured["names"].items() if name in GOLD
    }
    return measured


def _theirs(tool: str, listed: Path, scope: Scope) -> Mapping[str, Any]:
    """A tool's figures; OSError or CalledProcessError when it is not there or does not run."""
    place = ROOT / "build" / "peers" / tool
    python = place / "bin" / "python"
    if not (place / "ready").exists():
        if not scope.peers:
            raise FileNotFoundError(place)
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True, capture_output=True)  # noqa: S603  our own words
        install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", listed]
        subprocess.run(install, check=True, capture_output=True, text=True)  # noqa: S603  our own words
        (place / "ready").touch()
    texts = {"seed": [p.text for p in read(SEED).paragraphs], **{name: _texts(name) for name in GOLD}}
    measured: dict[str, Any] = json.loads(answered([python, HERE / "theirs.py", tool], json.dumps(texts)).splitlines()[-1])
    return measured


def _texts(name: str) -> list[str]:
    """The paragraphs that a gold standard is about."""
    return [p.text for p in read(gold.source(ROOT / "tests" / "gold" / name).report).paragraphs if _inside(name, p.number)]


def _inside(name: str, paragraph: str) -> bool:
    about = gold.source(ROOT / "tests" / "gold" / name)
    return gold.read(ROOT / "tests" / "gold" / name, about.first, about.last).counts(paragraph)


def _speed(found: Mapping[str, Mapping[str, Any]], gone: str) -> Table:
    characters = sum(len(p.text) for p in read(SEED).paragraphs)
    parts = [("kg, find and relate", "relating", found["kg"]), ("kg, all of extraction", "warm", found["kg"])]
    parts += [(name, "warm", measured) for name, measured in found.items() if name != "kg"]
    own = characters / found["kg"]["warm"]
    rows = []
    for name, which, measured in parts:
        rate = characters / measured[which]
        cold = figure(measured["cold"]) if which == "warm" else NOTHING
        rows.append((name, figure(measured["load"]), cold, figure(measured[which]), figure(rate), figure(own / rate)))
    note = (
        f"Seconds of one core (of the processor, not of the clock) for the {characters:,} characters of the seed report: until the tool"
        " is ready, for the first reading, for the quickest of three more. kg finds names, times, numbers, facts and observations; the"
        f" others find words and names only.{gone}"
    )
    columns = ("tool", "ready, s", "first, s", "again, s", "characters/s", "kg, all, is so many times as quick")
    return Table("Extraction, beside other tools", columns, tuple(rows), note)


def _quality(found: Mapping[str, Mapping[str, Any]], gone: str) -> Table:
    rows = []
    for name in GOLD:
        for tool, measured in found.items():
            told = figures(name, measured["names"][name])
            shares = (f"{share:.3f}" for share in (told.precision, told.recall, told.f1))
            rows.append((name, tool, f"{told.right} of {told.right + told.wrong}", f"{told.found} of {told.required}", *shares))
    note = (
        "Names of organizations and places, each counted once for each set, as written (without blanks and quotation marks; of `name"
        " (short name)` the two by themselves). A name is right when it is the name, or one of the other names, of an organization or a"
        " place in the set's `entities.txt`, or of a country or region of M49; whether a tool calls it the one or the other is not"
        " compared. A thing is found when any of its names is. Demanded are the things marked `!`, and the countries and regions of the"
        " facts marked so. Any other name counts as wrong, also where a reader would call it a name. kg's names of listed things come"
        " from `ontology/entities/`, which was made for such reports; the other tools are for general Chinese and know none of these."
        " The two `unseen` sets were not looked at while kg's rules were written. Relations: none of the other tools gives any; those of"
        f" kg are in the README.{gone}"
    )
    return Table("Names found, by the project's gold", ("set", "tool", "right", "found", "precision", "recall", "F1"), tuple(rows), note)


def figures(name: str, said: Iterable[str]) -> gold.Figures:
    """How right a tool's names are."""
    things = _things(name)
    named, told = (
        set[str]().union(*(names for names, _ in things)),
        {_folded(part) for each in said for part in _BRACKETS.split(each)} - {""},
    )
    required = [names for names, demanded in things if demanded]
    return gold.Figures(len(told & named), len(told - named), sum(bool(names & told) for names in required), len(required))


@cache
def _things(name: str) -> list[tuple[set[str], bool]]:
    """The organizations and places of a gold standard: the names of each, and whether it is demanded."""
    about, known = gold.source(ROOT / "tests" / "gold" / name), ontology.load()
    rows = gold.read(ROOT / "tests" / "gold" / name, about.first, about.last)
    things = [
        ({_folded(other) for other in (row[0], *row[2].split(";")) if other.strip()}, row[3] in {"!", ""})
        for row in rows.things
        if any(known.is_a(kind.strip(), _KINDS) for kind in row[1].split("/"))
    ]
    listed = set[str]().union(*(names for names, _ in things))
    related = {_folded(end) for row in rows.facts if row[4] == "!" for end in (row[1], row[3])}
    countries = [
        {_folded(each) for each in (one.name, *one.names)} for one in known.entities if known.is_a(one.kind, {"Country", "Region"})
    ]
    return things + [(names, bool(names & related)) for names in countries if not names & listed]


def _folded(name: str) -> str:
    return name.translate(_MINOR).lower()
