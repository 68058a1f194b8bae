"""Patterns cannot run away: the time that any regular expression takes grows as its text does, whatever stands in the text."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # the parser of re has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
HELD = (codes.POSSESSIVE_REPEAT, codes.ATOMIC_GROUP)  # are never tried in another way
CHARACTERS = 300  # of a hostile text: too few for what is linear to be seen, enough for what is not never to end
SECONDS = 30  # of the processor, for all patterns on all their texts, which take a tenth of that
WALKS = 4  # through a pattern, for texts that nearly match it
MANY = 12  # rounds of a repeat that has no bound
# Endless repeats in endless repeats that have one reading only: each round begins or ends with a sign that the inner one cannot hold.
PARTED = (r"]+\d{3})+(?!\d)", "[\\w-]+(/[\\w-]+)*", "(?:/[A-Z0-9.]+(?:-[A-Z0-9]+)?)*/", r"(?:\s+\d{6})*", "(?:、|和|及|至|到|[-–—])第?")
SEED = "seeds/000_99bf147bf4ea3876.txt"
# What is run in a process of its own: everything is loaded and a report read, and whatever our modules compile on the way is printed.
COLLECT = f"""
import json, pathlib, pkgutil, re, sys
found, compiled = {{}}, re._compile
def compile(pattern, flags):
    frame = sys._getframe(1)
    while frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if f"{{'/'}}kg{{'/'}}" in frame.f_code.co_filename and isinstance(pattern, str):
        found[pattern] = pathlib.Path(frame.f_code.co_filename).name
    return compiled(pattern, flags)
re._compile = compile
import kg
for module in pkgutil.walk_packages(kg.__path__, "kg."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
from kg import language, ontology, pipeline, rules
rules.check(rules.load(language.load("zh"), ontology.load()))
pipeline.build({SEED!r}).described
print(json.dumps(found))
"""
# Each pattern is tried on each of its texts; the last line says which one was under way when the time was up.
TRY = f"""
import json, re, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
for pattern, texts in json.load(sys.stdin):
    compiled = re.compile(pattern)
    for text in texts:
        print(json.dumps([pattern, text]), flush=True)
        sum(1 for _ in compiled.finditer((text * {CHARACTERS})[:{CHARACTERS}]))
"""


@cache
def patterns() -> dict[str, str]:
    """Every pattern that our modules compile while all is loaded and a report is read -> the module."""
    run = subprocess.run([sys.executable, "-c", COLLECT], cwd=ROOT, capture_output=True, check=True)  # noqa: S603  our own program
    found: dict[str, str] = json.loads(run.stdout)
    return found


def inside(operation: Any, value: Any) -> list[Any]:  # noqa: ANN401
    """The parts of a pattern that an operation holds."""
    if operation in REPEATS:
        return [value[2]]
    if operation is codes.BRANCH:
        return list(value[1])
    if operation in {codes.ASSERT, codes.ASSERT_NOT}:
        return [value[1]]
    return [value[3]] if operation is codes.SUBPATTERN else [value] if operation is codes.ATOMIC_GROUP else []


def runs_away(tree: Any, *, repeated: bool = False) -> bool:  # noqa: ANN401
    """Whether a repeat without a bound holds another one, so that a text can be cut up in any number of ways."""
    for operation, value in tree:
        endless = operation in REPEATS and value[1] == codes.MAXREPEAT and operation not in HELD
        if endless and repeated:
            return True
        again = (repeated or endless) and operation not in {*HELD, codes.ASSERT, codes.ASSERT_NOT}
        if any(runs_away(part, repeated=again) for part in inside(operation, value)):
            return True
    return False


def character(choices: Any, random_: random.Random) -> str:  # noqa: ANN401
    """A character of a set, any one where the set says which it is not."""
    wanted = [
        value if operation is codes.LITERAL else value[0] for operation, value in choices if operation in {codes.LITERAL, codes.RANGE}
    ]
    if wanted and choices[0][0] is not codes.NEGATE:
        return chr(random_.choice(wanted))
    return next((char for char in "的1 a" if ord(char) not in wanted), "了")


def walk(tree: Any, random_: random.Random) -> str:  # noqa: ANN401
    """A text that nearly matches a part of a pattern; what looks ahead and behind is not looked at."""
    text = ""
    for operation, value in tree:
        match operation:
            case codes.LITERAL:
                text += chr(value)
            case codes.IN:
                text += character(value, random_)
            case codes.ANY | codes.NOT_LITERAL:
                text += "的"
            case codes.BRANCH:
                text += walk(random_.choice(value[1]), random_)
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                most = min(int(value[1]), MANY)
                text += "".join(walk(value[2], random_) for _ in range(random_.choice([int(value[0]), max(most, int(value[0]))])))
            case codes.SUBPATTERN | codes.ATOMIC_GROUP:
                text += walk(inside(operation, value)[0], random_)
    return text


def hostile(pattern: str) -> list[str]:
    """Texts to repeat: what nearly matches a pattern, its beginnings, and its single characters."""
    random_ = random.Random(pattern)  # noqa: S311  the same texts in each run
    tree = parser.parse(pattern)
    walks = [walk(tree, random_)[:CHARACTERS] for _ in range(WALKS)]
    texts = [text[:size] for text in walks for size in (len(text), len(text) // 2, 2) if text[:size]]
    return sorted({*texts, *(char for text in walks[:1] for char in text[:5])})


def test_no_endless_repeat_in_another() -> None:
    """No pattern holds a repeat without a bound inside another one, but for those where a sign parts the rounds."""
    assert len(patterns()) > 500
    endless = {pattern: where for pattern, where in patterns().items() if runs_away(parser.parse(pattern))}
    assert [f"{where}: {pattern}" for pattern, where in endless.items() if not any(part in pattern for part in PARTED)] == []
    assert [part for part in PARTED if not any(part in pattern for pattern in endless)] == []


@pytest.mark.parametrize(
    ("pattern", "away"), [("(?:a+)+b", True), ("(?:a|b*c)*", True), ("(?:(?>a+)b)+", False), ("(?:a{0,3})+", False), ("a+b+", False)]
)
def test_what_runs_away(pattern: str, *, away: bool) -> None:
    """Two endless repeats one in the other run away, unless the inner one is never tried in another way."""
    assert runs_away(parser.parse(pattern)) == away


def test_hostile_texts_end() -> None:
    """All patterns are through with texts made to hold each of them up, long before the processor's time is over."""
    tried = json.dumps([(pattern, hostile(pattern)) for pattern in sorted(patterns())])
    run = subprocess.run([sys.executable, "-c", TRY], input=tried, capture_output=True, text=True, check=False)  # noqa: S603  our own program
    assert run.returncode == 0, f"did not end: {run.stdout.splitlines()[-1]}\n{run.stderr}"


def test_a_runaway_is_seen() -> None:
    """A pattern that cuts a text up in any number of ways does not end in time: the test above would say so."""
    program = TRY.replace(f"({SECONDS}, {SECONDS})", "(1, 1)")
    tried = json.dumps([("(?:a|aa)+b", ["a"])])
    run = subprocess.run([sys.executable, "-c", program], input=tried, capture_output=True, text=True, check=False)  # noqa: S603  our own program
    assert run.returncode != 0
