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
    proper_heads: Mapping[str, str]
    not_heads: tuple[str, ...]
    stage: str
    actors: tuple[str, ...]
    civil: tuple[str, ...]
    unsure_heads: tuple[str, ...]
    alone: tuple[str, ...]
    unit_heads: tuple[str, ...]
    unit_only: tuple[str, ...]
    unit_least: Mapping[str, int]
    owned: Mapping[str, str]
    office: Pattern
    not_units: str
    edges: tuple[str, ...]
    verbs: tuple[str, ...]
    not_edges: tuple[str, ...]
    breaks: str
    determiners: tuple[str, ...]
    openings: Pattern
    joiners: tuple[str, ...]
    joining: Pattern
    generic: Pattern
    least: Mapping[str, int]
    counted: Pattern
    quoted: Pattern
    defining: Pattern
    splits: tuple[str, ...]
    shapes: tuple[Shape, ...]
    transliteration: str
    rare_transliteration: str
    place_heads: tuple[str, ...]
    not_places: str
    towns: tuple[str, ...]
    directions: str
    capital: str
    sites: tuple[str, ...]
    countries_counted: str
    town_words: tuple[str, ...]
    after_town: str
    province: str
    side: Pattern
    belonging: str
    before_town: str
    before_towns: str
    towns_counted: str
    matters: tuple[str, ...]
    abroad: tuple[str, ...]
    national: tuple[str, ...]
    national_bodies: tuple[str, ...]
    national_tails: tuple[str, ...]
    government: str
    country_bodies: tuple[str, ...]
    ministry: Pattern
    currencies: tuple[str, ...]
    no_parents: tuple[str, ...]

    def class_of(self, name: str) -> str:
        """The class of the longest head that a name ends in, "" if it ends in none."""
        return self.heads.get(max((head for head in self.heads if name.endswith(head)), key=len, default=""), "")


_KEYS = (
    *("not_names", "national_bodies", "national_tails", "government", "country_bodies", "fields", "field_ends", "ministry"),
    *("currencies", "unit_heads", "unit_only", "unit_least", "owned", "offices", "not_units", "no_parents"),
    *("heads", "proper_heads", "not_heads", "stage"),
    *("unsure_heads", "alone", "national", "civil", "abroad", "actors", "matters", "least", "breaks", "edges", "verbs", "not_edges"),
    *("determiners", "joining", "not_joining", "generic", "counted", "quoted", "defining", "splits", "shapes", "transliteration"),
    *("rare_transliteration", "place_heads", "not_places", "towns", "sites", "directions", "countries_counted", "capital"),
    *("town_words", "after_town"),
    *("province", "side", "belonging", "before_town", "before_towns", "towns_counted"),
)


def read_names(path: Path) -> Names:
    """The naming of a language; a LanguageError names the file, the key and the fault."""
    table = open_table(path).only(*_KEYS)
    edges, determiners = table.words("edges"), table.words("determiners")
    joining = f"(?!{any_of(table.words('not_joining'))}){any_of(table.words('joining'))}"
    field = f"{any_of(table.words('fields'))}{any_of(table.words('field_ends'))}?"
    office = any_of((*table.words("fields"), *table.words("field_ends"), *table.words("offices")))
    return Names(
        heads=_by_ending(table.table("heads")),
        proper_heads=_by_ending(table.table("proper_heads")),
        edges=edges,
        determiners=determiners,
        openings=re.compile(f"{any_of((*determiners, *edges))}*"),
        joiners=table.words("joining"),
        joining=re.compile(joining),
        generic=re.compile(f"(?:{any_of(table.words('generic'))}|\\d)*"),
        ministry=re.compile(f"{field}(?:{joining}?{field}){{0,5}}{table.text('ministry')}(?!{any_of(table.words('national_tails'))})"),
        office=re.compile(f"{office}{{1,3}}(?:{joining}{office}{{1,3}}){{0,3}}"),
        least=table.table("least").numbers(),
        unit_least=table.table("unit_least").numbers(),
        owned=_by_ending(table.table("owned")),
        counted=table.pattern("counted", {}),
        quoted=table.pattern("quoted", {}),
        defining=table.pattern("defining", {}),
        shapes=tuple(_shape(row) for row in table.tables("shapes")),
        not_names=table.words("not_names"),
        unsure_heads=table.words("unsure_heads"),
        alone=table.words("alone"),
        unit_heads=table.words("unit_heads"),
        unit_only=table.words("unit_only"),
        verbs=table.words("verbs"),
        not_heads=table.words("not_heads"),
        actors=table.words("actors"),
        civil=table.words("civil"),
        currencies=table.words("currencies"),
        matters=table.words("matters"),
        towns=table.words("towns"),
        sites=table.words("sites"),
        countries_counted=table.text("countries_counted"),
        abroad=table.words("abroad"),
        town_words=table.words("town_words"),
        not_edges=table.words("not_edges"),
        splits=table.words("splits"),
        place_heads=table.words("place_heads"),
        national=table.words("national"),
        national_bodies=table.words("national_bodies"),
        country_bodies=table.words("country_bodies"),
        national_tails=table.words("national_tails"),
        no_parents=table.words("no_parents"),
        breaks=table.text("breaks"),
        government=table.text("government"),
        not_units=table.text("not_units"),
        stage=table.text("stage"),
        transliteration=table.text("transliteration"),
        rare_transliteration=table.text("rare_transliteration"),
        not_places=table.text("not_places"),
        directions=table.text("directions"),
        capital=table.text("capital"),
        belonging=table.text("belonging"),
        province=table.text("province"),
        side=table.pattern("side", {}),
        before_town=table.text("before_town"),
        before_towns=table.text("before_towns"),
        after_town=table.text("after_town"),
        towns_counted=table.text("towns_counted"),
    )


def _by_ending(table: Table) -> dict[str, str]:
    return {ending: kind for kind in table.values for ending in table.words(kind)}


def _shape(row: Table) -> Shape:
    row.only("how", "kind", "pattern", trim=False)
    return Shape(row.text("how"), row.text("kind"), row.pattern("pattern", {}), row.flag("trim"))
