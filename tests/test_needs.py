"""What a pattern needs: a text without it holds no match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology
from kg.language import load
from kg.needs import Sieve, may_match, needs
from kg.rules import load as load_rules

RULES = [rule for file in load_rules(load("zh"), ontology.load()) for rule in file.rules]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("ab", ["a", "b"]),
        ("a|bc", ["ab"]),
        ("a|b?", []),
        ("[a-c]x*y+", ["y", "abc"]),
        (r"[^a]\d.", []),
        ("(?>a)(?P<n>b){2,3}?(?:c){0,4}", ["a", "b"]),
        ("(?<=a)b(?!c)(?=d)", ["a", "b", "d"]),
        ("(?i:a)b", ["b"]),
        ("(?i)ab", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, needed: list[str]) -> None:
    """Each part that must be there is needed, of a choice one of all; what may be left out, or is said by what it is not, is not."""
    assert ["".join(sorted(chars)) for chars in needs(pattern)] == needed


@given(
    st.from_regex("(?:[ab]|\\(\\?:[ab]{1,2}\\|[abc]{1,2}\\)|[ac]|\\(\\?[=!][ab]\\)){1,5}[?*+]?", fullmatch=True), st.text("abc", max_size=6)
)
def test_what_matches_has_what_is_needed(pattern: str, text: str) -> None:
    """No text in which a pattern matches is held back."""
    assert may_match(needs(pattern), frozenset(text)) or not re.search(pattern, text)


def test_every_rule_needs_a_name_and_a_word() -> None:
    """Each pattern of a relation file needs at least two things, so that most sentences need not be searched for it."""
    assert [rule.id for rule in RULES if len(rule.needs) < 2] == []


def test_a_rule_needs_no_more_than_its_whole_pattern() -> None:
    """What is read off the short form of a pattern holds of the pattern itself: each set contains one that the pattern needs."""
    for rule in RULES:
        whole = needs(rule.pattern.pattern)

        assert [chars for chars in rule.needs if not any(chars >= one for one in whole)] == []


@given(st.lists(st.sampled_from(["a", "b|c", "[ab]c", "a?", "bc+"]), max_size=6), st.text("abcd", max_size=4))
def test_a_sieve_lets_pass_what_may_match(patterns: list[str], text: str) -> None:
    """A sieve tells, in their order, the things that may match one by one."""
    passing = Sieve((pattern, needs(pattern)) for pattern in patterns).passing(text)

    assert passing == [pattern for pattern in patterns if may_match(needs(pattern), frozenset(text))]
