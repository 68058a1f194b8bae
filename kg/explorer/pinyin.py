"""How Chinese names are typed in Latin letters, for the search box."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from kg.errors import KgError

_TABLE = "pinyin_dict.json"  # readings by code point, with tones, the usual ones first: "háng,xíng"
_MOST = 2  # readings of a character; the others are of rare words


def readings(names: Iterable[str]) -> dict[str, str]:
    """The characters of these names by how they can be read, without tones and with v for ü: {"guo": "…", "hang": "…"}, sorted.

    The table is pypinyin's, which is not imported: its phrases, which a search box can do without, take a third of a second to load.
    """
    table = _table()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for character in {c for name in names for c in name}:
        for reading in table.get(str(ord(character)), "").split(",")[:_MOST]:
            found[_plain(reading)].add(character)
    return {reading: "".join(sorted(found[reading])) for reading in sorted(found) if reading}


def _table() -> dict[str, str]:
    spec = find_spec("pypinyin")
    places = [Path(folder) / _TABLE for folder in (spec and spec.submodule_search_locations) or ()]
    if not any(place.is_file() for place in places):
        message = f"pypinyin: {_TABLE} is missing from the installed package; install pypinyin>=0.55,<0.56"
        raise KgError(message)
    table: dict[str, str] = json.loads(places[0].read_text(encoding="utf-8"))
    return table


def _plain(reading: str) -> str:
    """A reading as it is typed."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFC", reading))
    return "".join(c for c in bare.replace("u\u0308", "v") if c.isascii())
