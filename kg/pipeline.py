"""The whole way of the data, on one page: read, find, resolve, relate, observe, describe.

    file ─ read ─► Document ─ find ─► mentions ─ resolve ─► sentences ─ relate ─► statements ─┐
                                    └ times, quantities ───────────── observe ─► observations ┴─ describe ─► rdflib Dataset

Each stage is a function from frozen values to frozen values; `kg trace` prints them. What people decided (`kg.review`) is applied
where it belongs: to the names once they are found and once they are resolved, to facts and numbers at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset, Graph

from kg import facts, graph, iris, issues, ontology, rdf, selection
from kg.coverage import Covered, coverage, reads
from kg.finders.names import Found, find_names
from kg.finders.quantities import Numbers, load_quantities, read_numbers
from kg.finders.times import find_times, load_times
from kg.graph import Described
from kg.language import Language
from kg.language import load as load_language
from kg.model import VALUES, Document, Extraction, Mention, Paragraph
from kg.observations import observe
from kg.ontology import Ontology
from kg.readers import read
from kg.resolver import Resolver
from kg.review import names, record
from kg.review.decisions import decide
from kg.review.entries import Review
from kg.sentences import Sentence

Progress = Callable[[str], None]
NO_REVIEW = Review()


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

    @property
    def triples(self) -> Iterator[ox.Triple]:
        """All triples as pyoxigraph has them, without an rdflib graph, which takes longer to make than the facts to find."""
        return rdf.triples((*self.described.shared, *self.described.facts))

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
    def coverage(self) -> Covered:
        """How much of it was read, by section."""
        return coverage(reads(self.extraction, self.sentences))

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

    @property
    def measures(self) -> dict[str, float]:
        """All that a .toml may expect a least of: the counts, the facts by relation, the share of the sentences that gave something."""
        relations = Counter(f"relations.{statement.relation}" for statement in self.extraction.statements)
        return {**self.counts, **relations, "share": self.coverage.total.share}


def build(path: Path | str, progress: Progress = lambda _stage: None) -> Built:
    """The graph of the report in a file and the review beside it; raise ReportError when they cannot be read.

    `progress` hears the name of each stage.
    """
    progress("read")
    return extract(read(Path(path)), progress, record.read(Path(path), ontology.load()))


def extract(document: Document, progress: Progress = lambda _stage: None, review: Review = NO_REVIEW) -> Built:
    """The facts and numbers of a report, after what people decided about them."""
    known, language = ontology.load(), load_language(document.language)

    progress("find")
    found = find_names(document.paragraphs, known, language)
    if added := names.added(review, found):
        found = find_names(document.paragraphs, known, language, added)
    found = names.split(review, found, document.paragraphs)
    numbers = {p.number: read_numbers(p.text, load_quantities(document.language)) for p in document.paragraphs}
    mentions = {p.number: _with_numbers(p, found.mentions[p.number], numbers[p.number], language) for p in document.paragraphs}

    progress("resolve")
    resolver = Resolver(known, language, found)
    sentences = {p.number: resolver.resolve(p, mentions[p.number]) for p in document.paragraphs}
    main = _main_actor(document, found, known)
    unmatched = tuple(names.unmatched(review, found, resolver.entities))
    same = names.same(review, resolver.entities, known)
    found = replace(found, entities=resolver.entities, mentions=mentions, parts=resolver.parts)
    found, sentences = names.merged(found, sentences, same, known)

    progress("relate")
    grammar = facts.grammar(language, known)
    statements = facts.joined(
        statement for p in document.paragraphs for statement in facts.statements(p, sentences[p.number], grammar, found.parts)
    )

    progress("observe")
    resolved = {p.number: _resolved_mentions(sentences[p.number]) for p in document.paragraphs}
    observations = tuple(
        observation
        for p in document.paragraphs
        for observation in observe(p, resolved[p.number], numbers[p.number], language.profile, known, main=same.get(main, main))
    )

    extraction = Extraction(document, (), tuple(found.mentions.items()), statements, observations)
    open_questions = issues.find(extraction, found, sentences, grammar)
    extraction = replace(extraction, issues=(*document.issues, *open_questions, *unmatched))
    extraction = decide(review, extraction, found.entities, known)
    used = _used(extraction, resolved, found.parts) | found.holders
    kept = tuple(found.entities[iri] for iri in sorted(used) if iri in found.entities)
    extraction = replace(extraction, entities=kept)
    unmet = issues.unmet(document, Built(extraction, sentences).measures) if document.expect else ()
    return Built(replace(extraction, issues=(*extraction.issues, *unmet)), sentences)


def _with_numbers(paragraph: Paragraph, names: Sequence[Mention], numbers: Numbers, language: Language) -> tuple[Mention, ...]:
    """Names, times and quantities of a paragraph; where they overlap the name stands, then the time."""
    taken = {i for name in names for i in range(name.start, name.end)}
    times = [t for t in find_times(paragraph.text, load_times(language.code)) if taken.isdisjoint(range(t.start, t.end))]
    return tuple(sorted([*names, *times, *(number.mention for number in numbers.outside([*times, *names]))]))


def _resolved_mentions(sentences: Sequence[Sentence]) -> list[Mention]:
    """The mentions of a paragraph's sentences, the carried-on subjects among them; of several at one place the first named is the first."""
    named = dict.fromkeys(m for sentence in sentences for m in sentence.mentions())
    return sorted(named, key=itemgetter(0, 1))  # where they start and end


def _main_actor(document: Document, found: Found, known: Ontology) -> str:
    """The IRI of whom the report is about when a sentence does not say: its publisher, else the body it names most."""
    named = document.publisher
    if named and (called := [iri for iri, one in found.entities.items() if named == one.name or named in one.names]):
        return called[-1]
    bodies = known.kinds_below({"Organization"})
    counted = Counter(m.term for ms in found.mentions.values() for m in ms if m.term and m.kind in bodies)
    return min(counted, key=lambda iri: (-counted[iri], iri), default=iris.report_iri(document))


def _used(read: Extraction, mentions: Mapping[str, Sequence[Mention]], parts: Mapping[str, tuple[str, str]]) -> set[str]:
    """The IRIs of all things that the graph speaks of."""
    used = {iri for s in read.statements for iri in (s.subject, s.object, s.place, s.programme)}
    used |= {iri for o in read.observations for iri in (o.about, o.place)}
    used |= {m.term for ms in mentions.values() for m in ms if m.kind not in VALUES}
    return (used | {whole for thing, (_, whole) in parts.items() if thing in used}) - {""}
