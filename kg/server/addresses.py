"""Where things are found on this server: `/id/…` for what IRIs name, `/ontology#…` for its terms."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from kg.ontology import BASE, KG

HTML = "text/html; charset=utf-8"
# What a thing's page can be had as, by the ending of its address.
FORMS = {
    "html": HTML,
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}

MOST_HOPS = 3  # steps around a thing that the explorer shows


def of(iri: str) -> str:
    """The address of what an IRI names: here, or elsewhere on the web; "" when no browser can go there."""
    if iri.startswith(BASE):
        return f"/id/{quote(iri.removeprefix(BASE))}"
    if iri.startswith(KG):
        return f"/ontology#{quote(iri.removeprefix(KG))}"
    return iri if iri.startswith(("http://", "https://")) else ""


def explored(name: str, language: str) -> str:
    """The explorer of what is around a thing."""
    return f"/explore?{urlencode({'focus': name, 'hops': 1, 'lang': language})}"


def report(name: str, language: str) -> str:
    """The explorer of a report."""
    return f"/explore/{quote(name)}?{urlencode({'lang': language})}"
