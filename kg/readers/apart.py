"""A reader in a process of its own, which is ended when it takes too long: some libraries cannot be interrupted, whatever they meet.

python -m kg.readers.apart MODULE PATH < file     prints as JSON what the reader extracts, or why it does not
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from kg import limits
from kg.errors import ReportError
from kg.model import Issue
from kg.readers.extracted import Extracted

_REMEDY = "give the report in another format"


def extract(module: str, path: Path, data: bytes) -> Extracted:
    """What `kg.readers.<module>.extract` gives; a ReportError too when it does not end in time, or dies."""
    command = [sys.executable, "-P", "-m", __name__, module, str(path)]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=limits.SECONDS, check=False)  # noqa: S603  our own words
    except subprocess.TimeoutExpired:
        limits.refuse(path, f"takes more than {limits.SECONDS:g} seconds to take apart", _REMEDY)
    if run.returncode:
        limits.refuse(path, "broken: the program that reads it died", _REMEDY)
    found = json.loads(run.stdout)
    if "error" in found:
        raise ReportError(found["error"])
    return Extracted(found["text"], tuple(map(tuple, found["said"])), tuple(Issue(**issue) for issue in found["issues"]))


def main() -> None:
    """The other process."""
    module, path = sys.argv[1:]
    try:
        told = asdict(import_module(f"kg.readers.{module}").extract(Path(path), sys.stdin.buffer.read()))
    except ReportError as error:
        told = {"error": str(error)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
