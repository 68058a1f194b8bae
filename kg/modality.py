"""What a sentence does not state: what it denies, urges, advises, or makes depend on something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.language import Language
from kg.needs import Sieve, words
from kg.ontology import Ontology
from kg.profile import Pattern, Profile
from kg.sentences import Sentence, alphabet, clauses
from kg.slots import fill, needed_words


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a sentence does not state what it speaks of, as places in its cells; to be asked of many of its clauses and matches.

    negations: where they stand; conditions, urged, reported: where they end; advised: where it begins and ends; own_subjects: where
    a clause begins that names a subject of its own.
    """

    negations: tuple[tuple[int, int], ...]
    conditions: tuple[int, ...]
    urged: tuple[int, ...]
    reported: tuple[int, ...]
    advised: tuple[tuple[int, int], ...]
    own_subjects: tuple[int, ...]

    def denies(self, begin: int, end: int) -> bool:
        """Whether the words between two cells, which begin with a clause, are not stated as done, under way or planned."""
        if any(begin <= start and stop <= end for start, stop in self.negations) or any(stop <= end for stop in self.conditions):
            return True
        if _last(self.urged, end) > _last(self.reported, end):
            return True
        advised = [start for start, stop in self.advised if stop <= end]
        return bool(advised) and not any(advised[-1] < clause < end for clause in self.own_subjects)


@dataclass(frozen=True, slots=True)
class Modality:
    """The wordings of a language for what is not stated.

    urged: somebody is asked to do something, which holds to the end of the sentence or to the next `reported`: somebody tells
    what is the case. advised: it ought to be done, which holds until a clause names a subject of its own, not one carried on.
    """

    profile: Profile
    may: Sieve[Pattern]  # which of the patterns may match in a sentence: in most of them none does
    urged: Pattern
    reported: Pattern
    advised: Pattern
    own_subject: Pattern

    def stated(self, sentence: Sentence) -> Stated:
        """What a sentence states and what not."""
        text = sentence.text
        found = {pattern: [*pattern.finditer(text)] for pattern in self.may.passing(text)}
        negations: list[re.Match[str]] = []
        if self.profile.negation in found:
            # What only looks like a negation is blotted out, so that the rest stays in its place.
            plain = self.profile.not_negation.sub(lambda match: " " * len(match[0]), text)
            negations = [*self.profile.negation.finditer(plain)]
        advised = tuple(m.span() for m in found.get(self.advised, ()))
        heads = (self.own_subject.match(text, begin) for begin, _ in clauses(text, self.profile.clause_end)) if advised else ()
        own = (head for head in heads if head and sentence.cells[head.end() - 1].start < sentence.cells[head.end() - 1].end)
        return Stated(
            tuple(m.span() for m in negations),
            tuple(m.end() for m in found.get(self.profile.condition, ())),
            tuple(m.end() for m in found.get(self.urged, ()) if m["urged"]),
            tuple(m.end() for m in found.get(self.reported, ())),
            advised,
            tuple(head.start() for head in own),
        )


def _last(places: Sequence[int], end: int) -> int:
    """The last place up to an end, -1 if there is none."""
    return max((place for place in places if place <= end), default=-1)


@cache
def modality(language: Language, ontology: Ontology) -> Modality:
    """The modality of a language."""
    profile, letters = language.profile, alphabet(ontology)
    slots = "{urged}", "{reported}", "{advised}"
    urged, reported, advised, own_subject = (re.compile(fill(one, profile, letters)) for one in (*slots, "(?:{lead}){0,9}{Party}"))
    needs = [needed_words(one, profile, letters).needs for one in slots]
    plain = [(one, words(one.pattern).needs) for one in (profile.negation, profile.condition)]
    may = Sieve([*zip((urged, reported, advised), needs, strict=True), *plain])
    return Modality(profile, may, urged, reported, advised, own_subject)
