"""Names that say nothing of their own, `kg/lang/<code>/identity.yaml`, and what in a name identifies the thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import language
from kg.resources import language_folder
from kg.yaml_table import open_table


@dataclass(frozen=True, slots=True)
class General:
    """ordinal, words: what may stand before a head; alone: heads that are names; identifiers: a pattern with a group `identifier`."""

    ordinal: re.Pattern[str]
    words: frozenset[str]
    heads: frozenset[str]
    alone: frozenset[str]
    identifiers: re.Pattern[str]

    def is_general(self, name: str) -> bool:
        """Whether a name tells a thing from others only inside its report."""
        if name in self.alone:
            return False
        longest = max(map(len, self.words))
        reached = {0}  # where a word may begin; a regular expression over so many words would run away
        for start in range(len(name)):
            if start in reached:
                if name[start:] in self.heads:
                    return True
                reached |= {end for end in range(start + 1, min(len(name), start + longest + 1)) if name[start:end] in self.words}
                if found := self.ordinal.match(name, start):
                    reached.add(found.end())
        return False

    def identifier(self, name: str) -> str:
        """What in the name identifies the thing, "" if nothing does."""
        found = self.identifiers.search(name)
        return found["identifier"] if found else ""


@cache
def load(code: str) -> General:
    """The general names of a language; a LanguageError names the file, the key and the fault."""
    folder, names = language_folder(code), language.load(code).names
    table = open_table(folder / "identity.yaml").only("ordinal", "words", "heads", "identifiers")
    generic = open_table(folder / "names.yaml").words("generic")
    return General(
        table.pattern("ordinal", {}),
        frozenset((*table.words("words"), *names.determiners, *names.joiners, *generic)),
        frozenset((*table.words("heads"), *names.heads, *names.proper_heads, *names.unit_heads, *names.national_bodies)),
        frozenset(names.alone),
        table.pattern("identifiers", {}),
    )
