"""The graphs as JSON-LD 1.1 that reads well without RDF: short names, labels by language, a fact with its evidence inside it.

The names are those of `context.json`, which goes into the file, and of the relations that the graph itself declares. What a name does
not fit is written out in full, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from kg.exports.data import Data
from kg.graph import K, O
from kg.network import Index, Triple
from kg.ontology import BASE, KG, local
from kg.writers import blocks

_INSIDE = (K.evidence, O.hasSelector)  # what these lead to stands where it is first spoken of
_RELATIVE = re.compile(r"[\w-]+(/[\w-]+)*")
_SAFE = 2**53  # above, JSON readers round


def render(data: Data) -> Mapping[str, bytes]:
    """One file, UTF-8 with LF: what reports share, then an object for each named graph with what stands in it."""
    names = _Names(data.index)
    shared = _nodes(data.graphs.get("", ()), names)
    graphs = ({"id": names.reference(URIRef(name)), "@graph": _nodes(data.graphs[name], names)} for name in data.graphs if name)
    document = {"@context": names.context, "@graph": [*shared, *graphs]}
    return {f"{data.name}.jsonld": f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()}


def _nodes(triples: Iterable[Triple], names: _Names) -> list[dict[str, Any]]:
    """What is said of each subject of a graph, in reading order."""
    said = {block[0][0]: block for _, section in blocks.ordered(triples) for block in section}
    inside = {triple[2] for block in said.values() for triple in block if triple[1] in _INSIDE}

    def node(subject: Node) -> dict[str, Any]:
        values: defaultdict[URIRef, list[Any]] = defaultdict(list)
        for _, predicate, obj in said.pop(subject):
            values[URIRef(str(predicate))].append(node(obj) if predicate in _INSIDE and obj in said else obj)
        return {"id": names.reference(subject), **dict(names.properties(values))}

    first = [node(subject) for subject in list(said) if subject not in inside]
    return first + [node(subject) for subject in list(said) if subject in said]


class _Names:
    """The short names of a graph, and how values stand under them."""

    def __init__(self, index: Index) -> None:
        """The names of context.json and of the relations that the graph declares."""
        fixed = json.loads(Path(__file__).with_name("context.json").read_text(encoding="utf-8"))
        declared = {local(str(iri)) for iri in (*index.of(K.Relation), *index.of(OWL.ObjectProperty)) if str(iri).startswith(KG)}
        relations = {name: {"@type": "@id", "@container": "@set"} for name in sorted(declared - set(fixed))}
        self.context: Mapping[str, Any] = {**fixed, **relations}
        self._prefixes = {name: iri for name, iri in fixed.items() if isinstance(iri, str) and ":" in iri and not name.startswith("@")}
        self._terms = {self._full(name, about): name for name, about in self.context.items() if isinstance(about, dict)}
        self._iris = {name: iri for iri, name in self._terms.items()}

    def _full(self, name: str, about: Mapping[str, Any]) -> str:
        prefix, _, rest = about.get("@id", f"kg:{name}").partition(":")
        return f"{self._prefixes[prefix]}{rest}"

    def reference(self, node: Node) -> str:
        """A thing's IRI, relative to that of all things."""
        rest = str(node).removeprefix(BASE)
        if isinstance(node, BNode):
            return f"_:{node}"
        return rest if rest != str(node) and _RELATIVE.fullmatch(rest) else self._compact(str(node))

    def _term(self, node: Node) -> str:
        """A class, relation or other word, by its own name where it has one."""
        iri, name = str(node), str(node).removeprefix(KG)
        if isinstance(node, BNode):
            return f"_:{node}"
        known = name != iri and re.fullmatch(r"\w+", name) and (name not in self.context or self._iris.get(name) == iri)
        return name if known else self._compact(iri)

    def _compact(self, iri: str) -> str:
        fitting = [(prefix, start) for prefix, start in self._prefixes.items() if iri.startswith(start)]
        prefix, start = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
        rest = iri[len(start) :]
        return f"{prefix}:{rest}" if prefix and not rest.startswith("//") else iri

    def properties(self, values: Mapping[URIRef, Sequence[Any]]) -> Iterator[tuple[str, Any]]:
        """The keys and values of a node; values: terms, and nodes that are already written."""
        for predicate, found in values.items():
            if predicate == RDF.type and all(isinstance(kind, URIRef) for kind in found):
                yield "type", _alone([self._term(kind) for kind in found])
            else:
                yield from self._property(predicate, found)

    def _property(self, predicate: URIRef, found: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        name = self._terms.get(str(predicate), "")
        about = self.context.get(name, {})
        containers = about.get("@container", ())
        key, several = name or self._term(predicate), "@set" in containers
        others = list(found)
        if "@language" in containers:
            texts: defaultdict[str, list[str]] = defaultdict(list)
            for value in found:
                if isinstance(value, Literal) and (value.language or value.datatype in {None, XSD.string}):
                    texts[value.language or "@none"].append(str(value))
                    others.remove(value)
            if texts:
                yield key, {language: said if several else _alone(said) for language, said in sorted(texts.items())}
            key, about, several = self._compact(str(predicate)), {}, False
        if others:
            written = [self._value(value, about.get("@type", "")) for value in others]
            yield key, written if several else _alone(written)

    def _value(self, value: Any, kind: str) -> Any:  # noqa: ANN401  whatever JSON holds
        """A value under a name of that type: in short where the type says the rest, else in full."""
        if isinstance(value, Literal):
            return self._literal(value, kind)
        if isinstance(value, dict) or kind not in {"@id", "@vocab"}:
            return value if isinstance(value, dict) else {"id": self.reference(value)}
        return self._term(value) if kind == "@vocab" else self.reference(value)

    def _literal(self, value: Literal, kind: str) -> Any:  # noqa: ANN401  whatever JSON holds
        text, datatype = str(value), value.datatype or XSD.string
        if value.language:
            return {"@language": value.language, "@value": text}
        if kind == self._compact(datatype) or (not kind and datatype == XSD.string):
            return text
        if not kind and datatype == XSD.integer and re.fullmatch("0|-?[1-9][0-9]*", text) and abs(int(text)) < _SAFE:
            return int(text)
        return {"@type": self._compact(datatype), "@value": text}


def _alone(values: list[Any]) -> Any:  # noqa: ANN401  whatever JSON holds
    """The only value, else all of them."""
    return values[0] if len(values) == 1 else values
