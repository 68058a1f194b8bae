"""Whole processes, measured from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

KG = Path(sys.executable).with_name("kg")


def measured(command: Sequence[str | Path]) -> tuple[float, float]:
    """Seconds and peak memory in MB of a process, whose output is thrown away."""
    launched = [sys.executable, "-I", "-S", Path(__file__).with_name("launch.py"), *command]
    seconds, memory, code = answered(launched).split()
    if int(code):
        raise subprocess.CalledProcessError(int(code), command)
    return float(seconds), float(memory)


def answered(command: Sequence[str | Path], text: str = "", environment: Mapping[str, str] | None = None) -> str:
    """What a process prints that is given a text; one thread, so that its seconds are those of one core."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    around = {**os.environ, **single, **(environment or {})}
    run = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True, env=around)  # noqa: S603  our own commands
    return run.stdout
