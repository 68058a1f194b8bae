"""Where each thing stands in the picture: hub-free, without overlaps, and the same on every machine.

Plain Python with + - * / and square roots only: numpy's sums differ in the last bit from one processor to the next, and a page
must be the same bytes wherever it is built. Lengths are pixels of the picture at its natural size.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice, pairwise

import networkx as nx

_HUB_LEAST, _HUB_SHARE = 30, 4  # a hub has more neighbours than 30, and than a quarter of all things
_EDGE = 60.0  # the length a single edge would like
_STRETCH = 1.2  # names are wide and low: a picture of them is best when wider than the distances ask for
_ROUNDS, _PAIRS = 20, 20_000  # of stress minimisation: passes, and pairs of things looked at in each
_CALM = 0.65  # how much less each pass moves things than the one before
_PUSH = 0.26  # the part of an overlap that each of two boxes gives way in one pass
_PATIENCE, _SPREAD = 25, 1.05  # after so many passes with overlaps, everything is spread by so much
_ROOM = 1.0  # the area that many boxes get before they push each other, as a part of the sum of theirs
_NEAR = 0.5  # an overlap of gaps that does not matter
_GAP = 8.0  # between two boxes
_WIDTHS = 20  # how many widths of the whole picture are tried


@dataclass(frozen=True, slots=True)
class Box:
    """What a thing takes: a symbol of that radius, and below it a name of that width and height."""

    radius: float
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of symbol and name together, with the gap to the next."""
        return max(2 * self.radius, self.width) + _GAP, 2 * self.radius + self.height + _GAP


Point = tuple[float, float]
Places = dict[str, Point]


def hubs(graph: nx.MultiDiGraph[str]) -> list[str]:
    """The things so widely connected that every picture with them at work becomes a hedgehog; most connected first."""
    simple = nx.Graph(graph)
    least = max(_HUB_LEAST, len(simple) / _HUB_SHARE)
    return sorted((n for n, degree in simple.degree if degree > least), key=lambda n: (-simple.degree[n], n))


def places(graph: nx.MultiDiGraph[str], boxes: Mapping[str, Box], groups: Mapping[str, str], aspect: float = 1.0) -> Places:
    """The centre of each thing's symbol, rounded to 0.1; y grows downwards.

    groups: things that only hubs connect stand together by these. aspect: width to height that the whole should have.
    """
    tops = hubs(graph)
    rest = nx.Graph(graph)
    rest.remove_nodes_from(tops)
    rest.remove_edges_from(list(nx.selfloop_edges(rest)))
    blocks: list[Places] = []
    alone: defaultdict[str, list[str]] = defaultdict(list)
    for component in sorted(sorted(c) for c in nx.connected_components(rest)):
        if len(component) == 1:
            alone[groups[component[0]]].append(component[0])
        else:
            blocks.append(_apart(_spread(rest.subgraph(component).copy(), component), boxes))
    blocks += [_grid(sorted(alone[group]), boxes) for group in sorted(alone)]
    above = max((boxes[top].size[1] + 2 * _GAP for top in tops), default=0.0)
    found = _packed([_at_origin(block, boxes) for block in blocks], boxes, aspect, above)
    width = _extent(found, boxes)[0] if found else 0.0
    for i, top in enumerate(tops):
        found[top] = (width * (i + 1) / (len(tops) + 1), boxes[top].radius - above)
    return {n: (round(x, 1), round(y, 1)) for n, (x, y) in sorted(found.items())}


def _spread(graph: nx.Graph[str], nodes: Sequence[str]) -> Places:
    """Distances on paper like distances in the graph: stress, minimised pair by pair (Zheng, Pawar and Goodman, 2018)."""
    rng = random.Random(len(nodes))  # noqa: S311  a picture, not a secret
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    pairs = [(i, j, steps[a][b]) for i, a in enumerate(nodes) for j, b in enumerate(nodes[:i])]
    spot = [[rng.uniform(-1, 1) * _EDGE * math.sqrt(len(nodes)) for _ in "xy"] for _ in nodes]
    farthest = max(d for _, _, d in pairs)
    eagerness = float(farthest * farthest)
    rng.shuffle(pairs)
    endless = cycle(pairs)
    for _ in range(_ROUNDS):
        eagerness *= _CALM
        for i, j, d in islice(endless, min(len(pairs), _PAIRS)):
            (ax, ay), (bx, by) = a, b = spot[i], spot[j]
            length = math.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by)) or 1.0
            move = min(eagerness / (d * d), 1.0) * (length - d * _EDGE) / 2 / length
            mx, my = (ax - bx) * move, (ay - by) * move
            a[0], a[1], b[0], b[1] = ax - mx, ay - my, bx + mx, by + my
    return {n: (x * _STRETCH, y) for n, (x, y) in zip(nodes, spot, strict=True)}


