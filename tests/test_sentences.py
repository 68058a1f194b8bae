"""Sentences: where they end, and how each character a pattern sees leads back to the paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology
from kg.model import Mention
from kg.sentences import Sentence, alphabet, clauses, split, written

LETTERS = alphabet(ontology.load())
ENDS = "。！？"


def name(text: str, words: str, kind: str = "Country") -> Mention:
    """The mention of words that stand once in a text."""
    assert text.count(words) == 1
    start = text.index(words)
    return Mention(start, start + len(words), kind, words, "listed", words)


def cut(text: str, *mentions: Mention) -> list[str]:
    """The sentences of a text, as printed."""
    return [text[s.start : s.end] for s in split(text, mentions, LETTERS, ENDS)]


def check(text: str, sentence: Sentence) -> None:
    """The cells of a sentence follow one another without a gap, each a character of the text or a name's class."""
    position = sentence.start
    for cell in sentence.cells:
        assert cell.start == position
        assert cell.char == (LETTERS.char(cell.mention.kind) if cell.mention else text[cell.start])
        position = cell.end
    assert position == sentence.end
    assert sentence.text == written(sentence.cells)
    assert sentence.held == {place: cell.mention for place, cell in enumerate(sentence.cells) if cell.mention}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一。二！三？", ["一。", "二！", "三？"]),
        ("一。二", ["一。", "二"]),
        ("“一。”二。", ["“一。”", "二。"]),
        ("一(二。三)四。五。", ["一(二。三)四。", "五。"]),
        ("一（二。三）四。五。", ["一（二。三）四。", "五。"]),
        ("一)二。三。", ["一)二。", "三。"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    """A sentence ends with its mark and the quotation mark that closes it; a mark in brackets ends none."""
    assert cut(text) == sentences


def test_mark_inside_a_name_ends_nothing() -> None:
    """A name with an end mark in it is one character."""
    text = "《水从哪里来？》一书。完。"

    assert cut(text, name(text, "《水从哪里来？》", "Document")) == ["《水从哪里来？》一书。", "完。"]


def test_names_are_one_character() -> None:
    """A name is the character of its class, and leads back to its place."""
    text = "在加纳，多哥参加。"
    ghana, togo = name(text, "加纳"), name(text, "多哥")

    (sentence,) = split(text, [ghana, togo], LETTERS, ENDS)

    country = LETTERS.char("Country")
    assert sentence.text == f"在{country}，{country}参加。"
    assert list(sentence.mentions(0, 3)) == [ghana]
    assert list(sentence.mentions(2, 4)) == [togo]
    check(text, sentence)


def test_alphabet_knows_the_classes_below() -> None:
    """The characters of a class are its own and those of all classes below it; each thing has one of its own."""
    assert set(LETTERS.chars(["Programme"])) == {LETTERS.char("Programme"), LETTERS.char("Fund")}
    assert LETTERS.char("Country") in LETTERS.chars(["Place"])
    assert LETTERS.char("Country") not in LETTERS.chars(["Actor"])
    assert LETTERS.chars(["Time"]) == LETTERS.char("Time")
    assert len({LETTERS.char(kind) for kind in LETTERS.kinds}) == len(LETTERS.kinds)


def test_clauses() -> None:
    """Clauses end at their marks, not inside brackets, and the last one at the end."""
    text = "一，二(三，四)；五"

    assert [text[begin:end] for begin, end in clauses(text, "，；")] == ["一", "二(三，四)", "五"]


@given(st.text("甲乙。！，；()（）“”", max_size=40), st.integers(0, 40), st.integers(1, 5))
def test_no_character_is_lost(text: str, start: int, length: int) -> None:
    """Sentences follow one another and hold the whole text, wherever brackets, marks and a name stand (none begins by closing one)."""
    end = min(start + length, len(text))
    mentions = [Mention(start, end, "Country", "x", "listed", text[start:end])] if start < end and text[start] != "”" else []

    sentences = split(text, mentions, LETTERS, ENDS)

    assert "".join(text[s.start : s.end] for s in sentences) == text
    for sentence in sentences:
        check(text, sentence)
    assert [m for s in sentences for m in s.mentions(0, len(s.cells))] == mentions
