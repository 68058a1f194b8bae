"""Where each thing stands in the picture: hub-free, without overlaps, and the same on every machine.

Plain Python with + - * / and square roots only: numpy's sums differ in the last bit from one processor to the next, those of `sum`
from one Python to the next; a page must be the same bytes wherever it is built. Lengths are pixels of the picture at its natural size.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, count, pairwise

import networkx as nx

_HUB_LEAST, _HUB_SHARE = 30, 4  # a hub has more neighbours than 30, and than a quarter of all things
_EDGE = 60.0  # the length a single edge would like
_STRETCH = 1.2  # names are wide and low: a picture of them is best when wider than the distances ask for
_PIVOTS, _PAIRS = 20, 40_000  # of stress minimisation: at least so many pivots, and more while there are fewer pairs than these
_CALM, _SETTLED = 0.7, 0.03  # how much less each pass moves things than the one before, and when that is too little to go on
_ROOM = 1.3  # the area that many boxes get before they push each other, as a part of the sum of theirs
_PUSH = 0.33  # the part of an overlap that each of two boxes gives way in one pass
_REACH, _PASSES = 10.0, 4  # boxes no further apart than this are watched for so many passes, then it is looked for such boxes again
_PATIENCE, _SPREAD = 8, 1.03  # after so many looks that found overlaps, everything is spread by so much
_GAP, _NEAR = 8.0, 0.5  # between two boxes, and how much of it may be missing
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
Spots = tuple[list[float], list[float]]  # x and y of all boxes' centres
Frame = tuple[float, float, float, float]  # left, top, width, height


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
            blocks.append(_drawn(component, rest, boxes, aspect))
    blocks += [_grid(sorted(alone[group]), boxes) for group in sorted(alone)]
    above = max((boxes[top].size[1] + 2 * _GAP for top in tops), default=0.0)
    found = _packed([_framed(block, boxes) for block in blocks], aspect, above) if blocks else {}
    width = _framed(found, boxes)[0] if found else 0.0
    found |= {top: (width * i / (len(tops) + 1), boxes[top].radius - above) for i, top in enumerate(tops, 1)}
    return {n: (round(x, 1), round(y, 1)) for n, (x, y) in sorted(found.items())}


def _drawn(nodes: Sequence[str], graph: nx.Graph[str], boxes: Mapping[str, Box], aspect: float) -> Places:
    """One component: its distances, then room for its boxes. It is worked on with numbers and lists of floats: this takes the time."""
    numbers = {n: i for i, n in enumerate(nodes)}
    xs, ys = _spread(nx.Graph([(numbers[a], numbers[b]) for a, b in graph.edges(nodes)]))
    drops = [boxes[n].height / 2 for n in nodes]  # from a symbol to the middle of its box
    xs, ys = _apart((xs, [y + drop for y, drop in zip(ys, drops, strict=True)]), [boxes[n].size for n in nodes], aspect)
    return {n: (x, y - drop) for n, x, y, drop in zip(nodes, xs, ys, drops, strict=True)}


def _spread(graph: nx.Graph[int]) -> Spots:
    """Distances on paper like distances in the graph: stress, minimised wish by wish (Zheng, Pawar and Goodman, 2018)."""
    rng = random.Random(len(graph))  # noqa: S311  a picture, not a secret
    side = _EDGE * math.sqrt(len(graph))
    xs, ys = ([rng.uniform(-side, side) for _ in graph] for _ in "xy")
    wishes = _wishes(graph)
    rng.shuffle(wishes)
    eagerness = 1 / min(weight for *_, weight in wishes)
    while eagerness > _SETTLED:
        eagerness *= _CALM
        for i, j, length, weight in wishes:
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            rate = eagerness * weight  # of 1 at most: a call of `min` would be slower
            move = (rate if rate < 1 else 1.0) * (length / (math.sqrt(dx * dx + dy * dy) or 1.0) - 1) / 2
            xs[i] += dx * move
            ys[i] += dy * move
    return [x * _STRETCH for x in xs], ys


def _wishes(graph: nx.Graph[int]) -> list[tuple[int, int, float, float]]:
    """Who would like to be how far from whom, and how much: each thing from its neighbours, and from a few pivots.

    A pivot speaks for all near it (Ortmann, Klimenta and Brandes, 2017). Of a small graph all are pivots, and these are all distances.
    """
    numbers = range(len(graph))
    wishes = [(i, j, _EDGE, 1.0) for i in numbers for j in sorted(graph[i])]
    nearest = [(len(graph), 0) for _ in numbers]  # how many steps it is to the nearest pivot, and to which
    views: dict[int, list[int]] = {}
    for _ in range(min(len(graph), max(_PIVOTS, _PAIRS // len(graph)))):
        pivot = max(numbers, key=lambda i: (nearest[i][0], len(graph[i])))
        views[pivot] = [steps for _, steps in sorted(nx.single_source_shortest_path_length(graph, pivot).items())]
        nearest = [min(known, (steps, pivot)) for known, steps in zip(nearest, views[pivot], strict=True)]
    rings = Counter(nearest)
    for pivot, steps_to in views.items():
        within = list(accumulate(rings[steps, pivot] for steps in range(max(steps_to) // 2 + 1)))
        wishes += [(i, pivot, d * _EDGE, within[d // 2] / (d * d)) for i, d in enumerate(steps_to) if d > 1]
    return wishes


def _apart(spots: Spots, sizes: Sequence[Point], aspect: float) -> Spots:
    """Push overlapping boxes apart along the shorter way; where that does not help for long, spread everything a little and go on."""
    xs, ys = _evened(spots, sizes, aspect)
    for look in count(1):
        close = _close(xs, ys, sizes)
        if not sum(_pushed(xs, ys, close) for _ in range(_PASSES)):
            break
        if look % _PATIENCE == 0:
            xs, ys = [x * _SPREAD for x in xs], [y * _SPREAD for y in ys]
    return xs, ys


def _evened(spots: Spots, sizes: Sequence[Point], aspect: float) -> Spots:
    """Where boxes are crowded, room for all in a frame of that aspect: the more crowded, the more evenly shared, and the less to push."""
    width, height = (max(along) - min(along) + max(size[axis] for size in sizes) for axis, along in enumerate(spots))
    room = _ROOM * math.fsum(w * h for w, h in sizes)
    crowd = room / (width * height)
    if crowd <= 1:
        return spots
    wide, high = math.sqrt(room * aspect), math.sqrt(room / aspect)
    shares = _shares(range(len(sizes)), (0.0, 0.0, wide, high), spots, sizes)
    xs = [shares[i][0] + (x * wide / width - shares[i][0]) / crowd for i, x in enumerate(spots[0])]
    return xs, [shares[i][1] + (y * high / height - shares[i][1]) / crowd for i, y in enumerate(spots[1])]


def _shares(things: Sequence[int], frame: Frame, spots: Spots, sizes: Sequence[Point]) -> dict[int, Point]:
    """Where things stand when a frame is halved between them, by their spots and by the room they need, until each has its own part."""
    left, top, width, height = frame
    if len(things) == 1:
        return {things[0]: (left + width / 2, top + height / 2)}
    across = width > 2 * height  # so that the parts are wide and low, as names are
    things, half = sorted(things, key=lambda i: spots[0 if across else 1][i]), len(things) // 2
    areas = [sizes[i][0] * sizes[i][1] for i in things]
    part = math.fsum(areas[:half]) / math.fsum(areas)
    w, h = (width * part, height) if across else (width, height * part)
    rest = (left + w, top, width - w, height) if across else (left, top + h, width, height - h)
    return _shares(things[:half], (left, top, w, h), spots, sizes) | _shares(things[half:], rest, spots, sizes)


def _close(xs: Sequence[float], ys: Sequence[float], sizes: Sequence[Point]) -> list[tuple[int, int, float, float]]:
    """The pairs of boxes that overlap or soon may, with how far apart their centres should be across or down."""
    wide, tall = (max(size[axis] for size in sizes) + _REACH for axis in (0, 1))
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells[int(x // wide), int(y // tall)].append(i)
    pairs = []
    for (column, row), inside in cells.items():
        others = [j for c, r in ((1, 0), (-1, 1), (0, 1), (1, 1)) for j in cells.get((column + c, row + r), ())]
        for place, i in enumerate(inside):
            x, y, (width, height) = xs[i], ys[i], sizes[i]
            for j in chain(inside[:place], others):
                across, down = (width + sizes[j][0]) / 2, (height + sizes[j][1]) / 2
                if abs(x - xs[j]) < across + _REACH and abs(y - ys[j]) < down + _REACH:
                    pairs.append((i, j, across, down))
    return pairs


def _pushed(xs: list[float], ys: list[float], close: Iterable[tuple[int, int, float, float]]) -> int:
    """How many of the pairs overlapped; each that did has been pushed apart a little, in place."""
    overlaps = 0
    for i, j, across, down in close:
        dx, dy = xs[j] - xs[i], ys[j] - ys[i]
        over_x, over_y = across - abs(dx), down - abs(dy)
        if over_x > _NEAR and over_y > _NEAR:
            overlaps += 1
            along, over = (xs, over_x if dx >= 0 else -over_x) if over_x < over_y else (ys, over_y if dy >= 0 else -over_y)
            along[i] -= over * _PUSH
            along[j] += over * _PUSH
    return overlaps


def _grid(nodes: Sequence[str], boxes: Mapping[str, Box]) -> Places:
    """Rows of equal cells, about as wide as high."""
    width, height = (max(boxes[n].size[axis] for n in nodes) for axis in (0, 1))
    columns = max(1, round(math.sqrt(len(nodes) * height / width)))
    top = max(boxes[n].radius for n in nodes)
    return {n: ((i % columns + 0.5) * width, i // columns * height + top) for i, n in enumerate(nodes)}


def _framed(found: Places, boxes: Mapping[str, Box]) -> tuple[float, float, Places]:
    """The width and height of all boxes together, and their places in a frame of that size."""
    left = min(x - boxes[n].size[0] / 2 for n, (x, _) in found.items())
    top = min(y - boxes[n].radius - _GAP / 2 for n, (_, y) in found.items())
    right = max(x + boxes[n].size[0] / 2 for n, (x, _) in found.items())
    bottom = max(y + boxes[n].radius + boxes[n].height + _GAP / 2 for n, (_, y) in found.items())
    return right - left, bottom - top, {n: (x - left, y - top) for n, (x, y) in found.items()}


def _packed(blocks: Iterable[tuple[float, float, Places]], aspect: float, above: float) -> Places:
    """All blocks in one picture: each as high up as it fits, in the width that lets the whole, with the hubs above, be drawn largest."""
    sized = sorted(blocks, key=lambda s: (-s[1] * s[0], sorted(s[2])))
    sizes = [(w + _GAP, h + _GAP) for w, h, _ in sized]
    widest, area = max(w for w, _ in sizes), math.fsum(w * h for w, h in sizes)
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
