"""What each stage made of a paragraph, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.model import VALUES, Evidence, Mention, Paragraph, Period
from kg.pipeline import Built
from kg.sentences import Cell


@dataclass(frozen=True, slots=True)
class Traced:
    """A paragraph, and all that was made of its report."""

    built: Built
    paragraph: Paragraph

    def name(self, iri: str) -> str:
        """What a thing is called; "" for no thing."""
        return next((entity.name for entity in self.built.extraction.entities if entity.iri == iri), iri)


def _read(traced: Traced) -> Iterator[str]:
    paragraph, source = traced.paragraph, traced.built.document.source
    first, last = (source.count("\n", 0, paragraph.offsets[place]) + 1 for place in (0, -1))
    yield f"{traced.built.document.path}:{first}-{last} ({paragraph.kind}{f' of ¶{paragraph.anchor}' if paragraph.anchor else ''})"
    yield from paragraph.section
    yield paragraph.text


def _find(traced: Traced) -> Iterator[str]:
    mentions = dict(traced.built.extraction.mentions)[traced.paragraph.number]
    yield _marked(traced.paragraph.text, mentions)
    yield from _known(traced, mentions)


def _resolve(traced: Traced) -> Iterator[str]:
    for sentence in traced.built.sentences[traced.paragraph.number]:
        yield "".join(map(_cell, sentence.cells))
        yield from _known(traced, sorted(m for m in sentence.mentions(0, len(sentence.cells)) if m.kind not in VALUES))


def _relate(traced: Traced) -> Iterator[str]:
    for statement in traced.built.extraction.statements:
        for evidence in statement.evidence:
            if evidence.paragraph == traced.paragraph.number:
                amount = f"{statement.amount:,f} {statement.unit}" if statement.amount is not None else ""
                where = (traced.name(iri) for iri in (statement.place, statement.programme))
                said = filter(None, (statement.status, _time(statement.period), amount, *where))
                yield f"{traced.name(statement.subject)} {statement.relation} {traced.name(statement.object)} ({', '.join(said)})"
                yield from _evidence(evidence)


def _observe(traced: Traced) -> Iterator[str]:
    for observation in traced.built.extraction.observations:
        if observation.evidence.paragraph == traced.paragraph.number:
            value = f"{observation.comparator} {observation.value:,f} {observation.unit}"
            baseline = f"from {observation.baseline.value:,f}" if observation.baseline else ""
            said = filter(None, (_time(observation.period), traced.name(observation.place), baseline, observation.value_text))
            yield f"{traced.name(observation.about)}: {observation.counted}: {value} ({', '.join(said)})"
            yield from _evidence(observation.evidence)


def _issues(traced: Traced) -> Iterator[str]:
    return (f"{i.kind}: {i.message}: “{i.text}”" for i in traced.built.extraction.issues if i.paragraph == traced.paragraph.number)


STAGES: Mapping[str, Callable[[Traced], Iterator[str]]] = MappingProxyType(
    {"read": _read, "find": _find, "resolve": _resolve, "relate": _relate, "observe": _observe, "issues": _issues}
)


def _marked(text: str, mentions: Iterable[Mention]) -> str:
    """The text with each mention in brackets, its class behind it."""
    parts, place = [], 0
    for mention in mentions:
        parts += [text[place : mention.start], f"[{text[mention.start : mention.end]} {mention.kind}]"]
        place = mention.end
    return "".join([*parts, text[place:]])


def _cell(cell: Cell) -> str:
    """A cell as people read it; words that stand for a thing, and a subject left out, with what they stand for."""
    return f"[{cell.mention.text} {cell.mention.kind}]" if cell.mention else cell.char


def _known(traced: Traced, mentions: Iterable[Mention]) -> Iterator[str]:
    """What each mention means, and how that was known."""
    return (f"  {m.text or '(left out)'} → {traced.name(m.term)} ({m.kind}; {m.how or 'listed'})" for m in dict.fromkeys(mentions))


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield f"  “{evidence.quote}”"
    known = (f"{role} {how}" for role, how in (("subject", evidence.subject_how), ("object", evidence.object_how)) if how)
    yield f"  {'; '.join([evidence.rule, *known])}"
    if evidence.review:
        yield f"  {evidence.review}"


def _time(period: Period) -> str:
    return " to ".join(filter(None, (period.start, period.end)))
