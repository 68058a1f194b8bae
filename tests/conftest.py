"""What several test modules need: the seed report, built once, and pages of the explorer, open in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from made_up import made_up
from playwright.sync_api import Browser, sync_playwright
from rdflib import Dataset, Graph
from seen import CHROMIUM, WIDE, Network, Seen

from kg.explorer import page
from kg.graph import union
from kg.network import Index, network_of
from kg.pipeline import Built, build

# The same examples in each run; `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")

SEED = Path(__file__).parent.parent / "seeds" / "000_99bf147bf4ea3876.txt"


@pytest.fixture(scope="session")
def seed_built() -> Built:
    """The seed report, read into facts; not to be changed."""
    return build(SEED)


@pytest.fixture(scope="session")
def seed_dataset(seed_built: Built) -> Dataset:
    """The graph of the seed report; not to be changed."""
    return seed_built.dataset


@pytest.fixture(scope="session")
def graphs(seed_built: Built) -> dict[str, Graph]:
    """The two graphs that the explorer is tested with, each as one; not to be changed."""
    return {"made-up": union(made_up()), "seed": seed_built.graph}


@pytest.fixture(scope="session")
def networks(graphs: dict[str, Graph]) -> dict[str, Network]:
    """The same as networkx has them."""
    return {name: network_of(Index(graph)) for name, graph in graphs.items()}


@pytest.fixture(scope="session")
def paths(graphs: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of their pages."""
    folder = tmp_path_factory.mktemp("pages")
    found = {name: folder / f"{name}.html" for name in graphs}
    for name, path in found.items():
        path.write_bytes(page.render(graphs[name]))
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


Open = Callable[..., Seen]


def _opened(browser: Browser, path: Path, address: str = "", **options: Any) -> Seen:  # noqa: ANN401
    size = {"width": WIDE[0], "height": WIDE[1]}
    return Seen(browser.new_context(**{"viewport": size, "offline": True, **options}).new_page(), path, address)


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Open]:
    """Open a file in a browser of its own, offline: (path, address, options of the browser's context)."""
    pages: list[Seen] = []

    def opened(path: Path, address: str = "", **options: Any) -> Seen:  # noqa: ANN401
        pages.append(_opened(browser, path, address, **options))
        return pages[-1]

    yield opened
    for seen in pages:
        seen.page.context.close()
        assert seen.complaints == []


@pytest.fixture(scope="session")
def opened(browser: Browser, paths: dict[str, Path]) -> dict[str, Seen]:
    """Both pages, each opened once: quicker than a page for each test."""
    return {name: _opened(browser, path, permissions=["clipboard-read", "clipboard-write"]) for name, path in paths.items()}


def _started(seen: Seen) -> Iterator[Seen]:
    seen.start()
    yield seen
    complaints, seen.complaints = seen.complaints, []
    assert complaints == []


@pytest.fixture
def seen(opened: dict[str, Seen]) -> Iterator[Seen]:
    """The page of the made-up graph as it is at first; a test that makes it complain fails."""
    yield from _started(opened["made-up"])


@pytest.fixture
def seed(opened: dict[str, Seen]) -> Iterator[Seen]:
    """The page of the seed report as it is at first."""
    yield from _started(opened["seed"])
