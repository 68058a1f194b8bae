"""Finding in the explorer: by name, around a thing, from one thing to another, and by address."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from conftest import Open
from made_up import COUNTRIES, IMAGE, IRI, QUOTES, SCRIPT, STATEMENTS, made_up
from seen import Network, Seen, in_browser, section

from kg.explorer import page
from kg.explorer.layout import hubs
from kg.explorer.page import Opening
from kg.ontology import BASE

Undirected: TypeAlias = "nx.MultiGraph[str]"

# ---------------------------------------------------------------- by name


@in_browser
@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("绿原", "绿原基金"),  # the beginning
        ("基金", "绿原基金"),  # the end
        ("green plain", "绿原基金"),  # the English name
        ("ＴＲＵＳＴ　fund", "绿原基金"),  # full width
        ("gréenPlain", "绿原基金"),  # accents, case and blanks
        ("该原", "绿原基金"),  # a short form
        ("bla", "蓝湖署"),
        ("lyjj", "绿原基金"),  # first letters of pinyin
        ("jj", "绿原基金"),
        ("lvyuanjijin", "绿原基金"),  # pinyin
        ("lanhushu", "蓝湖署"),
        ("lanhs", "蓝湖署"),
        ("dahongshanguo", "大红山国"),
        ("NAURU", "瑙鲁"),  # no fact speaks of it
        ("</SCRIPT>", SCRIPT),
        ("javascript:", QUOTES),
    ],
)
def test_search_finds_names_of_every_language(seen: Seen, words: str, found: str, language: int) -> None:
    """A thing is found by any of its names and by pinyin, whatever language the page is in; Enter chooses it."""
    seen.go(language=language)
    seen.type(words)
    (first,) = seen.run("() => [...document.querySelectorAll('#results [aria-selected=true]')].map(({ dataset }) => Number(dataset.thing))")
    assert first == seen.thing(found)
    seen.page.keyboard.press("Enter")
    assert seen.state("thing") == first
    assert seen.page.is_hidden("#results")
    assert seen.focused() == "panel"


@in_browser
def test_search_ranks_whole_names_first(seen: Seen) -> None:
    """红山国 itself comes before 大红山国; a name that was met and is not the one shown stands beside it."""
    seen.type("红山国")
    assert seen.texts("#results .name") == ["红山国", "大红山国"]
    seen.page.fill("#search", "green")
    assert seen.texts("#results .also") == ["Green Plain Trust Fund"]


@in_browser
def test_search_tells_how_much_it_found(seen: Seen) -> None:
    """Twelve results are shown and the rest is told; with none that is told too, and a blank search shows nothing."""
    seen.type("共和国")
    assert len(seen.texts("#results li")) == 12
    assert seen.texts("#rest") == [f"{len(COUNTRIES) + 2} 个结果，显示前 12 个"]
    seen.page.fill("#search", "没有这个")
    assert seen.page.is_hidden("#results")
    assert seen.texts("#rest") == ["没有找到"]
    assert seen.page.is_visible("#rest")
    seen.page.fill("#search", "　 ")
    assert seen.page.is_hidden("#rest")


@in_browser
def test_arrows_move_in_the_results(seen: Seen) -> None:
    """Arrows move among the results and around their ends, the screen reader is told, Esc empties the search."""
    seen.type("共和国")
    first, second, *_, last = seen.texts("#results .name")

    def at() -> str:
        (found,) = seen.texts("#results [aria-selected=true] .name")
        told = (
            "() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).querySelector('.name').textContent"
        )
        assert seen.run(told) == found
        return found

    assert at() == first
    for key, expected in (("ArrowDown", second), ("ArrowUp", first), ("ArrowUp", last), ("ArrowDown", first), ("ArrowDown", second)):
        seen.page.keyboard.press(key)
        assert at() == expected
    seen.page.keyboard.press("Enter")
    assert seen.texts("#panel .head h2") == [second]
    seen.type("共和国")
    seen.page.keyboard.press("Escape")
    assert (seen.page.input_value("#search"), seen.page.is_hidden("#results")) == ("", True)
    assert seen.state("thing") >= 0


@in_browser
def test_a_result_can_be_clicked(seen: Seen) -> None:
    """A click on a result chooses it, and the picture shows it with its neighbours."""
    seen.type("大红")
    seen.page.click("#results li")
    assert seen.texts("#panel .head h2") == ["大红山国"]
    assert seen.run("() => explorer.picture.focus.first.label") == "大红山国"


@in_browser
@pytest.mark.parametrize(
    "hide",
    ["[data-group=kinds] label[data-id=Fund]", "[data-key=relations-none]", "[data-key=years-2010]"],
)
def test_search_brings_back_what_a_filter_hides(seen: Seen, hide: str) -> None:
    """Choosing a hidden thing from the results takes the filters away, so that it is seen; one that is seen leaves them alone."""
    seen.page.click(hide)
    seen.type("绿原")
    seen.page.keyboard.press("Enter")
    assert len(seen.facts()) == len(STATEMENTS)
    assert seen.page.locator("[data-group=kinds] input:not(:checked)").count() == 0
    seen.page.click("[data-group=status] label[data-id=planned]")
    seen.type("蓝湖")
    seen.page.keyboard.press("Enter")
    assert len(seen.facts()) == len(STATEMENTS) - 1


# ---------------------------------------------------------------- around a thing


def around(graph: Undirected, centre: str, hops: int, *, through: bool, tops: set[str]) -> set[str]:
    """The things at most so many steps around one; hubs on the way are reached and not passed unless `through`."""
    if through:
        return set(nx.ego_graph(graph, centre, hops))
    passable = graph.subgraph(set(graph) - tops | {centre})
    inner, found = (set(nx.ego_graph(passable, centre, steps)) for steps in (hops - 1, hops))
    return found | {hub for hub in tops if not inner.isdisjoint(graph[hub])}


def passing(graph: Network, off: str) -> Undirected:
    """The graph with only the facts that have another status, whichever way they point."""
    kept = [(a, b, key) for a, b, key, fact in graph.edges(keys=True, data=True) if fact["status"] != off]
    return graph.edge_subgraph(kept).to_undirected()  # type: ignore[arg-type]  # the stubs know no keys


GO_ALL = """(changes) => changes.map((change) => {
  explorer.go(change);
  const { things, facts, way, detour } = explorer.visible;
  return [[...things].map(({ iri }) => iri), facts.map(({ iri }) => iri), way.map(({ iri }) => iri), detour];
})"""


def gone(seen: Seen, changes: Iterable[dict[str, Any]]) -> list[tuple[set[str], set[str], list[str], bool]]:
    """Things and facts seen, the way and whether it passes a hub that it should not, after each of these changes."""
    found = seen.run(GO_ALL, list(changes))
    return [
        ({BASE + i for i in things}, {BASE + i for i in facts}, [BASE + i for i in way], detour) for things, facts, way, detour in found
    ]


@in_browser
@pytest.mark.parametrize("off", ["", "ongoing"])
@pytest.mark.parametrize("through", [True, False])
def test_surroundings_are_those_of_the_graph(seed: Seen, networks: dict[str, Network], off: str, *, through: bool) -> None:
    """One to three steps around a thing there is what networkx finds, with every fact between; hubs are passed only when asked for."""
    graph = passing(networks["seed"], off)
    tops = set(hubs(networks["seed"]))
    assert tops
    seed.start(f"s={off}")
    iris = seed.run("() => explorer.things.filter(({ facts }) => facts.length).map(({ iri }) => iri)")
    assert {BASE + iri for iri in iris} == set(networks["seed"])
    centres = [*tops, *random.Random(3).sample(sorted(set(graph) - tops), 6)]  # noqa: S311  a sample, not a secret
    cases = [(centre, hops) for centre in centres for hops in (1, 2, 3)]
    for (centre, hops), (things, facts, _, _) in zip(
        cases,
        gone(seed, ({"thing": iris.index(centre.removeprefix(BASE)), "hops": hops, "through": through} for centre, hops in cases)),
        strict=True,
    ):
        expected = around(graph, centre, hops, through=through, tops=tops)
        assert things == expected
        assert facts == {key for _, _, key in graph.subgraph(expected).edges(keys=True)}
    assert seed.drawn() == (seed.things(), seed.facts())


@in_browser
def test_steps_are_chosen_in_the_panel(seen: Seen) -> None:
    """The panel's buttons set how far around the thing is shown; a chip says so and takes it back."""
    seen.choose(thing=seen.thing("红山国"))
    seen.page.click("#panel .step >> text=2")
    assert seen.things() == {IRI[name] for name in ("红山国", "绿原基金", "蓝湖署", "萨摩亚", SCRIPT, IMAGE, QUOTES)}
    assert seen.page.get_attribute("#panel .step >> text=2", "aria-pressed") == "true"
    assert seen.texts(".chip") == ["红山国：周围 2 步 ×"]
    seen.page.click("#panel .step >> text=3")
    seen.page.check("#panel .steps input")
    assert len(seen.things()) == len({end for s in STATEMENTS for end in (s.subject, s.object)})
    seen.page.click(".chip")
    assert seen.state("hops") == 0
    assert seen.page.locator(".chip").count() == 0


