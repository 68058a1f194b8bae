"""Whole processes, measured from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

KG = Path(sys.executable).with_name("kg")


def measured(command: Sequence[str | Path]) -> tuple[float, float]:
    """Seconds and peak memory in MB of a process, whose output is thrown away."""
    begin = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  our own commands
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)  # wait4 took it from Popen
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return time.perf_counter() - begin, usage.ru_maxrss * 1024 / 1e6


def answered(command: Sequence[str | Path], text: str = "", environment: Mapping[str, str] | None = None) -> str:
    """What a process prints that is given a text; one thread, so that its seconds are those of one core."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    around = {**os.environ, **single, **(environment or {})}
    run = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True, env=around)  # noqa: S603  our own commands
    return run.stdout
