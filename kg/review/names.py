"""What people decided about names, applied to the names that were found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.errors import ReportError
from kg.finders.lexicon import Entry
from kg.finders.names import Found
from kg.iris import entity_iri
from kg.model import Entity, Issue, Mention, Paragraph
from kg.ontology import Ontology
from kg.review.entries import Added, Review, Split
from kg.review.things import Things
from kg.sentences import Cell, Sentence, alphabet

LISTED = "listed in the review"
_NOWHERE = "stands nowhere, or only inside longer names"
_MARKS = "“”《》‘’「」"

Same = Mapping[str, str]


def added(review: Review, found: Found) -> dict[str, Entry]:
    """Written form -> entry of the names that people add. Another name of a thing is a thing of its own until `merged` joins the two."""
    things = Things(found.entities.values())
    forms: dict[str, Entry] = {}
    for one in sorted(review.added, key=lambda one: not one.kind):
        whole = forms[one.of].entity if one.of in forms else things.one(one.of)
        kind = one.kind or (whole.kind if whole else "")
        if kind and not _listed(one, things):
            how = f"{LISTED}: {whole.name}" if whole else LISTED
            forms[one.name] = Entry(Entity(entity_iri(one.name), one.name, kind), how)
    return forms


def split(review: Review, found: Found, paragraphs: Sequence[Paragraph]) -> Found:
    """The names found, where a written form stands for another thing in some paragraphs for that thing."""
    if not review.splits:
        return found
    texts = {p.number: p.text for p in paragraphs}
    entities, mentions = dict(found.entities), dict(found.mentions)
    for one in review.splits:
        if thing := _meant(one, Things(entities.values())):
            entities.setdefault(thing.iri, thing)
            for number in texts.keys() & set(one.paragraphs):
                mentions[number] = _renamed(texts[number], mentions[number], one.form, thing)
    return replace(found, entities=entities, mentions=mentions)


def same(review: Review, entities: Mapping[str, Entity], ontology: Ontology) -> dict[str, str]:
    """IRI of a thing -> IRI of the thing that it is, for all that people merge; a ReportError where a listed thing would go away."""
    things = Things(entities.values())
    pairs = [(one.where, one.name, things.one(one.name), things.one(one.into)) for one in review.merges]
    pairs += [(one.where, one.name, entities.get(entity_iri(one.name)), things.one(one.of)) for one in review.added if one.of]
    result: dict[str, str] = {}
    for where, name, *ends in pairs:
        gone, stays = (thing and result.get(thing.iri, thing.iri) for thing in ends)
        if gone in ontology.said and gone != stays:
            message = f"{review.path}: {where}.merge: {name} is in ontology/entities and stays; merge the other into it"
            raise ReportError(message)
        if gone and stays and gone != stays:
            result = {iri: stays if to == gone else to for iri, to in result.items()} | {gone: stays}
    return result


def merged(
    found: Found, sentences: Mapping[str, tuple[Sentence, ...]], one_with: Same, ontology: Ontology
) -> tuple[Found, dict[str, tuple[Sentence, ...]]]:
    """The names and the sentences, each thing that is another one replaced by that. one_with: as `same` gives it."""
    if not one_with:
        return found, dict(sentences)
    entities = dict(found.entities)
    for gone, stays in one_with.items():
        old, new = entities.pop(gone), entities[stays]
        entities[stays] = replace(new, names=tuple(sorted({*new.names, old.name, *old.names} - {new.name})))
    letters = alphabet(ontology)

    def mention(old: Mention) -> Mention:
        if old.term not in one_with:
            return old
        thing = entities[one_with[old.term]]
        how = old.how if old.how.startswith(LISTED) else f"{old.how}; one with {thing.name} by the review"
        return old._replace(kind=thing.kind, term=thing.iri, how=how)

    def cell(old: Cell) -> Cell:
        return letters.cell(mention(old.mention)) if old.mention else old

    whole = sorted(found.parts.items(), key=lambda part: part[0] in one_with)
    parts: dict[str, tuple[str, str]] = {}
    for thing, (relation, other) in whole:
        ends = one_with.get(thing, thing), one_with.get(other, other)
        if ends[0] != ends[1]:
            parts.setdefault(ends[0], (relation, ends[1]))
    mentions = {number: tuple(map(mention, those)) for number, those in found.mentions.items()}
    holders = frozenset(one_with.get(iri, iri) for iri in found.holders)
    read = {n: tuple(s.of(tuple(map(cell, s.cells))) for s in those) for n, those in sentences.items()}
    return Found(entities, mentions, parts, holders), read


def unmatched(review: Review, found: Found, entities: Mapping[str, Entity]) -> Iterator[Issue]:
    """The entries about names that meet nothing in the report. entities: by IRI, before things are merged."""
    things = Things(entities.values())
    forms = {number: {m.text.strip(_MARKS) for m in those} for number, those in found.mentions.items()}
    anywhere = frozenset[str]().union(*forms.values())
    for new in review.added:
        fault = things.fault(new.of) if new.of else _listed(new, things)
        if fault or new.name not in anywhere:
            yield _issue(new.where, f"add {new.name}", fault or f"{new.name} {_NOWHERE}")
    for merge in review.merges:
        if fault := things.fault(merge.name) or things.fault(merge.into):
            yield _issue(merge.where, f"merge {merge.name} into {merge.into}", fault)
    for one in review.splits:
        thing = _meant(one, things)
        said = {
            number for number, those in found.mentions.items() if thing and any(m.term == thing.iri and one.form in m.text for m in those)
        }
        for number in one.paragraphs:
            text = f"split {one.form} as {one.thing}"
            if number not in forms:
                yield _issue(one.where, text, f"there is no paragraph {number}")
            elif thing is None:
                known = things.one(one.thing)
                fault = f"{one.thing} is a {known.kind}" if known else f"{things.fault(one.thing)}; write kind: for a new thing"
                yield _issue(one.where, text, fault)
            elif number not in said:
                yield _issue(one.where, text, f"{one.form} {_NOWHERE}", number)


def _issue(where: str, text: str, fault: str, paragraph: str = "") -> Issue:
    return Issue(paragraph, "review", text, f"{where} matches nothing: {fault}")


def _listed(new: Added, things: Things) -> str:
    """Why a name is not that of a new thing, "" if it may be."""
    known = things.one(new.name) if new.kind else None
    return f"{new.name} is a name of {known.name}, which is in ontology/entities; write of: or split:" if known and known.listed else ""


def _meant(one: Split, things: Things) -> Entity | None:
    """The thing that the written form stands for; None when nothing is called so and the entry does not say of what class it is."""
    known = things.one(one.thing)
    if known and one.kind in {"", known.kind}:
        return known
    return Entity(entity_iri(one.thing), one.thing, one.kind) if one.kind and not known else None


def _renamed(text: str, mentions: Sequence[Mention], form: str, thing: Entity) -> tuple[Mention, ...]:
    """The names of a paragraph, the form wherever it stands now a name of the thing, but not inside a longer name."""
    result = list(mentions)
    for hit in re.finditer(re.escape(form), text):
        over = [m for m in result if m.start < hit.end() and hit.start() < m.end]
        if all(hit.start() - 1 <= m.start and m.end <= hit.end() + 1 and m.text.strip(_MARKS) in form for m in over):
            start, end = min([hit.start(), *(m.start for m in over)]), max([hit.end(), *(m.end for m in over)])
            new = Mention(start, end, thing.kind, thing.iri, LISTED, text[start:end])
            result = [*(m for m in result if m not in over), new]
    return tuple(sorted(result))