@in_browser
@pytest.mark.parametrize("press", ["#panel .step >> nth=2", "#panel .steps input"])
def test_keyboard_stays_at_the_steps(seen: Seen, press: str) -> None:
    """What is pressed in the panel keeps the keyboard when the panel is written anew."""
    seen.choose(thing=seen.thing("红山国"), hops=2)
    seen.page.focus(press)
    what = seen.run('() => document.activeElement.outerHTML.replace(/ (checked|aria-pressed)(="[^"]*")?/g, \'\')')
    seen.page.keyboard.press(" ")
    assert seen.run('() => document.activeElement.outerHTML.replace(/ (checked|aria-pressed)(="[^"]*")?/g, \'\')') == what


# ---------------------------------------------------------------- from one thing to another


@in_browser
def test_ways_are_shortest(seed: Seen, networks: dict[str, Network]) -> None:
    """A way is as short as any in networkx: through hubs when that is on, else around them where that can be, else it is told."""
    graph = networks["seed"].to_undirected()
    tops = set(hubs(networks["seed"]))
    iris = seed.run("() => explorer.things.filter(({ facts }) => facts.length).map(({ iri }) => iri)")
    chance, detours = random.Random(5), 0  # noqa: S311  a sample, not a secret
    pairs = [(a, b) for a, b in (chance.sample(sorted(graph), 2) for _ in range(24)) if nx.has_path(graph, a, b)]
    pairs += [(a, next(iter(tops))) for a in sorted(set(graph) - tops)[:3]]
    cases = [(a, b, through) for a, b in pairs for through in (True, False)]
    changes = ({"thing": iris.index(a.removeprefix(BASE)), "goal": iris.index(b.removeprefix(BASE)), "through": c} for a, b, c in cases)
    for (start, goal, through), (things, facts, way, detour) in zip(cases, gone(seed, changes), strict=True):
        around_hubs = graph.subgraph(set(graph) - tops | {start, goal})
        possible = nx.has_path(around_hubs, start, goal)
        assert detour == (not through and not possible)
        assert len(way) - 1 == nx.shortest_path_length(graph if through or detour else around_hubs, start, goal)
        assert nx.is_path(graph, way)
        assert (way[0], way[-1], set(way)) == (start, goal, things)
        steps = {frozenset(pair) for pair in itertools.pairwise(way)}
        assert facts == {key for a, b, key in graph.edges(keys=True) if frozenset((a, b)) in steps}
        detours += detour
    assert 0 < detours < len(pairs)


