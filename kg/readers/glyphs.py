"""Letters for what fonts hold instead of letters: ligatures, and radicals that look like whole characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from kg.resources import load_yaml

# Ligatures, Kangxi radicals and doubly encoded characters, which Unicode decomposes; and the radicals of glyphs.yaml.
_DECOMPOSED = re.compile("[\ufb00-\ufb06\u2f00-\u2fd5\uf900-\ufaff]")
_RADICAL = re.compile("[\u2e80-\u2ef3]")


@cache
def _radicals() -> Mapping[str, str]:
    return cast("Mapping[str, str]", load_yaml(Path(__file__).with_suffix(".yaml")))


def letters(text: str) -> str:
    """The text in letters."""
    decomposed = _DECOMPOSED.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)
    return _RADICAL.sub(lambda one: _radicals().get(one[0], one[0]), decomposed)
