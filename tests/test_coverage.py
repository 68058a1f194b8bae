"""Coverage: counted by hand on a small made-up page."""

from __future__ import annotations

from pathlib import Path

from kg.coverage import Coverage
from kg.model import Document, Paragraph
from kg.pipeline import Built, extract

# In each section, sentence by sentence: what it names, and what it gives.
PAGE = (
    ("一. 水", "粮农组织资助乍得。粮农组织谈到天气。天气很好。"),  # a fact; a name alone; nothing
    ("一. 水", "粮农组织向乍得提供了300台水泵。乍得有120名农民。"),  # a fact and a number; a number alone
    ("二. 电", "环境署收集了数据。还修建了水库。"),  # a name alone; no name, though its subject goes on
)


def read(*page: tuple[str, str]) -> Built:
    """A report of paragraphs, each with its section."""
    paragraphs = tuple(
        Paragraph(str(number), "paragraph", text, tuple(range(len(text))), (section,))
        for number, (section, text) in enumerate(page, start=1)
    )
    text = "".join(words for _, words in page)
    return extract(Document("made-up", Path("made-up.txt"), text, "zh", "made-up", paragraphs=paragraphs))


def test_counted_by_hand() -> None:
    """Each section has its sentences, those with a name, those that gave a fact, and those that gave a number alone; the total sums up."""
    covered = read(*PAGE).coverage

    assert covered.sections == (Coverage(("一. 水",), 5, 4, 2, 1), Coverage(("二. 电",), 2, 1, 0, 0))
    assert covered.total == Coverage((), 7, 5, 2, 1)


def test_share() -> None:
    """The share is that of the sentences with a name that gave a fact or a number, and 0 where no sentence has a name."""
    water, power = read(*PAGE).coverage.sections

    assert (water.share, power.share, read(("一. 水", "天气很好。")).coverage.total.share) == (0.75, 0.0, 0.0)


def test_empty_report() -> None:
    """A report without a paragraph has no sections, and nothing in total."""
    assert (read().coverage.sections, read().coverage.total) == ((), Coverage(()))


def test_sections_are_those_of_the_report(seed_built: Built) -> None:
    """The sections stand in reading order, each once, and their sentences are all of the report's."""
    covered = seed_built.coverage

    assert [one.section for one in covered.sections] == list(dict.fromkeys(p.section for p in seed_built.document.paragraphs))
    assert covered.total.sentences == seed_built.counts["sentences"]
    assert covered.total.sentences > covered.total.named > covered.total.facts > covered.total.numbers > 0
