"""Names that are known, and where they stand in a text: the longest name wins, also when nobody wants the longer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress

from kg.language import Language
from kg.model import Entity, Mention
from kg.ontology import RDFS, SKOS, Ontology

_QUOTES = {"“”", "《》", "‘’", "「」"}
_BEGINNING = 2  # characters by which a name is looked up


@dataclass(frozen=True, slots=True)
class Entry:
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
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for form in filter(None, forms):
            lengths[form[:_BEGINNING]].add(len(form))
        # How long the names are that begin so: few, whatever the number of names, so that a long report costs no more a character.
        self._lengths = {beginning: tuple(sorted(found)) for beginning, found in lengths.items()}
        self._widths = sorted({len(beginning) for beginning in lengths})

    def find(self, text: str) -> Places:
        """Where the names stand in a text, overlapping ones too."""
        found: dict[tuple[int, int], Entry] = {}
        for width in self._widths:
            beginnings = [text[start : start + width] for start in range(len(text) - width + 1)]
            for start in compress(range(len(text)), map(self._lengths.__contains__, beginnings)):
                for length in self._lengths[beginnings[start]]:
                    form = text[start : start + length]
                    if len(form) == length and form in self.forms:
                        found[start, start + length] = self.forms[form]
        return found


def mentions(text: str, found: Places) -> tuple[Mention, ...]:
    """The names in a text, longest first where they overlap, left to right."""
    taken: set[int] = set()
    result = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        # What is taken is at least as long, so that it cannot lie between two places that are free.
        if start in taken or end - 1 in taken:
            continue
        taken.update(range(start, end))
        entry = found[start, end]
        if entry.entity:
            begin, close = _with_marks(text, start, end)
            result.append(Mention(begin, close, entry.entity.kind, entry.entity.iri, entry.how, text[begin:close]))
    return tuple(sorted(result))


def without_money(text: str, found: Places, currencies: Iterable[str]) -> Places:
    """The places of names, where a country before the word for its money is none."""
    countries = [(start, end) for (start, end), entry in found.items() if entry.entity and entry.entity.kind == "Country"]
    money = {(start, end + len(unit)): Entry(None, "") for start, end in countries for unit in currencies if text.startswith(unit, end)}
    return {**found, **money}


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A name together with the quotation marks that stand right around it."""
    marks = text[start - 1 : start] + text[end : end + 1]
    return (start - 1, end + 1) if marks in _QUOTES else (start, end)
