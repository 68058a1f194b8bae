"""How a language writes names, `kg/lang/<code>/names.yaml`: what a name in no list looks like, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.yaml_table import Table, any_of, open_table

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a name in no list may look like as a whole.

    Groups of the pattern: `name` (what it is called), `head` (a class word joined to it), `tail`, `number` and `body` (of a
    resolution), `holder` (the body whose meeting it is). trim: words that open a phrase are taken off its beginning.
    """

    how: str
    kind: str
    pattern: Pattern
    trim: bool


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """How names are written; each field is a key of names.yaml, explained there. heads: ending -> class."""

    not_names: tuple[str, ...]
    heads: Mapping[str, str]
    alone: tuple[str, ...]
    unit_heads: tuple[str, ...]
    unit_only: tuple[str, ...]
    edges: tuple[str, ...]
    not_edges: tuple[str, ...]
    breaks: str
    determiners: tuple[str, ...]
    openings: Pattern
    joining: tuple[str, ...]
    generic: Pattern
    least: Mapping[str, int]
    counted: Pattern
    quoted: Pattern
    defining: Pattern
    splits: tuple[str, ...]
    shapes: tuple[Shape, ...]
    transliteration: str
    place_heads: tuple[str, ...]
    after_town: str
    before_town: str
    national: tuple[str, ...]
    national_bodies: tuple[str, ...]
    national_tails: tuple[str, ...]
    government: str
    country_bodies: tuple[str, ...]
    no_parents: tuple[str, ...]

    def class_of(self, name: str) -> str:
        """The class of the longest head that a name ends in, "" if it ends in none."""
        return self.heads.get(max((head for head in self.heads if name.endswith(head)), key=len, default=""), "")


_KEYS = (
    *("not_names", "heads", "alone", "unit_heads", "unit_only", "edges", "not_edges", "breaks", "determiners", "joining", "generic"),
    *(
        "least",
        "counted",
        "quoted",
        "defining",
        "splits",
        "shapes",
        "transliteration",
        "place_heads",
        "after_town",
        "before_town",
        "national",
        "national_bodies",
    ),
    *("national_tails", "government", "country_bodies", "no_parents"),
)


def read_names(path: Path) -> Names:
    """The naming of a language; a LanguageError names the file, the key and the fault."""
    table = open_table(path).only(*_KEYS)
    heads, edges, determiners = table.table("heads"), table.words("edges"), table.words("determiners")
    return Names(
        heads={head: kind for kind in heads.values for head in heads.words(kind)},
        edges=edges,
        determiners=determiners,
        openings=re.compile(f"{any_of((*determiners, *edges))}*"),
        generic=re.compile(f"(?:{any_of(table.words('generic'))}|\\d)*"),
        least=table.table("least").numbers(),
        counted=table.pattern("counted", {}),
        quoted=table.pattern("quoted", {}),
        defining=table.pattern("defining", {}),
        shapes=tuple(_shape(row) for row in table.tables("shapes")),
        not_names=table.words("not_names"),
        alone=table.words("alone"),
        unit_heads=table.words("unit_heads"),
        unit_only=table.words("unit_only"),
        not_edges=table.words("not_edges"),
        joining=table.words("joining"),
        splits=table.words("splits"),
        place_heads=table.words("place_heads"),
        national=table.words("national"),
        national_bodies=table.words("national_bodies"),
        country_bodies=table.words("country_bodies"),
        national_tails=table.words("national_tails"),
        no_parents=table.words("no_parents"),
        breaks=table.text("breaks"),
        transliteration=table.text("transliteration"),
        before_town=table.text("before_town"),
        after_town=table.text("after_town"),
        government=table.text("government"),
    )


def _shape(row: Table) -> Shape:
    row.only("how", "kind", "pattern", trim=False)
    return Shape(row.text("how"), row.text("kind"), row.pattern("pattern", {}), row.flag("trim"))
