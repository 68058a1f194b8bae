"""How Chinese names are typed in Latin letters, for the search box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_HAN_FROM = "\u2e80"  # where the scripts begin that are no alphabets


def readings(names: Iterable[str]) -> dict[str, str]:
    """The characters of these names by how they are read there, without tones: {"guo": "…", "hang": "…"}, sorted.

    pypinyin is imported here because its tables take a moment to load, which no other command should pay.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        han = "".join(c if c >= _HAN_FROM else " " for c in name)
        for word in han.split():
            for character, reading in zip(word, lazy_pinyin(word, errors=list), strict=True):  # type: ignore[arg-type]  # a list is taken too
                if reading.isascii():
                    found[reading].add(character)
    return {reading: "".join(sorted(found[reading])) for reading in sorted(found)}
