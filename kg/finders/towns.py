"""Towns, counties and provinces that stand in no list: foreign names are written with a small set of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.finders.shapes import Candidate
from kg.model import Mention
from kg.naming import Names


@cache
def _compiled(names: Names) -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters = f"[{names.transliteration}]"
    headed = re.compile(f"(?<!{letters}){letters}{{2,7}}(?:{'|'.join(names.place_heads)})(?!{names.government})")
    return headed, re.compile(f"{letters}{{2,7}}{names.after_town}")


def find_towns(text: str, known: Sequence[Mention], names: Names) -> Iterator[Candidate]:
    """Places inside a country: with a head (county, city) anywhere, without one right behind their country's name."""
    headed, bare = _compiled(names)
    taken = {i for m in known for i in range(m.start, m.end)}
    # A county right behind its country begins where the country ends, though both are written with the same characters.
    outside = "".join("\0" if i in taken else char for i, char in enumerate(text))
    for match in headed.finditer(outside):
        yield Candidate(*match.span(), match[0], "Locality", (), f"shape: …{match[0][-1]}")
    for country in known:
        behind = bare.match(text, country.end) if country.kind == "Country" else None
        if behind and country.end not in taken:
            yield Candidate(*behind.span(), behind[0], "Locality", (), "shape: place behind its country")
