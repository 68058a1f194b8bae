"""What others publish of systems that cannot run here (`published.yaml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.table import Scope, Table

from kg.resources import load_yaml


def tables(_scope: Scope) -> list[Table]:
    """One table; no figure of it is measured here."""
    listed: Any = load_yaml(Path(__file__).with_suffix(".yaml"))
    rows = [(each["system"], each["figure"], f"[{each['source']}]({each['address']})") for each in listed]
    note = (
        "Not measured here, and not to be compared with the tables above: other texts, other languages, other questions. kg's own"
        " precision and recall on relations are in the README (`kg score`)."
    )
    return [Table("As published", ("system", "figure", "source"), tuple(rows), note)]
