"""Using the explorer: in two languages and two themes, by keyboard, on a phone, and with what helps people who see or move otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Open
from made_up import IRI, STATEMENTS
from seen import PHONE, Seen, in_browser, section

from kg.explorer import content

Theme = Literal["light", "dark"]
HAN = re.compile("[\u3400-\u9fff]")
# Text that is Chinese throughout, and the language that the page says it is in.
CHINESE = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: place } = walker.currentNode;
    if (place.closest('script, style, noscript, [hidden]') || !/\\p{Script=Han}/u.test(data) || /\\p{Script=Latin}/u.test(data)) continue;
    found.push([data, place.closest('[lang]').lang]);
  }
  return found;
}"""
VIEWS = ("graph", "table", "countries", "time", "text", "numbers", "ontology")

# ---------------------------------------------------------------- language and theme


@in_browser
def test_language_changes_everything(seen: Seen) -> None:
    """The button turns interface, classes, relations and names to English and back; what has no English name keeps its own."""
    chinese = {place: seen.texts(place) for place in ("nav button", "#facets .name", "#facets h2", "#tools button", "#panel", "#status")}
    assert seen.page.get_attribute("html", "lang") == "zh"
    seen.page.click("#language")
    assert seen.page.get_attribute("html", "lang") == "en"
    assert {"Country", "Fund", "supports", "done", "Rwanda"} <= set(seen.texts("#facets .name"))
    assert {"蓝湖署", "Green Plain Trust Fund"} <= set(seen.texts(".most .thing"))
    assert seen.texts("#status")[0].startswith("44 of 44 things")
    assert {"Green Plain", "Trust Fund"} <= {text.strip() for text, *_ in seen.names()}
    seen.page.click("#language")
    assert {place: seen.texts(place) for place in chinese} == chinese


@in_browser
def test_no_chinese_is_left_in_the_filters(seed: Seen) -> None:
    """In English the filters are English but for the report's own headings, and so are views, tools, help, titles and labels."""
    seed.page.click("#language")
    words = seed.texts("#facets details:not([data-group=sections])") + seed.texts("#views") + seed.texts("#help") + seed.texts("#take")
    assert [text for text in words if HAN.search(text.replace("中文", ""))] == [], "but the name of the language to change to"
    script = """() => [...document.querySelectorAll('header *, #side *, #stage *, dialog *')].flatMap((place) =>
        [place.title, place.ariaLabel, place.placeholder].filter((text) => text && /\\p{Script=Han}/u.test(text))
            .map((text) => [place.id, text])
    )"""
    report = seed.texts("h1")[0]
    headings = set(seed.run("() => explorer.paragraphs.map(({ section }) => section)"))
    assert [(place, text) for place, text in seed.run(script) if place != "language" and text not in headings | {report}] == []


@in_browser
@pytest.mark.parametrize("state", ["", "n=", "f=", "p=2", "v=text", "g="])
def test_chinese_is_marked_as_such(seed: Seen, state: str) -> None:
    """In the English page every text that is Chinese throughout says that it is Chinese, so that it is read out in its language."""
    seed.start("l=en")
    hub, place = seed.thing("联合国促进性别平等和增强妇女权能署"), seed.thing("釜山")
    changes: dict[str, dict[str, object]] = {
        "n=": {"thing": hub},
        "f=": {"fact": 0},
        "p=2": {"paragraph": 2},
        "v=text": {"view": "text", "paragraph": 3},
        "g=": {"thing": hub, "goal": place},
    }
    seed.go(**changes.get(state, {}))
    seed.run("() => { for (const group of document.querySelectorAll('#facets details')) group.open = true; }")
    found = seed.run(CHINESE)
    assert found
    assert [text for text, language in found if language != "zh"] == []


@in_browser
def test_names_say_their_language(seen: Seen) -> None:
    """A name is marked as English where it is English, in the panel and among the results, also in the Chinese page."""
    seen.go(language=1)
    for name, language in (("Green Plain Trust Fund", "en"), ("蓝湖署", "zh")):
        seen.choose()
        assert seen.page.locator(f".most .thing:has-text('{name}')").get_attribute("lang") == language
        seen.type(name)
        assert seen.run("() => document.querySelector('#results .name').closest('[lang]').lang") == language
        seen.page.keyboard.press("Enter")
        assert seen.page.get_attribute("#panel .head h2", "lang") == language