@in_browser
def test_way_shows_the_sentence_of_each_step(seed: Seen, networks: dict[str, Network]) -> None:
    """The panel of a way tells its length and quotes, step after step, the sentences of all facts of that step and no others."""
    graph = networks["seed"]
    tops = hubs(graph)
    bare = graph.to_undirected().subgraph(set(graph) - set(tops))
    start, goal = next((a, b) for a, found in nx.all_pairs_shortest_path_length(bare) for b, steps in sorted(found.items()) if steps == 3)
    seed.go(thing=seed.thing(graph.nodes[start]["label"]), goal=seed.thing(graph.nodes[goal]["label"]))
    ((_, _, way, _),) = gone(seed, [{}])
    assert (way[0], way[-1], len(way)) == (start, goal, 4)
    assert str(len(way) - 1) in seed.texts("#panel > .quiet")[0]
    quotes: list[str] = []
    for a, b in itertools.pairwise(way):
        facts = [*graph.get_edge_data(a, b, default={}).values(), *graph.get_edge_data(b, a, default={}).values()]
        found = {(one["source"], one["start"], one["end"]): one["quote"] for fact in facts for one in fact["evidence"]}
        assert found
        quotes += found.values()
    assert sorted(seed.texts("#panel blockquote")) == sorted(quotes)


