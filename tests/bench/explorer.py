"""How quick the explorer is, against stock pyvis on the same graph, in Chromium without a graphics card."""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import networkx as nx
from bench.building import SEED
from bench.table import NOTHING, Scope, Table
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright  # noqa: A004  playwright's own
from rdflib import Dataset, Graph

from kg import graph, iris, ontology
from kg.explorer.page import render
from kg.model import Document, Entity, Evidence, Extraction, Paragraph, Statement
from kg.network import to_networkx
from kg.pipeline import build

CHROMIUM = "/usr/bin/chromium"
TITLE = "The explorer, against stock pyvis"
SIZES = (1_000, 5_000)
FIGURES = ("ready ms", "pan fps", "zoom fps", "search ms", "select ms", "filter ms", "names drawn")
KINDS = ("UNEntity", "Country", "Programme", "GovernmentBody", "CivilSocietyOrganization", "Document", "Event")
PYVIS_PATIENCE = 120_000  # milliseconds
PYVIS_MOST = 1_000  # things
FRAMES = """(moved) => new Promise((resolve) => {
  const canvas = document.querySelector('canvas'), begun = performance.now(), box = canvas.getBoundingClientRect();
  const clientX = box.x + box.width / 2, clientY = box.y + box.height / 2;
  const drag = (target, type, more) => {
    if (moved !== 'pan') return;
    target.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, isPrimary: true, clientX, clientY, buttons: 1, ...more }));
  };
  drag(canvas, 'pointerdown', { button: 0 });
  let frames = 0;
  const step = (now) => {
    const t = now - begun;
    if (t > 2000) {
      drag(document, 'pointerup', { buttons: 0 });
      resolve(frames / (t / 1000));
      return;
    }
    frames += 1;
    drag(document, 'pointermove', { clientX: clientX + 150 * Math.sin(t / 200), clientY: clientY + 100 * Math.cos(t / 300) });
    const deltaY = Math.sin(t / 300) > 0 ? 40 : -40;
    if (moved === 'zoom') canvas.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX, clientY, bubbles: true, cancelable: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
LATENCY = """(act) => new Promise((resolve) => {
  const acts = {
    search: () => {
      const box = document.getElementById('search');
      box.value = box.value ? '' : 'lianhe';
      box.dispatchEvent(new Event('input'));
    },
    select: () => explorer.choose({ thing: explorer.state.thing < 0 ? 3 : -1 }),
    filter: () => {
      const { off } = explorer.state;
      explorer.go({ off: { ...off, relations: off.relations.length ? [] : [explorer.facts[0].relation.id] } });
    },
  };
  const begun = performance.now();
  acts[act]();
  requestAnimationFrame(() => { setTimeout(() => resolve(performance.now() - begun)); });
})"""


def made_up(things: int) -> Dataset:
    """A made-up report of so many things with two facts each, a few of them much joined, each fact with a sentence of its own."""
    joined = nx.barabasi_albert_graph(things, 2, seed=7)
    names = [f"第{number}号{kind}" for number in joined for kind in [("机构", "国", "方案")[number % 3]]]
    iri = [iris.entity_iri(name) for name in names]
    paragraphs, statements = [], []
    for number, (one, other) in enumerate(joined.edges, 1):
        text = f"{names[other]}与{names[one]}合作，在{number}个地点开展工作，取得了进展。"
        paragraphs.append(Paragraph(str(number), "paragraph", text, tuple(range(len(text))), (f"第{number % 9}章",)))
        evidence = Evidence(str(number), 0, len(text), text, "zh/made-up#1", "listed", "listed")
        statements.append(Statement(iri[other], ("supports", "partnerOf", "funds")[number % 3], iri[one], evidence=(evidence,)))
    entities = tuple(Entity(iri[i], name, KINDS[i % len(KINDS)]) for i, name in enumerate(names))
    document = Document("bench", Path("bench.txt"), "", "zh", "编造的报告", "A/1", paragraphs=tuple(paragraphs))
    return graph.dataset(Extraction(document, entities, (), tuple(statements)), ontology.load())


def pyvis_page(data: Dataset | Graph) -> str:
    """The same graph as pyvis shows it when it is asked for a page in one file."""
    from pyvis.network import Network  # type: ignore[import-untyped]  # noqa: PLC0415

    network = Network(directed=True, cdn_resources="in_line", height="900px")
    found = to_networkx(data)
    for iri, thing in found.nodes.items():
        network.add_node(iri, label=thing["label"])
    for source, target, fact in found.edges(data=True):
        network.add_edge(source, target, label=fact["relation"])
    return str(network.generate_html())


@contextmanager
def opened(browser: Browser, page: Path, address: str = "") -> Iterator[Page]:
    """The page in a window of its own, offline."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    window = context.new_page()
    window.goto(f"{page.as_uri()}{address}")
    yield window
    context.close()