def _apart(found: Places, boxes: Mapping[str, Box]) -> Places:
    """Push overlapping boxes apart along the shorter way; where that does not help for long, spread everything a little and go on."""
    nodes = sorted(found)
    sizes = {n: boxes[n].size for n in nodes}
    tallest = max(height for _, height in sizes.values())
    width, height = _extent(found, boxes)
    room = max(1.0, math.sqrt(_ROOM * sum(w * h for w, h in sizes.values()) / (width * height)))
    spot = {n: [found[n][0] * room, found[n][1] * room + boxes[n].height / 2] for n in nodes}
    for turn in count(1):
        nodes.sort(key=lambda n: (spot[n][1], n))
        still = True
        for i, a in enumerate(nodes):
            for b in islice(nodes, i + 1, None):
                dx, dy = spot[b][0] - spot[a][0], spot[b][1] - spot[a][1]
                if dy > tallest:
                    break
                (aw, ah), (bw, bh) = sizes[a], sizes[b]
                over_x, over_y = (aw + bw) / 2 - abs(dx), (ah + bh) / 2 - abs(dy)
                if min(over_x, over_y) <= _NEAR:
                    continue
                still = False
                axis, over = (0, over_x if dx >= 0 else -over_x) if over_x < over_y else (1, over_y if dy >= 0 else -over_y)
                spot[a][axis] -= over * _PUSH
                spot[b][axis] += over * _PUSH
        if still:
            break
        if turn % _PATIENCE == 0:
            spot = {n: [x * _SPREAD, y * _SPREAD] for n, (x, y) in spot.items()}
    return {n: (spot[n][0], spot[n][1] - boxes[n].height / 2) for n in nodes}


def _grid(nodes: Sequence[str], boxes: Mapping[str, Box]) -> Places:
    """Rows of equal cells, about as wide as high."""
    width, height = (max(boxes[n].size[axis] for n in nodes) for axis in (0, 1))
    columns = max(1, round(math.sqrt(len(nodes) * height / width)))
    top = max(boxes[n].radius for n in nodes)
    return {n: ((i % columns + 0.5) * width, i // columns * height + top) for i, n in enumerate(nodes)}


def _bounds(found: Places, boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[n].size[0] / 2 for n, (x, _) in found.items()),
        min(y - boxes[n].radius - _GAP / 2 for n, (_, y) in found.items()),
        max(x + boxes[n].size[0] / 2 for n, (x, _) in found.items()),
        max(y + boxes[n].radius + boxes[n].height + _GAP / 2 for n, (_, y) in found.items()),
    )


def _extent(found: Places, boxes: Mapping[str, Box]) -> tuple[float, float]:
    left, top, right, bottom = _bounds(found, boxes)
    return right - left, bottom - top


def _at_origin(found: Places, boxes: Mapping[str, Box]) -> Places:
    left, top, _, _ = _bounds(found, boxes)
    return {n: (x - left, y - top) for n, (x, y) in found.items()}


def _packed(blocks: Iterable[Places], boxes: Mapping[str, Box], aspect: float, above: float) -> Places:
    """All blocks in one picture: each as high up as it fits, in the width that lets the whole, with the hubs above, be drawn largest."""
    sized = sorted(((*_extent(block, boxes), block) for block in blocks), key=lambda s: (-s[1] * s[0], sorted(s[2])))
    if not sized:
        return {}
    sizes = [(w + _GAP, h + _GAP) for w, h, _ in sized]
    widest, area = max(w for w, _ in sizes), sum(w * h for w, h in sizes)
    wide = max(widest, math.sqrt(area * aspect) * 2)
    tries = [_skyline(sizes, widest + (wide - widest) * i / _WIDTHS) for i in range(_WIDTHS + 1)]
    corners = min(tries, key=lambda spots: _needed(spots, sizes, aspect, above))
    return {n: (x + left, y + top) for (left, top), (_, _, block) in zip(corners, sized, strict=True) for n, (x, y) in block.items()}


def _needed(spots: Sequence[Point], sizes: Sequence[Point], aspect: float, above: float) -> float:
    """The height of the smallest frame of that aspect that holds all."""
    width = max(x + w for (x, _), (w, _) in zip(spots, sizes, strict=True))
    return max(width / aspect, above + max(y + h for (_, y), (_, h) in zip(spots, sizes, strict=True)))


def _skyline(sizes: Sequence[Point], limit: float) -> list[Point]:
    """The top left corner of each rectangle, each put where its lower edge is highest in a strip of that width."""
    steps = [(0.0, 0.0), (limit, math.inf)]  # from each x on, up to the next, the strip is filled down to y
    spots = []
    for width, height in sizes:
        floors = [
            (max(y for (x, y), (after, _) in pairwise(steps) if after > left and x < left + width), left)
            for left, _ in steps[:-1]
            if left + width <= limit + 1e-6
        ]
        top, left = min(floors)
        right = left + width
        under = [y for x, y in steps if x <= right][-1]
        steps = [*(s for s in steps if s[0] < left), (left, top + height), (right, under), *(s for s in steps if s[0] > right)]
        spots.append((left, top))
    return spots
