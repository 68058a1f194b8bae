"""Where things stand in the explorer's picture."""

from __future__ import annotations

import itertools
import math
import random
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.explorer import layout
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


def picture(graph: nx.Graph[int]) -> tuple[nx.MultiDiGraph[str], dict[str, Box], dict[str, str]]:
    """A graph as the page has it, with a box and a group for each thing."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_nodes_from(map(str, graph))
    made.add_edges_from((str(a), str(b)) for a, b in graph.edges)
    boxes = {n: Box(5.0 + int(n) % 9, 48.0 + 12 * (int(n) % 6), 15.0 + 15 * (int(n) % 2)) for n in made}
    return made, boxes, {n: "ABC"[int(n) % 3] for n in made}


def overlaps(found: dict[str, tuple[float, float]], boxes: dict[str, Box]) -> int:
    """How many pairs of boxes cover each other."""
    sides = {n: max(boxes[n].width / 2, boxes[n].radius) for n in found}
    rows = sorted((y - boxes[n].radius, y + boxes[n].radius + boxes[n].height, n) for n, (_, y) in found.items())
    count = 0
    for i, (_, bottom, a) in enumerate(rows):
        for top, _, b in itertools.islice(rows, i + 1, None):
            if top >= bottom - 0.2:
                break
            count += abs(found[a][0] - found[b][0]) < sides[a] + sides[b] - 0.2
    return count


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(0, 90), st.integers(0, 1000))
def test_places_do_not_depend_on_the_order_of_things(size: int, edges: int, seed: int) -> None:
    """The same things and lines, listed in another order and turned round, stand at the same places."""
    made, boxes, groups = picture(nx.gnm_random_graph(size, edges, seed=seed))
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(made)))
    lines = [(b, a) for a, b in made.edges()]
    random.Random(seed).shuffle(lines)  # noqa: S311  any order
    other.add_edges_from(lines)
    assert places(made, boxes, groups) == places(other, boxes, groups)


def test_places_do_not_depend_on_the_hash_of_strings() -> None:
    """Python runs with different hash seeds lay the same graph out alike."""
    program = (
        "import networkx as nx; from kg.explorer.layout import Box, places; "
        "g = nx.MultiDiGraph(nx.relabel_nodes(nx.gnm_random_graph(90, 80, seed=3), str)); "
        "print(places(g, {n: Box(6.0, 70.0, 15.0) for n in g}, dict.fromkeys(g, 'Country')))"
    )
    root = Path(layout.__file__).parents[2]
    runs = {
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, cwd=root, capture_output=True, check=True).stdout  # noqa: S603
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_large_component_is_dense_and_has_the_aspect() -> None:
    """A thousand things joined at random stand without overlaps in a frame of the wanted shape, more than a third of it filled."""
    made, boxes, groups = picture(nx.barabasi_albert_graph(1000, 2, seed=7))
    assert not hubs(made)
    for aspect in (0.7, 1.0, 1.6):
        found = places(made, boxes, groups, aspect)
        assert overlaps(found, boxes) == 0
        width, height = (max(p[axis] for p in found.values()) - min(p[axis] for p in found.values()) for axis in (0, 1))
        assert width / height == pytest.approx(aspect, rel=0.2)
        assert sum(box.size[0] * box.size[1] for box in boxes.values()) > width * height / 3


def test_lengths_are_like_distances() -> None:
    """In a chain and in a mesh, things that are further apart in the graph are further apart on paper, nearly in proportion."""
    for graph in (nx.path_graph(60), nx.convert_node_labels_to_integers(nx.grid_2d_graph(9, 9)), nx.path_graph(500)):
        made, _, groups = picture(graph)
        found = places(made, dict.fromkeys(made, Box(5.0, 10.0, 4.0)), groups)
        steps = dict(nx.all_pairs_shortest_path_length(graph))
        ratios = [math.dist(found[str(a)], found[str(b)]) / steps[a][b] for a, b in itertools.combinations(graph, 2)]
        mean = sum(ratios) / len(ratios)
        assert math.sqrt(sum((ratio / mean - 1) ** 2 for ratio in ratios) / len(ratios)) < 0.25
