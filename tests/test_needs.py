"""What a pattern needs: a text without it holds no match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology, pipeline
from kg.errors import LanguageError
from kg.language import load
from kg.model import Document, Paragraph
from kg.needs import ANYTHING, Piece, Sieve, Words, mark, may_match, needs, words
from kg.readers import read
from kg.rules import RelationFile, Rule, check
from kg.rules import load as load_rules
from kg.rules import read as read_rules

ROOT = Path(__file__).parent.parent
REPORTS = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "tests" / "gold").glob("*/report.txt"))]
FILES = load_rules(load("zh"), ontology.load())
# Patterns of a small grammar: letters, what may be left out or repeated, choices, and what stands beside.
PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "c", "[ab]", "[^a]", ".", "ab", "bc"]),
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["?", "??", "*", "+", "{2}", "{0,2}?", "{1,2}"])),
        st.builds("({}{})".format, st.sampled_from(["", "?=", "?!", "?>"]), inner),
    ),
    max_leaves=6,
)
TEXTS = st.text("abc", max_size=8)


def passes(pattern: str, text: str) -> bool:
    """Whether a sieve lets a text pass to a pattern by the words that it needs."""
    return bool(Sieve([(pattern, words(pattern).needs)]).passing(text))


def spelled(sets: tuple[Words, ...]) -> list[str]:
    """Sets of words as text."""
    return [" ".join(sorted(one)) for one in sets]


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
def test_characters_a_pattern_needs(pattern: str, needed: list[str]) -> None:
    """Each part that must be there is needed, of a choice one of all; what may be left out, or is said by what it is not, is not."""
    assert ["".join(sorted(chars)) for chars in needs(pattern)] == needed


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("ab", ["ab"]),
        ("ba.ab", ["ba", "ab"]),
        ("a(?:b|cd)e?", ["ab abe acd acde"]),
        ("(?:a.b|cd)", ["a cd"]),
        ("(?:a.b|c?)d", ["d"]),
        ("[ab](?:c|.)d", ["a b", "d"]),
        ("(?<=a)b(?=c)cd+", ["bc", "d"]),
        ("a{2}b", ["a", "b"]),
        ("(?i)ab", []),
    ],
)
def test_words_a_pattern_needs(pattern: str, needed: list[str]) -> None:
    """Letters that stand together are words, in the order of the pattern; what stands beside has no place in it."""
    assert spelled(words(pattern).needs) == needed


@given(PATTERNS, TEXTS)
def test_what_matches_has_the_characters(pattern: str, text: str) -> None:
    """No text in which a pattern matches is held back for its characters."""
    assert may_match(needs(pattern), frozenset(text)) or not re.search(pattern, text)


@given(PATTERNS, TEXTS)
def test_what_matches_has_the_words(pattern: str, text: str) -> None:
    """No text in which a pattern matches is held back for its words or their order."""
    assert passes(pattern, text) or not re.search(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), [("ab.c", "acb"), ("a.*b", "ba"), ("(?:a|b).c.a", "aac"), ("ab", "ba")])
def test_words_out_of_order_do_not_pass(pattern: str, text: str) -> None:
    """A text that has the letters that a pattern needs, but not as words or not in their order, is held back."""
    assert may_match(needs(pattern), frozenset(text))
    assert not passes(pattern, text)


@given(PATTERNS, st.sampled_from(["c{}", "{}?c", "(?:{}+|a)", "(?:{}|c)b", "(?={}{{0,2}})a"]), PATTERNS, TEXTS)
def test_a_mark_needs_what_its_piece_needs(piece: str, frame: str, before: str, text: str) -> None:
    """A pattern with a mark holds back no text in which it matches with the piece in its place, as a whole."""
    sieve = Sieve([(frame, words(before + frame.format(mark(0)), [words(piece)]).needs)])

    assert sieve.passing(text) or not re.search(before + frame.format(f"(?:{piece})"), text)


def test_a_piece_may_be_anything() -> None:
    """What stands before and behind a piece that may be anything is needed, each by itself; a piece of words is put together with it."""
    assert spelled(words(f"a{mark(0)}b", [ANYTHING]).needs) == ["a", "b"]
    assert spelled(words(f"a{mark(0)}b", [Piece(Words(["c", "d"]))]).needs) == ["acb adb"]
    assert spelled(words(f"(?:{mark(0)}|a)b", [Piece(Words(["c"]))]).needs) == ["ab cb"]
    assert spelled(words(f"[a{mark(0)}]b", [Piece(Words(["c"]))]).needs) == ["b"]


@given(st.lists(PATTERNS, max_size=5), TEXTS)
def test_a_sieve_lets_pass_what_passes_alone(patterns: list[str], text: str) -> None:
    """A sieve tells, in their order, the things that would pass one by one."""
    passing = Sieve((pattern, words(pattern).needs) for pattern in patterns).passing(text)

    assert passing == [pattern for pattern in patterns if passes(pattern, text)]


@cache
def sentences() -> tuple[str, ...]:
    """All sentences of the reports and of the examples of all relation files, as patterns see them, each once."""
    examples = [example.text for file in FILES for example in file.examples]
    paragraphs = tuple(Paragraph(str(n), "paragraph", text, tuple(range(len(text)))) for n, text in enumerate(examples, start=1))
    documents = [*map(read, REPORTS), Document("examples", Path(), "".join(examples), "zh", "", paragraphs=paragraphs)]
    built = (pipeline.extract(document).sentences.values() for document in documents)
    return tuple(dict.fromkeys(sentence.text for found in built for each in found for sentence in each))


def rules(file: RelationFile) -> Iterator[tuple[Rule, Sieve[Rule]]]:
    """Each rule of a file and a sieve for it."""
    return ((rule, Sieve([(rule, rule.needs)])) for rule in file.rules)


@pytest.mark.parametrize("file", FILES, ids=[file.relation.name for file in FILES])
def test_no_match_of_a_rule_is_held_back(file: RelationFile) -> None:
    """In no sentence of the reports and examples does a rule match that the sieve holds back."""
    held = [(rule.id, text) for rule, sieve in rules(file) for text in sentences() if not sieve.passing(text) and rule.pattern.search(text)]

    assert held == []


def test_every_rule_needs_a_name_and_a_word() -> None:
    """Each pattern of a relation file needs words of at least two characters in all, so that most sentences need not be searched for it."""
    long = {rule.id: sum(min(map(len, one)) for one in rule.needs) for file in FILES for rule in file.rules}

    assert [name for name, characters in long.items() if characters < 2] == []


def test_a_pattern_is_compiled_when_it_is_needed(tmp_path: Path) -> None:
    """What only compiling tells of a pattern is a LanguageError that names file and pattern, once it is compiled; a check compiles all."""
    path = tmp_path / "funds.yaml"
    source = "(?<=了+){subject}资助{object}"
    path.write_text(f"relation: funds\nabout: 供资。\ntriggers: [资助]\npatterns: ['{source}']\nexamples: []\n", encoding="utf-8")
    file = read_rules(path, load("zh"), ontology.load())

    with pytest.raises(LanguageError) as raised:
        check([file])
    assert str(raised.value) == f"{path}: {source}: not a regular expression: look-behind requires fixed-width pattern"


def test_few_rules_are_tried() -> None:
    """A sentence is searched for fewer than one rule in fifty."""
    sieve = Sieve((rule, rule.needs) for file in FILES for rule in file.rules)
    tried = sum(len(sieve.passing(text)) for text in sentences())

    assert tried < len(sentences()) * sum(len(file.rules) for file in FILES) / 50
