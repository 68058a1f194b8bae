"""The explorer's picture: names that can be read, symbols that can be hit, and the same pixels each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Open
from made_up import IRI, STATEMENTS
from seen import PHONE, WIDE, Network, Seen, in_browser, overlapping

from kg.explorer.layout import hubs
from kg.ontology import BASE

LANGUAGES = pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
GRAPHS = pytest.mark.parametrize("name", ["made-up", "seed"])
LAYOUTS = ("network", "columns", "around", "around the hub", "way")
ZOOMS = (0.35, 0.5, 0.7, 1.0, 1.4, 1.8)


def arranged(seen: Seen, graph: Network, layout: str, language: int) -> None:
    """The page in a language with a layout of its things."""
    hub, *_ = hubs(graph)
    places = {BASE + iri: number for number, iri in enumerate(seen.run("() => explorer.things.map(({ iri }) => iri)"))}
    centre = max(set(graph) - {hub}, key=graph.degree)
    farthest = max(set(graph) - set(graph[hub]) - set(graph.pred[hub]) - {hub}, key=lambda iri: (graph.degree[iri], iri), default=centre)
    seen.start()
    changes: dict[str, dict[str, object]] = {
        "network": {},
        "columns": {"layout": "columns"},
        "around": {"thing": places[centre], "hops": 2, "through": True},
        "around the hub": {"thing": places[hub], "hops": 1},
        "way": {"thing": places[centre], "goal": places[farthest]},
    }
    seen.go(language=language, **changes[layout])


@in_browser
@GRAPHS
@LANGUAGES
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_name_covers_another(opened: dict[str, Seen], networks: dict[str, Network], name: str, layout: str, language: int) -> None:
    """At any zoom, in any layout and in both languages no two rows of text drawn overlap, also with something chosen."""
    seen = opened[name]
    arranged(seen, networks[name], layout, language)
    assert seen.names()
    assert overlapping([box for *_, box in seen.names()]) == []
    for zoom in ZOOMS:
        seen.zoom(zoom)
        assert overlapping([box for *_, box in seen.names()]) == [], zoom
    if layout in {"network", "columns"}:
        seen.choose(thing=seen.run("() => explorer.picture.shown.things.values().next().value.id"))
        assert overlapping([box for *_, box in seen.names()]) == []


@in_browser
@GRAPHS
@LANGUAGES
@pytest.mark.parametrize("size", [WIDE, (1280, 720)])
def test_most_names_can_be_read_at_first_sight(opened: dict[str, Seen], name: str, language: int, size: tuple[int, int]) -> None:
    """Of all things the picture names at least six in ten, in letters of 12 pixels."""
    seen = opened[name]
    seen.start()
    seen.page.set_viewport_size({"width": size[0], "height": size[1]})
    seen.go(language=language)
    seen.run("() => explorer.picture.fit()")
    rows = seen.names()
    assert {pixels for _, pixels, _ in rows} == {12}
    labels = seen.run("() => explorer.picture.labels.map(({ rows }) => rows.length)")
    assert sum(labels) == len(rows)
    if size == WIDE:
        assert len(labels) >= 0.6 * seen.run("() => explorer.page.places.length")


@in_browser
@GRAPHS
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_symbol_covers_another(opened: dict[str, Seen], networks: dict[str, Network], name: str, layout: str) -> None:
    """When the picture is fitted, no two symbols overlap, all are in the picture, and none hides a name."""
    seen = opened[name]
    arranged(seen, networks[name], layout, 0)
    symbols = seen.symbols()
    assert overlapping(symbols) == []
    box = seen.page.locator("#graph").bounding_box()
    assert box
    outside = [s for s in symbols if s[0] < 0 or s[1] < 0 or s[2] > box["width"] or s[3] > box["height"]]
    assert outside == []
    names = [place for *_, place in seen.names()]
    assert [(a, b) for a, b in overlapping([*symbols, *names]) if (a in symbols) != (b in symbols)] == []


@in_browser
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_reload_gives_the_same_pixels(fresh: Open, paths: dict[str, Path], motion: str) -> None:
    """Nothing moves by itself and nothing is left to chance."""
    seen = fresh(paths["seed"], reduced_motion=motion)
    first = seen.pixels()
    seen.reload()
    assert seen.pixels() == first
    seen.go(thing=3, hops=2)
    narrowed = seen.pixels()
    assert narrowed != first
    seen.go(thing=-1, hops=0)
    assert seen.pixels() == first
    seen.go(thing=3, hops=2)
    assert seen.pixels() == narrowed


@in_browser
def test_filters_leave_everything_where_it_is(seen: Seen) -> None:
    """What a filter leaves stays in its place, so that the eye finds it again."""
    script = "() => Object.fromEntries([...explorer.visible.things].map((thing) => [thing.iri, explorer.picture.at({ thing })]))"
    before = seen.run(script)
    seen.page.click("[data-group=relations] label[data-id=supports]")
    after = seen.run(script)
    assert 0 < len(after) < len(before)
    assert after == {iri: before[iri] for iri in after}


@in_browser
def test_click_chooses_what_is_under_it(seen: Seen) -> None:
    """A click on a symbol chooses the thing and sets off its neighbours; a click beside everything chooses nothing."""
    hub = seen.thing("蓝湖署")
    seen.click(thing=hub)
    assert seen.texts("#panel .head h2") == ["蓝湖署"]
    assert seen.run("() => explorer.picture.focus.facts.length") == sum(IRI["蓝湖署"] in {s.subject, s.object} for s in STATEMENTS)
    box = seen.page.locator("#graph").bounding_box()
    assert box
    seen.page.mouse.click(box["x"] + 3, box["y"] + box["height"] / 2)
    assert seen.state("thing") == -1
    assert seen.run("() => explorer.picture.focus") is None


@in_browser
def test_parallel_facts_stay_apart(seen: Seen) -> None:
    """Each of several facts between the same two things is a line of its own that can be clicked."""
    facts = seen.run(
        "(ends) => explorer.facts.filter(({ from, to }) => ends.includes(from.label) && ends.includes(to.label)).map(({ id }) => id)",
        ["蓝湖署", "绿原基金"],
    )
    assert len(facts) == 3
    middles = {(round(place["x"]), round(place["y"])) for place in (seen.at(fact=fact) for fact in facts)}
    assert len(middles) == 3
    for fact in facts:
        seen.click(fact=fact)
        assert seen.state("fact") == fact
        assert seen.texts("#panel .facts > li.chosen") != []


@in_browser
def test_lines_tell_direction_and_plans(seen: Seen) -> None:
    """A line has an arrow unless it is said of both alike, and is dashed while it is only planned."""
    script = "() => explorer.picture.edges.get().map(({ id, arrows, dashes }) => [explorer.facts[id].relation.name, arrows, !!dashes])"
    lines = seen.run(script)
    assert {(relation, arrows) for relation, arrows, _ in lines if not arrows} == {("partnerOf", "")}
    assert {relation for relation, _, dashes in lines if dashes} == {"funds"}
    assert {arrows for relation, arrows, _ in lines if relation != "partnerOf"} == {"to"}


@in_browser
def test_hover_names_what_is_under_the_pointer(seed: Seen) -> None:
    """A thing whose name has no room is named when the pointer is over it, and a line says its relation."""
    rows = [text for text, *_ in seed.names()]
    things = seed.run("() => [...explorer.visible.things].map(({ id, label }) => [id, label])")
    number, label = next((number, label) for number, label in things if not any(label.startswith(text[:4]) for text in rows))
    box, place = seed.page.locator("#graph").bounding_box(), seed.at(thing=number)
    assert box
    seed.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
    assert [text for text, *_ in seed.names() if label.startswith(text.rstrip("…"))]
    fact = seed.fact("联合国促进性别平等和增强妇女权能署", "operatesIn", "卢旺达")
    place = seed.at(fact=fact)
    seed.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
    hovered = seed.run("() => explorer.facts[explorer.picture.hovered.fact].relation.label[0]")
    assert hovered in [text for text, *_ in seed.names()]


@in_browser
def test_picture_fits_its_place_until_it_is_moved(seen: Seen) -> None:
    """In a window that becomes smaller and larger again the picture is as it was; once somebody has zoomed, it is left where it is."""
    scale = "() => explorer.picture.network.getScale()"
    resized = "() => document.querySelector('#graph canvas').clientWidth === document.getElementById('graph').clientWidth"
    first = seen.run(scale)
    for size in (PHONE, WIDE):
        seen.page.set_viewport_size({"width": size[0], "height": size[1]})
        seen.page.wait_for_function(resized)
        seen.run("() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); })")
    assert seen.run(scale) == first
    box = seen.page.locator("#graph").bounding_box()
    assert box
    seen.page.mouse.move(box["x"] + 300, box["y"] + 300)
    seen.page.mouse.wheel(0, -200)
    seen.page.wait_for_function("(first) => explorer.picture.network.getScale() > first", arg=first)
    assert seen.run("() => explorer.picture.moved") is True
    seen.run("() => explorer.picture.fit()")
