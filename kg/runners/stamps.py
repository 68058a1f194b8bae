"""What `kg build --resume` goes on from: `.built/<report id>.json` in the output folder, written when a report's files all stand there.

A stamp holds a hash of all that the files were made from, and the outcome. It is taken away before a file is written anew, so that it
never speaks of other files than those that are there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg import files, fingerprints
from kg.errors import KgError
from kg.explorer.index import Entry
from kg.runners.outcome import Outcome

FOLDER = ".built"


def made_from(report: Path, choice: str) -> str:
    """A hash of a report, of the rules and of what was chosen; an OSError when the report cannot be read."""
    return hashlib.sha256("\n".join((fingerprints.source(report), fingerprints.rules(), choice)).encode()).hexdigest()


def read(folder: Path, report: Path, made_from: str) -> Outcome | None:
    """The outcome of a report built from the same, None when there is none or one of its files is gone."""
    try:
        stamp = json.loads(_path(folder, report).read_bytes())
        outcome = _outcome(report, stamp["outcome"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return outcome if stamp["made_from"] == made_from and all((folder / name).is_file() for name in outcome.files) else None


def write(folder: Path, outcome: Outcome, made_from: str) -> None:
    """Note that a report's files are there."""
    told = {name: value for name, value in asdict(outcome).items() if name in {"id", "counts", "issues", "files", "entry"}}
    stamp = {"made_from": made_from, "outcome": told}
    files.replace(_path(folder, outcome.path), f"{json.dumps(stamp, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode())


def forget(folder: Path, report: Path) -> None:
    """Take a stamp away, if there is one; a KgError when that may not be."""
    path = _path(folder, report)
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        message = f"{path}: cannot be taken away: {error.strerror}; give another place with -o"
        raise KgError(message) from error


def _outcome(report: Path, told: dict[str, Any]) -> Outcome:
    entry = told["entry"]
    most = {"most": tuple((names, iri) for names, iri in entry["most"])} if entry else {}
    return Outcome(
        report, told["id"], told["counts"], told["issues"], tuple(told["files"]), Entry(**entry | most) if entry else None, kept=True
    )


def _path(folder: Path, report: Path) -> Path:
    return folder / FOLDER / f"{report.stem}.json"
