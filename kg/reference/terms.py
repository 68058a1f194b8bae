"""What the reference tells: the terms of kg.ttl by what they are, the shapes, and the examples of the relation files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rdflib import OWL, RDF, RDFS, SKOS, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg import language, rdf, rules
from kg.explorer.content import both
from kg.graph import K, schema
from kg.network import Index
from kg.ontology import PREFIXES, SCHEMA, Ontology, local
from kg.resources import folder, languages

_SH = Namespace("http://www.w3.org/ns/shacl#")
_DOMAIN, _RANGE = URIRef(f"{SCHEMA}domainIncludes"), URIRef(f"{SCHEMA}rangeIncludes")
# Each kind of term is a section of the page; a term belongs to the first that one of its classes is in.
_KINDS: Mapping[str, tuple[URIRef, ...]] = {
    "classes": (OWL.Class,),
    "relations": (K.Relation,),
    "properties": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
    "topics": (SKOS.ConceptScheme, SKOS.Concept),
    "datatypes": (RDFS.Datatype,),
}
_MATCHES = {
    "exact": SKOS.exactMatch,
    "close": SKOS.closeMatch,
    "broad": SKOS.broadMatch,
    "related": SKOS.relatedMatch,
    "mapping": SKOS.mappingRelation,
}
_OTHERS = "individuals"
_PLAIN = {OWL.Class, OWL.NamedIndividual, RDFS.Datatype, SKOS.Concept, SKOS.ConceptScheme}  # types that the section tells
_MOST_SHOWN = 3

Both = tuple[str, str]  # in Chinese and in English


@dataclass(frozen=True, slots=True)
class Reference:
    """A term that another one names. anchor: where the page tells of it, "" for a term of another vocabulary."""

    name: str
    iri: str
    labels: Both
    anchor: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of a relation file and the facts that are read from it, none for one that must give nothing. language: its code."""

    language: str
    text: str
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology.

    name: its anchor; prefixed: its name with its prefix; definitions: empty texts where none is given; links: what it says of other
    terms, by the page's word for it; inverse: a relation's name read from its object; shown: for a relation, examples, the last of
    which gives nothing; of: how many sentences its files have.
    """

    name: str
    prefixed: str
    labels: Both
    definitions: Both
    links: Mapping[str, tuple[Reference, ...]]
    inverse: Both = ("", "")
    shown: tuple[Shown, ...] = ()
    of: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that the page tells. sections: the terms by kind, in the order of the file; tree: classes with how deep they lie."""

    title: Both
    about: Both
    sections: Mapping[str, tuple[Term, ...]]
    tree: tuple[tuple[int, Reference], ...]
    shapes: tuple[tuple[str, Both], ...]
    prefixes: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """The ontology as triples, its terms in the order of the file, and the sentences of all relation files by relation."""

    index: Index
    iris: tuple[URIRef, ...]
    examples: Mapping[str, Sequence[Shown]]


def read(ontology: Ontology) -> Terms:
    """The terms of an ontology, with the project's shapes and the examples of every language."""
    source = _Source(Index(schema(ontology)), tuple(URIRef(iri) for iri in ontology.said if iri in ontology.schema), _examples(ontology))
    (whole,) = source.index.of(OWL.Ontology)
    sections: dict[str, list[Term]] = {kind: [] for kind in (*_KINDS, _OTHERS)}
    for iri in source.iris:
        if iri != whole:
            sections[_kind(source.index, iri)].append(_term(source, iri))
    return Terms(
        _texts(source.index, whole, DCTERMS.title),
        _texts(source.index, whole, DCTERMS.description),
        {kind: tuple(found) for kind, found in sections.items()},
        tuple(_tree(source)),
        tuple(_shapes()),
        dict(sorted(PREFIXES.items())),
    )


def _kind(index: Index, iri: URIRef) -> str:
    types = index.all(iri, RDF.type)
    return next((kind for kind, wanted in _KINDS.items() if not set(wanted).isdisjoint(types)), _OTHERS)


