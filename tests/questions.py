"""Write docs/questions.md anew: every question of queries/, its parameters, its command, and the first rows of its answer.

    python tests/questions.py

The rows are those of tests/queries/*.csv, which tests hold to be what the seed report's graph answers; questions that join with
other data are asked of the seed's graph and a small file in tests/queries/external.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg import queries, tables
from kg.queries import Answer, Question, sources
from kg.queries.sources import Source

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "questions.md"
SEED = "exports/000_99bf147bf4ea3876.ttl"
ANSWERS = ROOT / "tests" / "queries"
JOINS = {"by-m49": "tests/queries/external/indicator.ttl", "by-iati": "tests/queries/external/publishers.ttl"}
ROWS, WIDTH = 2, 60
HEAD = """# Questions

What `queries/*.rq` ask, with the first rows that each answers of the seed report (written by `tests/questions.py`). Each file is plain
SPARQL: rdflib and oxigraph answer it with the same rows in the same order. `kg query` lists them, `kg query NAME --help` shows the
parameters of one; `--lang en` gives names in English, `--format csv`, `json` or `md` another form of the table.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *("".join(f"{line}\n" for line in _entry(asked)) for asked in queries.catalogue())])


def answer(asked: Question) -> Answer:
    """What a question answers of the seed report, with its default parameters."""
    if asked.name in JOINS:
        return queries.ask(seed_with(JOINS[asked.name]), asked)
    with (ANSWERS / f"{asked.name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    return Answer(tuple(columns), tuple(tuple(row) for row in rows))


def seed_with(external: str) -> Source:
    """The seed report's graph and another file's triples."""
    return sources.of_files((ROOT / SEED, ROOT / external))


def _entry(asked: Question) -> Iterator[str]:
    yield from (f"## {asked.name}", "", f"**{asked.titles['zh']} · {asked.titles['en']}**", "")
    yield from (asked.questions["zh"], "", asked.questions["en"], "")
    for parameter in asked.params:
        default = f" (default: {parameter.default})" if parameter.default else ""
        yield f"- `--{parameter.name}`: {parameter.about}{default}"
    graphs = f" --graph {SEED} --graph {JOINS[asked.name]}" if asked.name in JOINS else ""
    yield from ([""] if asked.params else [])
    yield from ("```sh", f"kg query {asked.name}{graphs}", "```", "")
    found = answer(asked)
    # Of a join the rows that the other data has something to say of come first.
    rows = sorted(found.rows, key=lambda row: "" in row) if asked.name in JOINS else found.rows
    shown = Answer(found.columns, tuple(tuple(map(_short, row)) for row in rows[:ROWS]))
    yield from tables.render(shown, "md").splitlines()
    yield from ("", f"{len(found.rows)} row{'' if len(found.rows) == 1 else 's'} in all.")


def _short(cell: str) -> str:
    return cell if len(cell) <= WIDTH else f"{cell[: WIDTH - 1]}…"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
