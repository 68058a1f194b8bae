"""All names of a report: the listed ones, the short forms it defines, and those that only their shape tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from kg.finders.countries import find_countries
from kg.finders.definitions import find_definitions
from kg.finders.heads import find_heads
from kg.finders.lexicon import Entry, Lexicon, Places, listed, mentions, without_money
from kg.finders.parts import begins_with, find_parts, short_units
from kg.finders.shapes import Candidate, find_shapes
from kg.finders.towns import find_country_bodies, find_ministries, find_towns
from kg.finders.units import find_units, whole, with_owner
from kg.iris import entity_iri
from kg.language import Language
from kg.model import Entity, Mention, Paragraph
from kg.naming import Names
from kg.ontology import Ontology

_SHORTEST_BARE = 3
_SHORTEST_SUFFIX = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The names of a report.

    entities: by IRI; mentions: by paragraph number; parts: IRI of a thing -> (relation, IRI of the thing whose name its own
    begins with); holders: IRIs of the bodies named only inside the names of their meetings and resolutions.
    """

    entities: Mapping[str, Entity] = field(repr=False)
    mentions: Mapping[str, tuple[Mention, ...]] = field(repr=False)
    parts: Mapping[str, tuple[str, str]]
    holders: frozenset[str]


@cache
def _listed_names(ontology: Ontology, language: Language) -> Lexicon:
    return Lexicon(listed(ontology, language))


def find_names(
    paragraphs: Sequence[Paragraph], ontology: Ontology, language: Language, added: Mapping[str, Entry] = MappingProxyType({})
) -> Found:
    """The names in all paragraphs, in two passes: the first learns what the report calls things, the second finds it everywhere.

    added: names that people added to this report, which go before what is listed and what is learned.
    """
    known = _listed_names(ontology, language)
    if added:
        known = Lexicon({**known.forms, **added})
    currencies = language.names.currencies
    places = {p.number: without_money(p.text, known.find(p.text), currencies) for p in paragraphs}
    found = {p.number: mentions(p.text, places[p.number]) for p in paragraphs}
    new = Lexicon(find_countries([(p.text, found[p.number]) for p in paragraphs], language.names))
    _find_more(new, paragraphs, places, found, lambda text, here, there: without_money(text, {**here, **there}, currencies))
    forms = {**new.forms, **known.forms}
    learned = _Learned(forms, ontology, language.names, [entry.entity for entry in (*added.values(), *new.forms.values()) if entry.entity])
    for paragraph in paragraphs:
        learned.read(paragraph, found[paragraph.number])
    own = Lexicon(learned.settled())
    _find_more(own, paragraphs, places, found)
    units = Lexicon(learned.units(paragraphs, found))
    _find_more(units, paragraphs, places, found)
    entities = {entity.iri: entity for entity in (*ontology.entities, *learned.entities.values())}
    forms |= own.forms | units.forms
    parts = find_parts(found.values(), forms, ontology, language.names)
    tails = Lexicon(short_units(found.values(), parts, forms, entities))
    _find_more(tails, paragraphs, places, found)
    forms |= tails.forms
    theirs = {m for ms in found.values() for m in ms if m.kind in {"Event", "Document"}}
    holders = {holder.iri for holder in (begins_with(m.text, m.term, forms) for m in theirs) if holder}
    return Found(entities, found, parts, frozenset(holders))


def _find_more(
    names: Lexicon,
    paragraphs: Iterable[Paragraph],
    places: dict[str, Places],
    found: dict[str, tuple[Mention, ...]],
    joined: Callable[[str, Places, Places], Places] = lambda _text, here, there: {**there, **here},
) -> None:
    """Puts the names of a lexicon among what was found, in the paragraphs that have any. joined: they and those there already."""
    for paragraph in paragraphs:
        if here := names.find(paragraph.text):
            places[paragraph.number] = joined(paragraph.text, here, places[paragraph.number])
            found[paragraph.number] = mentions(paragraph.text, places[paragraph.number])


