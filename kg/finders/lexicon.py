"""Names that are known, and spaCy's matcher over them: the longest name wins, also when nobody wants the longer one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from kg.language import Language
from kg.model import Entity, Mention
from kg.ontology import RDFS, SKOS, Ontology

_QUOTES = {"“”", "《》", "‘’", "「」"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a written form stands for, and how that is known; `entity` is None for words that are no name."""

    entity: Entity | None
    how: str


def listed(ontology: Ontology, language: Language) -> dict[str, Entry]:
    """Written form -> entry: all labels of the ontology's entities in one language, national bodies, and what is no name.

    The entity of a body that every country has ("the ministry of finance") has no IRI yet: the resolver finds the country.
    """
    names = language.names
    forms: dict[str, Entry] = {}
    for entity in ontology.entities:
        for one in ontology.said[entity.iri]:
            if one.predicate in {f"{RDFS}label", f"{SKOS}altLabel"} and one.language == language.code:
                how = "listed" if one.predicate == f"{RDFS}label" else f"listed: {entity.name}"
                forms[one.object] = Entry(entity, how)
    national = {body: Entry(Entity("", body, "GovernmentBody"), "national body") for body in names.national_bodies}
    others = [body + tail for body in names.national_bodies for tail in names.national_tails]
    return {**dict.fromkeys(others, Entry(None, "")), **national, **forms, **dict.fromkeys(names.not_names, Entry(None, ""))}


class Lexicon:
    """Finds the known names in texts. Texts are tokenized into characters, so that every match has exact offsets."""

    def __init__(self, vocab: Vocab, forms: Mapping[str, Entry]) -> None:
        """A matcher over the written forms."""
        self.forms = dict(forms)
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._matcher.add("name", [characters(vocab, form) for form in forms])

    def spans(self, doc: Doc) -> list[tuple[int, int]]:
        """All matches in a document of single characters, overlapping ones too, as character offsets."""
        return [(start, end) for _, start, end in self._matcher(doc)]


def characters(vocab: Vocab, text: str) -> Doc:
    """A text as a spaCy document with one token a character."""
    return Doc(vocab, words=list(text), spaces=[False] * len(text))


def mentions(doc: Doc, text: str, lexicons: Iterable[Lexicon]) -> tuple[Mention, ...]:
    """The names in a text, longest first where they overlap, left to right."""
    found = {span: lexicon.forms[text[slice(*span)]] for lexicon in lexicons for span in lexicon.spans(doc)}
    kept = filter_spans([doc[start:end] for start, end in found])
    result = []
    for span in sorted((s.start, s.end) for s in kept):
        entry = found[span]
        if entry.entity:
            start, end = _with_marks(text, *span)
            result.append(Mention(start, end, entry.entity.kind, entry.entity.iri, entry.how, text[start:end]))
    return tuple(result)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A name together with the quotation marks that stand right around it."""
    marks = text[start - 1 : start] + text[end : end + 1]
    return (start - 1, end + 1) if marks in _QUOTES else (start, end)