@in_browser
@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_theme_is_the_systems_until_it_is_chosen(fresh: Open, paths: dict[str, Path], scheme: Theme, other: Theme) -> None:
    """The page is as dark as the system, follows it, and is what a person chooses from then on, page and picture alike."""
    seen = fresh(paths["made-up"], color_scheme=scheme)
    script = "() => [document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor, explorer.picture.colors.page]"
    first, background, page = seen.run(script)
    pixels = seen.pixels()
    assert first == scheme
    seen.page.emulate_media(color_scheme=other)
    seen.page.wait_for_function("(theme) => document.documentElement.dataset.theme === theme", arg=other)
    assert seen.pixels() != pixels
    seen.page.emulate_media(color_scheme=scheme)
    seen.page.wait_for_function("(theme) => document.documentElement.dataset.theme === theme", arg=scheme)
    assert seen.pixels() == pixels
    seen.page.click("#theme")
    after = seen.run(script)
    assert after[0] == other
    assert background != after[1]
    assert page != after[2]
    assert seen.address() == f"t={other}"
    seen.reload()
    assert seen.run(script) == after
    seen.page.click("#theme")
    assert seen.run(script) == [first, background, page]


# ---------------------------------------------------------------- keyboard


def _slash(seen: Seen) -> None:
    seen.page.fill("#search", "蓝")
    seen.run("() => document.activeElement.blur()")
    seen.page.keyboard.press("/")
    assert seen.focused() == "search"
    seen.page.keyboard.insert_text("绿")
    assert seen.page.input_value("#search") == "绿"


def _views(seen: Seen) -> None:
    for number, view in [*enumerate(VIEWS, 1), (1, "graph")]:
        seen.page.keyboard.press(str(number))
        assert seen.state("view") == view
        assert seen.run("() => document.querySelector('#views [aria-current=page]').dataset.view") == view
    seen.page.keyboard.press("8")
    assert seen.state("view") == "graph"


def _walk(seen: Seen) -> None:
    seen.page.keyboard.press("ArrowDown")
    assert seen.texts("#panel .head h2") == ["蓝湖署"], "the most connected at first"
    turned = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
    for start in ("绿原基金", "红山国", "蓝湖署"):
        for key, (dx, dy) in turned.items():
            seen.choose(thing=seen.thing(start))
            here = seen.at(thing=seen.thing(start))
            seen.page.keyboard.press(key)
            number = seen.state("thing")
            there = seen.at(thing=number)
            name = seen.run("(number) => explorer.things[number].label", number)
            assert any({IRI[start], IRI[name]} == {s.subject, s.object} for s in STATEMENTS) or name == start
            assert name == start or (there["x"] - here["x"]) * dx + (there["y"] - here["y"]) * dy > 0


def _hops(seen: Seen) -> None:
    seen.page.keyboard.press("h")
    assert seen.state("hops") == 0, "nothing is chosen"
    seen.choose(thing=seen.thing("红山国"))
    for hops in (1, 2, 3, 0):
        seen.page.keyboard.press("h")
        assert seen.state("hops") == hops


def _way(seen: Seen) -> None:
    seen.page.keyboard.press("p")
    assert seen.focused() != "search", "nothing is chosen"
    seen.choose(thing=seen.thing("红山国"))
    seen.page.keyboard.press("p")
    seen.page.keyboard.insert_text("瑙鲁")
    seen.page.keyboard.press("Escape")
    assert seen.focused() != "search"
    seen.page.keyboard.press("p")
    seen.page.keyboard.insert_text("卢旺达")
    seen.page.keyboard.press("Enter")
    assert [seen.state("thing"), seen.state("goal")] == [seen.thing("红山国"), seen.thing("卢旺达")]


def _columns(seen: Seen) -> None:
    seen.page.keyboard.press("c")
    assert seen.state("layout") == "columns"
    assert {"联合国实体", "方案与基金", "国家与地点"} <= {text for text, *_ in seen.names()}
    seen.page.keyboard.press("c")
    assert seen.state("layout") == "map"


def _fit(seen: Seen) -> None:
    pixels = seen.pixels()
    seen.zoom(1.7)
    assert seen.pixels() != pixels
    seen.page.keyboard.press("f")
    assert seen.pixels() == pixels


def _turn(seen: Seen) -> None:
    for key, number in (("]", "summary"), ("]", "1"), ("]", "2"), ("[", "1"), ("[", "summary"), ("[", "summary")):
        seen.page.keyboard.press(key)
        assert (seen.state("view"), seen.texts("#panel .head h2")) == ("text", [section(number)])


def _unfilter(seen: Seen) -> None:
    seen.page.click("[data-group=relations] label[data-id=supports]")
    seen.page.keyboard.press("x")
    assert len(seen.facts()) == len(STATEMENTS)
    assert seen.page.is_hidden("#unfilter")


