"""The IRIs of things, reports, paragraphs, statements and observations: names and hashes, the same in every run."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

from kg.model import Document, Evidence, Observation, Statement
from kg.ontology import BASE, PREFIXES

SHARED = f"{BASE}store/shared"  # the graph of what reports share, where many are kept; no report has an IRI with this slash


def entity_iri(name: str) -> str:
    """The IRI of a thing that is in no list: its name, with what an IRI or a Turtle name cannot hold as `_`; of mere signs, their hash."""
    return BASE + (re.sub(r"_+", "_", re.sub(r"[^\w-]", "_", name)).strip("_-") or _digest(name)[:16])


def report_iri(document: Document) -> str:
    """The IRI of a report, which is also that of its named graph."""
    return entity_iri(document.id)


def paragraph_iri(document: Document, number: str) -> str:
    """The IRI of a paragraph of a report."""
    return f"{report_iri(document)}/p{number}"


def evidence_iri(document: Document, evidence: Evidence) -> str:
    """The IRI of one piece of evidence; the same words read by the same rule are the same evidence, until a person decides about it."""
    reviewed = (evidence.review,) if evidence.review else ()
    mark = _digest(evidence.rule, evidence.subject_how, evidence.object_how, *reviewed)
    return f"{paragraph_iri(document, evidence.paragraph)}-{evidence.start}-{evidence.end}-{mark[:8]}"


def statement_iri(statement: Statement) -> str:
    """The IRI of a statement: sha256 over subject, relation, object and qualifiers, so that reports share it."""
    s = statement
    parts = (s.subject, s.relation, s.object, s.status, s.period.start, s.period.end, canonical(s.amount), s.unit, s.place, s.programme)
    return f"{PREFIXES['st']}{_digest(*parts)[:16]}"


def observation_iri(document: Document, observation: Observation) -> str:
    """The IRI of an observation: sha256 over where it stands and all that it says."""
    o = observation
    parts = (o.about, o.counted, canonical(o.value), o.unit, o.comparator, o.period.start, o.period.end, o.place, o.value_text)
    where = (paragraph_iri(document, o.evidence.paragraph), str(o.evidence.start), o.evidence.rule)
    return f"{PREFIXES['obs']}{_digest(*where, *parts)[:16]}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode(errors="surrogatepass")).hexdigest()


def canonical(value: Decimal | None) -> str:
    """A number, "" for none, in the one spelling that stores keep: an integer without a point, else no trailing zeros."""
    if value is None:
        return ""
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")
