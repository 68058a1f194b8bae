"""The page itself: what it holds, packed; the picture's places; and the scripts, which alone the page's policy lets run."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from rdflib import Dataset, Graph, URIRef

from kg.explorer import content, program
from kg.explorer.layout import Box, hubs, places
from kg.explorer.pinyin import readings
from kg.explorer.program import WEB
from kg.explorer.rows import Rows
from kg.graph import schema
from kg.network import Index, network_of, thing_of
from kg.ontology import BASE
from kg.ontology import load as load_ontology
from kg.pages import source_of

if TYPE_CHECKING:
    from pyvis.network import Network  # type: ignore[import-untyped]

SHARED = ("explorer.js", "explorer.css")
_TEXTS = ("texts", "known", "units", "columns")  # of interface.yaml
# Hashes are not for scripts in files: chromium checks them by CORS, which a page that was opened from a disk does not pass.
_FROM_FILES = "script-src 'self' file:; style-src 'self' file:"
VIEWS = ("graph", "table", "countries", "time", "text", "numbers", "ontology")  # as in state.js
_ASPECT = 1.0  # of the picture between its two side columns, in a window of 1440 by 900
_LINE, _WIDE, _NARROW, _ROWS, _ROW = 108.0, 12.0, 6.6, 2, 15.0  # of a name below its symbol, in pixels: as picture.js draws it
_WIDE_FROM = "\u2e80"  # where the scripts begin whose letters are as wide as high
_HUB_RADIUS = 20.0


@dataclass(frozen=True, slots=True)
class Opening:
    """How the page is when it opens. state: as in its address, "n=unwomen&h=2"; most: things drawn without being asked for.

    title, about: what the page is of, in Chinese and in English; "" for the titles of its reports.
    """

    state: str = ""
    most: int = 800
    title: tuple[str, str] = ("", "")
    about: tuple[str, str] = ("", "")


def render(data: Dataset | Graph, opening: Opening = Opening(), *, shared: bool = False) -> bytes:
    """The page, UTF-8 with LF; the same triples give the same bytes. shared: it loads the `shared_files` that lie beside it."""
    index = Index(data)
    return page_of(index, network_of(index), opening, shared=shared)


def shared_files() -> dict[str, bytes]:
    """What is the same in every page, as files by name."""
    common = f"globalThis.common={_json(_common())};\n"
    return dict(zip(SHARED, ((common + program.unpacked()).encode(), program.style().encode()), strict=True))


def _common() -> dict[str, Any]:
    """What pages hold alike: what is said of classes and relations by the ontology alone, and the texts."""
    index, interface = Index(schema(load_ontology())), content.interface()
    return {
        "kinds": content.kinds(index, interface, ()),
        "relations": content.relations(index, ()),
        "words": content.words(index),
        **{name: interface[name] for name in _TEXTS},
    }


def page_of(index: Index, graph: nx.MultiDiGraph[str], opening: Opening, *, shared: bool = False) -> bytes:
    """The page of a graph already read, with the edges that `graph` has; things, paragraphs and numbers are the index's."""
    interface = content.interface()
    texts, themes = content.Numbered(), content.Numbered()
    things, paragraphs = content.things(index, graph), content.paragraphs(index, texts, themes)
    kinds = content.kinds(index, interface, (index.kind(URIRef(iri)) for iri in things))
    relations = content.relations(index, (fact["relation"] for fact in graph.edges.values()))
    rows = Rows(things, paragraphs, texts)
    network = _network()
    _add_nodes(network, graph)
    others = [content.described(iri, thing_of(index, URIRef(iri))) for iri in list(things)[len(graph) :]]
    for row in rows.facts(graph, {relation["id"]: i for i, relation in enumerate(relations)}):
        network.add_edge(row[0], row[2], row=row)
    names = [name for thing in [*network.nodes, *others] for name in (thing["label"], thing["en"], *thing["names"])]
    held = {
        "base": BASE,
        "opening": {"state": opening.state, "most": opening.most, "title": opening.title, "about": opening.about},
        "reports": content.reports(index),
        "kinds": kinds,
        "relations": relations,
        "words": content.words(index),
        "things": _columns(network.nodes, others, kinds),
        "places": [[node["x"], node["y"]] for node in network.nodes],
        "hubs": [things[iri] for iri in hubs(graph)],
        "within": content.within(index, things),
        "facts": [edge["row"] for edge in network.edges],
        "figures": list(rows.figures(index)),
        "passages": rows.passages,
        "paragraphs": list(paragraphs.values()),
        "topics": content.topics(index, themes),
        "readings": readings(names),
        "sayings": list(texts),
        **{name: interface[name] for name in _TEXTS},
    }
    common = _common() if shared else {}
    network.page = {name: value for name, value in held.items() if name not in common or common[name] != value}
    network.shared = shared
    text: str = network.generate_html()
    return text.encode()


