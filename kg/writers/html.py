"""The graph as one offline HTML page: vis-network's picture, and for every line the sentence that says it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from rdflib import Dataset, Graph

from kg.errors import KgError
from kg.network import Index, network_of
from kg.ontology import BASE
from kg.writers.explorer import content
from kg.writers.explorer.layout import hubs, places

if TYPE_CHECKING:
    from pyvis.network import Network  # type: ignore[import-untyped]

_PARTS = Path(__file__).parent / "explorer"
_SCRIPTS = ("canvas.js", "panel.js", "view.js")
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_ASPECT = 1.0  # of the canvas between its two side columns, in a window of 1440 by 900
_BEND = 0.16  # how much further each of several lines between the same two things is bent


def render(data: Dataset | Graph) -> bytes:
    """The page, UTF-8 with LF; the same triples give the same bytes. A KgError when the installed pyvis lacks vis-network 9.1.2."""
    index = Index(data)
    graph = network_of(index)
    interface = content.interface()
    numbers = {iri: i for i, iri in enumerate(graph)}
    phrases = content.Phrases()
    paragraphs = content.paragraphs(index, numbers, phrases)
    page = {
        "base": BASE,
        "kinds": content.kinds(index, graph, interface),
        "relations": content.relations(index, graph),
        "words": content.words(index, graph),
        "reports": content.reports(index),
        "paragraphs": list(paragraphs.values()),
        "hubs": [numbers[iri] for iri in hubs(graph)],
        **{name: interface[name] for name in ("texts", "known", "units")},
    }
    network = _page_of(page)
    _add_nodes(network, graph, page)
    _add_edges(network, graph, page, {iri: i for i, iri in enumerate(paragraphs)}, phrases)
    page["phrases"] = list(phrases)
    text: str = network.generate_html()
    return text.encode()


def _add_nodes(network: Network, graph: nx.MultiDiGraph[str], page: dict[str, Any]) -> None:
    """Every thing, with its place and look, and with what the page says of it."""
    kinds = {kind["id"]: i for i, kind in enumerate(page["kinds"])}
    radii = {iri: content.radius(degree, hub=i in page["hubs"]) for i, (iri, degree) in enumerate(graph.degree)}
    boxes = {iri: content.box(thing["label"], radii[iri]) for iri, thing in graph.nodes.items()}
    spots = places(graph, boxes, {iri: thing["kind"] for iri, thing in graph.nodes.items()}, _ASPECT)
    for number, (iri, thing) in enumerate(graph.nodes.items()):
        kind = kinds[thing["kind"]]
        x, y = spots[iri]
        look = {"shape": page["kinds"][kind]["shape"], "color": page["kinds"][kind]["color"], "size": radii[iri], "x": x, "y": y}
        said = {"label": thing["label"], "en": thing["label_en"], "names": thing["names"], "kind": kind, "iri": iri.removeprefix(BASE)}
        network.add_node(number, **look, **said)


def _add_edges(
    network: Network, graph: nx.MultiDiGraph[str], page: dict[str, Any], paragraphs: dict[str, int], phrases: content.Phrases
) -> None:
    """Every fact, with how its line is drawn, its qualifiers as far as it has any, and its evidence.

    Evidence: [paragraph, start, end, rule, how the subject, how the object was known], the last three as numbers of phrases.
    """
    numbers = {iri: i for i, iri in enumerate(graph)}
    relations = {relation["id"]: i for i, relation in enumerate(page["relations"])}
    drawn: Counter[tuple[str, ...]] = Counter()
    for number, (source, target, iri, fact) in enumerate(graph.edges(keys=True, data=True)):
        relation = relations[fact["relation"]]
        pair = tuple(sorted((source, target)))
        look = {"smooth": _bend(drawn[pair], turned=source != pair[0]), "dashes": fact["status"] == "planned"}
        said = {name: fact[name] for name in ("status", "start", "end", "unit", "place", "programme")}
        said["sure"] = str(fact["confidence"])
        said["amount"] = "" if fact["amount"] is None else f"{fact['amount']:,f}"
        network.add_edge(
            numbers[source],
            numbers[target],
            id=number,
            iri=iri.removeprefix(BASE),
            relation=relation,
            arrows="" if page["relations"][relation]["symmetric"] else "to",
            evidence=[
                [paragraphs[e["source"]], e["start"], e["end"], *(phrases[e[name]] for name in ("rule", "subject_how", "object_how"))]
                for e in fact["evidence"]
            ],
            **{name: value for name, value in {**look, **said}.items() if value},
        )
        drawn[pair] += 1


def _bend(before: int, *, turned: bool) -> dict[str, Any] | bool:
    """How the next line between two things is bent: the first not, the others to either side in turn."""
    if not before:
        return False
    clockwise = (before % 2 == 1) != turned
    return {"enabled": True, "type": "curvedCW" if clockwise else "curvedCCW", "roundness": round(_BEND * ((before + 1) // 2), 2)}


def _page_of(page: dict[str, Any]) -> Network:
    """An empty pyvis network that writes our own page instead of pyvis's, which needs a CDN and runs what labels say.

    pyvis is imported here because it brings IPython with it, a third of a second that no other command should pay.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415
    from pyvis.network import Network as Pyvis  # noqa: PLC0415

    class Page(Pyvis):  # type: ignore[misc]  # pyvis has no types
        def generate_html(self, *_: object, **__: object) -> str:
            loader = Environment(loader=FileSystemLoader(_PARTS), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
            vis = _vis_network()
            view = "".join((_PARTS / name).read_text(encoding="utf-8") for name in _SCRIPTS)
            style = (_PARTS / "style.css").read_text(encoding="utf-8")
            policy = (
                f"default-src 'none'; script-src {_hash(vis)} {_hash(view)}; style-src {_hash(style)}; "
                "img-src data:; base-uri 'none'; form-action 'none'"
            )
            return loader.get_template("page.html.j2").render(
                title=" · ".join(report["title"] for report in page["reports"]),
                texts=page["texts"],
                policy=policy,
                vis=Markup(vis),  # noqa: S704  ours and vis-network's, not the graph's
                view=Markup(view),  # noqa: S704
                style=Markup(style),  # noqa: S704
                data=Markup(_json({**page, "nodes": self.nodes, "edges": self.edges})),  # noqa: S704  no "<" is left in it
            )

    return Page(directed=True, cdn_resources="in_line")


def _vis_network() -> str:
    """vis-network as pyvis ships it, without the pointer to a source map that nobody has."""
    source = resources.files("pyvis") / _VIS
    if not source.is_file():
        message = f"pyvis: {_VIS} is missing from the installed package; install pyvis>=0.3.2,<0.4"
        raise KgError(message)
    return re.sub(r"\n//# sourceMappingURL=.*", "", source.read_text(encoding="utf-8"))  # read_text makes CRLF LF


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    """JSON that can stand in a script element: no tag can begin in it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
