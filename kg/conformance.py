"""How faithful a graph is to the ontology and to its text, without any gold: the other measures of Text2KGBench.

Mihindukulasooriya et al., Text2KGBench: A Benchmark for Ontology-Driven Knowledge Graph Generation from Text, ISWC 2023: ontology
conformance, and the hallucination of subjects, relations and objects. Here each is counted over the facts, once a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.term import Node

from kg.graph import K, O
from kg.network import Index
from kg.ontology import SCHEMA

_STANDS_FOR = re.compile("^“(.*)” ")


@dataclass(frozen=True, slots=True)
class Conformance:
    """Counts of facts, each with one sentence.

    conform: whose relation is in the ontology and joins classes that it allows; relations: whose relation is not in it; subjects,
    objects: whose subject or object has no name, and no word that stands for it, in the paragraph; quotes: whose quote is not the
    paragraph's text at its place.
    """

    facts: int
    conform: int
    relations: int
    subjects: int
    objects: int
    quotes: int

    def share(self, count: int) -> float:
        """A count as a share of the facts; 0 when there are none."""
        return count / max(1, self.facts)


def measure(data: Graph | Dataset) -> Conformance:
    """The conformance of a graph or a dataset."""
    index = Index(data)
    known = set(index.of(K.Relation))
    facts = conform = relations = subjects = objects = quotes = 0
    for statement in index.of(K.Statement):
        subject, relation, obj = (index.one(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        allowed = relation in known and _allowed(index, relation, subject, "domain") and _allowed(index, relation, obj, "range")
        for evidence in index.all(statement, K.evidence):
            text, start, end, quote = _quoted(index, evidence)
            facts += 1
            conform += allowed
            relations += relation not in known
            subjects += not _named(index, subject, text, index.text(evidence, K.subjectKnownBy))
            objects += not _named(index, obj, text, index.text(evidence, K.objectKnownBy))
            quotes += text[start:end] != quote
    return Conformance(facts, conform, relations, subjects, objects, quotes)


def _allowed(index: Index, relation: Node | None, thing: Node | None, end: str) -> bool:
    """Whether a thing is of a class that the relation allows at that end."""
    if relation is None or thing is None:
        return False
    allowed = set(index.all(relation, URIRef(f"{SCHEMA}{end}Includes")))
    return not allowed.isdisjoint(index.classes(thing))


def _quoted(index: Index, evidence: Node) -> tuple[str, int, int, str]:
    """The paragraph's text, and from where to where the quote stands in it."""
    paragraph, selector = (index.one(evidence, part) or evidence for part in (O.hasSource, O.hasSelector))
    start, end = (int(index.text(selector, part) or 0) for part in (O.start, O.end))
    return index.text(paragraph, K.text), start, end, index.text(selector, O.exact)


def _named(index: Index, thing: Node | None, text: str, how: str) -> bool:
    """Whether a text names a thing, by one of its names or by the words that stand for it."""
    words = _STANDS_FOR.match(how)
    return thing is not None and ((words is not None and words[1] in text) or any(name in text for name in index.names(thing)))