@in_browser
def test_way_is_sought_by_search(seen: Seen) -> None:
    """The button in the panel asks for the other thing in the search box; what is taken there is the way's end; a chip takes it back."""
    seen.choose(thing=seen.thing("卢旺达"))
    seen.page.click("#way")
    assert (seen.focused(), seen.page.get_attribute("#search", "placeholder")) == ("search", "到哪个实体？选一个")
    seen.page.keyboard.insert_text("绿原")
    seen.page.keyboard.press("Enter")
    assert [seen.state("thing"), seen.state("goal")] == [seen.thing("卢旺达"), seen.thing("绿原基金")]
    assert seen.texts("#panel > .quiet") == ["最短路径：2 步（不经过枢纽则无路可通）"]
    assert len(seen.facts()) == 4
    assert seen.texts(".chip") == ["卢旺达 ⋯ 绿原基金 ×"]
    seen.page.check("#panel .steps input")
    assert seen.texts("#panel > .quiet") == ["最短路径：2 步"]
    seen.page.click("[data-group=relations] label[data-id=operatesIn]")
    assert seen.texts("#panel > .quiet") == ["在当前筛选下没有路径"]
    assert seen.facts() == set()
    seen.page.click(".chip")
    assert (seen.state("goal"), seen.state("thing")) == (-1, seen.thing("卢旺达"))


@in_browser
def test_way_round_a_hub_is_told(seen: Seen) -> None:
    """A way that passes no hub says so."""
    seen.go(thing=seen.thing("萨摩亚"), goal=seen.thing("红山国"))
    assert seen.texts("#panel > .quiet") == ["不经过枢纽的最短路径：2 步"]
    seen.page.click("#panel .step")
    assert seen.state("goal") == -1


# ---------------------------------------------------------------- by address

STATES: dict[str, Callable[[Seen], dict[str, object]]] = {
    "thing": lambda seen: {"thing": seen.thing("蓝湖署")},
    "hostile thing": lambda seen: {"thing": seen.thing(SCRIPT), "hops": 2},
    "around, through hubs": lambda seen: {"thing": seen.thing("红山国"), "hops": 3, "through": True},
    "way": lambda seen: {"thing": seen.thing("卢旺达"), "goal": seen.thing(QUOTES)},
    "fact": lambda seen: {"fact": seen.fact("蓝湖署", "funds", "绿原基金"), "language": 1},
    "paragraph": lambda _: {"view": "text", "paragraph": 2, "passage": 3},
    "thing in the text": lambda seen: {"view": "text", "paragraph": 1, "thing": seen.thing("绿原基金")},
    "classes and relations": lambda _: {"off": {"kinds": [4, 9], "relations": [0, 3], "status": [], "topics": [], "sections": []}},
    "statuses and sections": lambda _: {
        "off": {"kinds": [], "relations": [], "status": [0, 2], "topics": [0], "sections": [0, 1]},
        "theme": "dark",
    },
    "countries": lambda seen: {"only": sorted(seen.thing(name) for name in ("萨摩亚", "红山国", COUNTRIES[7]))},
    "years": lambda _: {"years": [2014, 2020], "sure": 30, "layout": "columns"},
    "everything": lambda _: {"all": True, "sort": "-object", "theme": "light", "language": 1, "sure": 5},
}


@in_browser
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_address_brings_it_back(seen: Seen, state: Callable[[Seen], dict[str, object]]) -> None:
    """What is looked at stands in the address, and a page loaded there shows the same and writes the same, byte for byte."""
    change = state(seen)
    seen.go(**change)
    address, facts, panel = seen.address(), seen.facts(), seen.texts("#panel")
    assert seen.page.url.partition("#")[2] == address
    assert address
    seen.reload()
    assert {name: seen.state(name) for name in change} == change
    assert (seen.address(), seen.facts(), seen.texts("#panel")) == (address, facts, panel)
    assert seen.page.url.partition("#")[2] == address


