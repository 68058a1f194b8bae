"""SHACL: whether a graph fulfils ontology/shapes.ttl, told with the sentence and the rule that are at fault; and expectations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
import pyshacl
from pyshacl.graph_abstraction import DataGraph
from rdflib import RDF, RDFS, SH, Dataset, Graph, URIRef
from rdflib.term import Node

from kg import rdf
from kg.errors import ExpectationError, InvalidGraphError
from kg.graph import K, O
from kg.model import Extraction
from kg.ontology import local
from kg.resources import folder

_IRI = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a shape. shape: local name in shapes.ttl; node: its IRI; fact: what the node says, by labels ("" if nothing).

    sentence, rule: the first evidence's quote and rule, "" when there is none.
    """

    shape: str
    node: str
    fact: str
    message: str
    sentence: str
    rule: str

    def __str__(self) -> str:
        """One line: the fact, the fault, the sentence and its rule."""
        said = f"; said by {self.rule or 'no rule'} of “{self.sentence}”" if self.sentence or self.rule else ""
        return f"{self.fact or self.node}: {self.message} (shape {self.shape}){said}"


def check(graph: Graph | Dataset) -> tuple[Violation, ...]:
    """Every violation, sorted. The project's ontology is added to what the graph holds, which stays as it is."""
    return _violations(rdf.store(graph), lambda: graph)


def _violations(data: ox.Store, graph: Callable[[], Graph]) -> tuple[Violation, ...]:
    """Those of a store, which pySHACL asks a hundred times as fast as an rdflib graph. graph: the same, for what is told of them."""
    data.bulk_load(path=folder("ontology") / "kg.ttl")
    shapes = Graph().parse(folder("ontology") / "shapes.ttl")
    _, report, text = pyshacl.validate(DataGraph.from_oxigraph_store(data), shacl_graph=shapes, inference="none")
    if not isinstance(report, Graph):
        message = f"ontology/shapes.ttl: a shape cannot be checked: {' '.join(text.split())}"
        raise InvalidGraphError(message)
    return tuple(sorted(_violation(report, result, graph()) for result in report.objects(None, SH.result)))


def require(triples: Iterable[ox.Triple]) -> None:
    """Raise InvalidGraphError, with the first violation, when a shape is broken. triples: as pyoxigraph has them."""
    data = ox.Store()
    data.bulk_extend(ox.Quad(*triple) for triple in triples)
    _refuse(_violations(data, lambda: rdf.graph(q.triple for q in data)))


def _refuse(found: Sequence[Violation]) -> None:
    if found:
        more = f"; and {len(found) - 1} more" if found[1:] else ""
        message = f"ontology/shapes.ttl: {found[0]}; mend the rule, or the class of what it joins{more}"
        raise InvalidGraphError(message)


def require_expected(extraction: Extraction) -> None:
    """Raise ExpectationError, with a line for each, when less was found in a report than its .toml expects."""
    path = extraction.document.path
    remedy = f"see kg check --coverage {path}, or lower it in {path.with_suffix('.toml').name}"
    unmet = [issue for issue in extraction.issues if issue.kind == "expectation"]
    if unmet:
        raise ExpectationError(*(f"{path}: {issue.text}: {issue.message}; {remedy}" for issue in unmet))


def _violation(report: Graph, result: Node, graph: Graph) -> Violation:
    node = report.value(result, SH.value) or report.value(result, SH.focusNode)
    relation, shape = report.value(result, SH.resultPath), local(str(report.value(result, SH.sourceShape)))
    message = _IRI.sub(lambda iri: _label(graph, URIRef(iri[0])), str(report.value(result, SH.resultMessage)))
    described, evidence = _described(graph, node)
    fact = _fact(graph, described) or (f"{_label(graph, node)} {local(str(relation))}" if relation else "")
    selector = graph.value(evidence, O.hasSelector)
    sentence, rule = graph.value(selector, O.exact) or "", graph.value(evidence, K.rule) or ""
    return Violation(shape, str(node), fact, message, str(sentence), str(rule))


def _described(graph: Graph, node: Node | None) -> tuple[Node | None, Node | None]:
    """The statement or observation that a node is, or is evidence for, and its first evidence."""
    if evidence := _first(graph.objects(node, K.evidence)):
        return node, evidence
    evidence = _first(graph.subjects(O.hasSelector, node)) or node
    return _first(graph.subjects(K.evidence, evidence)) or node, evidence


def _first(nodes: Iterable[Node]) -> Node | None:
    return min(nodes, key=str, default=None)


def _fact(graph: Graph, node: Node | None) -> str:
    """What a statement or an observation says; "" of any other node."""
    subject, relation, obj = (graph.value(node, p) for p in (RDF.subject, RDF.predicate, RDF.object))
    if subject or relation or obj:
        return f"{_label(graph, subject)} {local(str(relation or '?'))} {_label(graph, obj)}"
    about, counted, value = (graph.value(node, p) for p in (K.about, K.counted, K.value))
    if about or value:
        return f"{_label(graph, about)}: {counted or '?'} {value or '?'}"
    return ""


def _label(graph: Graph, node: Node | None) -> str:
    """A thing's label, the Chinese one if there is one; a term of the ontology by its local name."""
    if node is None:
        return "?"
    if str(node).startswith(str(K)):
        return local(str(node))
    labels = sorted(graph.objects(node, RDFS.label), key=lambda label: (getattr(label, "language", "") != "zh", str(label)))
    return str(next(iter(labels), local(str(node))))