class _Learned:
    """What the first pass learns: written form -> entry, for names that are in no list and for short forms."""

    def __init__(self, known: Mapping[str, Entry], ontology: Ontology, names: Names, added: Iterable[Entity]) -> None:
        self.entities: dict[str, Entity] = {entity.iri: entity for entity in added}
        self._added = frozenset(self.entities)
        self._known = known
        self._ontology = ontology
        self._names = names
        self._forms: dict[str, Entry] = {}
        self._bare: dict[str, Entry] = {}

    def read(self, paragraph: Paragraph, names: Sequence[Mention]) -> None:
        """Learns from one paragraph, in which these listed names stand."""
        text = paragraph.text
        candidates = [
            *find_shapes(text, self._names),
            *find_heads(text, names, self._names),
            *find_towns(text, names, self._names),
            *find_country_bodies(text, names, self._names),
        ]
        candidates = [with_owner(whole(candidate, text, names), text, names) for candidate in candidates]
        candidates += find_units(text, names, candidates, self._names)
        for candidate in candidates:
            self._learn(candidate, text)
        for start, end in find_ministries(text, names, self._names):
            # Its entity has no IRI yet: the resolver finds the country.
            self._forms.setdefault(text[start:end], Entry(Entity("", text[start:end], "GovernmentBody"), "national body"))
        listed_ends = {m.end for m in names}
        spans = [(m.start, m.end) for m in names] + [(c.start, c.end) for c in candidates if c.end not in listed_ends]
        for definition in find_definitions(text, spans, self._names.defining):
            entry = self._entry(text[definition.start : definition.end])
            if entry and entry.entity and entry.entity.iri:
                how = f"short form defined in {paragraph.number}: {entry.entity.name}"
                self._forms.setdefault(text[definition.start : definition.close], entry)
                if definition.short not in self._known:
                    self._forms.setdefault(definition.short, Entry(entry.entity, how))
                self._add_names(entry.entity, {definition.short})

    def units(self, paragraphs: Iterable[Paragraph], found: Mapping[str, Sequence[Mention]]) -> dict[str, Entry]:
        """The units of bodies that only short forms of the report name: written form -> entry."""
        units: dict[str, Entry] = {}
        for paragraph in paragraphs:
            for unit in find_units(paragraph.text, found[paragraph.number], (), self._names):
                surface = paragraph.text[unit.start : unit.end]
                if surface not in self._forms and surface not in self._known:
                    self._learn(unit, paragraph.text)
                    units[surface] = self._forms[surface]
        return units

    def settled(self) -> dict[str, Entry]:
        """All written forms, each pointing at its entity as finally known."""
        same = self._same()
        for old, new in same.items():
            gone = self.entities.pop(old)
            self._add_names(self.entities[new], {gone.name, *gone.names})
        forms = {**self._bare, **self._forms}
        return {
            form: Entry(self._final(entry.entity, same), entry.how)
            for form, entry in forms.items()
            if entry.entity and form not in self._known and not self._is_list(form, entry)
        }

    def _is_list(self, form: str, entry: Entry) -> bool:
        """Whether what was found by its last noun ends with a short form that is joined to something else."""
        last = self._names.joining.split(form)[-1]
        short = self._forms.get(last)
        return last != form and entry.how.startswith("shape") and bool(short and short.how.startswith("short form"))

    def _final(self, entity: Entity, same: Mapping[str, str]) -> Entity:
        iri = same.get(entity.iri, entity.iri)
        return self.entities.get(iri, entity)

    def _entry(self, form: str) -> Entry | None:
        return self._known.get(form) or self._forms.get(form) or self._bare.get(form)

    def _learn(self, candidate: Candidate, text: str) -> None:
        surface = text[candidate.start : candidate.end]
        entity = self._listed_as(candidate) or self._learned_as(candidate)
        if entity is None:
            entity = Entity(entity_iri(candidate.name), candidate.name, candidate.kind)
            self.entities[entity.iri] = entity
        self._add_names(entity, {form for form in (*candidate.also, candidate.name) if form})
        self._forms.setdefault(surface, Entry(entity, candidate.how))
        for form in (*candidate.also, candidate.name):
            if len(form) >= _SHORTEST_BARE and not form[0].isdigit():
                self._bare.setdefault(form, Entry(entity, f"{candidate.how}: {candidate.name}"))

    def _listed_as(self, candidate: Candidate) -> Entity | None:
        """The listed entity that this name is another form of, if one has it and can be of that kind."""
        for form in (candidate.name, *candidate.also):
            entry = self._known.get(form)
            if entry and entry.entity and self._ontology.is_a(entry.entity.kind, {candidate.kind}):
                return entry.entity
        return None

    def _learned_as(self, candidate: Candidate) -> Entity | None:
        """The entity learned before under one of these names: quoted names differ in their heads ("programme", "initiative")."""
        for form in (candidate.name, *candidate.also):
            entry = self._bare.get(form) or self._forms.get(form)
            if entry and entry.entity and entry.entity.kind == candidate.kind:
                return self.entities.get(entry.entity.iri, entry.entity)
        return self.entities.get(entity_iri(candidate.name))

    def _add_names(self, entity: Entity, forms: set[str]) -> None:
        current = self.entities.get(entity.iri, entity)
        names = {*current.names, *forms} - {current.name}
        self.entities[entity.iri] = replace(current, names=tuple(sorted(names)))

    def _same(self) -> dict[str, str]:
        """Names that are another's longer or shorter form: IRI -> IRI.

        A programme whose name ends in another's whole name is that one; so is a body with its country's name in front, and a unit
        that is named with its body's short form.
        """
        own = [e for e in self.entities.values() if not e.listed and e.iri not in self._added]
        short_of = {form: e for e in own for form in (e.name, *e.names) if len(form) >= _SHORTEST_SUFFIX}
        result: dict[str, str] = {}
        kept: set[str] = set()
        for entity in sorted(own):
            full = self._in_full(entity.name)
            if full and full in self.entities and full != entity.iri:
                result[entity.iri] = full
                continue
            names = (entity.name, *entity.names) if entity.kind == "Programme" else (entity.name,)
            for form in sorted({name[start:] for name in names for start in range(len(name))} & short_of.keys()):
                other = short_of[form]
                if other.iri == entity.iri or other.kind != entity.kind or entity.iri in kept:
                    continue
                if entity.kind == "Programme":
                    kept.add(result.setdefault(entity.iri, result.get(other.iri, other.iri)))
                elif self._is_place(entity.name.removesuffix(form)):
                    kept.add(result.setdefault(other.iri, entity.iri))
        return result

    def _in_full(self, name: str) -> str:
        """The IRI of a unit by its body's whole name, where its own name begins with another name of the body; else ""."""
        for length in range(len(name) - 1, 1, -1):
            entry = self._entry(name[:length])
            if entry and entry.entity and entry.entity.iri:
                return entity_iri(entry.entity.name + name[length:]) if name.endswith(self._names.unit_heads) else ""
        return ""

    def _is_place(self, name: str) -> bool:
        entry = self._known.get(name)
        return bool(entry and entry.entity and entry.entity.kind == "Country")
