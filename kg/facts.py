"""From the matches of rules to statements: what is denied gives nothing, the most exact relation stands, the sentence is the evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.language import Language
from kg.limits import SENTENCE
from kg.modality import Modality, modality
from kg.model import Evidence, Mention, Paragraph, Period, Statement
from kg.ontology import Ontology
from kg.profile import Pattern, Profile
from kg.rules import Match, RelationFile, apply, load
from kg.sentences import Sentence, alphabet, clauses
from kg.slots import fill

# All that a statement says, without its evidence.
_Said = tuple[str, str, str, str, Period, Decimal | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What it takes to read facts: the relation files of a language, its profile, and the ontology."""

    files: tuple[RelationFile, ...]
    language: Language
    ontology: Ontology
    modality: Modality
    scene: Pattern
    through: Pattern


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence being read: where its clauses begin and end, and where it names times."""

    paragraph: Paragraph
    sentence: Sentence
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    times: tuple[tuple[int, Mention], ...]

    @classmethod
    def of(cls, paragraph: Paragraph, sentence: Sentence, profile: Profile) -> _Read:
        """What all matches in a sentence have in common."""
        begins, ends = zip(*clauses(sentence.text, profile.clause_end), strict=True)
        times = tuple((place, mention) for place, mention in sentence.held.items() if mention.kind == "Time")
        return cls(paragraph, sentence, begins, ends, times)

    def clause(self, match: Match) -> tuple[int, int]:
        """Where the clause begins in which a match begins, and where that one ends in which it ends."""
        return self.begins[bisect_right(self.begins, match.start) - 1], self.ends[bisect_left(self.ends, match.end)]


@cache
def grammar(language: Language, ontology: Ontology) -> Grammar:
    """The grammar of a language."""
    phrases, letters = language.profile.phrases, alphabet(ontology)
    scene, through = (re.compile(fill(phrases[name], language.profile, letters)) for name in ("scene", "through"))
    return Grammar(load(language, ontology), language, ontology, modality(language, ontology), scene, through)


def statements(
    paragraph: Paragraph, sentences: Iterable[Sentence], known: Grammar, parts: Mapping[str, tuple[str, str]]
) -> list[Statement]:
    """The statements of one paragraph, each with its evidence; equal ones are not yet joined. parts: as in finders.names.Found."""
    profile = known.language.profile
    result: list[Statement] = []
    for sentence in sentences:
        if len(sentence.text) > SENTENCE or profile.self_reference.search(paragraph.text[sentence.start : sentence.end]):
            continue
        if matches := list(apply(known.files, sentence)):
            read = _Read.of(paragraph, sentence, profile)
            stated = known.modality.stated(sentence)
            matches = [m for m in matches if not stated.denies(read.clause(m)[0], m.end)]
            matches = [m for m in matches if parts.get(m.subject.term) != ("locatedIn", m.object.term)]
            result += [_statement(read, match, known) for match in _most_exact(matches, known.ontology)]
        result += _by_name(paragraph, sentence, parts, known.language.code)
    return result


def joined(found: Iterable[Statement]) -> tuple[Statement, ...]:
    """Equal statements as one with all their evidence, sorted."""
    evidence: dict[_Said, set[Evidence]] = defaultdict(set)
    for s in found:
        said = s.subject, s.relation, s.object, s.status, s.period, s.amount, s.unit, s.place, s.programme
        evidence[said].update(s.evidence)

    def order(said: _Said) -> tuple[str, str, str, str, Period, str, Decimal, str, str]:
        subject, relation, obj, status, period, amount, unit, place, programme = said
        return subject, relation, obj, status, period, unit, amount or Decimal(0), place, programme

    return tuple(Statement(*said, tuple(sorted(evidence[said]))) for said in sorted(evidence, key=order))


def _most_exact(matches: Sequence[Match], ontology: Ontology) -> Iterator[Match]:
    """One match for each pair and relation; a relation gives way to one below it, "operates in" to "supports"."""
    by_pair: dict[frozenset[str] | tuple[str, str], dict[str, Match]] = defaultdict(dict)
    for match in matches:
        relation = match.rule.relation
        pair = (match.subject.term, match.object.term)
        by_pair[frozenset(pair) if relation.symmetric else pair].setdefault(relation.name, match)
    for found in by_pair.values():
        above = {ontology.relations[name].parent for name in found} | {other for name in found for other in ontology.relations[name].beats}
        yield from (match for name, match in found.items() if name not in above)


def _statement(read: _Read, match: Match, known: Grammar) -> Statement:
    profile, relation, sentence = known.language.profile, match.rule.relation, read.sentence
    subject, obj = match.subject, match.object
    if relation.symmetric and obj.term < subject.term:
        subject, obj = obj, subject
    evidence = _evidence(read, match.rule.id, subject, obj)
    begin, end = read.clause(match)
    amount, unit = _amount(sentence, begin, end) if relation.name == "funds" else (None, "")
    # A plan said of somebody else is no plan of the possessor: "the firm will fund the agency's programme".
    status = _status(sentence.text[match.start if match.rule.possessive else begin : match.end], profile)
    period = _period(read.times, begin, match)
    place = "" if known.ontology.is_a(obj.kind, {"Place"}) else _named(known.scene, "place", sentence, 0, match)
    programme = _named(known.through, "programme", sentence, begin, match)
    return Statement(subject.term, relation.name, obj.term, status, period, amount, unit, place, programme, (evidence,))


def _named(pattern: Pattern, group: str, sentence: Sentence, begin: int, match: Match) -> str:
    """The IRI of the last thing that a phrase names between `begin` and the end of a match, if it is neither subject nor object."""
    found = [m for hit in pattern.finditer(sentence.text, begin, match.end) for m in sentence.mentions(*hit.span(group))]
    return found[-1].term if found and found[-1].term not in {match.subject.term, match.object.term} else ""


def _evidence(read: _Read, rule: str, subject: Mention, obj: Mention) -> Evidence:
    start, end = read.sentence.start, read.sentence.end
    return Evidence(read.paragraph.number, start, end, read.paragraph.text[start:end], rule, subject.how, obj.how)


def _status(words: str, profile: Profile) -> str:
    """The status that the words of a match tell; done where they tell none."""
    for status, pattern in profile.status.items():
        if pattern.search(words):
            return status
    return "done"


def _period(times: Iterable[tuple[int, Mention]], begin: int, match: Match) -> Period:
    """The time named in the match's own clauses, the last before its end, else the one the sentence opens with."""
    near = [m for i, m in times if begin <= i < match.end]
    opening = [m for i, m in times if i < min(begin, 12)]
    chosen = near[-1:] or opening[-1:]
    return Period(*chosen[0].term.split("/")) if chosen else Period()


def _amount(sentence: Sentence, begin: int, end: int) -> tuple[Decimal | None, str]:
    """The money named in clauses from begin to end; a quantity's term is "value unit"."""
    for mention in sentence.mentions(begin, end):
        value, _, unit = mention.term.partition(" ")
        if mention.kind == "Money":
            return Decimal(value), unit
    return None, ""


def _by_name(paragraph: Paragraph, sentence: Sentence, parts: Mapping[str, tuple[str, str]], language: str) -> Iterator[Statement]:
    """What a name itself says: a unit is part of the body its name begins with, a national body lies in its country."""
    # A body named without its country was given one by the sentence, not by its name.
    named = {m.term: m for m in sentence.mentions() if m.term in parts and not m.how.startswith(("belongs to", "carried on"))}
    for mention in named.values():
        relation, whole = parts[mention.term]
        how = f"named in “{mention.text}”"
        quote = paragraph.text[sentence.start : sentence.end]
        evidence = Evidence(paragraph.number, sentence.start, sentence.end, quote, f"{language}/names#{relation}", mention.how, how)
        yield Statement(mention.term, relation, whole, evidence=(evidence,))