def _texts(index: Index, node: Node, predicate: URIRef = RDFS.label) -> Both:
    zh, en = both(index, node, predicate)
    return zh, en


def _term(source: _Source, iri: URIRef) -> Term:
    index, examples = source.index, source.examples.get(local(iri), ())
    return Term(
        local(iri),
        _prefixed(iri),
        _texts(index, iri),
        _texts(index, iri, SKOS.definition),
        {word: tuple(_reference(source, node) for node in nodes) for word, nodes in _links(source, iri) if nodes},
        _texts(index, iri, K.inverseLabel),
        tuple(_chosen(examples)),
        len(examples),
    )


def _links(source: _Source, iri: URIRef) -> Iterator[tuple[str, list[Node]]]:
    """What is said of a term, and what others say of it, by the page's word for it."""
    said = partial(source.index.all, iri)
    by = partial(_naming, source, iri)
    yield "type", [kind for kind in said(RDF.type) if kind not in _PLAIN]
    yield "above", said(RDFS.subClassOf)
    yield "below", by(RDFS.subClassOf)
    yield "domain", [*said(_DOMAIN), *said(RDFS.domain)]
    yield "range", [*said(_RANGE), *said(RDFS.range)]
    yield "narrows", said(RDFS.subPropertyOf)
    yield "narrowed", by(RDFS.subPropertyOf)
    yield "beats", said(K.beats)
    yield "subject", [*by(_DOMAIN), *by(RDFS.domain)]
    yield "object", [*by(_RANGE), *by(RDFS.range)]
    yield "values", by(RDF.type) if iri != K.Relation else []
    yield "scheme", said(SKOS.inScheme)
    for word, match in _MATCHES.items():
        yield word, said(match)


def _naming(source: _Source, iri: URIRef, predicate: URIRef) -> list[Node]:
    """The terms that name it so, in the order of the file."""
    return [other for other in source.iris if iri in source.index.all(other, predicate)]


def _reference(source: _Source, node: Node) -> Reference:
    """A term by its label where the page tells of it, else by its prefixed name."""
    name, iri = _prefixed(node), str(node)
    return Reference(name, iri, _texts(source.index, node), local(iri)) if node in source.iris else Reference(name, iri, (name, name), "")


def _prefixed(node: Node) -> str:
    iri = str(node)
    prefix = max((p for p in PREFIXES if iri.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default="")
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri


def _tree(source: _Source, above: Node | None = None, depth: int = 0) -> Iterator[tuple[int, Reference]]:
    """The classes below one, each with those below it and how deep it lies; a class with two above it stands below both."""
    for iri in source.iris:
        parents = [node for node in source.index.all(iri, RDFS.subClassOf) if node in source.iris]
        if _kind(source.index, iri) == "classes" and (above in parents if above else not parents):
            yield depth, _reference(source, iri)
            yield from _tree(source, iri, depth + 1)


def _shapes() -> Iterator[tuple[str, Both]]:
    index = Index(rdf.read(folder("ontology") / "shapes.ttl"))
    for shape in index.of(_SH.NodeShape):
        yield local(str(shape)), _texts(index, shape, RDFS.comment)


def _examples(ontology: Ontology) -> dict[str, list[Shown]]:
    """The sentences of all relation files, by relation."""
    found: defaultdict[str, list[Shown]] = defaultdict(list)
    for code in languages():
        for file in rules.load(language.load(code), ontology):
            found[file.relation.name] += [Shown(code, example.text, example.gives) for example in file.examples]
    return dict(found)


def _chosen(examples: Sequence[Shown]) -> Iterator[Shown]:
    """The first few that give something, then one that gives nothing."""
    yield from [one for one in examples if one.gives][:_MOST_SHOWN]
    yield from [one for one in examples if not one.gives][:1]
