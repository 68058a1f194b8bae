"""The three addresses of a server: where it is asked, updated, and given graphs."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from kg.errors import EndpointError
from kg.remote.connection import Connection

# Where servers have them, by the path's end: query, update, graph store. Another server needs --query and --update.
_LAYOUTS = {
    "Oxigraph": ("query", "update", "store"),
    "Virtuoso": ("sparql-auth", "sparql-auth", "sparql-graph-crud-auth"),
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a server. query: SPARQL Query; update: SPARQL Update; store: Graph Store Protocol, with ?graph=."""

    query: str
    update: str
    store: str


def addresses(store: str, query: str = "", update: str = "") -> Addresses:
    """The addresses of the server whose graph store that is; an EndpointError when the others are neither given nor known."""
    with Connection(store):  # sees whether it is an address
        pass
    path = httpx.URL(store).path.rstrip("/")
    base = store.partition("?")[0].rstrip("/").removesuffix(path.rpartition("/")[2])
    for asked, updated, stored in _LAYOUTS.values():
        if path.endswith(f"/{stored}"):
            return Addresses(query or f"{base}{asked}", update or f"{base}{updated}", store)
    if query and update:
        return Addresses(query, update, store)
    known = " or ".join(f"…/{stored} ({name})" for name, (_, _, stored) in _LAYOUTS.items())
    message = f"{store}: a graph store of no known server, such as {known}; give --query and --update too"
    raise EndpointError(message)