def _take(seen: Seen) -> None:
    seen.page.keyboard.press("e")
    assert seen.page.locator("#take[open] ul button").count() >= 1
    assert seen.run("() => document.activeElement === document.querySelector('#take ul button')")
    seen.page.keyboard.press("e")
    assert seen.page.locator("#take[open]").count() == 0
    assert seen.run("() => document.activeElement.tagName") == "SUMMARY"


def _language(seen: Seen) -> None:
    for language in ("en", "zh"):
        seen.page.keyboard.press("l")
        assert seen.page.get_attribute("html", "lang") == language


def _theme(seen: Seen) -> None:
    for theme in ("dark", "light"):
        seen.page.keyboard.press("d")
        assert seen.page.get_attribute("html", "data-theme") == theme


def _escape(seen: Seen) -> None:
    """The last narrowing first: the menu, the search, the way, the surroundings, what is chosen."""
    seen.go(thing=seen.thing("红山国"), hops=2, goal=seen.thing("卢旺达"))
    seen.page.keyboard.press("e")
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#take[open]").count() == 0
    seen.type("红")
    seen.page.keyboard.press("Escape")
    assert (seen.page.input_value("#search"), seen.state("goal")) == ("", seen.thing("卢旺达"))
    for left in ([-1, 2, True], [-1, 0, True], [-1, 0, False]):
        seen.page.keyboard.press("Escape")
        assert [seen.state("goal"), seen.state("hops"), seen.state("thing") >= 0] == left


KEYS: dict[str, Callable[[Seen], None]] = {
    "/": _slash,
    "1 – 7": _views,
    "← ↑ ↓ →": _walk,
    "H": _hops,
    "P": _way,
    "C": _columns,
    "F": _fit,
    "[ ]": _turn,
    "X": _unfilter,
    "E": _take,
    "L": _language,
    "D": _theme,
    "Esc": _escape,
}


@in_browser
@pytest.mark.parametrize("key", KEYS)
def test_every_key_does_what_the_help_says(seen: Seen, key: str) -> None:
    """Each key of the help does what stands beside it."""
    KEYS[key](seen)


@in_browser
def test_help_tells_every_key(seen: Seen) -> None:
    """The question mark opens the help, which names every key with a word for it; Esc and its button close it and nothing else."""
    assert [key for key, _ in content.interface()["keys"]] == list(KEYS)
    seen.choose(thing=3)
    for language in (0, 1):
        seen.go(language=language)
        seen.page.keyboard.press("?")
        assert seen.page.is_visible("#help")
        assert seen.texts("#help kbd") == list(KEYS)
        assert all(seen.texts("#help dd"))
        seen.page.keyboard.press("x")
        seen.page.keyboard.press("Escape")
        assert seen.page.is_hidden("#help")
        assert seen.state("thing") == 3
    seen.page.click("#keys")
    seen.page.click("#help button")
    assert seen.page.is_hidden("#help")
    assert seen.focused() == "keys"


@in_browser
def test_keys_hold_with_capitals_and_not_while_typing(seen: Seen) -> None:
    """A key does its work with Caps Lock on too, but not with Ctrl, and is a letter in the search box."""
    seen.page.keyboard.press("Shift+L")
    assert seen.state("language") == 1
    seen.page.keyboard.press("Control+l")
    seen.type("")
    seen.page.keyboard.type("ld1")
    assert (seen.state("language"), seen.state("view"), seen.page.input_value("#search")) == (1, "graph", "ld1")


@in_browser
def test_everything_can_be_reached_by_keyboard(seen: Seen) -> None:
    """Tab goes through the whole page in the order in which it is seen, and what it stops at can be seen and has a name."""
    seen.load()
    stops = []
    for _ in range(90):
        seen.page.keyboard.press("Tab")
        stop = seen.run("""() => {
            const at = document.activeElement, { width, height } = at.getBoundingClientRect();
            const name = at.ariaLabel || at.textContent || at.labels?.[0]?.textContent || at.placeholder;
            return [at.closest('header, #side, #stage, #panel')?.id, width > 0 && height > 0, Boolean(name)];
        }""")
        if stop[0] is None:
            break
        stops.append(stop)
    places = [place for place, *_ in stops]
    assert list(dict.fromkeys(places)) == ["top", "side", "stage", "panel"]
    assert [stop for stop in stops if not (stop[1] and stop[2])] == []


