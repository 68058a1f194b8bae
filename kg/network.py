"""The graph as networkx: things as nodes, statements as edges that keep their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import networkx as nx
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Dataset, Literal, URIRef
from rdflib.term import Node

from kg.errors import UnknownNameError, did_you_mean
from kg.graph import K, O
from kg.ontology import KG, local

Triple = tuple[Node, Node, Node]
_SUMMARY, _NUMBERED, _FOOTNOTE = range(3)


class Index:
    """What triples or a dataset say, by subject and predicate; a dataset's named graphs count as one.

    Filled in one pass: thousands of single look-ups through an rdflib dataset take far longer than reading it once.
    """

    def __init__(self, data: Dataset | Iterable[Triple]) -> None:
        """Read every triple once; the order of the triples does not matter, what is given back is sorted."""
        found: defaultdict[Node, defaultdict[Node, set[Node]]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, obj in _triples(data):
            found[subject][predicate].add(obj)
        self._found = {subject: dict(said) for subject, said in found.items()}

    def of(self, kind: URIRef) -> list[Node]:
        """The things of exactly this class, sorted."""
        return sorted((subject for subject, said in self._found.items() if kind in said.get(RDF.type, ())), key=_order)

    def all(self, subject: Node, predicate: URIRef) -> list[Node]:
        """The objects of a subject and a predicate, sorted; empty when nothing is said."""
        return sorted(self._found.get(subject, {}).get(predicate, ()), key=_order)

    def predicates(self, subject: Node) -> list[Node]:
        """What is said of a subject: the predicates, sorted."""
        return sorted(self._found.get(subject, ()), key=str)

    def one(self, subject: Node, predicate: URIRef) -> Node | None:
        """The first object of a subject and a predicate, or None."""
        return next(iter(self.all(subject, predicate)), None)

    def text(self, subject: Node, predicate: URIRef, language: str = "") -> str:
        """The object as text, of that language when one is asked for; "" when there is none."""
        found = self.all(subject, predicate)
        return next((str(o) for o in found if not language or (isinstance(o, Literal) and o.language == language)), "")

    def label(self, subject: Node, language: str = "zh") -> str:
        """Its label in that language, else in any, else the last part of its IRI, else all of it."""
        return self.text(subject, RDFS.label, language) or self.text(subject, RDFS.label) or local(str(subject)) or str(subject)

    def kind(self, subject: Node) -> str:
        """The local name of its class in the ontology; "" when it has none."""
        return next((local(str(t)) for t in self.all(subject, RDF.type) if str(t).startswith(KG)), "")

    def classes(self, subject: Node) -> list[Node]:
        """Its classes and all above them, each once."""
        found = self.all(subject, RDF.type)
        for kind in found:
            found += [above for above in self.all(kind, RDFS.subClassOf) if above not in found]
        return found

    def things(self) -> list[Node]:
        """What has a label and a class of the ontology and is not itself of the ontology, sorted."""
        named = (s for s, said in self._found.items() if RDFS.label in said and not str(s).startswith(KG) and self.kind(s))
        return sorted(named, key=_order)

    def names(self, subject: Node) -> list[str]:
        """Every label and other name, of any language, sorted."""
        return sorted({str(name) for predicate in (RDFS.label, SKOS.altLabel) for name in self.all(subject, predicate)})

    def called(self, name: str, nodes: Iterable[Node], *, part: bool = False) -> set[str]:
        """The IRIs of those that are called so, in any language and case, or by their local name; an UnknownNameError if none is.

        part: where nothing is called exactly so, the name may be a part of theirs.
        """
        forms = [(form, str(node)) for node in nodes for form in (*self.names(node), local(str(node)))]
        wanted = name.casefold()
        found = {node for form, node in forms if form.casefold() == wanted}
        if part and not found:
            found = {node for form, node in forms if wanted in form.casefold()}
        if not found:
            message = f"nothing is called {name!r}; {did_you_mean(name, {form for form, _ in forms})}"
            raise UnknownNameError(message)
        return found


def to_networkx(data: Dataset | Iterable[Triple]) -> nx.MultiDiGraph[str]:
    """The things that statements speak of, and the statements between them. Pure: the same triples give the same graph.

    Nodes: IRIs, sorted, with `kind` (local name of the class), `label` (Chinese, else any), `label_en` ("" if none) and `names` (others).
    Edges: keyed by the statement's IRI, sorted, with `relation`, `status` (local names), `start`, `end` (ISO dates or ""), `amount`
    (Decimal or None), `unit` (local name or ""), `place`, `programme` (IRIs or ""), `confidence` (Decimal, of the surest evidence) and
    `evidence`: a list of dicts, in reading order, with `paragraph` (its number), `source` (its IRI), `section`, `quote`, `start`, `end`
    (characters of the paragraph's text), `rule`, `subject_how`, `object_how` and `review` ("" when nobody decided about it). A symmetric
    relation said both ways is one edge, under the first statement's IRI, with all the evidence.
    """
    return network_of(Index(data))


def network_of(index: Index, bare: Iterable[Triple] = ()) -> nx.MultiDiGraph[str]:
    """The same as `to_networkx`, of a graph already read.

    bare: triples that no statement describes. They become edges without evidence, keyed by the relation's IRI, with a `confidence`
    of None and every qualifier "" or None; `relation` is the whole IRI where it is not of the ontology.
    """
    symmetric = set(index.of(OWL.SymmetricProperty))
    edges: dict[tuple[Any, ...], tuple[str, str, str, dict[str, Any]]] = {}
    for statement in index.of(K.Statement):
        ends = index.one(statement, RDF.subject), index.one(statement, RDF.object)
        relation = index.one(statement, RDF.predicate)
        if None in ends or relation is None:
            continue
        said = _qualifiers(index, statement)
        same = tuple(sorted(map(str, ends))) if relation in symmetric else tuple(map(str, ends))
        source, target, _, edge = edges.setdefault(
            (*same, str(relation), *said.values()),
            (
                str(ends[0]),
                str(ends[1]),
                str(statement),
                {"relation": local(str(relation)), **said, "confidence": Decimal(0), "evidence": []},
            ),
        )
        edge["confidence"] = max([edge["confidence"], *(Decimal(str(sure)) for sure in index.all(statement, K.confidence))])
        turned = (source, target) != (str(ends[0]), str(ends[1]))
        edge["evidence"] += [evidence_of(index, one, turned=turned) for one in index.all(statement, K.evidence)]
    nothing = _qualifiers(index, BNode())
    for subject, predicate, obj in sorted(bare, key=lambda triple: tuple(map(str, triple))):
        iri = str(predicate)
        start, end = sorted((str(subject), str(obj))) if predicate in symmetric else (str(subject), str(obj))
        name = local(iri) if iri.startswith(KG) else iri
        edges[start, end, iri] = start, end, iri, {"relation": name, **nothing, "confidence": None, "evidence": []}

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted({iri for source, target, _, _ in edges.values() for iri in (source, target)}):
        graph.add_node(iri, **thing_of(index, URIRef(iri)))
    for source, target, statement_iri, edge in edges.values():
        edge["evidence"].sort(key=lambda e: (*reading_order(e["source"], e["paragraph"]), e["start"], e["end"], e["rule"]))
        graph.add_edge(source, target, key=statement_iri, **edge)
    return graph


def reading_order(source: str, number: str) -> tuple[str, int, int, str]:
    """Sorts paragraphs as they are read: by report, the summary first, then by number, footnotes last. source: the paragraph's IRI."""
    digits = "".join(filter(str.isdigit, number))
    place = _NUMBERED if number.isdigit() else _FOOTNOTE if number.startswith("fn") else _SUMMARY
    return source.rpartition("/")[0], place, int(digits or 0), number


def _triples(data: Dataset | Iterable[Triple]) -> Iterable[Triple]:
    return ((s, p, o) for s, p, o, _ in data.quads((None, None, None, None))) if isinstance(data, Dataset) else data


def _order(node: Node) -> tuple[str, str]:
    return str(node), (node.language or "") if isinstance(node, Literal) else ""


def thing_of(index: Index, node: Node) -> dict[str, Any]:
    """A thing as `to_networkx` has it."""
    label, label_en = index.label(node), index.text(node, RDFS.label, "en")
    names = [name for name in index.names(node) if name not in {label, label_en}]
    return {"kind": index.kind(node), "label": label, "label_en": label_en, "names": names}


def _qualifiers(index: Index, statement: Node) -> dict[str, Any]:
    amount = index.text(statement, K.amount)
    return {
        "status": local(index.text(statement, K.status)),
        "start": index.text(statement, K.start),
        "end": index.text(statement, K.end),
        "amount": Decimal(amount) if amount else None,
        "unit": local(index.text(statement, K.unit)),
        "place": index.text(statement, K.place),
        "programme": index.text(statement, K.programme),
    }


def evidence_of(index: Index, evidence: Node, *, turned: bool = False) -> dict[str, Any]:
    """One piece of evidence, as in `to_networkx`; `turned` when it says the fact the other way round than the edge is drawn."""
    source, selector = (index.one(evidence, p) or evidence for p in (O.hasSource, O.hasSelector))
    hows = [index.text(evidence, K.subjectKnownBy), index.text(evidence, K.objectKnownBy)]
    subject_how, object_how = reversed(hows) if turned else hows
    return {
        "paragraph": index.text(source, K.number),
        "source": str(source),
        "section": index.text(source, K.section),
        "page": int(index.text(evidence, K.page) or 0),
        "quote": index.text(selector, O.exact),
        "start": int(index.text(selector, O.start) or 0),
        "end": int(index.text(selector, O.end) or 0),
        "rule": index.text(evidence, K.rule),
        "subject_how": subject_how,
        "object_how": object_how,
        "review": index.text(evidence, K.review),
    }
