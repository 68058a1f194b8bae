"""What holds of reading a text, whatever stands in it: places, names, numbers, times, facts."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from fuzz import words
from fuzz.choices import Choices

from kg import facts, language, ontology, pipeline
from kg.errors import KgError
from kg.finders.names import find_names
from kg.finders.quantities import find_quantities, load_quantities, read_numbers
from kg.finders.times import find_times, load_times
from kg.model import VALUES, Document, Mention, Paragraph
from kg.observations import observe
from kg.readers import layout, pages
from kg.readers.decoding import decode
from kg.sentences import alphabet, split
from kg.text import INVISIBLE, agrees

KNOWN = ontology.load()
CHINESE = language.load("zh")
LAYOUT = layout.load("zh")
QUANTITIES, TIMES = load_quantities("zh"), load_times("zh")
KINDS = (*sorted(KNOWN.parents), *sorted(VALUES))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5")
VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")
_TERMS = {"Time": "2012-01-01/2012-12-31", "Quantity": "7 NUM", "Money": "7 CCY_USD"}


def paragraph(text: str, number: str = "1") -> Paragraph:
    """A paragraph that holds a text as it stands."""
    return Paragraph(number, "paragraph", text, tuple(range(len(text))))


def document(*texts: str, title: str = "made up") -> Document:
    """A report of such paragraphs."""
    made = tuple(paragraph(text, str(number)) for number, text in enumerate(texts, 1))
    return Document("made-up", Path("made-up.txt"), "".join(texts), "zh", title, paragraphs=made)


def check_refusal(error: KgError, where: str) -> None:
    """A refusal is one line that says where."""
    assert where in str(error)
    assert str(error).replace("\u3000", "").isprintable()


def check_mentions(text: str, found: tuple[Mention, ...]) -> None:
    """Mentions stand in order and apart, and each is what the text says there."""
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
    for one, following in pairwise(found):
        assert one.end <= following.start


def decoding(choices: Choices) -> None:
    """Bytes become a text without null characters, or a refusal of one line that names the file; a text comes back as it was."""
    given = choices.one((None, *ENCODINGS))
    source = "" if given is None else words.text(choices)
    data = choices.rest() if given is None else source.encode(given, "replace")
    if given and choices.upto(1):
        data = data[: len(data) // 2]
        source = ""
    try:
        text = decode(Path("any.txt"), data)
    except KgError as error:
        check_refusal(error, "any.txt: ")
    else:
        assert "\0" not in text
        assert text.strip()
        assert given != "utf-8-sig" or not source or text == source
        assert given != "utf-8" or not source or text == source.removeprefix("\ufeff")


def reading(choices: Choices) -> None:
    """Each paragraph maps back to the source, places rise strictly, numbers are unique, nothing is lost and nothing read twice."""
    source = words.text(choices, 200)
    found = pages.parse(source, LAYOUT)
    places = [place for one in found.paragraphs for place in one.offsets]
    for one in found.paragraphs:
        assert agrees(one.text, one.offsets, source)
        assert all(a < b for a, b in pairwise(one.offsets))
        assert one.text == one.text.strip()
    assert len({one.number for one in found.paragraphs}) == len(found.paragraphs)
    places += [place for placed in found.placed for place in range(placed.start, placed.end) if VISIBLE.match(source[place])]
    taken = set(places)
    assert len(places) == len(taken)
    assert {match.start() for match in VISIBLE.finditer(source)} <= taken


def numbers(choices: Choices) -> None:
    """Quantities stand in order and apart, each is what the text says there, and its value is a finite number."""
    text = words.figures(choices) if choices.upto(3) else words.text(choices)
    found = find_quantities(read_numbers(text, QUANTITIES))
    check_mentions(text, tuple(one.mention for one in found))
    for one in found:
        assert one.value.is_finite()
        assert one.value >= 0
        assert one.unit


def times(choices: Choices) -> None:
    """Times stand in order and apart, and each is a period that the calendar has."""
    text = words.figures(choices) if choices.upto(3) else words.text(choices)
    found = find_times(text, TIMES)
    check_mentions(text, found)
    for one in found:
        first, last = (date.fromisoformat(day) if day else None for day in one.term.split("/"))
        assert first or last
        assert not first or not last or first <= last


def names(choices: Choices) -> None:
    """Names stand in order and apart, each what the text says there, and each stands for a thing of its class."""
    several = [paragraph(words.text(choices), str(number)) for number in range(1, 3)]
    found = find_names(several, KNOWN, CHINESE)
    for one in several:
        check_mentions(one.text, found.mentions[one.number])
        for mention in found.mentions[one.number]:
            assert not mention.term or found.entities[mention.term].kind == mention.kind
    for relation, whole in found.parts.values():
        assert relation in KNOWN.relations
        assert whole in found.entities
    assert all(entity.name.strip() for entity in found.entities.values() if not entity.listed)


def _mentioned(choices: Choices, text: str) -> tuple[Mention, ...]:
    """Things of any class at any place of a text, apart."""
    found, end = [], 0
    for _ in range(choices.upto(40)):
        start = end + choices.upto(12)
        end = start + 1 + choices.upto(6)
        if end > len(text):
            break
        kind = choices.one(KINDS)
        term = _TERMS.get(kind, f"http://made.up/{choices.upto(20)}")
        found.append(Mention(start, end, kind, term, "listed", text[start:end]))
    return tuple(found)


def relating(choices: Choices) -> None:
    """Facts obey their relation's domain and range and quote the sentence; two runs give the same."""
    size = choices.upto(40)
    text = words.text(choices, size)
    found = _mentioned(choices, text)
    kinds: dict[str, set[str]] = {}
    for one in found:
        kinds.setdefault(one.term, set()).add(one.kind)
    grammar = facts.grammar(CHINESE, KNOWN)
    made = split(text, found, alphabet(KNOWN), CHINESE.profile.sentence_end)
    stated = facts.joined(facts.statements(paragraph(text), made, grammar, {}))
    for fact in stated:
        relation = KNOWN.relations[fact.relation]
        ends = ((fact.subject, relation.domain), (fact.object, relation.range))
        assert all(any(KNOWN.is_a(kind, allowed) for kind in kinds[term]) for term, allowed in ends)
        assert fact.subject != fact.object
        assert fact.evidence
        assert all(text[e.start : e.end] == e.quote for e in fact.evidence)
    assert stated == facts.joined(facts.statements(paragraph(text), made, grammar, {}))


