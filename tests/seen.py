"""A page of the explorer that is open in chromium: what it holds, what it shows, and what it tried to do."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import networkx as nx
import pytest
from playwright.sync_api import Page

from kg.ontology import BASE

Test = TypeVar("Test", bound=Callable[..., None])
Box = Sequence[float]  # left, top, right, bottom
Network: TypeAlias = "nx.MultiDiGraph[str]"
CHROMIUM = Path("/usr/bin/chromium")
WIDE, PHONE = (1440, 900), (390, 844)
_START = """(address) => {
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  for (const menu of document.querySelectorAll('.menu[open]')) menu.open = false;
  document.activeElement?.blur();
  document.body.classList.remove('filtering');
  document.getElementById('search').value = '';
  explorer.restore(address);
  const closed = ['countries', 'topics', 'sections'];
  for (const group of document.querySelectorAll('#facets details')) group.open = !closed.includes(group.dataset.group);
}"""
# What the picture writes while it draws itself once, measured as the canvas does it: [text, size in pixels, box].
_NAMES = """() => {
  const drawn = [], canvas = CanvasRenderingContext2D.prototype, fill = canvas.fillText;
  canvas.fillText = function (text, x, y, ...rest) {
    const measured = this.measureText(text), scale = this.getTransform().a, at = this.getTransform().transformPoint({ x, y });
    drawn.push([text, Number(/([\\d.]+)px/.exec(this.font)[1]) * scale, [
      at.x - measured.actualBoundingBoxLeft * scale, at.y - measured.actualBoundingBoxAscent * scale,
      at.x + measured.actualBoundingBoxRight * scale, at.y + measured.actualBoundingBoxDescent * scale,
    ]]);
    return fill.call(this, text, x, y, ...rest);
  };
  explorer.picture.network.redraw();
  canvas.fillText = fill;
  return drawn;
}"""
_SYMBOLS = """() => [...explorer.visible.things].map((thing) => {
  const { network } = explorer.picture, { x, y } = explorer.picture.at({ thing });
  const r = network.body.nodes[thing.id].options.size * network.getScale();
  return [x - r, y - r, x + r, y + r];
})"""
# For each group of filters, how many each choice would give.
_COUNTS = """() => {
  const read = (group) => [
    ...[...group.querySelectorAll('label')].map((label) => [label.dataset.id, Number(label.querySelector('.count').textContent)]),
    ...[...group.querySelectorAll('.bar')].map((bar) => [bar.dataset.key.replace('years-', ''), Number(bar.dataset.count)]),
  ];
  const groups = [...document.querySelectorAll('#facets [data-group]')];
  return Object.fromEntries(groups.map((group) => [group.dataset.group, Object.fromEntries(read(group))]));
}"""


def in_browser(test: Test) -> Test:
    """Mark a test that needs a browser; it is left out only where there is none, and never in CI."""
    missing = pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no {CHROMIUM}")
    marked: Test = pytest.mark.browser(missing(test))
    return marked


def overlapping(boxes: Sequence[Box]) -> list[tuple[Box, Box]]:
    """The pairs that cover each other."""
    return [(a, b) for a, b in itertools.combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]


def section(number: str) -> str:
    """What the explorer calls a paragraph in Chinese."""
    named, digits = re.findall(r"^(\D*)(.*)$", number)[0]
    return {"": f"第{digits}段", "fn": f"脚注{digits}"}.get(named, f"摘要{digits}")


class Seen:
    """A page that is open, and what it tried to do."""

    def __init__(self, page: Page, path: Path, address: str = "") -> None:
        """Open the file and wait until it is drawn."""
        self.page = page
        self.path = path
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.load(address)

    def load(self, address: str = "") -> None:
        """Load the page anew, at an address."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.path.as_uri()}#{address}")
        self._ready()

    def reload(self) -> None:
        """Load the page anew where it is."""
        self.page.reload()
        self._ready()

    def _ready(self) -> None:
        """Wait until it is drawn, and give every fact its IRI."""
        self.page.wait_for_selector("html[data-ready]")
        self.run("() => explorer.identify(explorer.facts)")

    def start(self, address: str = "") -> None:
        """As the page is at first, or at an address, without loading it."""
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        self.page.mouse.move(0, 0)
        self.run(_START, address)

    def run(self, script: str, argument: object = None) -> Any:  # noqa: ANN401
        """What a JavaScript function of the argument gives."""
        return self.page.evaluate(script, argument)

    # ------------------------------------------------------------ what is looked at

    def go(self, **change: object) -> None:
        """Change what is looked at."""
        self.run("(change) => explorer.go(change)", change)

    def choose(self, **what: object) -> None:
        """Choose a thing, a fact or a paragraph."""
        self.run("(what) => explorer.choose(what)", what)

    def address(self) -> str:
        """What is looked at, as the page writes it."""
        return str(self.run("() => explorer.written()"))

    def state(self, name: str) -> Any:  # noqa: ANN401
        """A part of what is looked at."""
        return self.run("(name) => explorer.state[name]", name)

    def thing(self, name: str) -> int:
        """The number of the thing with that label."""
        return int(self.run("(name) => explorer.things.findIndex(({ label }) => label === name)", name))

    def fact(self, subject: str, relation: str, obj: str) -> int:
        """The number of the first such fact, things by their labels."""
        script = """([subject, name, object]) => explorer.facts.find(({ from, relation, to }) =>
            from.label === subject && relation.name === name && to.label === object).id"""
        return int(self.run(script, [subject, relation, obj]))

    def facts(self) -> set[str]:
        """The IRIs of the facts that are seen."""
        return {BASE + iri for iri in self.run("() => explorer.visible.facts.map(({ iri }) => iri)")}

    def things(self) -> set[str]:
        """The IRIs of the things that are seen."""
        return {BASE + iri for iri in self.run("() => [...explorer.visible.things].map(({ iri }) => iri)")}

    def drawn(self) -> tuple[set[str], set[str]]:
        """The IRIs of the things and of the facts in the picture."""
        found = self.run("""() => [['nodes', 'things'], ['edges', 'facts']].map(([drawn, of]) => {
            const all = explorer.picture.network.body[drawn];
            return Object.values(all).filter(({ options }) => !options.hidden).map(({ id }) => explorer[of][id].iri);
        })""")
        things, facts = ({BASE + iri for iri in part} for part in found)
        return things, facts

    # ------------------------------------------------------------ what is shown

    def texts(self, selector: str) -> list[str]:
        """The text of each element a selector finds."""
        return self.page.locator(selector).all_text_contents()

    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers beside the choices of the filters, without those that are 0."""
        found: dict[str, dict[str, int]] = self.run(_COUNTS)
        return {group: {name: count for name, count in counts.items() if count} for group, counts in found.items()}

    def focused(self, attribute: str = "id") -> str:
        """An attribute of the element that the keyboard is at."""
        return self.run("(name) => document.activeElement.getAttribute(name)", attribute) or ""

    def type(self, words: str) -> None:
        """Search for these words."""
        self.page.keyboard.press("/")
        self.page.keyboard.insert_text(words)

    # ------------------------------------------------------------ the picture

    def names(self) -> list[tuple[str, float, Box]]:
        """Every row of text in the picture: the text, its size in pixels and its box."""
        return [(text, size, box) for text, size, box in self.run(_NAMES)]

    def symbols(self) -> list[Box]:
        """The box of every symbol in the picture."""
        return list(self.run(_SYMBOLS))

    def zoom(self, scale: float) -> None:
        """Draw the picture at that scale."""
        self.run("(scale) => explorer.picture.network.moveTo({ scale, animation: false })", scale)

    def pixels(self) -> str:
        """The picture's pixels."""
        return str(self.run("() => { explorer.picture.network.redraw(); return document.querySelector('#graph canvas').toDataURL(); }"))

    def at(self, **what: int) -> dict[str, float]:
        """Where the symbol of a thing, or the middle of a fact's line, is in the picture."""
        ((kind, number),) = what.items()
        found: dict[str, float] = self.run(
            "([kind, number]) => explorer.picture.at({ [kind]: explorer[`${kind}s`][number] })", [kind, number]
        )
        return found

    def click(self, **what: int) -> None:
        """Click it."""
        place, box = self.at(**what), self.page.locator("#graph").bounding_box()
        assert box
        self.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
