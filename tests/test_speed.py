"""What keeps extraction quick and its memory flat, held without a clock."""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper
from pathlib import Path

import corpus

from kg import language, pipeline
from kg.finders.heads import find_heads
from kg.finders.shapes import cuts, every_cut
from kg.readers import read


def caches() -> dict[str, int]:
    """How much each cache of kg holds."""
    found = (one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith("kg."))
    return {f"{one.__module__}.{one.__qualname__}": one.cache_info().currsize for one in found if one.cache_info().maxsize is None}


def test_no_cache_grows_with_the_reports(tmp_path: Path) -> None:
    """Once some reports are read, more of them leave nothing behind: caches without a limit hold what a language or the ontology has."""
    made = [read(path) for path in corpus.write(tmp_path, 12)]
    for document in made[:10]:
        _ = pipeline.extract(document)
    before = caches()
    for document in made[10:]:
        _ = pipeline.extract(document)

    assert "kg.facts.grammar" in before
    assert caches() == before


def test_every_cut_is_where_the_pattern_cuts(tmp_path: Path) -> None:
    """At each place of a text the quick way to find cuts gives what the pattern matches there."""
    names = language.load("zh").names
    for paragraph in read(*corpus.write(tmp_path, 1)).paragraphs:
        text = paragraph.text
        there = (cuts(names).match(text, place) for place in range(len(text)))
        assert every_cut(text, names) == [(*match.span(), match.lastgroup == "kept") for match in there if match]


def test_a_text_without_a_noun_of_a_name_has_no_heads() -> None:
    """A stretch is looked at only where a noun stands that a name may end in, and is found there."""
    names = language.load("zh").names
    assert not list(find_heads("本报告述及其他事项。", [], names))
    assert [one.name for one in find_heads("本报告述及全国妇女联合会。", [], names)] == ["全国妇女联合会"]
