"""Names that are known, and where they stand in a text: the longest name wins, also when nobody wants the longer one."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from kg.language import Language
from kg.model import Entity, Mention
from kg.ontology import RDFS, SKOS, Ontology

_QUOTES = {"“”", "《》", "‘’", "「」"}
_start = attrgetter("start")


class Entry(NamedTuple):
    """What a written form stands for, and how that is known; `entity` is None for words that are no name."""

    entity: Entity | None
    how: str


# Where written forms stand in a text, from start to end, and what they stand for.
Places = Mapping[tuple[int, int], Entry]


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
    """Finds the known names in texts."""

    def __init__(self, forms: Mapping[str, Entry]) -> None:
        """A lexicon of the written forms."""
        self.forms = dict(forms)
        words = list(filter(None, forms))
        self._entries = [forms[word] for word in words]
        self._automaton = Automaton(words) if words else None

    def find(self, text: str) -> Places:
        """Where the names stand in a text, overlapping ones too."""
        entries = self._entries
        found = self._automaton.find_overlapping(text) if self._automaton else ()
        return {(start, end): entries[number] for start, end, number in found}


def mentions(text: str, found: Places) -> tuple[Mention, ...]:
    """The names in a text, longest first where they overlap, left to right."""
    taken = bytearray(len(text))
    result = []
    for _, start, end in sorted([(start - end, start, end) for start, end in found]):
        # What is taken is at least as long, so that it cannot lie between two places that are free.
        if taken[start] or taken[end - 1]:
            continue
        taken[start:end] = b"\x01" * (end - start)
        entity, how = found[start, end]
        if entity:
            begin, close = _with_marks(text, start, end)
            result.append(Mention(begin, close, entity.kind, entity.iri, how, text[begin:close]))
    result.sort(key=_start)
    return tuple(result)


def without_money(text: str, found: Places, currencies: tuple[str, ...]) -> Places:
    """The places of names, where a country before the word for its money is none."""
    countries = [(start, end) for (start, end), entry in found.items() if entry.entity and entry.entity.kind == "Country"]
    countries = [(start, end) for start, end in countries if text.startswith(currencies, end)]  # few: and there are many currencies
    money = {(start, end + len(unit)): Entry(None, "") for start, end in countries for unit in currencies if text.startswith(unit, end)}
    return {**found, **money}


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A name together with the quotation marks that stand right around it."""
    marks = text[start - 1 : start] + text[end : end + 1]
    return (start - 1, end + 1) if marks in _QUOTES else (start, end)
