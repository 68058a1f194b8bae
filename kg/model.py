"""The values that travel through the pipeline: frozen, ordered, and good to print.

Offsets count characters (not bytes) and are half-open, `[start, end)`. A name of a class or a relation is its local name in
`ontology/kg.ttl` ("Country", "partnerOf"); a thing is named by its IRI as a plain string. No rdflib or spaCy type stands here.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

PLAIN_TEXT = "text/plain"


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """What was not understood, and where. Never an exception: the build lists it.

    kind: a short slug ("unknown-name", "trigger", "footnote-mark", "expectation"; "rejected" and "review" come of a review).
    paragraph: its number, or "" for the report.
    start, end: where the text stands in the paragraph, `paragraph.text[start:end] == text`; 0, 0 where that is not known.
    """

    paragraph: str
    kind: str
    text: str
    message: str
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        """One line for a terminal."""
        place = f"¶{self.paragraph} " if self.paragraph else ""
        return f"{place}{self.kind}: {self.message}" + (f" “{self.text}”" if self.text else "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph, the summary or a footnote, its text on one line.

    number: "33"; "summary" (then "summary-2" …) for the summary's; "fn1" for a footnote. kind: "paragraph", "summary", "footnote".
    offsets: for each character of `text` its place in the decoded file; `len(offsets) == len(text)`, strictly increasing.
    section: the headings above it, outermost first, each as "number title" or an unnumbered title.
    anchor: for a footnote the number of the paragraph its mark stands in, else "".
    """

    number: str
    kind: str
    text: str
    offsets: tuple[int, ...] = field(repr=False)
    section: tuple[str, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What a thing that a report names is called in another language. name: as the report has it; language: a code.

    translated: True when the text is a translation of ours, which nobody has seen in a document of that language.
    """

    name: str
    language: str
    text: str
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: what it says of itself, and its paragraphs in reading order.

    id: the file's stem; language: a folder of kg/lang ("zh"). The other texts are "" when neither the .toml nor the text tells.
    date: ISO, of the document or the first day of its session. expect: minima by name, of the .toml ("facts", "relations.funds", "share").
    labels: names in other languages, from the .toml. issues: what the reader did not understand.
    source: the text that offsets count, the file's own or extracted from it; format: the file's media type; sha256: of the file.
    pages: where each page begins in the source, () when the file does not tell. origins: how each text that is told was known:
    "description" (the .toml), "text", or "file" (what the file says of itself).
    """

    id: str
    path: Path
    source: str = field(repr=False)
    language: str
    title: str
    symbol: str = ""
    session: str = ""
    date: str = ""
    agenda_item: str = ""
    publisher: str = ""
    sections: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)
    expect: tuple[tuple[str, float], ...] = ()
    labels: tuple[Label, ...] = ()
    issues: tuple[Issue, ...] = ()
    format: str = PLAIN_TEXT
    sha256: str = ""
    pages: tuple[int, ...] = field(default=(), repr=False)
    origins: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def text_sha256(self) -> str:
        """The hash of the source in UTF-8, as the extracted text is written beside the exports."""
        return hashlib.sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()

    def page_of(self, offset: int) -> int:
        """The page, counted from 1, on which a character of the source stands; 0 when the file does not tell."""
        return bisect_right(self.pages, offset)


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A thing that can be named: a node of the graph.

    name: its canonical name in the report's language; kind: the local name of its class; names: other forms, sorted.
    listed: True when it stands in ontology/entities, False when a finder or the resolver made it.
    """

    iri: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    listed: bool = False


class Mention(NamedTuple):
    """A stretch of a paragraph that stands for something.

    kind: a class of the ontology, or "Time", "Quantity" or "Money"; term: the thing's IRI, or the value as text; how: the way it was
    known ("listed", "short form of …", "shape: …", "carried on", "stands for …"). A zero-width mention stands for words left out.
    """

    # A tuple, for there are thousands in a report, and tuples are made, hashed and sorted several times as fast as dataclasses.
    start: int
    end: int
    kind: str
    term: str
    how: str
    text: str


# Kinds of mentions that are no things: they have a value, not an IRI.
VALUES = frozenset({"Time", "Quantity", "Money"})


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A time the text names, as ISO dates of its first and last day; either may be "" (open)."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a fact is said: `paragraph.text[start:end] == quote`, always.

    rule: "<language>/<file>#<n>", the pattern that fired. subject_how, object_how: how the two names were known.
    review: what a person decided about it ("accepted: …", "corrected from …: …"), "" when nobody did.
    """

    paragraph: str
    start: int
    end: int
    quote: str
    rule: str
    subject_how: str = ""
    object_how: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """A fact between two things, with what the sentence says of it.

    status: "done", "ongoing" or "planned"; amount with unit ("CCY_USD"); place, programme: IRIs or "".
    """

    subject: str
    relation: str
    object: str
    status: str = "done"
    period: Period = Period()
    amount: Decimal | None = None
    unit: str = ""
    place: str = ""
    programme: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Observation:
    """A number that measures something.

    about: IRI of whom or what; counted: the words for what is counted; value: exact; unit: "NUM", "PERCENT", "CCY_USD", … (QUDT);
    comparator: "exactly", "about", "moreThan", "atLeast", "lessThan", "atMost"; place: IRI or ""; value_text: the words of the
    number as printed; baseline: the observation it is compared with ("rose from 8% to 31%": 8% is the baseline of 31%).
    """

    about: str
    counted: str
    value: Decimal
    unit: str
    comparator: str
    period: Period
    place: str
    value_text: str
    evidence: Evidence
    baseline: Observation | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a report says, before it becomes a graph: everything sorted, nothing lost.

    mentions: for each paragraph number the names found in it, left to right.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[tuple[str, tuple[Mention, ...]], ...] = field(default=(), repr=False)
    statements: tuple[Statement, ...] = ()
    observations: tuple[Observation, ...] = ()
    issues: tuple[Issue, ...] = ()
