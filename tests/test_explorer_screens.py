"""Every view in both languages and both themes, on a desk and on a phone: looked at by axe-core, and kept as pictures in screenshots/."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Open
from rdflib import Graph
from seen import PHONE, WIDE, Seen, in_browser

from kg.explorer.page import VIEWS, Opening, render

SCREENS = Path(__file__).parent.parent / "screenshots"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
SIZES = {"desk": WIDE, "phone": PHONE}
CHOSEN = {"graph": "n=undp", "text": "p=32", "numbers": "p=6", "countries": "n=RWA"}  # so that the panel is looked at too


@pytest.fixture(scope="module")
def looked_at(opened: dict[str, Seen]) -> Seen:
    """The page of the seed report."""
    return opened["seed"]


def look(seen: Seen, view: str, language: str, theme: str, size: str) -> None:
    """Open a view as it is to be looked at."""
    width, height = SIZES[size]
    seen.start(f"v={view}&l={language}&t={theme}&{CHOSEN.get(view, '')}")
    seen.page.set_viewport_size({"width": width, "height": height})


@in_browser
@pytest.mark.parametrize(("language", "theme", "size"), list(product(("zh", "en"), ("light", "dark"), SIZES)))
def test_views_fit_the_window(looked_at: Seen, language: str, theme: str, size: str) -> None:
    """No view makes the page wider than the window; each is kept as a picture."""
    SCREENS.mkdir(exist_ok=True)
    for view in VIEWS:
        look(looked_at, view, language, theme, size)
        looked_at.page.screenshot(path=SCREENS / f"{size}-{view}-{language}-{theme}.png")
        assert looked_at.run("() => document.documentElement.scrollWidth") <= SIZES[size][0], view


# Contrast depends on the theme, layout on the size; each language is looked at once.
LOOKS = (("zh", "light", "desk"), ("en", "dark", "phone"))


@in_browser
@pytest.mark.parametrize("looks", LOOKS, ids="-".join)
@pytest.mark.parametrize("view", VIEWS)
def test_view_can_be_read_by_everybody(looked_at: Seen, view: str, looks: tuple[str, str, str]) -> None:
    """axe-core finds no breach of WCAG 2.1 A or AA in a view."""
    look(looked_at, view, *looks)

    found = Axe().run(looked_at.page, options=RULES).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in found] == []


@in_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_summary_can_be_read_by_everybody(fresh: Open, large: Path, theme: str) -> None:
    """Nor does it find one in the summary that stands for a picture of too much."""
    seen = fresh(large, f"t={theme}")
    SCREENS.mkdir(exist_ok=True)
    seen.page.screenshot(path=SCREENS / f"desk-summary-zh-{theme}.png")

    assert seen.page.locator("#view.summary").is_visible()
    assert Axe().run(seen.page, options=RULES).response["violations"] == []


@pytest.fixture(scope="module")
def large(graphs: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed report's page, as if 50 things were too many to draw."""
    path = tmp_path_factory.mktemp("pages") / "large.html"
    path.write_bytes(render(graphs["seed"], Opening(most=50)))
    return path