def observing(choices: Choices) -> None:
    """Observations have a finite value, quote their sentence, and a baseline has the unit of what is compared with it."""
    size = choices.upto(40)
    text = words.figures(choices, size) if choices.upto(1) else words.text(choices, size)
    found = tuple(one for one in _mentioned(choices, text) if one.kind not in VALUES)
    taken = {place for one in found for place in range(one.start, one.end)}
    found += tuple(one for one in find_times(text, TIMES) if taken.isdisjoint(range(one.start, one.end)))
    for one in observe(paragraph(text), found, read_numbers(text, QUANTITIES), CHINESE.profile, KNOWN, main="http://made.up/main"):
        assert one.value.is_finite()
        assert one.about
        assert text[one.evidence.start : one.evidence.end] == one.evidence.quote
        assert one.value_text in one.evidence.quote
        assert one.baseline is None or one.baseline.unit == one.unit


def extracting(choices: Choices) -> None:
    """A whole report: quotes, places, classes and issues agree with its text, all that is spoken of is there, two runs give the same."""
    read = document(*(words.text(choices) for _ in range(3)))
    built = pipeline.extract(read)
    extraction = built.extraction
    texts = {one.number: one.text for one in read.paragraphs}
    kinds = {entity.iri: entity.kind for entity in extraction.entities}
    for one in extraction.statements:
        relation = KNOWN.relations[one.relation]
        assert KNOWN.is_a(kinds[one.subject], relation.domain)
        assert KNOWN.is_a(kinds[one.object], relation.range)
        assert {one.place, one.programme} - {""} <= kinds.keys()
    for evidence in [e for s in extraction.statements for e in s.evidence] + [o.evidence for o in extraction.observations]:
        assert texts[evidence.paragraph][evidence.start : evidence.end] == evidence.quote
    for issue in extraction.issues:
        assert not issue.end or texts[issue.paragraph][issue.start : issue.end] == issue.text
    assert pipeline.extract(read).extraction == extraction
