"""Relation files: checked, compiled, applied.

A pattern is a regular expression over a sentence in which each name is one character (kg/sentences.py), with slots in braces:

    {subject} {object}     a name that the relation's domain or range allows; twice the same slot joins what both hold
    {object+}              an enumeration of them
    {object:Country+}      … of one class only
    {owner}                the subject as possessor or place ("X's programme"), wherever it stands
    {members+}             for a symmetric relation: each with each
    {Place} {Time} …       a name of a class, not taken
    {adv} {with} …         the words of that name in the language's profile, which may hold slots
    {gap} {any} {far}      words between, as the profile says
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import LanguageError, did_you_mean
from kg.language import Language, Profile, fields
from kg.model import Mention
from kg.ontology import Ontology, Relation
from kg.resources import load_yaml
from kg.sentences import Alphabet, Sentence, alphabet

_SLOT = re.compile(r"\{(?P<name>[A-Za-z_]+)(?::(?P<kinds>[A-Za-z|]+))?(?P<many>\+?)\}")
_MOST_STEPS = 200
_MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the facts it gives, as (subject, object) names; none is an example too."""

    text: str
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a relation file. id: "<language>/<file>#<n>", n counted from 1."""

    id: str
    relation: Relation
    source: str
    pattern: re.Pattern[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RelationFile:
    """What one file says: the relation, its rules and examples."""

    path: Path
    relation: Relation
    about: str
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired: subject and object, and from where to where in the sentence's cells."""

    rule: Rule
    subject: Mention
    object: Mention
    start: int
    end: int


@cache
def load(language: Language, ontology: Ontology) -> tuple[RelationFile, ...]:
    """All relation files of a language, in the order of the ontology's relations."""
    files = [read(path, language, ontology) for path in language.relation_files]
    order = list(ontology.relations)
    return tuple(sorted(files, key=lambda f: order.index(f.relation.name)))


