"""The words of the pages, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.resources import load_yaml
from kg.server.negotiation import LANGUAGES


@cache
def both() -> Mapping[str, Mapping[str, Any]]:
    """The texts of words.yaml."""
    return load_yaml(Path(__file__).with_name("words.yaml"))  # type: ignore[return-value]


def of(group: str, language: str) -> dict[str, str]:
    """The texts of a page in a language."""
    return {name: texts[LANGUAGES.index(language)] for name, texts in both()[group].items()}