def explorer_figures(browser: Browser, page: Path, address: str, rounds: int) -> dict[str, float]:
    """Start, frames and latencies of an explorer page."""
    ready = []
    for _ in range(rounds):
        with opened(browser, page, address) as window:
            window.wait_for_selector("html[data-ready]", timeout=60_000)
            ready.append(float(window.get_attribute("html", "data-ready") or 0))
    with opened(browser, page, address) as window:
        window.wait_for_selector("html[data-ready]", timeout=60_000)
        names = {"names drawn": window.evaluate("() => explorer.picture.labels.length")} if window.locator("canvas").is_visible() else {}
        took = {act: [window.evaluate(LATENCY, act) for _ in range(2 * rounds)] for act in ("search", "select", "filter")}
        frames = _frames(window)
    return {"ready ms": statistics.median(ready), **frames, **{f"{act} ms": statistics.median(ms) for act, ms in took.items()}, **names}


def _frames(window: Page) -> dict[str, float]:
    return {f"{moved} fps": window.evaluate(FRAMES, moved) for moved in ("pan", "zoom")} if window.locator("canvas").is_visible() else {}


def pyvis_figures(browser: Browser, page: Path) -> dict[str, float]:
    """Start and frames of a pyvis page; ready is when its picture stands still and its progress bar is gone, or when patience ends."""
    begun = time.perf_counter()
    with opened(browser, page) as window:
        still = "() => typeof network !== 'undefined' && (document.getElementById('loadingBar')?.style.display ?? 'none') === 'none'"
        with suppress(TimeoutError):
            window.wait_for_function(still, timeout=PYVIS_PATIENCE)
        ready = (time.perf_counter() - begun) * 1000
        return {"ready ms": ready, **_frames(window)}


def tables(scope: Scope) -> list[Table]:
    """A table for the seed report's graph and for made-up ones."""
    if not Path(CHROMIUM).exists():
        return [Table(TITLE, ("page",), (), f"Not measured: there is no {CHROMIUM} here.")]
    graphs: dict[str, tuple[Dataset | Graph, str]] = {"the seed report": (build(SEED).graph, "")}
    graphs |= {f"{things:,} things": (made_up(things), "#a=1") for things in SIZES if scope.most >= 100}
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (data, address) in graphs.items():
            rows += [(name, *row) for row in _pages(browser, Path(folder), data, address, scope.rounds)]
        browser.close()
    note = (
        "Ready: from navigation to the first picture with names (pyvis: until its picture stands still, or when"
        f" {PYVIS_PATIENCE / 1000:.0f} s are over). Frames a second: while a scripted hand drags, and while it zooms. Latencies: from"
        f" the call to the next frame. Medians of {scope.rounds} loads; every page is offline. – is: pyvis has no such thing, or the page"
        " begins with a summary and no picture. pyvis is measured up to 1,000 things."
    )
    return [Table(TITLE, ("graph", "page", "KiB (gzip)", *FIGURES), tuple(rows), note)]


def _pages(browser: Browser, folder: Path, data: Dataset | Graph, address: str, rounds: int) -> Iterator[tuple[str, ...]]:
    """A row for each page of a graph."""
    ours, theirs = folder / "explorer.html", folder / "pyvis.html"
    ours.write_bytes(render(data))
    theirs.write_text(pyvis_page(data), encoding="utf-8")
    found = {"explorer": (ours, explorer_figures(browser, ours, address, rounds))}
    if address:
        found["explorer, summary first"] = (ours, explorer_figures(browser, ours, "", rounds))
    if len(to_networkx(data)) <= PYVIS_MOST:
        found["stock pyvis"] = (theirs, pyvis_figures(browser, theirs))
    for who, (page, figures) in found.items():
        content = page.read_bytes()
        size = f"{len(content) / 1024:.0f} ({len(gzip.compress(content, 9)) / 1024:.0f})"
        yield who, size, *(f"{figures[key]:,.0f}" if key in figures else NOTHING for key in FIGURES)
