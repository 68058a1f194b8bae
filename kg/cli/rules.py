"""`kg rules`: what the relation files say, and what a sentence gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from kg import language as languages
from kg import ontology, rules
from kg.cli.stages import STAGES, Traced
from kg.errors import UnknownNameError, did_you_mean
from kg.model import Document, Paragraph
from kg.pipeline import Built, extract
from kg.readers import layout
from kg.rules import RelationFile
from kg.text import Mapped


@click.command(epilog='Example: kg rules zh/partnerOf#1; a sentence: kg rules --try "…"')
@click.argument("name", required=False)
@click.option("--try", "sentence", help="A sentence to read: by the rules named, or by all.")
@click.option("--language", type=click.Choice(layout.languages()), default="zh", show_default=True)
def command(name: str | None, sentence: str | None, language: str) -> None:
    """List the relations and their rules, show those of a relation or one rule by NAME, or try a sentence."""
    files = rules.load(languages.load(language), ontology.load())
    rules.check(files)
    chosen = _chosen(name, files) if name else files
    if sentence:
        lines = _matched(sentence, chosen, language) if name else _read(sentence, language)
    elif name:
        lines = (line for file in chosen for line in _shown(file, language, whole=name == file.relation.name))
    else:
        lines = (f"{f'{language}/{file.relation.name}':<18} {len(file.rules):>2} rules  {file.about}" for file in files)
    for line in lines:
        click.echo(line)


def _chosen(name: str, files: Sequence[RelationFile]) -> list[RelationFile]:
    """The relation file of that name, or the one with the rule of that id and no other rule in it."""
    found = [replace(file, rules=tuple(rule for rule in file.rules if name in {rule.id, file.relation.name})) for file in files]
    if not any(file.rules for file in found):
        choices = [known for file in files for known in (file.relation.name, *(rule.id for rule in file.rules))]
        message = f"no relation or rule {name!r}; {did_you_mean(name, choices)}"
        raise UnknownNameError(message)
    return [file for file in found if file.rules]


def _shown(file: RelationFile, language: str, *, whole: bool) -> Iterator[str]:
    """A file's rules and examples; of one rule alone those examples that it matches."""
    yield f"{file.relation.name}: {file.about} ({file.path})"
    yield from (f"  {rule.id}  {rule.source}" for rule in file.rules)
    for example in file.examples:
        if whole or any(_matched(example.text, [file], language)):
            yield f"  {example.text}"
            yield from (f"    {subject} → {other}" for subject, other in example.gives)
            if not example.gives:
                yield "    (nothing)"


def _matched(sentence: str, files: Sequence[RelationFile], language: str) -> Iterator[str]:
    """Each pair that each of these rules joins in a sentence, also where another rule goes before or the sentence denies it."""
    built = _built(sentence, language)
    for match in (match for read in built.sentences["1"] for match in rules.apply(tuple(files), read)):
        yield f"{match.rule.id}: {match.subject.text} → {match.object.text}"


def _read(sentence: str, language: str) -> Iterator[str]:
    """The names of a sentence as rules see them, and the facts and numbers that all rules together read."""
    built = _built(sentence, language)
    traced = Traced(built, built.document.paragraphs[0])
    return (line for stage in ("resolve", "relate", "observe") for line in STAGES[stage](traced))


def _built(sentence: str, language: str) -> Built:
    """A sentence read as a report of one paragraph."""
    text = Mapped.of(sentence).flat()
    paragraph = Paragraph("1", "paragraph", text.text, text.offsets)
    return extract(Document("sentence", Path(), sentence, language, "", paragraphs=(paragraph,)))