@in_browser
@pytest.mark.parametrize("path", ["#panel .thing:has-text('绿原基金') >> nth=0", "#panel .relation >> nth=0", "#panel .paragraph >> nth=0"])
def test_evidence_is_followed_by_keyboard(seen: Seen, path: str) -> None:
    """What is pressed in the panel leads on, and the keyboard stays in the panel that is then written."""
    seen.choose(thing=seen.thing("红山国"))
    seen.page.keyboard.press("Tab")
    seen.page.focus(path)
    before = seen.page.url
    seen.page.keyboard.press("Enter")
    assert seen.page.url != before
    assert seen.focused() == "panel"


# ---------------------------------------------------------------- on a phone

ON_PHONE = {
    "start": "",
    "thing": "n=WSM",
    "columns": "m=columns",
    "text": "v=text",
    "paragraph": "v=text&p=3&q=2",
}


@in_browser
@pytest.mark.parametrize("language", ["", "l=en&"], ids=["zh", "en"])
@pytest.mark.parametrize("state", ON_PHONE.values(), ids=ON_PHONE)
def test_page_fits_a_phone(seen: Seen, state: str, language: str) -> None:
    """On a phone nothing is wider than the screen, so that the page never has to be moved sideways."""
    seen.start(language + state)
    seen.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert seen.run("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, scrollX)") <= PHONE[0]
    wide = """(width) => [...document.querySelectorAll('body *')].filter((place) => {
        const { left, right, height } = place.getBoundingClientRect();
        const scrolls = place.parentElement.closest('#views, #panel, #view, #side, .card');
        return height && !scrolls && !place.closest('.away, canvas') && (right > width + 1 || left < -1);
    }).map((place) => place.outerHTML.slice(0, 80))"""
    assert seen.run(wide, PHONE[0]) == []
    for place in ("#panel", "#view", "#side"):
        assert (
            seen.run(
                "(place) => { const { scrollWidth, clientWidth } = document.querySelector(place); return scrollWidth - clientWidth; }",
                place,
            )
            <= 1
        )


@in_browser
def test_filters_are_a_drawer_on_a_phone(fresh: Open, paths: dict[str, Path]) -> None:
    """On a phone the filters open and close at a button, and a thing that is touched shows its evidence below the picture."""
    seen = fresh(paths["made-up"], viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True)
    assert seen.page.is_hidden("#side")
    assert seen.page.is_hidden("#panel")
    seen.page.tap("#filters")
    assert seen.page.is_visible("#side")
    seen.page.tap("[data-group=kinds] label[data-id=Fund]")
    seen.page.tap("#filters")
    assert seen.page.is_hidden("#side")
    assert 0 < len(seen.facts()) < len(STATEMENTS)
    place, box = seen.at(thing=seen.thing("蓝湖署")), seen.page.locator("#graph").bounding_box()
    assert box
    seen.page.touchscreen.tap(box["x"] + place["x"], box["y"] + place["y"])
    seen.page.wait_for_selector("#panel .head")
    assert seen.page.is_visible("#panel blockquote >> nth=0")


# ---------------------------------------------------------------- WCAG

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def _drawer(seen: Seen) -> None:
    seen.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    seen.page.click("#filters")
    seen.page.wait_for_selector("#side")


SHOWN: dict[str, Callable[[Seen], None]] = {
    "start": lambda _: None,
    "thing": lambda seen: seen.choose(thing=seen.thing("绿原基金"), hops=2),
    "fact": lambda seen: seen.choose(fact=seen.fact("蓝湖署", "operatesIn", "卢旺达")),
    "way": lambda seen: seen.go(thing=seen.thing("卢旺达"), goal=seen.thing("绿原基金")),
    "filtered": lambda seen: seen.go(only=[seen.thing("萨摩亚")], years=[2014, 2014], sure=20),
    "text": lambda seen: seen.choose(view="text", paragraph=5, passage=-1),
    "help": lambda seen: seen.page.keyboard.press("?"),
    "results": lambda seen: seen.type("共和国"),
    "drawer": _drawer,
}


@in_browser
@pytest.mark.parametrize("look", ["t=light", "t=dark&l=en"])
@pytest.mark.parametrize("shown", SHOWN)
def test_axe_finds_nothing(seen: Seen, shown: str, look: str) -> None:
    """The automatic rules of WCAG 2.1 A and AA find nothing, light and dark, in both languages."""
    seen.start(look)
    seen.run("() => { for (const group of document.querySelectorAll('#facets details')) group.open = true; }")
    SHOWN[shown](seen)
    found = Axe().run(seen.page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
