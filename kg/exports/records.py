"""The facts, figures, things and evidence of a graph as tables of typed columns; the formats of tables write these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rdflib import RDFS, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.exports.data import Data
from kg.graph import K
from kg.network import evidence_of, reading_order
from kg.ontology import SCHEMA, local

Cell = str | Decimal | int | tuple[str, ...] | None
TEXT, TEXTS, NUMBER, COUNT, DATE = "text", "texts", "number", "count", "date"

_LINKS = (URIRef(f"{SCHEMA}sameAs"), SKOS.exactMatch, SKOS.closeMatch)
_WITHIN = URIRef(f"{SCHEMA}containedInPlace")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. columns: the type of each by its name; a cell of no text is "", of nothing else None."""

    name: str
    columns: Mapping[str, str]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)


def facts(data: Data) -> Table:
    """A row for each statement, a symmetric one once; paragraphs and quotes are those of its evidence, in reading order."""
    return _table("facts", _FACT, _facts(data))


def figures(data: Data) -> Table:
    """A row for each observation, in reading order."""
    rows = sorted(_figures(data), key=lambda row: (*reading_order(row["source"], row["paragraph"]), row["from"], row["iri"]))
    return _table("figures", _FIGURE, rows)


def things(data: Data) -> Table:
    """A row for each thing that is named, by IRI, with the number of facts it stands in."""
    return _table("things", _THING, _things(data))


def evidence(data: Data) -> Table:
    """A row for each passage that says a fact or a figure; `of` is the IRI of that, `from` and `to` count characters of the paragraph."""
    said = [{"of": iri, **one} for _, _, iri, fact in data.network.edges(keys=True, data=True) for one in fact["evidence"]]
    said += [{"of": row["iri"], **row["evidence"]} for row in _figures(data) if row["evidence"]]
    rows = (
        {**one, "page": one["page"] or None, "report": _report(data, one["source"]), "from": one["start"], "to": one["end"]} for one in said
    )
    order = sorted(rows, key=lambda one: (*reading_order(one["source"], one["paragraph"]), one["from"], one["to"], one["of"], one["rule"]))
    return _table("evidence", _EVIDENCE, order)


def _columns(text: str) -> Mapping[str, str]:
    """Names of columns, each with its type unless it holds a text."""
    return {name: kind or TEXT for name, _, kind in (column.partition(":") for column in text.split())}


_FACT = _columns("""
    subject subject_en subject_class relation relation_zh relation_en object object_en object_class
    status start:date end:date amount:number unit place programme confidence:number report paragraphs:texts quotes:texts topics:texts
    subject_iri relation_iri object_iri statement_iri
""")
_FIGURE = _columns("""
    about about_en about_class counted comparator value:number unit value_text start:date end:date place baseline:number confidence:number
    report paragraph page:count section quote topics:texts rule about_iri iri
""")
_THING = _columns("label label_en class names:texts within codes:texts links:texts facts:count iri")
_EVIDENCE = _columns("of report paragraph page:count section quote from:count to:count rule subject_how object_how review")


def _facts(data: Data) -> Iterator[Mapping[str, Any]]:
    for source, target, iri, fact in data.network.edges(keys=True, data=True):
        relation = K[fact["relation"]]
        yield {
            **_both(data, "subject", URIRef(source)),
            **_both(data, "object", URIRef(target)),
            **{name: fact[name] for name in ("relation", "status", "start", "end", "amount", "unit", "confidence")},
            "relation_zh": data.index.label(relation),
            "relation_en": data.index.label(relation, "en"),
            "relation_iri": str(relation),
            **{name: _name(data, fact[name]) for name in ("place", "programme")},
            "report": "; ".join(dict.fromkeys(_report(data, one["source"]) for one in fact["evidence"])),
            "paragraphs": tuple(dict.fromkeys(one["paragraph"] for one in fact["evidence"])),
            "quotes": tuple(dict.fromkeys(one["quote"] for one in fact["evidence"])),
            "topics": _topics(data, *(one["source"] for one in fact["evidence"])),
            "statement_iri": iri,
        }


def _figures(data: Data) -> Iterator[dict[str, Any]]:
    index = data.index
    for node in index.of(K.Observation):
        evidence, baseline = index.one(node, K.evidence), index.one(node, K.baseline)
        said = evidence_of(index, evidence) if evidence else {}
        yield {
            **_both(data, "about", index.one(node, K.about) or node),
            **{name: index.text(node, K[name]) for name in ("counted", "start", "end")},
            **{name: local(index.text(node, K[name])) for name in ("comparator", "unit")},
            **{name: _number(index.text(node, K[name])) for name in ("value", "confidence")},
            "value_text": index.text(node, K.valueText),
            "place": _name(data, index.text(node, K.place)),
            "baseline": _number(index.text(baseline, K.value)) if baseline else None,
            "page": said.get("page") or None,
            **{name: said.get(name, "") for name in ("paragraph", "section", "quote", "rule", "source")},
            "report": _report(data, said.get("source", "")),
            "topics": _topics(data, said.get("source", "")),
            "from": said.get("start", 0),
            "evidence": said,
            "iri": str(node),
        }


def _things(data: Data) -> Iterator[Mapping[str, Any]]:
    index, own = data.index, set(data.reports)
    for node in index.things():
        if node in own:
            continue
        label, label_en = index.label(node), index.text(node, RDFS.label, "en")
        yield {
            "label": label,
            "label_en": label_en,
            "class": index.kind(node),
            "iri": str(node),
            "names": tuple(name for name in index.names(node) if name not in {label, label_en}),
            "within": _name(data, index.text(node, _WITHIN)),
            "codes": tuple(_code(code) for code in index.all(node, SKOS.notation)),
            "links": tuple(str(link) for predicate in _LINKS for link in index.all(node, predicate)),
            "facts": data.network.degree[str(node)] if str(node) in data.network else 0,
        }


def _both(data: Data, role: str, node: Node) -> dict[str, str]:
    """Names, class and IRI of a thing that has this role."""
    texts = {"": data.index.label(node), "_en": data.index.text(node, RDFS.label, "en"), "_class": data.index.kind(node), "_iri": str(node)}
    return {f"{role}{part}": text for part, text in texts.items()}


def _name(data: Data, iri: str) -> str:
    return data.index.label(URIRef(iri)) if iri else ""


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _topics(data: Data, *sources: str) -> tuple[str, ...]:
    """The labels of what paragraphs are about, each once."""
    found = (topic for source in sources for topic in data.index.all(URIRef(source), K.topic))
    return tuple(dict.fromkeys(map(data.index.label, found)))


def _code(code: Node) -> str:
    """A code with the name of what it is one of."""
    kind = local(code.datatype) if isinstance(code, Literal) and code.datatype else ""
    return f"{kind} {code}".strip()


def _report(data: Data, source: str) -> str:
    """What to cite the report of a paragraph by: its symbol, else its id."""
    report = data.index.one(URIRef(source), DCTERMS.isPartOf)
    return (data.index.text(report, DCTERMS.identifier) or local(str(report))) if report else ""


def _table(name: str, columns: Mapping[str, str], rows: Any) -> Table:  # noqa: ANN401
    return Table(name, columns, tuple(tuple(_cell(row[column], kind) for column, kind in columns.items()) for row in rows))


def _cell(value: Any, kind: str) -> Cell:  # noqa: ANN401
    return None if value == "" and kind != TEXT else value
