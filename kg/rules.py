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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from kg.errors import LanguageError, did_you_mean
from kg.language import Language
from kg.model import VALUES, Mention
from kg.needs import Needs, Sieve
from kg.ontology import Ontology, Relation
from kg.profile import Profile
from kg.sentences import Alphabet, Sentence, alphabet
from kg.slots import fill, needed_words
from kg.yaml_table import Table, open_table

_SLOT = re.compile(r"\{(?P<name>[A-Za-z_]+)(?::(?P<kinds>[A-Za-z|]+))?(?P<many>\+?)\}")
_MOST_STEPS = 200
_LEAST = 2  # things that a relation joins
_MOST_LISTED = 100
_NOTE = r"(?:[(（][^()（）]{0,40}[)）])?"  # a member of a list may have a note behind it, whose names are no members


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the facts it gives, as (subject, object) names; none is an example too."""

    text: str
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rule:
    """One pattern of a relation file. id: "<language>/<file>#<n>", n counted from 1; in_turn: words for "respectively".

    filled: the source with its slots filled in; needs: the words that a sentence must hold for it to match, as in kg.needs.
    """

    id: str
    relation: Relation
    source: str
    path: Path = field(repr=False)
    in_turn: re.Pattern[str] = field(repr=False)
    filled: str = field(repr=False)
    needs: Needs = field(repr=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """It compiled, when first asked for: all take longer than a report, which needs few. A LanguageError if it is none."""
        try:
            return re.compile(self.filled)
        except re.error as error:
            message = f"{self.path}: {self.source}: not a regular expression: {error}"
            raise LanguageError(message) from error

    @property
    def possessive(self) -> bool:
        """Whether it reads "X's Y"."""
        return "{owner" in self.source and "{subject" not in self.source


@dataclass(frozen=True, slots=True, eq=False)
class RelationFile:
    """What one file says: the relation, its rules and examples. triggers: words that lead one to expect the relation."""

    path: Path
    relation: Relation
    about: str
    triggers: tuple[str, ...]
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


def check(files: Iterable[RelationFile]) -> None:
    """Compile all patterns, which is else done when they are needed; raise LanguageError for one that is no regular expression."""
    for rule in (rule for file in files for rule in file.rules):
        _ = rule.pattern


def apply(files: tuple[RelationFile, ...], sentence: Sentence) -> Iterator[Match]:
    """Every match of every rule in a sentence; the same pair may come from several rules."""
    text = sentence.text
    if len({mention.term for mention in sentence.mentions() if mention.kind not in VALUES}) < _LEAST:
        return
    for rule in _sieve(files).passing(text):
        for match in _overlapping(rule.pattern, text):
            yield from _pairs(rule, match, sentence)


@cache
def _sieve(files: tuple[RelationFile, ...]) -> Sieve[Rule]:
    return Sieve((rule, rule.needs) for file in files for rule in file.rules)


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
            held[group.rstrip("0123456789")] += sentence.members(*match.span(group))
    subjects, objects = held["subject"] + held["owner"], held["object"]
    in_turn = len(subjects) == len(objects) > 1 and rule.in_turn.search(match[0])
    crossed = zip(subjects, objects, strict=True) if in_turn else itertools.product(subjects, objects)
    # Who is only carried on was paired, or not, where the sentence names them.
    named = [m for m in held["members"] if not m.how.startswith("carried on")]
    pairs = itertools.chain(crossed, itertools.combinations(named, 2))
    for subject, obj in pairs:
        if subject.term != obj.term:
            yield Match(rule, subject, obj, *match.span())


def read(path: Path, language: Language, ontology: Ontology) -> RelationFile:
    """One relation file; a LanguageError names the file and the fault."""
    table = open_table(path).only("relation", "about", "triggers", "patterns", "examples")
    name = table.text("relation", ontology.relations)
    if path.stem != name:
        table.fail("relation", f"is {name!r}; name the file {name}.yaml")
    relation = ontology.relation(name)
    letters = alphabet(ontology)
    rules = []
    for number, source in enumerate(table.entries("patterns"), start=1):
        filled, needed = _filled(source, relation, language.profile, letters, path)
        rules.append(Rule(f"{language.code}/{name}#{number}", relation, source, path, language.profile.in_turn, filled, needed))
    examples = tuple(_example(path, row) for row in table.tables("examples"))
    return RelationFile(path, relation, table.text("about"), table.words("triggers"), tuple(rules), examples)


def _example(path: Path, row: Table) -> Example:
    row.only("text", "gives")
    return Example(row.text("text"), tuple(_fact(path, fact) for fact in row.entries("gives")))


def _fact(path: Path, text: str) -> tuple[str, str]:
    subject, arrow, obj = (part.strip() for part in text.partition("→"))
    if not (subject and arrow and obj):
        message = f"{path}: examples: {text!r} is no fact; write it as: subject → object"
        raise LanguageError(message)
    return subject, obj


def _filled(source: str, relation: Relation, profile: Profile, letters: Alphabet, path: Path) -> tuple[str, Needs]:
    """A pattern with its slots filled in, and the words it needs; what is wrong is a LanguageError with the file and the choices."""
    roles = {"subject": relation.domain, "owner": relation.domain, "object": relation.range, "members": relation.domain}
    seen: dict[str, int] = {}

    def least(slot: re.Match[str]) -> str:
        chars = _names(slot, roles, letters)
        return f"(?:{chars}{slot['many']})" if chars else slot[0]

    def taken(slot: re.Match[str]) -> str:
        name, many, chars = slot["name"], slot["many"], _names(slot, roles, letters)
        if not chars:
            return slot[0]
        acts = name == "subject" and bool(set(chars) & set(letters.chars(["Party"])))
        first = _actor(chars, profile, letters) if acts else chars
        joiner = "{with_joiner}" if name == "subject" else "{joiner}"
        listed = f"(?>{first}(?:{_NOTE}{joiner}{chars}){{0,{_MOST_LISTED}}})" if many else first
        end = "{list_end}?" if many else ""
        if name not in roles:
            return listed + end
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{seen[name]}>{listed}){end}"

    try:
        filled = fill(_SLOT.sub(taken, source), profile, letters)
        needed = needed_words(_SLOT.sub(least, source), profile, letters)
    except KeyError as error:
        choices = [*roles, *profile.phrases, *profile.gaps, *sorted(letters.kinds)]
        message = f"{path}: {source}: unknown slot {{{error.args[0]}}}; {did_you_mean(error.args[0], choices)}"
        raise LanguageError(message) from error
    except re.error as error:
        message = f"{path}: {source}: not a regular expression: {error}"
        raise LanguageError(message) from error
    if "members" not in seen and not ("object" in seen and {"subject", "owner"} & set(seen)):
        message = f"{path}: {source}: needs {{subject}} or {{owner}} with {{object}}, or {{members+}}"
        raise LanguageError(message)
    return filled, needed.needs


def _names(slot: re.Match[str], roles: Mapping[str, Iterable[str]], letters: Alphabet) -> str:
    """One name of the classes of a slot; nothing where the slot holds something else."""
    if slot["name"] not in roles and not slot["many"]:
        return ""
    classes = slot["kinds"].split("|") if slot["kinds"] else [*roles.get(slot["name"], [slot["name"]])]
    roles_only = VALUES.intersection(classes) if slot["name"] in roles else ()
    if unknown := [kind for kind in classes if kind not in letters.kinds or kind in roles_only]:
        raise KeyError(unknown[0])
    return f"[{letters.chars(classes)}]"


def _actor(chars: str, profile: Profile, letters: Alphabet) -> str:
    """Who acts: no name behind a word that makes it the one acted on, no country behind one that makes it a place."""
    country = letters.char("Country")
    others = chars.replace(country, "")
    either = f"(?<![{profile.not_actor_after}]){others}" if others != "[]" else ""
    if others != chars:
        either += f"{'|' if either else ''}(?<![{profile.not_actor_after_country}]){country}"
    return f"(?:{either})"
