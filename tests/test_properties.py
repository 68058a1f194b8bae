"""What holds for any input at all: the targets of the fuzzer, `tests/fuzz`, each on the same few hundred inputs in each run."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from fuzz.choices import Choices
from fuzz.targets import TARGETS
from fuzz.texts import CHINESE, KNOWN, paragraph
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg import iris
from kg.finders.names import find_names
from kg.finders.quantities import load_quantities, read_numbers
from kg.model import Mention
from kg.ontology import BASE
from kg.sentences import spans
from kg.text import Mapped, agrees

SLOW = {"extracting": 12, "writing": 3, "exporting": 16, "describing": 16, "names": 60}  # of the others 150
TEXTS = st.text(st.sampled_from("妇女署卢旺达支持与和、，。（）()“”1234567890年个%亿万\n \u3000a.\u200b"), max_size=60)


@pytest.mark.parametrize("name", TARGETS)
def test_target(name: str) -> None:
    """A target holds for made-up inputs of all sizes, the empty one among them."""
    random_ = random.Random(name)  # noqa: S311  the same inputs in each run
    for size in (0, *(random_.randrange(200) for _ in range(SLOW.get(name, 150)))):
        TARGETS[name](Choices(random_.randbytes(size)))


def test_words_for_numbers_stand_apart() -> None:
    """Found by fuzzing: of two words for a number that overlap, the longer one counts."""
    found = read_numbers("多半数的妇女", load_quantities("zh")).outside([])
    assert [(one.text, one.comparator) for one in found] == [("多半数", "moreThan")]


@pytest.mark.parametrize("text", ["99999999999999999999亿多人", "三分之999999999999999999999999999999", "9" * 39 + "个"])
def test_numbers_beyond_counting_are_none(text: str) -> None:
    """Found by fuzzing: a number so great that it cannot be divided exactly is none, and stops nothing."""
    assert read_numbers(text, load_quantities("zh")).outside([]) == ()


def test_a_meeting_of_nobody_has_no_holder() -> None:
    """Found by fuzzing: where a verb stands in what looked like the body that meets, no thing without a name is made."""
    found = find_names([paragraph("。百\ue8af编制成立大会")], KNOWN, CHINESE)
    assert all(entity.name for entity in found.entities.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(["decoding", "reading", "numbers", "times", "relating", "observing", "asking", "rdf_files"]),
    data=st.binary(max_size=300),
)
def test_target_on_small_inputs(name: str, data: bytes) -> None:
    """The quick targets hold for what hypothesis thinks of, and it shows the smallest input that breaks one."""
    TARGETS[name](Choices(data))


@given(st.integers(0, 10**6), st.binary(max_size=8))
def test_choices_are_within(most: int, data: bytes) -> None:
    """A choice is within its bounds, and the same bytes choose the same."""
    assert 0 <= Choices(data).upto(most) <= most
    assert Choices(data).upto(most) == Choices(data).upto(most)


@settings(deadline=None)
@given(TEXTS)
def test_flat_text_agrees(source: str) -> None:
    """A text on one line agrees with its source character by character, holds no line break, and flat again it is the same."""
    flat = Mapped.of(source).flat()
    assert agrees(flat.text, flat.offsets, source)
    assert all(a < b for a, b in pairwise(flat.offsets))
    assert "\n" not in flat.text
    assert Mapped.of(flat.text).flat().text == flat.text


@settings(deadline=None)
@given(TEXTS)
def test_sentences_are_the_text(text: str) -> None:
    """Sentences follow one another without a gap and are the whole text."""
    found = [(start, end) for start, end, _ in spans(text, [], "。")]
    assert "".join(text[start:end] for start, end in found) == text


@settings(deadline=None)
@given(TEXTS, st.integers(0, 50), st.integers(1, 9))
def test_no_number_begins_in_a_name(text: str, start: int, size: int) -> None:
    """A number does not begin where a name stands, and those outside stay as they are read without it."""
    numbers = read_numbers(text, load_quantities("zh"))
    name = Mention(start, start + size, "Country", "x", "listed", text[start : start + size])
    inside = range(name.start, name.end)
    assert all(one.start not in inside for one in numbers.outside([name]))
    apart = [one for one in numbers.outside([]) if one.end <= name.start]
    assert [one for one in numbers.outside([name]) if one.end <= name.start] == apart


@given(st.text(max_size=30))
@example("？")
@example("\ud800")
def test_every_name_has_an_iri(name: str) -> None:
    """A thing's IRI is never that of nothing, and holds nothing that an IRI cannot."""
    iri = iris.entity_iri(name)
    assert len(iri) > len(BASE)
    assert not set(iri) & set(' <>"{}|^`\\\n')
