"""The whole way of the data, on one page: read, find, resolve, relate, observe, describe.

    file ─ read ─► Document ─ find ─► mentions ─ resolve ─► sentences ─ relate ─► statements ─┐
                                    └ times, quantities ───────────── observe ─► observations ┴─ describe ─► rdflib Dataset

Each stage is a function from frozen values to frozen values; `kg trace` prints them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from rdflib import Dataset, Graph

from kg import facts, graph, iris, ontology, selection
from kg.finders.names import Found, find_names
from kg.finders.quantities import find_quantities, load_quantities
from kg.finders.times import find_times, load_times
from kg.graph import Described
from kg.language import Language
from kg.language import load as load_language
from kg.model import VALUES, Document, Extraction, Issue, Mention, Observation, Paragraph, Statement
from kg.observations import observe
from kg.ontology import Ontology
from kg.readers import read
from kg.resolver import Resolver
from kg.sentences import Sentence

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """A report read into a graph. `dataset` is made when first asked for."""

    extraction: Extraction
    sentences: Mapping[str, tuple[Sentence, ...]] = field(repr=False)

    @property
    def document(self) -> Document:
        """The report."""
        return self.extraction.document

    @cached_property
    def described(self) -> Described:
        """The triples, those that reports share apart from the report's own."""
        return graph.describe(self.extraction, ontology.load())

    @cached_property
    def dataset(self) -> Dataset:
        """The graph: entities in the default graph, the report's facts in a graph of the report; queries see the union."""
        return graph.dataset(self.extraction, ontology.load())

    @cached_property
    def graph(self) -> Graph:
        """All triples as one rdflib Graph, made when first asked for."""
        return graph.graph(self.described, self.document)

    def at_least(self, least: Decimal) -> Built:
        """The same report with only the facts and numbers that are so sure."""
        return replace(self, extraction=selection.of_extraction(self.extraction, least))

    @property
    def counts(self) -> dict[str, int]:
        """How much each stage gave."""
        e = self.extraction
        return {
            "paragraphs": sum(p.kind == "paragraph" for p in e.document.paragraphs),
            "footnotes": sum(p.kind == "footnote" for p in e.document.paragraphs),
            "sections": len(e.document.sections),
            "sentences": sum(map(len, self.sentences.values())),
            "mentions": sum(len(found) for _, found in e.mentions),
            "entities": len(e.entities),
            "facts": len(e.statements),
            "observations": len(e.observations),
            "issues": len(e.issues),
        }


def build(path: Path | str, progress: Progress = lambda _stage: None) -> Built:
    """The graph of the report in a file; raise ReportError when it cannot be read. `progress` hears the name of each stage."""
    progress("read")
    return extract(read(Path(path)), progress)


def extract(document: Document, progress: Progress = lambda _stage: None) -> Built:
    """The facts and numbers of a report."""
    known, language = ontology.load(), load_language(document.language)

    progress("find")
    found = find_names(document.paragraphs, known, language)
    mentions = {p.number: _with_numbers(p, found.mentions[p.number], language) for p in document.paragraphs}

    progress("resolve")
    resolver = Resolver(known, language, found)
    sentences = {p.number: resolver.resolve(p, mentions[p.number]) for p in document.paragraphs}

    progress("relate")
    grammar = facts.grammar(language, known)
    statements = facts.joined(
        statement for p in document.paragraphs for statement in facts.statements(p, sentences[p.number], grammar, resolver.parts)
    )

    progress("observe")
    numbers = load_quantities(document.language)
    main = _main_actor(document, found, known)
    resolved = {p.number: _resolved_mentions(sentences[p.number]) for p in document.paragraphs}
    observations = tuple(
        observation
        for p in document.paragraphs
        for observation in observe(p, resolved[p.number], numbers, language.profile, known, main=main)
    )

    used = _used(statements, observations, resolved, resolver.parts) | found.holders
    issues = (*document.issues, *_issues(document, mentions, sentences, statements, language))
    kept = tuple(sorted(resolver.entities[iri] for iri in used if iri in resolver.entities))
    extraction = Extraction(document, kept, tuple(mentions.items()), statements, observations, issues)
    unmet = _unmet(Built(extraction, sentences))
    return Built(replace(extraction, issues=(*issues, *unmet)), sentences)


