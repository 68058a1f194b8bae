"""All names of a report: the listed ones, the short forms it defines, and those that only their shape tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.finders.definitions import find_definitions
from kg.finders.heads import find_heads
from kg.finders.lexicon import Entry, Lexicon, characters, listed, mentions
from kg.finders.shapes import Candidate, find_shapes
from kg.finders.towns import find_country_bodies, find_towns
from kg.iris import entity_iri
from kg.language import Language
from kg.model import Entity, Mention, Paragraph
from kg.naming import Names
from kg.ontology import Ontology

_SHORTEST_BARE = 3
_QUOTES = "“《‘「"
_SHORTEST_SUFFIX = 4
_SHORTEST_TAIL = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The names of a report.

    entities: by IRI; mentions: by paragraph number; parts: IRI of a thing -> (relation, IRI of the thing whose name its own
    begins with); holders: IRIs of the bodies named only inside the names of their meetings.
    """

    entities: Mapping[str, Entity] = field(repr=False)
    mentions: Mapping[str, tuple[Mention, ...]] = field(repr=False)
    parts: Mapping[str, tuple[str, str]]
    holders: frozenset[str]


@cache
def _listed_names(ontology: Ontology, language: Language) -> tuple[Vocab, Lexicon]:
    vocab = Vocab()
    return vocab, Lexicon(vocab, listed(ontology, language))


def find_names(paragraphs: Sequence[Paragraph], ontology: Ontology, language: Language) -> Found:
    """The names in all paragraphs, in two passes: the first learns what the report calls things, the second finds it everywhere."""
    vocab, known = _listed_names(ontology, language)
    docs = {p.number: characters(vocab, p.text) for p in paragraphs}
    learned = _Learned(known, ontology, language.names)
    for paragraph in paragraphs:
        learned.read(paragraph, docs[paragraph.number])
    lexicons = [known, Lexicon(vocab, learned.settled())]
    found = {p.number: mentions(docs[p.number], p.text, lexicons) for p in paragraphs}
    entities = {entity.iri: entity for entity in (*ontology.entities, *learned.entities.values())}
    forms = {form: entry for lexicon in lexicons for form, entry in lexicon.forms.items()}
    parts = _parts(found.values(), forms, ontology, language.names)
    if tails := _tails(found.values(), parts, forms, entities):
        lexicons.append(Lexicon(vocab, tails))
        found = {p.number: mentions(docs[p.number], p.text, lexicons) for p in paragraphs}
    forms |= tails
    sessions = {m for ms in found.values() for m in ms if m.kind == "Event"}
    holders = {whole.iri for whole in (_begins_with(m, forms) for m in sessions) if whole}
    return Found(entities, found, parts, frozenset(holders))


def _tails(
    found: Iterable[Sequence[Mention]], parts: Mapping[str, tuple[str, str]], forms: Mapping[str, Entry], entities: Mapping[str, Entity]
) -> dict[str, Entry]:
    """The short names of units, "the working group" without its parent's name in front, where they are long enough to tell."""
    tails: dict[str, Entry] = {}
    for mention in sorted({m for ms in found for m in ms if m.term in parts}):
        whole = entities[parts[mention.term][1]]
        before = max((name for name in (whole.name, *whole.names) if mention.text.startswith(name)), key=len, default="")
        tail = mention.text[len(before) :]
        if before and len(tail) >= _SHORTEST_TAIL and tail not in forms:
            tails.setdefault(tail, Entry(entities[mention.term], f"short for {mention.text}"))
    return tails


def _parts(found: Iterable[Sequence[Mention]], forms: Mapping[str, Entry], ontology: Ontology, names: Names) -> dict[str, tuple[str, str]]:
    """Bodies whose name begins with another's: a unit is part of that body, a national body lies in that country."""
    parts: dict[str, tuple[str, str]] = {}
    for mention in sorted({m for ms in found for m in ms if ontology.is_a(m.kind, {"Organization"})}):
        whole = _begins_with(mention, forms)
        if whole is None or mention.term in parts:
            continue
        # A listed body may bear a country's name and lie elsewhere (Columbia University).
        if whole.kind == "Country" and not mention.how.startswith("listed"):
            parts[mention.term] = ("locatedIn", whole.iri)
        elif ontology.is_a(whole.kind, {"Organization"}) and whole.name not in names.no_parents and mention.text.endswith(names.unit_heads):
            parts[mention.term] = ("partOf", whole.iri)
    return parts