@in_browser
@pytest.mark.parametrize(
    ("nonsense", "kept"),
    [
        ("v=nope&m=map&t=purple&l=xx", ""),
        ("n=nobody&f=nothing&p=99999&g=nobody", ""),
        ("q=length&p=x", ""),
        ("q=-5", ""),
        ("q=1.5", ""),
        ("k=Nope.Country..Country&r=__proto__&s=constructor.planned&c=77.x", "k=Country&s=planned"),
        ("w=nobody.WSM", "w=WSM"),
        ("h=99&g=WSM&u=2&a=true", ""),
        ("y=2020", ""),
        ("y=2020-2010", ""),
        ("y=20-2030", ""),
        ("b=-9", ""),
        ("b=lots", ""),
        ("b=1000", "b=100"),
        ("o=<script>", ""),
        ("zz=1&__proto__=1&toString=2&%E0%A4%A=%", ""),
        ("&&&=&v", ""),
    ],
)
def test_nonsense_in_an_address_is_ignored(seen: Seen, nonsense: str, kept: str) -> None:
    """What an address names wrongly is as at the beginning."""
    seen.start(nonsense)
    assert seen.address() == kept


@in_browser
def test_page_loads_at_a_nonsensical_address(seen: Seen) -> None:
    """A page that is loaded at an address which names everything wrongly opens as at the beginning."""
    seen.load("v=nope&m=map&t=purple&l=xx&n=nobody&f=1.2.3.x&p=99999&q=length&h=99&g=nobody&k=..&y=2020-2010&b=lots&o=<script>&%E0%A4%A=%")
    assert seen.address() == ""
    assert len(seen.facts()) == len(STATEMENTS)


@in_browser
def test_back_returns(seen: Seen) -> None:
    """Every choice is a step that the browser's Back undoes, and Forward does again."""
    seen.load()
    steps: list[tuple[str, set[str]]] = [("", seen.facts())]
    for change in (
        {"thing": seen.thing("绿原基金")},
        {"hops": 1},
        {"off": {"kinds": [], "relations": [], "status": [2], "topics": [], "sections": []}},
        {"view": "text"},
        {"language": 1},
    ):
        seen.go(**change)
        steps.append((seen.address(), seen.facts()))
    for address, facts in reversed(steps[:-1]):
        seen.page.go_back()
        assert (seen.address(), seen.facts()) == (address, facts)
    seen.page.go_forward()
    assert (seen.address(), seen.facts()) == steps[1]
    assert seen.texts("#panel .head h2") == ["绿原基金"]


@in_browser
def test_opening_is_how_the_page_opens(fresh: Open, tmp_path: Path) -> None:
    """A page opens as it was made to, with its own title, until an address says otherwise."""
    path = tmp_path / "opening.html"
    path.write_bytes(page.render(made_up(), Opening("n=WSM&h=1", title=("萨摩亚的事", "Samoa"), about=("问题甲", "Question A"))))
    seen = fresh(path)
    assert seen.things() == {IRI[name] for name in ("萨摩亚", "蓝湖署", "绿原基金")}
    assert seen.texts("h1") == ["萨摩亚的事"]
    seen.choose()
    assert seen.texts("#panel .report")[0] == "萨摩亚的事问题甲"
    seen.load("n=RWA")
    assert seen.address() == "n=RWA"


@in_browser
def test_too_much_is_not_drawn_unasked(fresh: Open, tmp_path: Path) -> None:
    """More things than a picture can show are not drawn until a person asks for all, or narrows them."""
    path = tmp_path / "much.html"
    path.write_bytes(page.render(made_up(), Opening(most=7)))
    seen = fresh(path)
    assert seen.page.is_hidden("#graph")
    seen.choose(thing=seen.thing("萨摩亚"), hops=1)
    assert seen.page.is_visible("#graph")
    assert len(seen.drawn()[0]) == 3
    seen.choose()
    assert seen.page.is_hidden("#graph")
    seen.go(all=True)
    assert len(seen.drawn()[0]) == len({end for s in STATEMENTS for end in (s.subject, s.object)})


@in_browser
def test_paragraph_of_another_view_leads_into_the_text(seen: Seen) -> None:
    """A paragraph's number anywhere in the panel opens it in the text, and Back returns to the picture."""
    seen.choose(thing=seen.thing("红山国"))
    seen.page.click("#panel .card .paragraph")
    assert seen.texts(".here > .paragraph") == [section("3")]
    seen.page.go_back()
    assert (seen.state("view"), seen.texts("#panel .head h2")) == ("graph", ["红山国"])