def _with_numbers(paragraph: Paragraph, names: Sequence[Mention], language: Language) -> tuple[Mention, ...]:
    """Names, times and quantities of a paragraph; where they overlap the name stands, then the time."""
    taken = {i for name in names for i in range(name.start, name.end)}
    times = [t for t in find_times(paragraph.text, load_times(language.code)) if taken.isdisjoint(range(t.start, t.end))]
    numbers = find_quantities(paragraph.text, load_quantities(language.code), [*times, *names])
    return tuple(sorted([*names, *times, *(number.mention for number in numbers)]))


def _resolved_mentions(sentences: Sequence[Sentence]) -> list[Mention]:
    """The mentions of a paragraph's sentences, the carried-on subjects among them."""
    return sorted({m for sentence in sentences for m in sentence.mentions(0, len(sentence.cells))})


def _main_actor(document: Document, found: Found, known: Ontology) -> str:
    """The IRI of whom the report is about when a sentence does not say: its publisher, else the body it names most."""
    by_name = {name: entity.iri for entity in found.entities.values() for name in (entity.name, *entity.names)}
    if document.publisher in by_name:
        return by_name[document.publisher]
    counted = Counter(m.term for ms in found.mentions.values() for m in ms if m.term and known.is_a(m.kind, {"Organization"}))
    return min(counted, key=lambda iri: (-counted[iri], iri), default=iris.report_iri(document))


def _used(
    statements: Sequence[Statement],
    observations: Sequence[Observation],
    mentions: Mapping[str, Sequence[Mention]],
    parts: Mapping[str, tuple[str, str]],
) -> set[str]:
    """The IRIs of all things that the graph speaks of."""
    used = {iri for s in statements for iri in (s.subject, s.object, s.place, s.programme)}
    used |= {iri for o in observations for iri in (o.about, o.place)}
    used |= {m.term for ms in mentions.values() for m in ms if m.kind not in VALUES}
    return (used | {whole for thing, (_, whole) in parts.items() if thing in used}) - {""}


def _issues(
    document: Document,
    mentions: Mapping[str, Sequence[Mention]],
    sentences: Mapping[str, Sequence[Sentence]],
    statements: Sequence[Statement],
    language: Language,
) -> Iterator[Issue]:
    """What was not understood: names in quotation marks that are nothing known, sentences with several names and no fact."""
    said = {(e.paragraph, e.start) for s in statements for e in s.evidence}
    for paragraph in document.paragraphs:
        taken = {i for m in mentions[paragraph.number] for i in range(m.start, m.end)}
        for quoted in language.names.quoted.finditer(paragraph.text):
            if taken.isdisjoint(range(*quoted.span())):
                yield Issue(paragraph.number, "unknown-name", quoted[0], "in quotation marks, but no known kind of name")
        for sentence in sentences[paragraph.number]:
            things = {m.term for m in sentence.mentions(0, len(sentence.cells)) if m.kind not in VALUES}
            if len(things) > 1 and (paragraph.number, sentence.start) not in said:
                quote = paragraph.text[sentence.start : sentence.end]
                yield Issue(paragraph.number, "no-fact", quote, f"names {len(things)} things, no fact was read")


def _unmet(built: Built) -> Iterator[Issue]:
    """The expectations of the report's .toml that a build does not meet."""
    counts = built.counts
    for name, least in built.document.expect:
        if counts.get(name, 0) < least:
            yield Issue("", "expectation", name, f"{counts.get(name, 0)} found, at least {least} expected")