def _begins_with(mention: Mention, forms: Mapping[str, Entry]) -> Entity | None:
    """The thing with the longest known name that a name begins with and that is not itself."""
    for length in range(len(mention.text) - 1, 1, -1):
        whole = forms.get(mention.text[:length], Entry(None, "")).entity
        if whole and whole.iri and whole.iri != mention.term:
            return whole
    return None


def _whole(candidate: Candidate, text: str, known: Sequence[Mention]) -> Candidate:
    """A candidate that begins inside a known name begins where that name does."""
    cut = next((m for m in known if m.start < candidate.start < m.end < candidate.end), None)
    if cut is None or text[candidate.start] in _QUOTES:
        return candidate
    return replace(candidate, start=cut.start, name=text[cut.start : candidate.end])


class _Learned:
    """What the first pass learns: written form -> entry, for names that are in no list and for short forms."""

    def __init__(self, known: Lexicon, ontology: Ontology, names: Names) -> None:
        self.entities: dict[str, Entity] = {}
        self._known = known
        self._ontology = ontology
        self._names = names
        self._forms: dict[str, Entry] = {}
        self._bare: dict[str, Entry] = {}

    def read(self, paragraph: Paragraph, doc: Doc) -> None:
        """Learns from one paragraph."""
        text = paragraph.text
        names = mentions(doc, text, (self._known,))
        candidates = [
            *find_shapes(text, self._names),
            *find_heads(text, names, self._names),
            *find_towns(text, names, self._names),
            *find_country_bodies(text, names, self._names),
        ]
        candidates = [_whole(candidate, text, names) for candidate in candidates]
        for candidate in candidates:
            self._learn(candidate, text)
        listed_ends = {m.end for m in names}
        spans = [(m.start, m.end) for m in names] + [(c.start, c.end) for c in candidates if c.end not in listed_ends]
        for definition in find_definitions(text, spans, self._names.defining):
            entry = self._entry(text[definition.start : definition.end])
            if entry and entry.entity:
                how = f"short form defined in {paragraph.number}: {entry.entity.name}"
                self._forms.setdefault(text[definition.start : definition.close], entry)
                if definition.short not in self._known.forms:
                    self._forms.setdefault(definition.short, Entry(entry.entity, how))
                self._add_names(entry.entity, {definition.short})

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
            if entry.entity and form not in self._known.forms
        }

    def _final(self, entity: Entity, same: Mapping[str, str]) -> Entity:
        iri = same.get(entity.iri, entity.iri)
        return self.entities.get(iri, entity)

    def _entry(self, form: str) -> Entry | None:
        return self._known.forms.get(form) or self._forms.get(form) or self._bare.get(form)

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
            entry = self._known.forms.get(form)
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

        A programme whose name ends in another's whole name is that one; so is a body with its country's name in front.
        """
        own = [e for e in self.entities.values() if not e.listed]
        short_of = {form: e for e in own for form in (e.name, *e.names) if len(form) >= _SHORTEST_SUFFIX}
        result: dict[str, str] = {}
        for entity in sorted(own):
            for form, other in sorted(short_of.items()):
                if other.iri == entity.iri or other.kind != entity.kind or entity.iri in result.values():
                    continue
                if entity.kind == "Programme" and any(name.endswith(form) for name in (entity.name, *entity.names)):
                    result.setdefault(entity.iri, other.iri)
                elif self._is_place(entity.name.removesuffix(form)) and entity.name.endswith(form):
                    result.setdefault(other.iri, entity.iri)
        return result

    def _is_place(self, name: str) -> bool:
        entry = self._known.forms.get(name)
        return bool(entry and entry.entity and entry.entity.kind == "Country")
