"""`kg why`: the sentences behind a fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rdflib import OWL, URIRef

from kg import rdf
from kg.cli import places
from kg.errors import UnknownNameError
from kg.graph import K
from kg.network import Index, network_of
from kg.ontology import local


@click.command(epilog='Example: kg why "UN Women" memberOf UNAIDS')
@click.argument("subject")
@click.argument("relation")
@click.argument("other", metavar="OBJECT")
@click.option("--graph", "graphs", multiple=True, type=click.Path(path_type=Path), help="Which graph.  [default: exports/*.ttl]")
def command(subject: str, relation: str, other: str, graphs: tuple[Path, ...]) -> None:
    """Show every sentence that says SUBJECT RELATION OBJECT, each by any of its names."""
    index = Index(rdf.read(*places.graphs(graphs)))
    things = index.things()
    subjects, objects = index.called(subject, things), index.called(other, things)
    relations = index.called(relation, index.of(K.Relation))
    symmetric = {local(str(relation)) for relation in index.of(OWL.SymmetricProperty)}
    between = [
        (start, end, fact)
        for start, end, fact in network_of(index).edges(data=True)
        if (start in subjects and end in objects) or (fact["relation"] in symmetric and start in objects and end in subjects)
    ]
    found = [edge for edge in between if str(K[edge[2]["relation"]]) in relations]
    if not found:
        instead = ", ".join(sorted({fact["relation"] for _, _, fact in between}))
        message = f"no statement says: {subject} {relation} {other}; between the two there is {instead or 'none'}"
        raise UnknownNameError(message)
    for start, end, fact in found:
        click.echo("\n".join(_told(index, start, end, fact)))


def _told(index: Index, start: str, end: str, fact: dict[str, Any]) -> Iterator[str]:
    """A statement with its qualifiers, then each piece of evidence in reading order."""
    qualifiers = [
        fact["status"],
        " to ".join(filter(None, (fact["start"], fact["end"]))),
        f"{fact['amount']:,f} {fact['unit']}" if fact["amount"] is not None else "",
        *(index.label(URIRef(fact[name])) for name in ("place", "programme") if fact[name]),
        f"confidence {fact['confidence']}",
    ]
    yield f"{index.label(URIRef(start))} {fact['relation']} {index.label(URIRef(end))} ({', '.join(filter(None, qualifiers))})"
    for evidence in fact["evidence"]:
        page = f" (page {evidence['page']})" if evidence["page"] else ""
        yield f"  ¶{evidence['paragraph']}{page} {evidence['section']}".rstrip()
        yield f"    “{evidence['quote']}”"
        yield f"    {evidence['rule']}; subject {evidence['subject_how'] or '?'}; object {evidence['object_how'] or '?'}"
        if evidence["review"]:
            yield f"    {evidence['review']}"
