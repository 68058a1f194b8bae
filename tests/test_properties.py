"""What holds for any input at all: the targets of the fuzzer, `tests/fuzz`, each on the same few hundred inputs in each run."""

from __future__ import annotations

import random
from itertools import pairwise

import pyoxigraph as ox
import pytest
from fuzz.choices import Choices
from fuzz.served import awaited
from fuzz.targets import TARGETS
from fuzz.texts import CHINESE, KNOWN, paragraph
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from kg import iris
from kg.finders.names import find_names
from kg.finders.quantities import load_quantities, read_numbers
from kg.model import Mention
from kg.ontology import BASE, KG, RDF
from kg.sentences import spans
from kg.server import negotiation, protocol
from kg.server.limits import Limits
from kg.server.reply import Refusal
from kg.store.rewriting import rewritten
from kg.text import Mapped, agrees

SLOW = {
    "extracting": 12,
    "writing": 3,
    "exporting": 16,
    "renaming": 40,
    "printed": 25,
    "word": 60,
    "pages": 100,
    "markdown": 60,
    "describing": 16,
    "names": 60,
}  # of the others 150
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


def test_words_within_figures_are_none() -> None:
    """Found by fuzzing: a word for a number that begins with the last numeral of figures is no number beside them."""
    found = read_numbers("$40.5万一半", load_quantities("zh")).outside([])
    assert [(one.text, one.unit) for one in found] == [("40.5万一", "CCY_USD")]


@pytest.mark.parametrize("text", ["99999999999999999999亿多人", "三分之999999999999999999999999999999", "9" * 39 + "个"])
def test_numbers_beyond_counting_are_none(text: str) -> None:
    """Found by fuzzing: a number so great that it cannot be divided exactly is none, and stops nothing."""
    assert read_numbers(text, load_quantities("zh")).outside([]) == ()


def test_a_meeting_of_nobody_has_no_holder() -> None:
    """Found by fuzzing: where a verb stands in what looked like the body that meets, no thing without a name is made."""
    found = find_names([paragraph("。百\ue8af编制成立大会")], KNOWN, CHINESE)
    assert all(entity.name for entity in found.entities.values())


@pytest.mark.parametrize("length", ["\u00b2", "9" * 5000, "0" * 5000 + "9", "-1", ""])
def test_a_length_that_is_none(length: str) -> None:
    """Found by fuzzing: the length that a client states may be no number, or one of absurdly many digits; no other fault comes of it."""
    headers = [(b"content-type", b"application/sparql-query"), (b"content-length", length.encode("latin-1"))]
    request = Request({"type": "http", "method": "POST", "query_string": b"", "headers": headers}, _asking)
    if length[:1] == "9":
        with pytest.raises(Refusal, match="the request is longer than"):
            awaited(protocol.asked(request, Limits()))
    else:
        assert awaited(protocol.asked(request, Limits())) == protocol.Asked("ASK {}")


async def _asking() -> dict[str, object]:
    return {"type": "http.request", "body": b"ASK {}"}


def test_a_liking_that_is_no_number() -> None:
    """Found by fuzzing: a q that is not a number is 0, so that the type is not given."""
    assert negotiation.media("text/html;q=nan,text/turtle;q=0.1", ("text/html", "text/turtle")) == "text/turtle"


def test_what_is_a_statement_and_something_else() -> None:
    """Found by fuzzing: a statement with another type beside is one, in whatever order its types stand."""
    statement, kind = ox.NamedNode(f"{BASE}any/s1"), ox.NamedNode(f"{KG}Statement")
    ends = {"subject": f"{BASE}A", "predicate": f"{KG}partnerOf", "object": f"{BASE}B"}
    graph = [ox.Triple(statement, ox.NamedNode(f"{RDF}{name}"), ox.NamedNode(iri)) for name, iri in ends.items()]
    for types in ((kind, ox.Literal("x")), (ox.Literal("x"), kind)):
        typed = [ox.Triple(statement, ox.NamedNode(f"{RDF}type"), one) for one in types]
        once = rewritten(f"{BASE}any", [*typed, *graph], lambda thing: thing, frozenset())
        assert statement not in {triple.subject for triple in once}
        assert rewritten(f"{BASE}any", once, lambda thing: thing, frozenset()) == once


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(
        [
            "decoding",
            "reading",
            "numbers",
            "times",
            "relating",
            "observing",
            "asking",
            "rdf_files",
            "questioning",
            "requesting",
            "answers",
            "ready_parts",
        ]
    ),
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
