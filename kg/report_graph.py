"""A report and its paragraphs as RDF: what it is, the text it was read from, and the pages of what it says."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, RDFS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS

from kg.iris import evidence_iri, paragraph_iri, report_iri
from kg.model import Document, Extraction, Paragraph
from kg.ontology import KG
from kg.rdf import Terms
from kg.topics import topics

K = Terms(KG)
Triple = tuple[URIRef, URIRef, URIRef | Literal]


def report(document: Document) -> Iterator[Triple]:
    """What the report is, and the hashes of its file and of the text that offsets count."""
    node = URIRef(report_iri(document))
    yield node, RDF.type, K.Report
    yield node, DCTERMS.title, Literal(document.title, lang=document.language)
    yield node, RDFS.label, Literal(document.title, lang=document.language)
    yield from labels(node, document.title, document)
    yield node, DCTERMS.language, Literal(document.language)
    if document.symbol:
        yield node, DCTERMS.identifier, Literal(document.symbol)
    if document.date:
        yield node, DCTERMS.date, Literal(document.date, datatype=XSD.date)
    if document.publisher:
        yield node, DCTERMS.publisher, Literal(document.publisher, lang=document.language)
    if document.sha256:
        yield node, DCTERMS.format, Literal(document.format)
        yield node, K.sha256, Literal(document.sha256)
        yield node, K.textSha256, Literal(document.text_sha256)


def paragraph(document: Document, paragraph: Paragraph) -> Iterator[Triple]:
    """A paragraph of it."""
    node = URIRef(paragraph_iri(document, paragraph.number))
    yield node, RDF.type, K.Paragraph
    yield node, K.number, Literal(paragraph.number)
    yield node, DCTERMS.isPartOf, URIRef(report_iri(document))
    yield node, K.text, Literal(paragraph.text, lang=document.language)
    if paragraph.section:
        yield node, K.section, Literal(" › ".join(paragraph.section), lang=document.language)
    if paragraph.anchor:
        yield node, K.anchor, URIRef(paragraph_iri(document, paragraph.anchor))
    yield from ((node, K.topic, URIRef(topic)) for topic in topics(paragraph.section, document.language))


def pages(extraction: Extraction) -> Iterator[Triple]:
    """The page on which each paragraph and each piece of evidence begins."""
    document = extraction.document
    offsets = {one.number: one.offsets for one in document.paragraphs if one.offsets}
    for number, places in offsets.items():
        yield URIRef(paragraph_iri(document, number)), K.page, Literal(document.page_of(places[0]))
    said = [*(evidence for one in extraction.statements for evidence in one.evidence), *(one.evidence for one in extraction.observations)]
    for evidence in said:
        page = document.page_of(offsets[evidence.paragraph][evidence.start])
        yield URIRef(evidence_iri(document, evidence)), K.page, Literal(page)


def labels(node: URIRef, name: str, document: Document) -> Iterator[Triple]:
    """What a thing is called in other languages, by what stands beside the report."""
    for label in (one for one in document.labels if one.name == name):
        for way in (RDFS.label, K.translatedLabel) if label.translated else (RDFS.label,):
            yield node, way, Literal(label.text, lang=label.language)