def apply(files: tuple[RelationFile, ...], sentence: Sentence) -> Iterator[Match]:
    """Every match of every rule in a sentence; the same pair may come from several rules."""
    text = sentence.text
    for file in files:
        for rule in file.rules:
            for match in _overlapping(rule.pattern, text):
                yield from _pairs(rule, match, sentence)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that may begin inside one another, at most a bounded number."""
    position = 0
    for _ in range(_MOST_STEPS):
        match = pattern.search(text, position)
        if match is None:
            return
        yield match
        position = match.start() + 1


def _pairs(rule: Rule, match: re.Match[str], sentence: Sentence) -> Iterator[Match]:
    """The pairs that a match gives: each subject with each object, or each member with each."""
    held: dict[str, list[Mention]] = {"subject": [], "owner": [], "object": [], "members": []}
    for group, text in match.groupdict().items():
        if text:
            held[group.rstrip("0123456789")] += sentence.mentions(*match.span(group))
    pairs = itertools.chain(itertools.product(held["subject"] + held["owner"], held["object"]), itertools.combinations(held["members"], 2))
    for subject, obj in pairs:
        if subject.term != obj.term:
            yield Match(rule, subject, obj, *match.span())


def read(path: Path, language: Language, ontology: Ontology) -> RelationFile:
    """One relation file; a LanguageError names the file and the fault."""
    keys = {"relation", "about", "patterns", "examples"}
    raw = fields(path, load_yaml(path), keys, keys)
    if raw["relation"] not in ontology.relations:
        message = f"{path}: no relation {raw['relation']!r} in ontology/kg.ttl; {did_you_mean(str(raw['relation']), ontology.relations)}"
        raise LanguageError(message)
    relation = ontology.relation(raw["relation"])
    if path.stem != relation.name:
        message = f"{path}: holds the relation {relation.name!r}; name the file {relation.name}.yaml"
        raise LanguageError(message)
    for key in ("patterns", "examples"):
        if not isinstance(raw[key], list):
            message = f"{path}: {key}: a list is needed, not {type(raw[key]).__name__}"
            raise LanguageError(message)
    compiled = {
        source: compile_pattern(source, relation, language.profile, alphabet(ontology), path) for source in map(str, raw["patterns"])
    }
    rules = tuple(
        Rule(f"{language.code}/{relation.name}#{number}", relation, source, pattern)
        for number, (source, pattern) in enumerate(compiled.items(), start=1)
    )
    return RelationFile(path, relation, raw["about"], rules, tuple(_example(path, row) for row in raw["examples"]))


def _example(path: Path, row: object) -> Example:
    known = fields(path, row, {"text", "gives"}, {"text", "gives"})
    return Example(str(known["text"]), tuple(_fact(path, str(fact)) for fact in known["gives"] or ()))


def _fact(path: Path, text: str) -> tuple[str, str]:
    subject, arrow, obj = (part.strip() for part in text.partition("→"))
    if not (subject and arrow and obj):
        message = f"{path}: examples: {text!r} is no fact; write it as: subject → object"
        raise LanguageError(message)
    return subject, obj


def compile_pattern(source: str, relation: Relation, profile: Profile, letters: Alphabet, path: Path) -> re.Pattern[str]:
    """A pattern with its slots filled in; what is wrong is a LanguageError with the file and the choices."""
    roles = {"subject": relation.domain, "owner": relation.domain, "object": relation.range, "members": relation.domain}
    seen: dict[str, int] = {}

    def fill(slot: re.Match[str]) -> str:
        name, kinds, many = slot["name"], slot["kinds"], slot["many"]
        if name in profile.gaps:
            return _gap(profile, letters, name)
        if name in profile.words:
            return _SLOT.sub(fill, profile.words[name])
        try:
            chars = f"[{letters.chars(kinds.split('|') if kinds else roles.get(name, [name]))}]"
        except KeyError:
            chars = "[]"
        if chars == "[]":
            choices = [*roles, *profile.words, *profile.gaps, *sorted(letters.kinds)]
            message = f"{path}: {source}: unknown slot {slot[0]}; {did_you_mean(name, choices)}"
            raise LanguageError(message)
        acts = name == "subject" and bool(set(chars) & set(letters.chars(["Party"])))
        first = _actor(chars, profile, letters) if acts else chars
        joiner = profile.with_joiner if name == "subject" else profile.joiner
        listed = f"(?>{first}(?:{joiner}{chars}){{0,{_MOST_LISTED}}})" if many else first
        end = f"(?:{_SLOT.sub(fill, profile.list_end)})?" if many else ""
        if name not in roles:
            return listed + end
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{seen[name]}>{listed}){end}"

    try:
        pattern = re.compile(_SLOT.sub(fill, source))
    except re.error as error:
        message = f"{path}: {source}: not a regular expression: {error}"
        raise LanguageError(message) from error
    if "members" not in seen and not ("object" in seen and {"subject", "owner"} & set(seen)):
        message = f"{path}: {source}: needs {{subject}} or {{owner}} with {{object}}, or {{members+}}"
        raise LanguageError(message)
    return pattern


def _actor(chars: str, profile: Profile, letters: Alphabet) -> str:
    """Who acts: no name behind a word that makes it the one acted on, no country behind one that makes it a place."""
    country = letters.char("Country")
    others = chars.replace(country, "")
    either = f"(?<![{profile.not_actor_after}]){others}" if others != "[]" else ""
    if others != chars:
        either += f"{'|' if either else ''}(?<![{profile.not_actor_after_country}]){country}"
    return f"(?:{either})"


def _gap(profile: Profile, letters: Alphabet, name: str) -> str:
    """Some words between two slots, as few as will do: none of certain marks and classes, but "X's" is allowed before a noun."""
    row = profile.gaps[name]
    closed = letters.chars(row.without_kinds) if row.without_kinds else ""
    marks = profile.sentence_end + (profile.clause_end if row.inside_clause else "")
    word = f"[^{re.escape(marks + closed)}]"
    if closed:
        word = f"(?:{word}|[{closed}]{profile.possessive})"
    return f"{word}{{0,{row.most}}}?"
