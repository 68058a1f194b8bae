"""What was not understood, and where: the work list of the person who curates a report, in reading order.

    unknown-name     looks like a name (quotation marks, the noun it ends in, a short form in brackets) and is known as none
    ambiguous-name   stands for one thing and could as well stand for another
    trigger          a word that leads one to expect a relation, and things that it could join, but no such fact was read
    no-fact          several things that could be joined, and neither such a word nor a fact nor a number
    too-long         a sentence in which no facts were sought, because it is too long to be one (kg/limits.py)
    expectation      less was found than the report's .toml expects

A sentence is listed once at most as `trigger`, `no-fact` or `too-long`. Not listed: sentences in which the document speaks of
itself, and clauses that deny, advise or set a condition, for they are understood.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.coverage import Read, reads
from kg.facts import Grammar
from kg.finders.definitions import find_unknown
from kg.finders.heads import find_refused
from kg.finders.names import Found
from kg.finders.shapes import cuts
from kg.limits import SENTENCE
from kg.model import VALUES, Document, Entity, Extraction, Issue, Mention
from kg.naming import Names
from kg.ontology import Ontology, Relation
from kg.sentences import Sentence, alphabet, clauses
from kg.slots import fill
from kg.yaml_table import any_of

_LEAST = 2  # things that a fact joins
_MOST_NAMED = 6
_SHOWN = 40  # characters of a sentence that is too long
_MOST_CLAUSES = 100  # of a sentence; one that has more is a page whose full stops were lost


@dataclass(frozen=True, slots=True)
class _Known:
    """What it takes to judge a sentence. triggers: by relation; beside: a country, or a list of them, right before its body."""

    grammar: Grammar
    found: Found
    triggers: tuple[tuple[Relation, re.Pattern[str]], ...]
    beside: re.Pattern[str]


def find(extraction: Extraction, found: Found, sentences: Mapping[str, Sequence[Sentence]], grammar: Grammar) -> tuple[Issue, ...]:
    """The issues of a report, in reading order. found: its names as resolved; sentences: by paragraph number."""
    known = _Known(grammar, found, *_patterns(grammar))
    issues = [*_unknown_names(extraction, grammar.language.names), *_shared_names(extraction, found, grammar.ontology)]
    for read in reads(extraction, sentences):
        issues += [*_stand_ins(read), *_bodies(read, known), *_silent(read, known)]
    order = {paragraph.number: place for place, paragraph in enumerate(extraction.document.paragraphs)}
    return tuple(sorted(issues, key=lambda issue: (order[issue.paragraph], issue.start, issue)))


@cache
def _patterns(grammar: Grammar) -> tuple[tuple[tuple[Relation, re.Pattern[str]], ...], re.Pattern[str]]:
    """The triggers of each relation, and a country right before its body."""
    triggers = tuple((file.relation, re.compile(any_of(file.triggers))) for file in grammar.files)
    return triggers, re.compile(fill("{Country}{genitive}$", grammar.language.profile, alphabet(grammar.ontology)))


def unmet(document: Document, found: Mapping[str, float]) -> Iterator[Issue]:
    """The expectations of the report's .toml that are not met. found: numbers by the same names, 0 where there is none."""
    for name, least in document.expect:
        if found.get(name, 0) < least:
            yield Issue("", "expectation", name, f"{found.get(name, 0):.6g} found, at least {least} expected")


def _unknown_names(extraction: Extraction, names: Names) -> Iterator[Issue]:
    """What looks like a name and is known as none, each once, where it first stands."""
    mentions = dict(extraction.mentions)
    issues: list[Issue] = []
    for paragraph in extraction.document.paragraphs:
        known = [m for m in mentions[paragraph.number] if m.kind not in VALUES]
        told: set[int] = set()
        for start, end, message in _nameless(paragraph.text, known, names):
            if told.isdisjoint(range(start, end)):
                told.update(range(start, end))
                issues.append(Issue(paragraph.number, "unknown-name", paragraph.text[start:end], message, start, end))
    times = Counter(issue.text for issue in issues)
    for issue in {issue.text: issue for issue in reversed(issues)}.values():
        yield replace(issue, message=f"{issue.message}; {times[issue.text]} times") if times[issue.text] > 1 else issue


def _nameless(text: str, known: Sequence[Mention], names: Names) -> Iterator[tuple[int, int, str]]:
    """Start and end of what looks like a name in a text and holds none, and what it looks like; the surest first."""
    spans = [(m.start, m.end) for m in known]
    for one in find_unknown(text, spans, names.defining, cuts(names)):
        yield one.start, one.close, f"{one.short} is short for no known name"
    taken = {i for span in spans for i in range(*span)}
    for quoted in names.quoted.finditer(text):
        if taken.isdisjoint(range(*quoted.span())):
            yield *quoted.span(), "in quotation marks, but no known kind of name"
    for start, end in find_refused(text, known, names):
        yield start, end, "ends like a name, but is known as none"


def _shared_names(extraction: Extraction, found: Found, ontology: Ontology) -> Iterator[Issue]:
    """A form that is a name of several things, where it first stands. A body that every country has is told by its country."""
    listed, plain = _listed_names(ontology)
    written = {mention.text for _, mentions in extraction.mentions for mention in mentions}
    named: defaultdict[str, dict[str, str]] = defaultdict(dict)
    # The listed names are looked up, for they are many; read are only the things that the report names in its own way too.
    for form in written & listed.keys():
        named[form].update({iri: found.entities[iri].name for iri in listed[form] if iri in found.entities})
    for iri, entity in found.entities.items():
        if plain.get(iri) is not entity:
            for form in written.intersection((entity.name, *entity.names)):
                named[form][iri] = entity.name
    told: set[str] = set()
    for number, mentions in extraction.mentions:
        for mention in mentions:
            things = named[mention.text]
            if mention.term in things and len(things) > 1 and mention.text not in told:
                told.add(mention.text)
                others = sorted(name for iri, name in things.items() if iri != mention.term)
                message = f"taken for {things[mention.term]}; also a name of {_listed(others)}"
                yield Issue(number, "ambiguous-name", mention.text, message, mention.start, mention.end)