def _add_nodes(network: Network, graph: nx.MultiDiGraph[str]) -> None:
    """Every thing that has facts, with its place in the picture."""
    tops = set(hubs(graph))
    boxes = {iri: _box(thing["label"], _radius(graph.degree[iri], hub=iri in tops)) for iri, thing in graph.nodes.items()}
    spots = places(graph, boxes, {iri: thing["kind"] for iri, thing in graph.nodes.items()}, _ASPECT)
    for number, iri in enumerate(graph):
        x, y = spots[iri]
        network.add_node(number, x=x, y=y, **content.described(iri, graph.nodes[iri]))


def _columns(nodes: list[dict[str, Any]], others: list[dict[str, Any]], kinds: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Things as one list for each of what is said of them, which is much shorter than saying it thing by thing."""
    numbers = {kind["id"]: i for i, kind in enumerate(kinds)}
    columns = {name: [thing[name] for thing in [*nodes, *others]] for name in ("label", "en", "names", "iri")}
    return {**columns, "kind": [numbers.get(thing["kind"], len(kinds) - 1) for thing in [*nodes, *others]]}


def _radius(degree: int, *, hub: bool) -> float:
    """Of a thing's symbol, in pixels: its area grows with the number of its relations."""
    return _HUB_RADIUS if hub else round(min(5 + 1.8 * degree**0.5, 14), 1)


def _box(label: str, radius: float) -> Box:
    """The room for a symbol and the name below it, which is broken into two lines at most."""
    width = sum(_NARROW if c < _WIDE_FROM else _WIDE for c in label)
    return Box(radius, min(width, _LINE), min(-(-width // _LINE), _ROWS) * _ROW)


def _network() -> Network:
    """An empty pyvis network that writes our own page instead of pyvis's, which needs a CDN and runs what labels say.

    pyvis is imported here because it brings IPython with it, a third of a second that no other command should pay.
    """
    from pyvis.network import Network as Pyvis  # noqa: PLC0415

    class Explorer(Pyvis):  # type: ignore[misc]  # pyvis has no types
        page: Mapping[str, Any]
        shared: bool

        def generate_html(self, *_: object, **__: object) -> str:
            loader = Environment(loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
            unpack, style, interface = program.unpacking(), program.style(), content.interface()
            carried = f"script-src {source_of(program.unpacked())} {source_of(unpack)}; style-src {source_of(style)}"
            sources = _FROM_FILES if self.shared else carried
            return loader.get_template("page.html.j2").render(
                title=content.title(self.page["opening"]["title"][0], self.page["reports"]),
                texts=interface["texts"],
                keys=interface["keys"],
                shared=SHARED if self.shared else None,
                policy=f"default-src 'none'; {sources}; img-src data: blob:; base-uri 'none'; form-action 'none'",
                program=base64.b64encode(program.packed()).decode(),
                unpack=Markup(unpack),  # noqa: S704  ours, not the graph's
                style=Markup(style),  # noqa: S704
                data=Markup(_json(self.page)),  # noqa: S704  no "<" is left in it
            )

    return Explorer(directed=True, cdn_resources="in_line")


def _json(value: object) -> str:
    """JSON that can stand in a script element: no tag can begin in it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
