"""The profile of a language, `kg/lang/<code>/profile.yaml`: how its sentences are built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.needs import Needs, needs
from kg.yaml_table import Table, open_table

Pattern = re.Pattern[str]

_PLAIN = ("label", "sentence_end", "clause_end", "list_mark", "possessive", "not_actor_after", "not_actor_after_country")
_PHRASES = (
    *("joiner", "with_joiner", "list_joiner", "list_end", "adv", "goes_on", "lead", "no_subject", "apart", "genitive"),
    *("going_together", "scene", "through", "reporter", "urged", "reported", "advised"),
)
_SINGLE = ("self_reference", "negation", "not_negation", "condition", "in_turn", "excluded")
_KEYS = (*_PLAIN, *_SINGLE, "words", "phrases", "gaps", "status", "stands_for")


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that may stand between two slots of a pattern.

    most: how many characters; inside_clause: whether in one clause; without: classes of names that may not be among them.
    """

    most: int
    inside_clause: bool
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Words that stand for things named before.

    kinds: their classes; many: how many; subject: whether they stand for the subject of their clause. A group `noun` in the
    pattern is the ending that the thing's name must have. needs: as in kg.needs.
    """

    pattern: Pattern
    needs: Needs
    kinds: frozenset[str]
    many: int
    subject: bool


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """How sentences are built.

    phrases: name -> regular expression in which {name} is another phrase or list of words and {Class} a name of that class
    (`kg.slots` fills them); the compiled patterns hold no slots.
    """

    label: str
    sentence_end: str
    clause_end: str
    list_mark: str
    possessive: str
    not_actor_after: str
    not_actor_after_country: str
    phrases: Mapping[str, str] = field(repr=False)
    gaps: Mapping[str, Gap]
    self_reference: Pattern
    negation: Pattern
    not_negation: Pattern
    condition: Pattern
    in_turn: Pattern
    excluded: Pattern
    status: Mapping[str, Pattern]
    stands_for: tuple[StandIn, ...] = field(repr=False)


def read_profile(path: Path) -> Profile:
    """The profile in a file; a LanguageError names the file, the key and the fault."""
    table = open_table(path).only(*_KEYS)
    words = table.table("words")
    lists = {name: f"(?:{'|'.join(words.entries(name))})" for name in words.values}
    phrases = table.table("phrases")
    for name in _PHRASES:
        if name not in phrases.values:
            phrases.fail(name, "missing")
    gaps = table.table("gaps")
    status = table.table("status")
    patterns = {key: table.pattern(key, {}) for key in _SINGLE}
    return Profile(
        label=table.text("label"),
        sentence_end=table.text("sentence_end"),
        clause_end=table.text("clause_end"),
        list_mark=table.text("list_mark"),
        possessive=table.text("possessive"),
        not_actor_after=table.text("not_actor_after"),
        not_actor_after_country=table.text("not_actor_after_country"),
        phrases={**lists, **phrases.texts()},
        gaps={name: _gap(gaps.table(name)) for name in gaps.values},
        status={name: status.pattern(name, lists) for name in status.values},
        stands_for=tuple(_stand_in(row) for row in table.tables("stands_for")),
        self_reference=patterns["self_reference"],
        negation=patterns["negation"],
        not_negation=patterns["not_negation"],
        condition=patterns["condition"],
        in_turn=patterns["in_turn"],
        excluded=patterns["excluded"],
    )


def _gap(row: Table) -> Gap:
    row.only("most", "inside_clause", "without")
    return Gap(row.number("most"), row.flag("inside_clause"), row.words("without"))


def _stand_in(row: Table) -> StandIn:
    row.only("text", "kinds", many=1, subject=False)
    pattern = row.pattern("text", {})
    return StandIn(pattern, needs(pattern.pattern), frozenset(row.words("kinds")), row.number("many", 1), row.flag("subject"))
