"""What the Turtle says: classes, relations with domain and range, and the entities that are generally known.

Read with pyoxigraph, which parses the entities in a few milliseconds where rdflib takes most of a second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError, did_you_mean
from kg.model import Entity
from kg.resources import folder

KG = "https://w3id.org/report-kg/ontology#"
BASE = "https://w3id.org/report-kg/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "http://schema.org/"
ORG = "http://www.w3.org/ns/org#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
UNIT = "http://qudt.org/vocab/unit/"

PREFIXES = {
    "kg": KG,
    "id": BASE,
    "st": f"{BASE}statement/",
    "obs": f"{BASE}observation/",
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "skos": SKOS,
    "schema": SCHEMA,
    "org": ORG,
    "oa": OA,
    "dcterms": DCTERMS,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": XSD,
    "unit": UNIT,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: the classes its subject and object may have, and the relation above it ("" if none).

    beats: relations that say less of the same pair in the same sentence and then give way.
    """

    name: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool = False
    parent: str = ""
    beats: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """Classes, relations and known entities. `triples`: everything the Turtle says, by subject IRI, in file order."""

    parents: Mapping[str, frozenset[str]] = field(repr=False)
    relations: Mapping[str, Relation]
    entities: tuple[Entity, ...] = field(repr=False)
    triples: Mapping[str, tuple[ox.Triple, ...]] = field(repr=False)
    schema: frozenset[str] = field(repr=False)

    def is_a(self, kind: str, classes: Iterable[str]) -> bool:
        """Whether a class is one of these, or below one of them."""
        return not self.parents.get(kind, frozenset((kind,))).isdisjoint(classes)

    def kinds_below(self, classes: Iterable[str]) -> frozenset[str]:
        """These classes and all below them."""
        wanted = frozenset(classes)
        return frozenset(kind for kind, above in self.parents.items() if above & wanted)

    def relation(self, name: str) -> Relation:
        """The relation of that name, else an OntologyError with the nearest."""
        if name not in self.relations:
            message = f"ontology/kg.ttl: no relation {name!r}; {did_you_mean(name, self.relations)}"
            raise OntologyError(message)
        return self.relations[name]


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def entity_iri(name: str) -> str:
    """The IRI of a thing that is in no list: its name, with what an IRI or a Turtle name cannot hold as `_`."""
    return BASE + re.sub(r"_+", "_", re.sub(r"[^\w-]", "_", name)).strip("_-")


def _parse(path: Path) -> list[ox.Triple]:
    try:
        return [q.triple for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        message = f"{path}: not Turtle: {error}"
        raise OntologyError(message) from error


def _closure(parents: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """For each class, itself and every class above it."""

    def above(kind: str, seen: frozenset[str]) -> frozenset[str]:
        return seen.union(*(above(up, seen | {up}) for up in parents.get(kind, set()) - seen))

    return {kind: above(kind, frozenset((kind,))) for kind in parents}


@cache
def load(where: Path | None = None) -> Ontology:
    """The ontology in that folder (kg.ttl and entities/*.ttl), by default the project's own."""
    root = where or folder("ontology")
    schema = _parse(root / "kg.ttl")
    known = [t for path in sorted((root / "entities").glob("*.ttl")) for t in _parse(path)]

    by_subject: dict[str, list[ox.Triple]] = defaultdict(list)
    parents: dict[str, set[str]] = {}
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    for triple in schema + known:
        subject = triple.subject.value
        by_subject[subject].append(triple)
        obj = triple.object
        values[subject, triple.predicate.value].append(obj.value if isinstance(obj, ox.NamedNode | ox.Literal) else "")
    for triple in schema:
        subject = triple.subject.value
        if triple.object == ox.NamedNode(f"{OWL}Class"):
            parents[local(subject)] = {local(up) for up in values[subject, f"{RDFS}subClassOf"] if up.startswith(KG)}
    relations = {
        name: Relation(
            name,
            frozenset(map(local, values[iri, f"{SCHEMA}domainIncludes"])),
            frozenset(map(local, values[iri, f"{SCHEMA}rangeIncludes"])),
            f"{OWL}SymmetricProperty" in values[iri, f"{RDF}type"],
            next(map(local, values[iri, f"{RDFS}subPropertyOf"]), ""),
            frozenset(map(local, values[iri, f"{KG}beats"])),
        )
        for iri in by_subject
        if f"{KG}Relation" in values[iri, f"{RDF}type"]
        for name in [local(iri)]
    }
    entities = tuple(_entity(iri, by_subject[iri], parents) for iri in dict.fromkeys(t.subject.value for t in known))
    return Ontology(
        _closure(parents),
        relations,
        entities,
        {iri: tuple(triples) for iri, triples in by_subject.items()},
        frozenset(t.subject.value for t in schema),
    )


def _entity(iri: str, triples: list[ox.Triple], classes: Mapping[str, set[str]]) -> Entity:
    kinds = [local(t.object.value) for t in triples if t.predicate.value == f"{RDF}type"]
    labels = [t.object for t in triples if t.predicate.value == f"{RDFS}label"]
    others = [t.object for t in triples if t.predicate.value == f"{SKOS}altLabel"]
    if len(kinds) != 1 or kinds[0] not in classes or not labels:
        message = f"ontology/entities: {iri} needs one class of kg.ttl and a label, has {kinds or 'no class'}"
        raise OntologyError(message)
    first = next((label for label in labels if label.language == "zh"), labels[0])
    names = sorted({label.value for label in [*labels, *others]} - {first.value})
    return Entity(iri, first.value, kinds[0], tuple(names), listed=True)