@cache
def _listed_names(ontology: Ontology) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Entity]]:
    """The IRIs of the listed things by each of their names, and the things by IRI."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for entity in ontology.entities:
        for form in (entity.name, *entity.names):
            names[form].append(entity.iri)
    return dict(names), {entity.iri: entity for entity in ontology.entities}


def _stand_ins(read: Read) -> Iterator[Issue]:
    """Words that stand for a thing named before, where several things of that kind were named."""
    for mention in dict.fromkeys(read.things()):
        _, stands, how = mention.how.partition("” stands for ")
        if stands and " rather than " in how:
            yield _ambiguous(read, mention, f"taken for {how}, named before")


def _bodies(read: Read, known: _Known) -> Iterator[Issue]:
    """Bodies whose country the sentence does not say, though it names another one."""
    countries = {m.term: m.text for m in read.things() if m.kind == "Country"}
    told: set[tuple[int, int]] = set()
    for index, body in read.sentence.held.items():
        if body.how.startswith("belongs to") and body.term in known.found.parts and (body.start, body.end) not in told:
            told.add((body.start, body.end))
            others = [name for country, name in countries.items() if country != known.found.parts[body.term][1]]
            if others and not known.beside.search(read.sentence.text[:index]):
                yield _ambiguous(read, body, f"{body.how}; the sentence also names {_listed(others)}")


def _ambiguous(read: Read, mention: Mention, message: str) -> Issue:
    return Issue(read.paragraph.number, "ambiguous-name", mention.text, message, mention.start, mention.end)


def _silent(read: Read, known: _Known) -> Iterator[Issue]:
    """The sentence, where it may say more of things than was read from it."""
    profile, sentence = known.grammar.language.profile, read.sentence
    if len(sentence.text) > SENTENCE:
        begin = read.quote[:_SHOWN]
        message = f"a sentence of {len(read.quote):,} characters: facts are sought in shorter ones only"
        yield Issue(read.paragraph.number, "too-long", begin, message, sentence.start, sentence.start + len(begin))
        return
    if len({thing.term for thing in read.things()}) < _LEAST:
        return  # nothing to join
    if profile.self_reference.search(read.quote):
        return
    naming = [bounds for bounds in clauses(sentence.text, profile.clause_end) if read.things(*bounds)][:_MOST_CLAUSES]
    stated = known.grammar.modality.stated(sentence)
    said = [bounds for bounds in naming if not stated.denies(*bounds)]
    words, things = _expected(read, said, known)
    if words:
        message = f"{', '.join(words)}: no such fact was read"
    elif not read.facts and not read.numbers:
        things = _apart(read, [m for bounds in said for m in read.things(*bounds)], known.grammar.ontology.relations.values(), known)
        message = "no fact was read"
    if things:
        names = {m.term: m.text for m in sorted(things)}
        kind = "trigger" if words else "no-fact"
        yield Issue(
            read.paragraph.number, kind, read.quote, f"{message}; names {_listed(list(names.values()))}", sentence.start, sentence.end
        )


def _expected(read: Read, said: Sequence[tuple[int, int]], known: _Known) -> tuple[list[str], set[Mention]]:
    """The first word for each relation that the sentence gave no fact of, in reading order, and the things it could join."""
    told = {_family(known.grammar.ontology.relations[fact.relation]) for fact in read.facts}
    words: dict[tuple[int, str], list[str]] = defaultdict(list)
    things: set[Mention] = set()
    for relation, pattern in known.triggers:
        for begin, end in said if _family(relation) not in told else ():
            word = pattern.search(read.sentence.text, begin, end)
            apart = _apart(read, read.things(begin, end), (relation,), known) if word else set()
            if word and apart:
                words[word.start(), word[0]].append(relation.name)
                things |= apart
                break
    return [f"“{word}” ({' or '.join(relations)})" for (_, word), relations in sorted(words.items())], things


def _apart(read: Read, named: Sequence[Mention], relations: Iterable[Relation], known: _Known) -> set[Mention]:
    """Those of the things that one of the relations could join to another, where no fact of the sentence joins the two."""
    is_a = known.grammar.ontology.is_a
    joined = {frozenset((fact.subject, fact.object)) for fact in read.facts}

    def has_other(one: Mention, others: Sequence[Mention]) -> bool:
        return any(one.term != other.term and frozenset((one.term, other.term)) not in joined for other in others)

    things = {m.term: m for m in reversed(named)}.values()
    apart: set[Mention] = set()
    for relation in relations:
        subjects = [m for m in things if is_a(m.kind, relation.domain)]
        objects = [m for m in things if is_a(m.kind, relation.range)]
        apart |= {m for m in subjects if has_other(m, objects)} | {m for m in objects if has_other(m, subjects)}
    return apart


def _family(relation: Relation) -> str:
    """The relation above it, else itself."""
    return relation.parent or relation.name


def _listed(names: Sequence[str]) -> str:
    return ", ".join([*names[:_MOST_NAMED], *(["…"] if names[_MOST_NAMED:] else [])])
