"""What a sentence does not state: what it denies, urges, advises, or makes depend on something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language import Language
from kg.ontology import Ontology
from kg.profile import Pattern, Profile
from kg.sentences import Sentence, alphabet, clauses
from kg.slots import fill


@dataclass(frozen=True, slots=True)
class Modality:
    """The wordings of a language for what is not stated.

    urged: somebody is asked to do something, which holds to the end of the sentence or to the next `reported`: somebody tells
    what is the case. advised: it ought to be done, which holds until a clause names a subject of its own.
    """

    profile: Profile
    urged: Pattern
    reported: Pattern
    advised: Pattern
    own_subject: Pattern

    def denies(self, sentence: Sentence, begin: int, end: int) -> bool:
        """Whether the words between two cells, which begin with a clause, are not stated as done, under way or planned."""
        text = sentence.text
        words = text[begin:end]
        if self.profile.negation.search(self.profile.not_negation.sub("", words)) or self.profile.condition.search(text[:end]):
            return True
        urged = max((m.end() for m in self.urged.finditer(text, 0, end) if m["urged"]), default=-1)
        if urged > max((m.end() for m in self.reported.finditer(text, 0, end)), default=-1):
            return True
        advised = [m.start() for m in self.advised.finditer(text, 0, end)]
        return bool(advised) and not self._named_since(sentence, advised[-1], end)

    def _named_since(self, sentence: Sentence, place: int, end: int) -> bool:
        """Whether a clause behind a place, and begun before `end`, names a subject of its own, not one that is carried on."""
        begins = (begin for begin, _ in clauses(sentence.text, self.profile.clause_end) if place < begin < end)
        heads = (self.own_subject.match(sentence.text, begin) for begin in begins)
        return any(sentence.cells[head.end() - 1].start < sentence.cells[head.end() - 1].end for head in heads if head)


@cache
def modality(language: Language, ontology: Ontology) -> Modality:
    """The modality of a language."""
    profile = language.profile
    urged, reported, advised, own_subject = (
        re.compile(fill(pattern, profile, alphabet(ontology))) for pattern in ("{urged}", "{reported}", "{advised}", "(?:{lead})*{Party}")
    )
    return Modality(profile, urged, reported, advised, own_subject)
