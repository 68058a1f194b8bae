"""`kg review`: what a person should look at, as entries of the file in which decisions are kept."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import yaml

from kg import confidence
from kg.cli import places
from kg.errors import ReportError
from kg.model import VALUES, Entity, Mention, Statement
from kg.pipeline import Built, build
from kg.review import record

_MOST = 20
_ALIKE = 0.75  # how much of two names must be the same to ask whether they are one thing


@click.command(epilog="Example: kg review 000_99bf147bf4ea3876 --most 5")
@click.argument("report", required=False)
@click.option("--most", type=click.IntRange(0), default=_MOST, show_default=True, help="How many facts, and how many names.")
@click.option("--check", "checking", is_flag=True, help="List the decisions that meet nothing in the report.")
def command(report: str | None, most: int, *, checking: bool) -> None:
    """List the facts and names of a REPORT (default: each in seeds/) that are least certain, as YAML for its .review.yaml."""
    paths = (places.report(report),) if report else places.reports(())
    unmatched = 0
    for number, path in enumerate(paths):
        built = build(path)
        if checking:
            found = list(_unmatched(built, record.path_of(path)))
            unmatched += len(found)
            click.echo("\n".join(found) or f"{record.path_of(path)}: every decision meets something in the report")
        else:
            click.echo("---\n" * bool(number) + "\n".join(_proposed(built, most)))
    if unmatched:
        message = f"{unmatched} decision{'s meet' if unmatched > 1 else ' meets'} nothing; mend or delete them"
        raise ReportError(message)


def _unmatched(built: Built, path: Path) -> Iterator[str]:
    return (f"{path}: {issue.message} ({issue.text})" for issue in built.extraction.issues if issue.kind == "review")


def _proposed(built: Built, most: int) -> Iterator[str]:
    """A review of what nobody has decided yet, the least certain first."""
    yield f"# {record.path_of(built.document.path).name}: put here what you have judged."
    yield "# A fact: accept it, make it reject, or make it correct with to:, status: or period:; then say why: if you like."
    yield "facts:"
    for said in _facts(built)[:most]:
        yield from _fact(said, built)
    yield "# A name found by its shape needs nothing if it is right."
    yield "names:"
    names = _names(built)
    for number, (entity, mentions) in enumerate(names[:most], start=1):
        surer = set(built.extraction.entities).difference(other for other, _ in names[:number])
        yield from _name(entity, mentions, sorted(surer))


def _facts(built: Built) -> list[list[Statement]]:
    """The statements of each fact that nobody has decided on, the least certain fact first, else as the report says them."""
    order = _order(built)
    said: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in built.extraction.statements:
        said[statement.subject, statement.relation, statement.object].append(statement)
    undecided = (those for those in said.values() if not any(e.review for s in those for e in s.evidence))
    return sorted(
        undecided,
        key=lambda those: (max(map(confidence.of, those)), min((order[e.paragraph], e.start) for s in those for e in s.evidence)),
    )


def _fact(said: Sequence[Statement], built: Built) -> Iterator[str]:
    """One fact, below all that speaks for it."""
    names, order = {entity.iri: entity.name for entity in built.extraction.entities}, _order(built)
    pieces = [(e, statement.status) for statement in said for e in statement.evidence]
    for e, status in sorted(pieces, key=lambda piece: (order[piece[0].paragraph], piece)):
        known = (f"{role} {how}" for role, how in (("subject", e.subject_how), ("object", e.object_how)) if how)
        yield _comment(f"{confidence.of_evidence(e)} ¶{e.paragraph} {'; '.join((e.rule, status, *known))}")
        yield _comment(f"“{e.quote}”")
    one = said[0]
    yield f"  - accept: {_flow(names[one.subject], one.relation, names[one.object])}"


def _names(built: Built) -> list[tuple[Entity, list[tuple[str, Mention]]]]:
    """The things known only by the shape of their names, with the paragraphs and mentions, the least often named first.

    Symbols, resolutions and sessions come last: a name with a number in it is seldom cut wrongly.
    """
    order = _order(built)
    shaped: defaultdict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for number, mentions in built.extraction.mentions:
        for mention in mentions:
            if mention.kind not in VALUES and confidence.way(mention.how) == "shape":
                shaped[mention.term].append((number, mention))
    found = [(entity, shaped[entity.iri]) for entity in built.extraction.entities if not entity.listed and entity.iri in shaped]
    return sorted(found, key=lambda pair: (bool(_figures(pair[0].name)), len(pair[1]), order[pair[1][0][0]], pair[1][0][1]))


def _name(entity: Entity, mentions: Sequence[tuple[str, Mention]], surer: Iterable[Entity]) -> Iterator[str]:
    """A name, and below it, as comments, what could be decided: that it is a surer thing's, or that its class is another."""
    (number, mention), times = mentions[0], len(mentions)
    yield _comment(f"¶{number} {mention.text}: {entity.kind} ({mention.how}), named {times} time{'s' if times > 1 else ''}")
    alike = [one.name for one in surer if one.kind == entity.kind and _figures(one.name) == _figures(entity.name)]
    near = difflib.get_close_matches(entity.name, alike, n=1, cutoff=_ALIKE)
    verb, key, value = ("merge", "into", near[0]) if near else ("add", "kind", entity.kind)
    yield f"  # - {verb}: {_flow(entity.name)[1:-1]}"
    yield f"  #   {key}: {_flow(value)[1:-1]}"


def _figures(name: str) -> list[str]:
    return [char for char in name if char.isnumeric()]


def _order(built: Built) -> dict[str, int]:
    return {paragraph.number: place for place, paragraph in enumerate(built.document.paragraphs)}


def _comment(text: str) -> str:
    return f"  # {''.join(char if char.isprintable() else ' ' for char in text)}"


def _flow(*words: str) -> str:
    """Words as a YAML list on one line, in quotes where they need them."""
    text: str = yaml.safe_dump(list(words), default_flow_style=True, allow_unicode=True, width=float("inf"))
    return text.strip()
