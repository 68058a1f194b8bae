"""The page that lists the reports of a build, with how much was read from each and where its files lie beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS

from kg import pages
from kg.explorer import content
from kg.explorer.program import WEB
from kg.graph import K
from kg.iris import entity_iri
from kg.network import Index, network_of

_MOST = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list.

    symbol: to cite it by, its id when it has none; counts: of things, facts, numbers and paragraphs; most: both names and the short IRI of
    those with the most facts; files: names by suffix.
    """

    id: str
    title: str
    symbol: str
    date: str
    publisher: str
    counts: Mapping[str, int]
    most: tuple[tuple[list[str], str], ...]
    files: Mapping[str, str]


def entry(name: str, data: Graph, suffixes: Iterable[str]) -> Entry:
    """The entry of a report, of that id, whose graph this is and whose files `<id>.<suffix>` lie beside the list."""
    index = Index(data)
    network = network_of(index)
    report = URIRef(entity_iri(name))
    title = index.text(report, DCTERMS.title) or name
    most = sorted(network, key=lambda iri: (-network.degree[iri], iri))[:_MOST]
    return Entry(
        name,
        title,
        index.text(report, DCTERMS.identifier) or name,
        index.text(report, DCTERMS.date),
        index.text(report, DCTERMS.publisher),
        {
            "things": len(network),
            "facts": network.number_of_edges(),
            "numbers": len(index.of(K.Observation)),
            "paragraphs": sum(index.text(paragraph, K.number).isdigit() for paragraph in index.of(K.Paragraph)),
        },
        tuple((content.both(index, URIRef(iri)), content.short(iri)) for iri in most),
        {suffix: f"{name}.{suffix}" for suffix in suffixes},
    )


def render(
    entries: Iterable[Entry],
    links: Sequence[tuple[str, Sequence[str]]] = (),
    about: Sequence[str] | None = None,
    language: str = "zh",
) -> bytes:
    """The list, the newest report first, UTF-8 with LF; it needs neither a script nor a network.

    links: where else to go from it, [address, what is there in Chinese and English]; about: what stands below it, in both;
    language: the one it opens in.
    """
    found = sorted(sorted(entries, key=lambda one: (one.title, one.id)), key=lambda one: one.date, reverse=True)
    return pages.render(
        WEB / "index.html.j2",
        WEB / "index.css",
        entries=found,
        sums={"reports": len(found), **{name: sum(one.counts[name] for one in found) for name in ("facts", "numbers")}},
        texts=content.interface()["index"],
        links=links,
        about=about or content.interface()["index"]["about"],
        language=language,
    )
