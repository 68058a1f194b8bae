"""What the Turtle says: classes, relations with domain and range, and the entities that are generally known.

Read with pyoxigraph, which parses the entities in a few milliseconds where rdflib takes most of a second.
"""

from __future__ import annotations

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
class Said:
    """Something the Turtle says of a subject: predicate IRI and object, an IRI or a literal's text.

    language: of a literal with a language tag, else ""; datatype: IRI of a literal's datatype, "" for an IRI.
    """

    predicate: str
    object: str
    language: str = ""
    datatype: str = ""


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
    """Classes, relations and known entities.

    said: everything the Turtle says, by subject IRI, in file order; schema: the IRIs that kg.ttl and topics.ttl describe.
    """

    parents: Mapping[str, frozenset[str]] = field(repr=False)
    relations: Mapping[str, Relation]
    entities: tuple[Entity, ...] = field(repr=False)
    said: Mapping[str, tuple[Said, ...]] = field(repr=False)
    schema: frozenset[str] = field(repr=False)

    def is_a(self, kind: str, classes: Iterable[str]) -> bool:
        """Whether a class is one of these, or below one of them."""
        above = self.parents.get(kind)
        return kind in classes if above is None else not above.isdisjoint(classes)

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


def _parse(path: Path) -> list[tuple[str, Said]]:
    """The triples of a Turtle file; blank nodes are not understood."""
    try:
        return [_said(quad.triple, path) for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        message = f"{path}: not Turtle: {error}"
        raise OntologyError(message) from error


def _said(triple: ox.Triple, path: Path) -> tuple[str, Said]:
    subject, predicate, obj = triple.subject, triple.predicate, triple.object
    if isinstance(subject, ox.NamedNode) and isinstance(obj, ox.NamedNode):
        return subject.value, Said(predicate.value, obj.value)
    if isinstance(subject, ox.NamedNode) and isinstance(obj, ox.Literal):
        return subject.value, Said(predicate.value, obj.value, obj.language or "", obj.datatype.value)
    message = f"{path}: only IRIs and literals are understood, not blank nodes: {triple}"
    raise OntologyError(message)


def _closure(parents: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """For each class, itself and every class above it."""

    def above(kind: str, seen: frozenset[str]) -> frozenset[str]:
        return seen.union(*(above(up, seen | {up}) for up in parents.get(kind, set()) - seen))

    return {kind: above(kind, frozenset((kind,))) for kind in parents}


@cache
def load(where: Path | None = None) -> Ontology:
    """The ontology in that folder, by default the project's own: kg.ttl and entities/*.ttl, topics.ttl and identifiers.ttl if there."""
    root = where or folder("ontology")
    schema = [t for name in ("kg.ttl", "topics.ttl") if (root / name).exists() for t in _parse(root / name)]
    known = [t for path in sorted((root / "entities").glob("*.ttl")) for t in _parse(path)]
    linked = _parse(root / "identifiers.ttl") if (root / "identifiers.ttl").exists() else []

    said: dict[str, list[Said]] = defaultdict(list)
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject, one in schema + known + linked:
        said[subject].append(one)
        values[subject, one.predicate].append(one.object)
    parents = {
        local(subject): {local(up) for up in values[subject, f"{RDFS}subClassOf"] if up.startswith(KG)}
        for subject, one in schema
        if one.object == f"{OWL}Class"
    }
    relations = {
        name: Relation(
            name,
            frozenset(map(local, values[iri, f"{SCHEMA}domainIncludes"])),
            frozenset(map(local, values[iri, f"{SCHEMA}rangeIncludes"])),
            f"{OWL}SymmetricProperty" in values[iri, f"{RDF}type"],
            next(map(local, values[iri, f"{RDFS}subPropertyOf"]), ""),
            frozenset(map(local, values[iri, f"{KG}beats"])),
        )
        for iri in said
        if f"{KG}Relation" in values[iri, f"{RDF}type"]
        for name in [local(iri)]
    }
    entities = tuple(_entity(iri, said[iri], parents) for iri in dict.fromkeys(subject for subject, _ in known))
    return Ontology(
        _closure(parents),
        relations,
        entities,
        {iri: tuple(things) for iri, things in said.items()},
        frozenset(subject for subject, _ in schema),
    )


def _entity(iri: str, said: list[Said], classes: Mapping[str, set[str]]) -> Entity:
    kinds = [local(one.object) for one in said if one.predicate == f"{RDF}type"]
    labels = [one for one in said if one.predicate == f"{RDFS}label"]
    if len(kinds) != 1 or kinds[0] not in classes or not labels:
        message = f"ontology/entities: {iri} needs one class of kg.ttl and a label, has {kinds or 'no class'}"
        raise OntologyError(message)
    first = next((label for label in labels if label.language == "zh"), labels[0])
    names = {one.object for one in said if one.predicate in {f"{RDFS}label", f"{SKOS}altLabel"}}
    return Entity(iri, first.object, kinds[0], tuple(sorted(names - {first.object})), listed=True)
