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

from kg.errors import KgError
from kg.network import Index, network_of
from kg.writers.explorer import content
from kg.writers.explorer.layout import hubs, places

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network  # type: ignore[import-untyped]
    from rdflib import Dataset

_PARTS = Path(__file__).parent / "explorer"
_SCRIPTS = ("canvas.js", "panel.js", "view.js")
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_ASPECT = 1.0  # of the canvas between its two side columns, in a window of 1440 by 900
_BEND = 0.16  # how much further each of several lines between the same two things is bent


def render(data: Dataset) -> bytes:
    """The page, UTF-8 with LF; the same triples give the same bytes. A KgError when the installed pyvis lacks vis-network 9.1.2."""
    index = Index(data)
    graph = network_of(index)
    interface = content.interface()
    numbers = {iri: i for i, iri in enumerate(graph)}
    page = {
        "kinds": content.kinds(index, graph, interface),
        "relations": content.relations(index, graph),
        "words": content.words(index, graph),
        "paragraphs": content.paragraphs(index, numbers),
        "reports": content.reports(index),
        **{name: interface[name] for name in ("texts", "known", "units")},
    }
    text: str = _network(graph, page, numbers).generate_html()
    return text.encode()


def _network(graph: nx.MultiDiGraph[str], page: dict[str, Any], numbers: dict[str, int]) -> Network:
    """The graph in pyvis, every node and edge with its place and look, and with what the page says of it."""
    network = _page_of(page)
    looks = {kind["id"]: (i, kind) for i, kind in enumerate(page["kinds"])}
    tops = hubs(graph)
    page["hubs"] = [numbers[iri] for iri in tops]
    radii = {iri: content.radius(degree, hub=iri in tops) for iri, degree in graph.degree}
    boxes = {iri: content.box(thing["label"], radii[iri]) for iri, thing in graph.nodes.items()}
    spots = places(graph, boxes, {iri: thing["kind"] for iri, thing in graph.nodes.items()}, _ASPECT)
    for iri, thing in graph.nodes.items():
        kind, look = looks[thing["kind"]]
        network.add_node(
            numbers[iri],
            label=thing["label"] or iri,
            shape=look["shape"],
            color=look["color"],
            size=radii[iri],
            x=spots[iri][0],
            y=spots[iri][1],
            kind=kind,
            en=thing["label_en"],
            names=thing["names"],
            iri=iri,
        )
    relations = {relation["id"]: i for i, relation in enumerate(page["relations"])}
    paragraphs = {paragraph["iri"]: i for i, paragraph in enumerate(page["paragraphs"])}
    drawn: Counter[tuple[str, ...]] = Counter()
    for number, (source, target, iri, fact) in enumerate(graph.edges(keys=True, data=True)):
        relation = relations[fact["relation"]]
        pair = tuple(sorted((source, target)))
        network.add_edge(
            numbers[source],
            numbers[target],
            id=number,
            iri=iri,
            relation=relation,
            arrows="" if page["relations"][relation]["symmetric"] else "to",
            dashes=fact["status"] == "planned",
            smooth=_bend(drawn[pair], turned=source != pair[0]),
            amount="" if fact["amount"] is None else f"{fact['amount']:,f}",
            evidence=[
                [paragraphs[e["source"]], e["start"], e["end"], e["rule"], e["subject_how"], e["object_how"]] for e in fact["evidence"]
            ],
            **{name: fact[name] for name in ("status", "start", "end", "unit", "place", "programme")},
        )
        drawn[pair] += 1
    return network


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
