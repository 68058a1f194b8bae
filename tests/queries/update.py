"""Write tests/queries/*.csv anew: what each question answers, with its default parameters, of a report's Turtle export.

    python tests/queries/update.py exports/000_99bf147bf4ea3876.ttl

Read the difference before it is committed: these tables are the expectation of `test_seed_answer`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg import queries
from kg.queries import sources
from kg.tables import render


def main(export: Path) -> None:
    """Ask every question of the export and write the answers; tables of questions that are gone are taken away."""
    source = sources.of_files((export,))
    here = Path(__file__).parent
    for old in here.glob("*.csv"):
        old.unlink()
    for asked in queries.catalogue():
        (here / f"{asked.name}.csv").write_text(render(queries.ask(source, asked), "csv"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
