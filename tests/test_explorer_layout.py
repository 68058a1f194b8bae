"""Where things stand in the explorer's picture."""

from __future__ import annotations

import itertools

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.explorer.layout import Box, hubs, places


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 40), st.integers(0, 80), st.integers(0, 1000))
def test_boxes_never_overlap(size: int, edges: int, seed: int) -> None:
    """Whatever the graph, no symbol or name at natural size covers another, and the places are the same each time."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.relabel_nodes(nx.gnm_random_graph(size, edges, seed=seed, directed=True), str))
    boxes = {node: Box(5.0 + i % 9, 20.0 + 11 * (i % 9), 15.0 + 15 * (i % 2)) for i, node in enumerate(made)}
    found = places(made, boxes, dict.fromkeys(made, "Country"))
    assert found == places(made.copy(), boxes, dict.fromkeys(made, "Country"))
    assert set(found) == set(made)
    for a, b in itertools.combinations(found, 2):
        (ax, ay), (bx, by) = found[a], found[b]
        across = max(boxes[a].width, 2 * boxes[a].radius) / 2 + max(boxes[b].width, 2 * boxes[b].radius) / 2
        above, below = (a, b) if ay <= by else (b, a)
        down = boxes[above].radius + boxes[above].height + boxes[below].radius
        assert abs(ax - bx) >= across - 0.2 or abs(ay - by) >= down - 0.2


def test_hub_stands_above_the_rest() -> None:
    """A thing joined to more than thirty others and a quarter of all is a hub; it stands above everything else."""
    star: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.relabel_nodes(nx.star_graph(35).to_directed(), str))
    assert hubs(star) == ["0"]
    found = places(star, {node: Box(6.0, 60.0, 15.0) for node in star}, dict.fromkeys(star, "Country"))
    assert found["0"][1] < min(y for node, (_, y) in found.items() if node != "0")


def test_nothing_is_placed_nowhere() -> None:
    """A graph without things has no places, and one thing alone has one."""
    alone: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert places(alone, {}, {}) == {}
    alone.add_node("a")
    assert set(places(alone, {"a": Box(5.0, 20.0, 15.0)}, {"a": "Country"})) == {"a"}
