"""`kg diff`: what is new, gone or changed from one graph to another."""

from __future__ import annotations

from pathlib import Path

import click

from kg import files, rdf
from kg.comparison import lines, matching, page, record, sides

_FORMS = ("text", "json", "html")


@click.command(
    epilog="Example: kg diff exports-of-last-year/000_99bf147bf4ea3876.ttl exports/000_99bf147bf4ea3876.ttl --format html -o diff.html"
)
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--lang", "language", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="The language of names and words."
)
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", show_default=True)
@click.option(
    "--by", type=click.Choice(("change", "thing")), default="change", show_default=True, help="What text and page are ordered by."
)
@click.option(
    "--only",
    "changes",
    multiple=True,
    type=click.Choice(matching.CHANGES),
    help="Tell only these; may be repeated.  [default: all; text: all but same]",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of to the terminal.")
def command(  # noqa: PLR0913  a command's options are its parameters
    *, before: Path, after: Path, language: str, form: str, by: str, changes: tuple[str, ...], output: Path | None
) -> None:
    """Compare graph A with graph B, two builds or two reports: facts and figures that are new, gone or changed, with their sentences."""
    found = matching.compare(*(sides.read(rdf.read(path)) for path in (before, after)))
    told = [change for change in matching.CHANGES if change in changes] or matching.CHANGES[: -1 if form == "text" else None]
    if form == "html":
        content = page.render(found, language, by, told)
    else:
        content = (record.render(found, told) if form == "json" else lines.render(found, language, by, told)).encode()
    if output is None:
        click.echo(content, nl=False)
    else:
        files.replace(output, content)
        click.echo(f"{output}: {sum(pair.change != 'same' for pairs in found.pairs.values() for pair in pairs)} differences")
