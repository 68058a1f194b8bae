"""Fuzz one target with atheris: `python tests/fuzz/run.py numbers 100000 [CORPUS]`, or all: `python tests/fuzz/run.py all 1000`.

Each target is a process of its own; what breaks one stays as crash-… in the corpus' folder and is shown.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

with atheris.instrument_imports(include=["kg"], enable_loader_override=False):
    from fuzz.choices import Choices
    from fuzz.targets import TARGETS

_LONGEST = 400  # bytes
_SLOWEST = "20"  # seconds for one input


def _fuzz(name: str, runs: str, corpus: Path) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    options = [
        f"-atheris_runs={runs}",
        f"-max_len={_LONGEST}",
        "-len_control=20",
        f"-timeout={_SLOWEST}",
        f"-artifact_prefix={corpus}/crash-",
    ]
    TARGETS[name](Choices(bytes(range(250))))  # all that is loaded once is loaded before the clock of the first input runs
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: TARGETS[name](Choices(data)))
    # libFuzzer looks at its clock by an alarm; one that rings while Python ends would end it with a failure.
    atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
    atheris.Fuzz()


def main() -> None:
    """Fuzz the target named, or all one after the other; the exit status is that of the first that finds something."""
    name, runs, *corpus = sys.argv[1:]
    folder = Path(*corpus) if corpus else Path("build") / "fuzz"
    TARGETS["extracting"](Choices(bytes(range(250))))  # which loads most
    if name != "all":
        _fuzz(name, runs, folder / name)
    for each in TARGETS if name == "all" else ():
        print(f"== {each}", flush=True)  # noqa: T201  a script that prints
        child = os.fork()  # all that is loaded stays loaded; a process of its own, for a target ends with its process
        if not child:
            _fuzz(each, runs, folder / each)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            sys.exit(abs(status))


if __name__ == "__main__":
    main()
