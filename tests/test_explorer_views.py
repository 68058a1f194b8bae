"""The explorer's views: each shows and counts what the graph says, told by SPARQL; what is pressed in them leads on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Open
from made_up import COUNTRIES, FIRST, IMAGE, IRI, MANAGES, OBSERVATIONS, QUOTES, SCRIPT, SECOND, SINCE, STATEMENTS, TEXTS
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from seen import Network, Seen, in_browser, section

from kg.explorer import content, page
from kg.explorer.page import Opening
from kg.graph import K
from kg.network import Index
from kg.ontology import BASE, KG, SCHEMA, local
from kg.resources import folder

GRAPHS = pytest.mark.parametrize("name", ["made-up", "seed"])
LANGUAGES = pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
INTERFACE = content.interface()
PREFIXES = f"PREFIX kg: <{KG}> PREFIX schema: <{SCHEMA}> PREFIX oa: <http://www.w3.org/ns/oa#>\n"
# Where a fact or a number is said, and when.
DATED = "OPTIONAL { ?one kg:start ?start } OPTIONAL { ?one kg:end ?end }"
# Scrolls through all of the table; gives its rows by their number, and how many were in the page at most.
ROWS = """async () => {
  const place = document.getElementById('view'), found = new Map();
  let most = 0;
  for (place.scrollTop = 0; ; place.scrollTop += place.clientHeight + 300) {
    await new Promise(requestAnimationFrame);
    const rows = [...place.querySelectorAll('tbody tr')];
    most = Math.max(most, rows.length);
    for (const row of rows) {
      const cells = Object.fromEntries([...row.children].map((cell) => [cell.dataset.of, cell.textContent]));
      const paragraphs = [...row.querySelectorAll('.paragraph')].map((one) => one.textContent);
      found.set(Number(row.ariaRowIndex), { ...cells, paragraphs });
    }
    if (place.scrollTop + place.clientHeight >= place.scrollHeight - 1) return [[...found], most];
  }
}"""
# The places of texts in the order of Chinese names.
RANKS = """(texts) => {
  const { compare } = new Intl.Collator('zh', { numeric: true });
  return Object.fromEntries([...new Set(texts)].sort(compare).map((text, i) => [text, i]));
}"""
TILES = """() => [...document.querySelectorAll('.countries .tile')].map((tile) => {
  const heading = (place, tag) => tile.closest(place)?.querySelector(`:scope > header ${tag}`)?.textContent ?? '';
  const { iri } = explorer.things[tile.dataset.thing], number = tile.querySelector('.number').textContent;
  return [iri, heading('section', 'h2'), heading('.subregion', 'h3'), number, tile.title];
})"""
YEARS = """() => [...document.querySelectorAll('.chart button.year')].map((year) =>
  [Number(year.dataset.key.replace('year-', '')), year.ariaLabel])"""
BARS = """() => [...document.querySelectorAll('.lanes [data-key^=fact-]')].map((row) => {
  const { left, width } = row.querySelector('.part').style;
  return [explorer.facts[row.dataset.key.replace('fact-', '')].iri, parseFloat(left), parseFloat(width), row.title];
})"""
FIGURES = """() => [...document.querySelectorAll('.numbers tbody tr')].map((row) => {
  const text = (selector) => row.querySelector(selector)?.textContent ?? '';
  const title = (selector) => row.querySelector(selector)?.title ?? '';
  return {
    about: title('.about button'), place: title('.place button'), words: title('.value .value'), comparator: title('.sign'),
    counted: text('.counted'), value: text('.value .value'), unit: text('.unit'), period: text('.period'), paragraph: text('td.paragraph'),
    plot: row.querySelector('.plot svg')?.ariaLabel ?? text('.plot'), change: row.querySelector('.plot.change') !== null,
  };
})"""
KINDS = """() => [...document.querySelectorAll('[aria-labelledby=ontology_classes] tbody tr')].map((row) =>
  ['code', 'strong', 'td:last-child'].map((selector) => row.querySelector(selector).textContent))"""
RELATIONS = """() => [...document.querySelectorAll('[aria-labelledby=ontology_relations] tbody tr')].map((row) => [
  ...['code', 'strong', 'td:last-child'].map((selector) => row.querySelector(selector).textContent),
  ...[...row.querySelectorAll('.chips')].map((side) => [...side.children].map((one) => one.textContent)),
])"""
# The cells of the summary: [row, column, number].
CELLS = """() => {
  const table = document.querySelector('.matrix table'), rows = [...table.querySelectorAll('tbody tr')];
  const columns = [...table.querySelectorAll('thead th')].map((head) => head.title || head.textContent);
  const cells = (row) => [...row.querySelectorAll('td')].map((cell, i) => [columns[i], Number(cell.textContent) || 0]);
  return rows.flatMap((row) => cells(row).map((cell) => [row.querySelector('th').textContent.trim(), ...cell]));
}"""

Row = dict[str, Any]


@cache
def asked(graph: Graph, query: str) -> tuple[tuple[str, ...], ...]:
    """What SPARQL answers, as texts; "" where it says nothing."""
    rows: Any = graph.query(PREFIXES + query)
    return tuple(tuple("" if value is None else str(value) for value in row) for row in rows)


def full(iris: Iterable[str]) -> set[str]:
    """IRIs as the graph has them."""
    return {BASE + iri for iri in iris}


@pytest.fixture(scope="module")
def indexes(graphs: dict[str, Graph]) -> dict[str, Index]:
    """What each graph says, by subject."""
    return {name: Index(graph) for name, graph in graphs.items()}


@pytest.fixture(scope="module")
def turtle() -> Graph:
    """The ontology as its file says it."""
    return Graph().parse(folder("ontology") / "kg.ttl")


def named(index: Index, iri: str, language: int = 0) -> str:
    """What a thing, a class or a relation is called in a language; "" for none."""
    return content.both(index, URIRef(iri))[language] if iri else ""


def put_in_order(rows: Iterable[tuple[Any, int]], *, down: bool) -> list[tuple[Any, int]]:
    """Keys with their places in the report: by key, "" last whichever way; those that are alike as they come."""
    come = sorted(rows, key=lambda row: row[1])
    told = sorted((row for row in come if row[0] != ""), key=lambda row: row[0], reverse=down)
    return [*told, *(row for row in come if row[0] == "")]


def day(when: str) -> str:
    """The first day that a time in words names, or the last when it only says until when."""
    found = re.search(r"\d{4}(-\d\d)?(-\d\d)?", when)
    return f"{found[0]}{('-12-31' if when.startswith('至') else '-01-01')[len(found[0]) - 4 :]}" if found else ""


def places(seen: Seen) -> dict[str, int]:
    """Where each paragraph stands in the reports, by its name."""
    return {section(number): place for place, number in enumerate(seen.run("() => explorer.paragraphs.map(({ number }) => number)"))}


# ---------------------------------------------------------------- the table


def rows(seen: Seen) -> list[Row]:
    """Every row of the table from the first to the last, of which the page holds only some at a time."""
    found, most = seen.run(ROWS)
    assert [number for number, _ in found] == list(range(2, len(found) + 2))
    assert seen.page.get_attribute("#view table", "aria-rowcount") == str(len(found) + 1)
    assert most <= 45
    return [row for _, row in found]


def told(index: Index, network: Network, facts: set[str]) -> Counter[tuple[str, ...]]:
    """The rows that these facts have, as texts: names, relation, status, confidence and the first two paragraphs."""
    symmetric, found = set(index.of(OWL.SymmetricProperty)), []
    for source, target, iri, fact in network.edges(keys=True, data=True):
        relation = K[fact["relation"]]
        ends = [index.label(URIRef(end)) for end in (source, target)]
        sure = fact["confidence"].quantize(Decimal("0.01"), ROUND_HALF_UP)
        said = list(dict.fromkeys(section(one["paragraph"]) for one in fact["evidence"]))
        more = f"+{len(said) - 2}" if len(said) > 2 else ""
        words = (
            index.label(relation) + " ↔" * (relation in symmetric),
            ends[1],
            index.label(K[fact["status"]]),
            str(sure),
            "".join(said[:2]) + more,
        )
        found += [(ends[0], *words)] * (iri in facts)
    return Counter(found)


@in_browser
@GRAPHS
def test_table_has_every_fact(
    opened: dict[str, Seen], indexes: dict[str, Index], networks: dict[str, Network], graphs: dict[str, Graph], name: str
) -> None:
    """Every fact of the graph is a row, hostile names as they are, though only the rows on the screen are in the page."""
    seen = opened[name]
    seen.start("v=table")
    found = rows(seen)
    columns = ("subject", "relation", "object", "status", "confidence", "paragraph")
    expected = told(indexes[name], networks[name], {fact for (fact,) in asked(graphs[name], "SELECT ?fact { ?fact a kg:Statement }")})
    assert Counter(tuple(row[column] for column in columns) for row in found) == expected
    dates = asked(graphs[name], f"SELECT ?one ?start ?end {{ ?one a kg:Statement {DATED} }}")
    assert Counter(day(row["when"])[:4] for row in found) == Counter((start or end)[:4] for _, start, end in dates)


@in_browser
def test_filters_narrow_the_table(seed: Seen, graphs: dict[str, Graph], networks: dict[str, Network], indexes: dict[str, Index]) -> None:
    """A filter leaves the rows that SPARQL finds, and none with a word instead where nothing is left."""
    seed.start("v=table")
    seed.page.click("[data-group=relations] .tools button >> nth=1")
    assert seed.texts("#view") == ["没有符合筛选的关系"]
    seed.page.click("[data-group=relations] label[data-id=funds]")
    facts = {fact for (fact,) in asked(graphs["seed"], "SELECT ?fact { ?fact rdf:predicate kg:funds }")}
    found = rows(seed)
    assert 0 < len(found) == len(facts) < 100
    assert {row["relation"] for row in found} == {"供资"}
    assert Counter(row["object"] for row in found) == Counter(
        key[2] for key, count in told(indexes["seed"], networks["seed"], facts).items() for _ in range(count)
    )


COLUMNS: dict[str, Callable[[Row], str]] = {
    "subject": lambda row: row["subject"],
    "relation": lambda row: row["relation"].removesuffix(" ↔"),
    "object": lambda row: row["object"],
    "status": lambda row: row["status"],
    "when": lambda row: day(row["when"]),
    "paragraph": lambda row: row["paragraphs"][0],
    "confidence": lambda row: row["confidence"],
}


@in_browser
@pytest.mark.parametrize("column", COLUMNS)
def test_table_is_sorted_both_ways(seed: Seen, column: str) -> None:
    """A column's heading sorts by it, pressed again the other way, empty cells last; the address keeps the order."""
    seed.start(f"v=table&o={'subject' if column != 'subject' else 'object'}")
    at, heading, found = places(seed), f"#view th[data-of={column}]", list[Row]()
    for down in (False, True):
        seed.page.click(f"{heading} button")
        found = rows(seed)
        assert seed.page.get_attribute(heading, "aria-sort") == ("descending" if down else "ascending")
        assert seed.page.locator("#view [aria-sort=none]").count() == len(COLUMNS) - 1
        assert seed.address() == f"v=table&o={'-' * down}{column}"
        keys: list[Any] = [COLUMNS[column](row) for row in found]
        if column in {"subject", "relation", "object", "status"}:
            ranks = seed.run(RANKS, keys)
            keys = [ranks[key] for key in keys]
        elif column == "paragraph":
            keys = [at[key] for key in keys]
        in_order = list(zip(keys, (at[row["paragraphs"][0]] for row in found), strict=True))
        assert in_order == put_in_order(in_order, down=down)
    address = seed.address()
    seed.start()
    seed.start(address)
    again = seed.texts("#view tbody [data-of=object]")
    assert again == [row["object"] for row in found][: len(again)]


@in_browser
def test_names_are_sorted_as_chinese_is(seen: Seen) -> None:
    """Chinese names are sorted by pinyin, and numbers in them by size."""
    seen.go(view="table", sort="object")
    assert list(dict.fromkeys(row["object"] for row in rows(seen))) == [
        QUOTES,
        "大红山国",
        *COUNTRIES,
        "红山国",
        "卢旺达",
        "绿原基金",
        "萨摩亚",
    ]
    seen.page.click("#view th[data-of=object] button")
    assert seen.focused("data-stop") == "object"


@in_browser
def test_row_leads_to_what_is_pressed(seen: Seen) -> None:
    """A row chooses its fact, a name its thing, the relation the fact; a paragraph opens in the text with the passage set off."""
    seen.start("v=table")
    row = "#view tbody tr:has-text('管理')"
    manages = seen.fact("蓝湖署", "manages", "绿原基金")
    for cell in ("status", "confidence", "relation"):
        seen.choose()
        seen.page.click(f"{row} >> [data-of={cell}]")
        assert (seen.state("fact"), seen.state("view")) == (manages, "table")
        assert seen.page.get_attribute(row, "aria-selected") == "true"
        assert seen.page.locator("#view [aria-selected=true]").count() == 1
        assert seen.texts("#panel blockquote") == [MANAGES]
    seen.page.click(f"{row} >> [data-of=object] button")
    assert seen.texts("#panel .head h2") == ["绿原基金"]
    seen.page.click(f"{row} >> .paragraph")
    assert (seen.state("view"), seen.texts(".quoted")) == ("text", [MANAGES])
    hostile = seen.fact(IMAGE, "operatesIn", "红山国")
    assert seen.page.locator(f"#view [data-row] >> text='{IMAGE}'").count() == 0
    seen.choose(view="table", fact=hostile)
    seen.page.click(f"#view tbody [data-of=subject] button >> text='{IMAGE}' >> nth=0")
    assert seen.texts("#panel .head h2") == [IMAGE]


@in_browser
def test_table_is_walked_by_keyboard(seen: Seen) -> None:
    """Tab comes to one row; arrows, Page, Home and End walk to every other, sideways into a row; Enter chooses and stays there."""
    seen.start("v=table")
    last = len(STATEMENTS) + 1
    seen.page.focus("#view tbody tr[tabindex='0']")
    assert seen.page.locator("#view [data-of] [tabindex='0'], #view tbody [tabindex='0']").count() == 1
    screen = seen.run("() => Math.floor(document.getElementById('view').clientHeight / 42) - 2")
    walk = (("Home", 2), ("ArrowDown", 3), ("PageDown", 3 + screen), ("PageUp", 3), ("ArrowUp", 2), ("End", last), ("Home", 2))
    for key, here in walk:
        seen.page.keyboard.press(key)
        assert seen.focused("aria-rowindex") == str(here), key
        assert seen.run("""() => {
            const [row, view] = [document.activeElement, document.getElementById('view')].map((one) => one.getBoundingClientRect());
            return row.top >= view.top && row.bottom <= view.bottom;
        }""")
    seen.page.keyboard.press("ArrowUp")
    assert seen.focused("aria-rowindex") == "2"
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    assert seen.state("fact") >= 0
    assert [seen.focused("aria-rowindex"), seen.focused("aria-selected")] == ["3", "true"]
    for key, name in (("ArrowRight", "subject"), ("ArrowRight", "relation"), ("ArrowRight", "object"), ("ArrowLeft", "relation")):
        seen.page.keyboard.press(key)
        assert seen.run("() => document.activeElement.closest('td').dataset.of") == name
    seen.page.keyboard.press("ArrowDown")
    assert seen.run(
        "() => { const at = document.activeElement; return [at.closest('tr').ariaRowIndex, at.closest('td').dataset.of]; }"
    ) == [
        "4",
        "relation",
    ]
    seen.page.keyboard.press("Enter")
    assert seen.page.locator("#view tr[aria-selected=true]").get_attribute("aria-rowindex") == "4"


# ---------------------------------------------------------------- countries


def regions(graph: Graph, country: str) -> list[str]:
    """The regions that a country lies in, from the nearest to the widest."""
    found, at = [], graph.value(URIRef(country), URIRef(f"{SCHEMA}containedInPlace"))
    while at:
        found += [str(at)] * ((at, RDF.type, K.Region) in graph)
        at = graph.value(at, URIRef(f"{SCHEMA}containedInPlace"))
    return found


def speaking(graph: Graph, kind: str) -> dict[str, set[str]]:
    """The facts that speak of each thing of a class, as subject, object or place."""
    query = (
        f"SELECT ?place ?fact {{ ?place a kg:{kind} OPTIONAL {{ ?fact rdf:subject|rdf:object|kg:place ?place . ?fact a kg:Statement }} }}"
    )
    found: dict[str, set[str]] = {}
    for place, fact in asked(graph, query):
        found.setdefault(place, set()).update({fact} - {""})
    return found


def counted(graph: Graph, kind: str) -> dict[str, int]:
    """How many they are."""
    return {place: len(facts) for place, facts in speaking(graph, kind).items()}


@in_browser
@GRAPHS
@LANGUAGES
def test_every_country_is_a_tile(
    opened: dict[str, Seen], graphs: dict[str, Graph], indexes: dict[str, Index], name: str, language: int
) -> None:
    """Every country of the graph is one tile in its regions, with as many facts as SPARQL counts; one without any is there and says so."""
    seen, graph, index = opened[name], graphs[name], indexes[name]
    seen.start("v=countries" + "&l=en" * language)
    tiles = seen.run(TILES)
    assert len({iri for iri, *_ in tiles}) == len(tiles)
    counts, nowhere = counted(graph, "Country"), INTERFACE["texts"]["tiles_rest"][language]
    assert {BASE + iri: int(number.replace("–", "0")) for iri, _, _, number, _ in tiles} == counts
    for iri, continent, region, number, title in tiles:
        around = [named(index, one, language) for one in regions(graph, BASE + iri)] or [nowhere]
        assert (continent, region or around[-1]) == (around[-1], around[0])
        assert (number == "–") == ("no relation of it was read" in title or "没有读出它的关系" in title)
        assert title.startswith(named(index, BASE + iri, language))
        assert sum(map(int, re.findall(r" (\d+)(?= · |$)", title))) == counts[BASE + iri]
    said = seen.texts(".countries > .line")[0]
    assert [int(number) for number in re.findall(r"\d+", said)] == [len(counts), sum(count > 0 for count in counts.values())]
    if name == "made-up":
        assert [number for iri, _, _, number, _ in tiles if BASE + iri == IRI["瑙鲁"]] == ["–"]


@in_browser
def test_other_places_are_there_when_facts_speak_of_them(seed: Seen, graphs: dict[str, Graph]) -> None:
    """Below the tiles stand the regions and localities that facts speak of, with their counts."""
    seed.start("v=countries")
    script = """() => [...document.querySelectorAll('.countries .spot')].map((spot) =>
        [explorer.things[spot.dataset.thing].iri, Number(spot.querySelector('.number').textContent)])"""
    found = {BASE + iri: count for iri, count in seed.run(script)}
    expected = counted(graphs["seed"], "Region") | counted(graphs["seed"], "Locality")
    assert found == {place: count for place, count in expected.items() if count}
    assert found


@in_browser
def test_only_a_region(seed: Seen, graphs: dict[str, Graph], indexes: dict[str, Index]) -> None:
    """A region tells its countries and the facts that speak of them; its button leaves only those, pressed again all."""
    seed.start("v=countries")
    everything, countries = seed.facts(), speaking(graphs["seed"], "Country")
    for i, heading in enumerate(seed.texts(".countries section > header h2")[:-1]):
        inside = {
            country for country in countries if heading in [named(indexes["seed"], one) for one in regions(graphs["seed"], country)[-1:]]
        }
        facts = set().union(*(countries[country] for country in inside))
        header = f".countries section >> nth={i} >> :scope > header"
        assert seed.texts(f"{header} >> .quiet") == [f"{len(inside)} 国 · {len(facts)} 条关系"]
        seed.page.click(f"{header} >> .step")
        assert full(seed.run("() => explorer.state.only.map((thing) => explorer.things[thing].iri)")) == inside
        assert seed.facts() == facts
        assert seed.page.get_attribute(f"{header} >> .step", "aria-pressed") == "true"
        assert len(seed.run(TILES)) == len(countries), "nothing goes away"
        seed.page.click(f"{header} >> .step")
        assert seed.facts() == everything


@in_browser
def test_tile_counts_what_is_seen_and_leads_to_its_facts(seen: Seen) -> None:
    """With a filter on a tile counts what is seen and tells how much is hidden; pressed it shows the country's sentences."""
    seen.start("v=countries")
    seen.page.click("[data-group=relations] label[data-id=supports]")
    tile = f".tile[data-thing='{seen.thing('萨摩亚')}']"
    assert seen.texts(f"{tile} >> .number") == ["1"]
    assert "另有 1 条关系被筛选隐藏" in (seen.page.get_attribute(tile, "title") or "")
    assert seen.texts(f".tile[data-thing='{seen.thing(COUNTRIES[3])}'] >> .number") == ["–"]
    seen.page.click(tile)
    assert seen.state("view") == "countries"
    assert seen.texts("#panel blockquote") == [SINCE]
    assert seen.page.get_attribute(tile, "aria-pressed") == "true"
    assert seen.focused("data-thing") == str(seen.thing("萨摩亚"))


# ---------------------------------------------------------------- time

Dated = dict[str, tuple[str, str, str]]  # first and last day, status


def dated(graph: Graph, kind: str) -> Dated:
    """What has a date: its start, its end, its status, by IRI; one day stands for the other where only one is said."""
    query = f"SELECT ?one ?start ?end ?status {{ ?one a kg:{kind} OPTIONAL {{ ?one kg:status ?status }} {DATED} }}"
    return {one: (start or end, end or start, local(status)) for one, start, end, status in asked(graph, query) if start or end}


def covering(found: Dated, first: int, last: int) -> set[str]:
    """The IRIs of what holds in one of these years."""
    return {iri for iri, (start, end, _) in found.items() if int(start[:4]) <= last and int(end[:4]) >= first}


@in_browser
@GRAPHS
def test_years_count_what_a_query_counts(opened: dict[str, Seen], graphs: dict[str, Graph], indexes: dict[str, Index], name: str) -> None:
    """Every year in which something begins or ends has a column that counts facts by status, and numbers, as SPARQL does."""
    seen, graph = opened[name], graphs[name]
    seen.start("v=time")
    facts, figures = dated(graph, "Statement"), dated(graph, "Observation")
    columns = dict(seen.run(YEARS))
    assert columns.keys() >= {int(date[:4]) for one in (*facts.values(), *figures.values()) for date in one[:2]}
    for year, title in columns.items():
        by_status = Counter(facts[iri][2] for iri in covering(facts, year, year))
        expected = {indexes[name].label(K[status]): count for status, count in by_status.items()} | {
            "数字": len(covering(figures, year, year))
        }
        assert title.startswith(f"{year} 年：")
        assert {word: int(count) for word, count in re.findall(r"(\w+) (\d+)(?= · |$)", title.partition("：")[2])} == expected
    undated = len(seen.facts()) - len(facts)
    assert seen.texts(".timeline > .line") == [f"{len(facts)} 条关系有日期 · 另有 {undated} 条没有日期，此处不列"]
    assert {BASE + iri for iri, *_ in seen.run(BARS)} == set(facts)


@in_browser
def test_pressing_years_filters(seen: Seen, graphs: dict[str, Graph]) -> None:
    """A year leaves the facts that hold in it, another with Shift all years up to it; pressed again alone it leaves all."""
    seen.start("v=time")
    facts, everything = dated(graphs["made-up"], "Statement"), seen.facts()
    seen.page.click("[data-key=year-2014]")
    assert seen.facts() == covering(facts, 2014, 2014)
    assert seen.focused("data-key") == "year-2014"
    assert seen.page.get_attribute("[data-key=year-2014]", "aria-pressed") == "true"
    assert {BASE + iri for iri, *_ in seen.run(BARS)} == covering(facts, 2014, 2014)
    assert "没有日期" not in seen.texts(".timeline > .line")[0]
    seen.page.click("[data-key=year-2020]", modifiers=["Shift"])
    assert seen.facts() == covering(facts, 2014, 2020) > covering(facts, 2014, 2014)
    assert seen.address() == "v=time&y=2014-2020"
    seen.page.click("[data-key=year-2020]")
    assert seen.facts() == covering(facts, 2020, 2020)
    seen.page.click("[data-key=year-2020]")
    assert seen.facts() == everything


@in_browser
def test_bars_are_as_long_as_the_time(seed: Seen, graphs: dict[str, Graph]) -> None:
    """On the axis a month lies within its year and is narrower, and what has no end goes on to the edge."""
    seed.start("v=time")
    facts = dated(graphs["seed"], "Statement")
    open_ended = {
        one for one, end in asked(graphs["seed"], f"SELECT ?one ?end {{ ?one a kg:Statement {DATED} FILTER (BOUND(?start)) }}") if not end
    }
    bars = {BASE + iri: (left, left + width) for iri, left, width, _ in seed.run(BARS)}
    years, months = {}, []
    for iri, (start, end, _) in facts.items():
        if start[5:] == "01-01" and end == f"{start[:4]}-12-31":
            years[start[:4]] = bars[iri]
        elif start[:7] == end[:7] and iri not in open_ended and start != end:
            months.append(iri)
        if iri in open_ended:
            assert bars[iri][1] == pytest.approx(100)
    compared = [(bars[iri], years[facts[iri][0][:4]]) for iri in months if facts[iri][0][:4] in years]
    assert compared
    for (left, right), (first, last) in compared:
        assert first <= left + 0.01
        assert right <= last + 0.01
        assert 0 < right - left < (last - first) / 11
    titles = {BASE + iri: title for iri, *_, title in seed.run(BARS)}
    assert all(re.search(r"\d{4}-\d\d( |$)", titles[iri]) for iri in months)


@in_browser
def test_dated_facts_are_grouped_and_lead_on(seen: Seen) -> None:
    """Facts stand by subject or by relation, each group with its number; pressed a fact shows its sentence."""
    seen.start("v=time")
    groups = {"subject": ["蓝湖署3", "绿原基金1"], "relation": ["活动于2", "供资1", "支持1"]}
    for group, headings in groups.items():
        seen.page.click(f"[data-key={group}]")
        assert sorted(seen.texts(".lanes section h2")) == sorted(headings)
        assert seen.focused("aria-pressed") == "true"
    seen.page.click(f"[data-key=fact-{seen.fact('蓝湖署', 'operatesIn', '卢旺达')}]")
    assert seen.texts("#panel blockquote") == [SINCE]
    assert seen.page.locator(".lanes .lit").count() == 1
    seen.page.click("[data-key=subject]")


@in_browser
def test_events_stand_once(seed: Seen, graphs: dict[str, Graph]) -> None:
    """Every event of which a dated fact speaks is one row of its own, which leads to the event."""
    seed.start("v=time")
    facts = " ".join(f"<{fact}>" for fact in dated(graphs["seed"], "Statement"))
    query = f"SELECT DISTINCT ?event {{ VALUES ?fact {{ {facts} }} ?fact rdf:subject|rdf:object ?event . ?event a kg:Event }}"
    script = "() => [...document.querySelectorAll('.events .row')].map((row) => explorer.things[row.dataset.key.replace('thing-', '')].iri)"
    found = seed.run(script)
    assert sorted(full(found)) == sorted(event for (event,) in asked(graphs["seed"], query))
    assert len(found) == len(set(found)) > 0
    seed.page.click(".events .row >> nth=0")
    assert seed.run("() => explorer.things[explorer.state.thing].iri") == found[0]


# ---------------------------------------------------------------- numbers


def figures(seen: Seen, count: int) -> list[Row]:
    """Every row of the numbers, of which more are written as one scrolls down."""
    seen.run("() => { const view = document.getElementById('view'); view.scrollTop = view.scrollHeight; }")
    seen.page.wait_for_function("(count) => document.querySelectorAll('.numbers tbody tr').length >= count", arg=count)
    found: list[Row] = seen.run(FIGURES)
    assert len(found) == count
    return found


@pytest.fixture
def unsought(opened: dict[str, Seen]) -> Iterator[None]:
    """Nothing is sought in the numbers after the test, as the box keeps its words."""
    yield
    for seen in opened.values():
        seen.start("v=numbers")
        seen.page.fill(".numbers input", "")


def observed(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Each number as the graph has it."""
    query = f"""SELECT ?one ?about ?counted ?value ?unit ?comparator ?words ?place ?number ?start ?end ?before {{
        ?one a kg:Observation ; kg:about ?about ; kg:counted ?counted ; kg:value ?value ; kg:unit ?unit ; kg:comparator ?comparator ;
            kg:valueText ?words ; kg:evidence/oa:hasSource/kg:number ?number .
        OPTIONAL {{ ?one kg:place ?place }} OPTIONAL {{ ?one kg:baseline ?before }} {DATED} }}"""
    return asked(graph, query)


def unit_word(index: Index, unit: str, language: int) -> str:
    """A unit as the page says it."""
    words: list[str] | None = INTERFACE["units"].get(local(unit))
    return words[language] if words else named(index, unit, language)


def grouped(value: str) -> str:
    """A number with its thousands set off."""
    return f"{Decimal(value):,}"


@in_browser
@GRAPHS
@LANGUAGES
def test_every_number_is_a_row(
    opened: dict[str, Seen], graphs: dict[str, Graph], indexes: dict[str, Index], name: str, language: int
) -> None:
    """Every observation is a row with what it counts, its exact value, comparator and unit, its words, place and paragraph."""
    seen, index = opened[name], indexes[name]
    seen.start("v=numbers" + "&l=en" * language)
    expected = []
    for _, about, counted_, value, unit, comparator, words, place, number, start, end, _ in observed(graphs[name]):
        compared = "" if local(comparator) == "exactly" else named(index, comparator, language)
        ends = named(index, about, language), named(index, place, language)
        number_name = (
            section(number)
            if not language
            else {"": f"¶ {number}", "fn": f"Footnote {number[2:]}"}.get(re.sub(r"\d", "", number), "Summary")
        )
        year = (start or end)[:4]
        expected.append((ends[0], counted_, grouped(value), words, unit_word(index, unit, language), compared, ends[1], number_name, year))
    found = figures(seen, len(expected))
    columns = ("about", "counted", "value", "words", "unit", "comparator", "place", "paragraph")
    assert Counter((*(row[column] for column in columns), day(row["period"])[:4]) for row in found) == Counter(expected)
    if not language:
        at = places(seen)
        order = [at[row["paragraph"]] for row in found]
        assert order == sorted(order)


@in_browser
@GRAPHS
def test_baselines_are_plotted(opened: dict[str, Seen], graphs: dict[str, Graph], indexes: dict[str, Index], name: str) -> None:
    """Each number with a baseline has a plot from the one to the other, which says both; the baseline says what it is one of."""
    seen, index = opened[name], indexes[name]
    seen.start("v=numbers")
    every = {one[0]: one for one in observed(graphs[name])}

    def words(iri: str) -> str:
        _, _, _, value, unit, comparator, *_ = every[iri]
        compared = "" if local(comparator) == "exactly" else index.label(URIRef(comparator))
        return " ".join(filter(None, [compared, grouped(value), unit_word(index, unit, 0)]))

    pairs = [(one[-1], iri) for iri, one in every.items() if one[-1]]
    found = figures(seen, len(every))
    assert Counter(row["plot"] for row in found if row["change"]) == Counter(
        f"从 {words(before)} 到 {words(after)}" for before, after in pairs
    )
    baselines = {before: after for before, after in pairs if not every[before][-1]}
    assert Counter(row["plot"] for row in found if row["plot"].endswith("的基线")) == Counter(
        f"是 {words(after)} 的基线" for after in baselines.values()
    )
    assert pairs


@in_browser
@pytest.mark.parametrize("column", ["about", "counted", "value", "period", "place", "paragraph"])
def test_numbers_are_sorted_both_ways(seed: Seen, column: str) -> None:
    """A column's heading sorts by it and pressed again the other way, empty cells last; by value each unit by itself, largest first."""
    seed.start(f"v=numbers&o={'counted' if column != 'counted' else 'about'}")
    count, at = seed.run("() => explorer.visible.figures.length"), places(seed)
    for down in (True, False) if column == "value" else (False, True):
        seed.page.click(f"#view [data-key=sort-{column}]")
        found = figures(seed, count)
        assert seed.page.get_attribute(f"#view th.{column}", "aria-sort") == ("descending" if down else "ascending")
        come = [at[row["paragraph"]] for row in found]
        if column == "value":
            units = list(dict.fromkeys(row["unit"] for row in found))
            groups = [[Decimal(row["value"].replace(",", "")) for row in found if row["unit"] == unit] for unit in units]
            assert [row["unit"] for row in found] == [unit for unit, group in zip(units, groups, strict=True) for _ in group]
            assert groups == [sorted(group, reverse=down) for group in groups]
            assert {"人", "%"} & set(units) or len(units) > 3
            continue
        keys: list[Any] = [row[column] for row in found]
        if column == "period":
            keys = [day(key) for key in keys]
        elif column == "paragraph":
            keys = come
        else:
            ranks = seed.run(RANKS, keys)
            keys = [ranks[key] if key else "" for key in keys]
        assert list(zip(keys, come, strict=True)) == put_in_order(zip(keys, come, strict=True), down=down)


@in_browser
@pytest.mark.usefixtures("unsought")
def test_numbers_are_sought(seen: Seen, seed: Seen, graphs: dict[str, Graph], indexes: dict[str, Index]) -> None:
    """The box leaves the numbers whose counted thing or subject has these words, as one types; hostile ones are found and do nothing."""
    seed.start("v=numbers")
    seed.page.fill(".numbers input", "妇女")
    expected = [
        words for _, about, counted_, _, _, _, words, *_ in observed(graphs["seed"]) if "妇女" in counted_ + named(indexes["seed"], about)
    ]
    found = figures(seed, len(expected))
    assert Counter(row["words"] for row in found) == Counter(expected)
    assert 0 < len(found) < 125
    assert seed.texts(".numbers [role=status]") == [f"{len(found)}/125 个数字"]
    assert seed.focused("type") == "search", "one can go on typing"
    seen.start("v=numbers")
    seen.page.fill(".numbers input", IMAGE[:12])
    assert [row["counted"] for row in figures(seen, 1)] == [f"支付{IMAGE}"]
    seen.page.fill(".numbers input", "没有的")
    assert figures(seen, 0) == []


@in_browser
@GRAPHS
def test_number_shows_its_sentence(opened: dict[str, Seen], graphs: dict[str, Graph], name: str) -> None:
    """A row pressed shows the sentence of the number, which holds its words, set off in the panel, and marks the row."""
    seen = opened[name]
    seen.start("v=numbers")
    quotes = {
        (words, quote)
        for words, quote in asked(
            graphs[name], "SELECT ?words ?quote { ?one kg:valueText ?words ; kg:evidence/oa:hasSelector/oa:exact ?quote }"
        )
    }
    for row in seen.page.locator(".numbers tbody tr").all()[:5]:
        words = row.locator(".value .value").get_attribute("title") or ""
        row.locator("td.value").click()
        assert seen.state("view") == "numbers"
        assert row.get_attribute("aria-current") == "true"
        (quote,) = seen.texts("#panel .here blockquote")
        assert (words, quote) in quotes
        assert words in quote


@in_browser
def test_filters_narrow_the_numbers(seen: Seen) -> None:
    """Years and countries of the filters leave only the numbers that hold then and there."""
    seen.start("v=numbers")
    assert len(figures(seen, len(OBSERVATIONS))) == 3
    seen.go(years=[2015, 2015])
    assert [row["words"] for row in figures(seen, 1)] == ["31%"]
    seen.go(years=None, only=[seen.thing("萨摩亚")])
    assert [row["words"] for row in figures(seen, 1)] == ["1500000.50美元"]
    assert seen.texts("#status") == ["1/3 个数字"]


# ---------------------------------------------------------------- the ontology


def sides(turtle: Graph, relation: URIRef, which: str, language: str) -> list[str]:
    """The labels of the classes on one side of a relation, sorted."""
    kinds = turtle.objects(relation, URIRef(f"{SCHEMA}{which}"))
    return sorted(str(label) for kind in kinds for label in turtle.objects(kind, RDFS.label) if getattr(label, "language", "") == language)


@in_browser
@GRAPHS
@LANGUAGES
def test_ontology_is_what_its_file_says(opened: dict[str, Seen], graphs: dict[str, Graph], turtle: Graph, name: str, language: int) -> None:
    """Every class and relation of the Turtle is there by its label, relations with domain, range and as many facts as SPARQL counts."""
    seen, tongue = opened[name], ("zh", "en")[language]
    seen.start("v=ontology" + "&l=en" * language)

    def labels(kind: URIRef) -> dict[str, str]:
        rows_ = [(one, label) for one in turtle.subjects(RDF.type, kind) for label in turtle.objects(one, RDFS.label)]
        return {
            f"kg:{local(str(one))}": str(label)
            for one, label in rows_
            if getattr(label, "language", "") == tongue and str(one).startswith(KG)
        }

    classes = {code: (label, things) for code, label, things in seen.run(KINDS)}
    describing = dict(zip(seen.texts(".describing code"), seen.texts(".describing strong"), strict=True))
    assert {code: label for code, (label, _) in classes.items()} | describing == labels(OWL.Class)
    assert not classes.keys() & describing.keys()
    things: Counter[str] = Counter()
    for _, kind in asked(graphs[name], "SELECT DISTINCT ?thing ?kind { ?thing a ?kind FILTER NOT EXISTS { ?thing a kg:Report } }"):
        things.update({str(above) for above in turtle.transitive_objects(URIRef(kind), RDFS.subClassOf)})
    assert {code: int(count) for code, (_, count) in classes.items()} == {code: things[KG + code[3:]] for code in classes}

    relations = seen.run(RELATIONS)
    assert {code: label for code, label, *_ in relations} == labels(K.Relation)
    facts = Counter(relation for _, relation in asked(graphs[name], "SELECT ?fact ?relation { ?fact rdf:predicate ?relation }"))
    for code, _, count, domain, range_ in relations:
        relation = K[code[3:]]
        assert count == str(facts[str(relation)])
        assert [sorted(domain), sorted(range_)] == [sides(turtle, relation, which, tongue) for which in ("domainIncludes", "rangeIncludes")]


@in_browser
def test_ontology_leads_to_facts_and_things(seed: Seen, graphs: dict[str, Graph]) -> None:
    """A relation's number leads to the table with only its facts, a class's number lists its things, in the filters' measure."""
    seed.start("v=ontology")
    seed.page.click("[data-key=facts-funds]")
    assert seed.state("view") == "table"
    assert seed.facts() == {fact for (fact,) in asked(graphs["seed"], "SELECT ?fact { ?fact rdf:predicate kg:funds }")}
    seed.go(view="ontology")
    assert {code: count for code, _, count, *_ in seed.run(RELATIONS) if count != "0"} == {"kg:funds": str(len(seed.facts()))}
    seed.page.click("[data-key=things-Fund]")
    listed = seed.run("() => [...document.querySelectorAll('.list .thing')].map(({ dataset }) => explorer.things[dataset.thing].iri)")
    assert sorted(full(listed)) == sorted(thing for (thing,) in asked(graphs["seed"], "SELECT ?thing { ?thing a kg:Fund }"))
    seed.page.click("[data-key=things-Fund]")
    assert seed.page.locator("#view .list").count() == 0


@in_browser
def test_diagram_follows_what_is_pressed(seed: Seen, turtle: Graph) -> None:
    """A relation pressed in the diagram sets off the classes that may stand on its sides, with those below them, until pressed again."""
    seed.start("v=ontology")
    box = "[data-key=relation-funds]"
    seed.page.click(box)
    assert seed.page.get_attribute(box, "aria-pressed") == "true"
    for which in ("domain", "range"):
        lit = set(
            seed.run(
                "(which) => [...document.querySelectorAll(`.lit[data-key^=${which}-]`)].map(({ dataset }) => dataset.key.split('-')[1])",
                which,
            )
        )
        shown = set(
            seed.run(
                "(which) => [...document.querySelectorAll(`[data-key^=${which}-]`)].map(({ dataset }) => dataset.key.split('-')[1])", which
            )
        )
        query = f"SELECT ?kind {{ kg:funds schema:{which}Includes ?top . ?kind rdfs:subClassOf* ?top }}"
        assert lit == {local(kind) for (kind,) in asked(turtle, query)} & shown
        assert lit
    seed.page.click(box)
    seed.page.focus("#view")
    seed.page.mouse.move(0, 0)
    assert seed.page.locator(".diagram.followed").count() == 0


# ---------------------------------------------------------------- the summary


@pytest.fixture(scope="module")
def much(graphs: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages on which only a few things are drawn without being asked for."""
    folder_ = tmp_path_factory.mktemp("much")
    found = {name: folder_ / f"{name}.html" for name in graphs}
    for name, most in (("made-up", 7), ("seed", 110)):
        found[name].write_bytes(page.render(graphs[name], Opening(most=most)))
    return found


def cells(graph: Graph, index: Index) -> dict[tuple[str, str], int]:
    """How many facts have a thing of each class at an end and are said in each part of the report."""
    query = """SELECT DISTINCT ?fact ?source ?target ?section {
        ?fact a kg:Statement ; rdf:subject/rdf:type ?source ; rdf:object/rdf:type ?target ; kg:evidence/oa:hasSource ?paragraph
        OPTIONAL { ?paragraph kg:section ?section } }"""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    parts = [section_ for (section_,) in asked(graph, "SELECT ?section { ?one a kg:Paragraph OPTIONAL { ?one kg:section ?section } }")]
    depth = 1 if len({part.split(" › ")[0] for part in parts}) > 1 else 2
    for fact, source, target, section_ in asked(graph, query):
        part = " › ".join(section_.split(" › ")[:depth]) or "（无章节）"
        for kind in ("所有类别", *(index.label(URIRef(kind)) for kind in (source, target))):
            for column in ("所有章节", part):
                found[kind, column].add(fact)
    return {cell: len(facts) for cell, facts in found.items()}


@in_browser
@GRAPHS
def test_summary_counts_what_a_query_counts(
    fresh: Open, much: dict[str, Path], graphs: dict[str, Graph], indexes: dict[str, Index], name: str
) -> None:
    """Where there is too much to draw, a table counts facts by class and part of the report as SPARQL does; a cell lists its things."""
    seen = fresh(much[name])
    assert seen.page.is_hidden("#graph")
    expected = cells(graphs[name], indexes[name])
    assert {(row, column): count for row, column, count in seen.run(CELLS) if count} == expected
    things, facts = len(seen.things()), len(seen.facts())
    assert seen.texts(".banner strong") == [f"{things} 个实体、{facts} 条关系，全部画出来无法看清。"]
    row = 2
    seen.page.click(f".matrix tbody tr >> nth={row} >> button >> nth=0")
    kind = seen.texts(".matrix tbody th")[row].strip()
    (words,) = seen.texts(".listing > .quiet")
    query = f"SELECT DISTINCT ?thing {{ ?fact a kg:Statement ; rdf:subject|rdf:object ?thing . ?thing a/rdfs:label '{kind}'@zh }}"
    assert [int(number) for number in re.findall(r"\d+", words)][:2] == [expected[kind, "所有章节"], len(asked(graphs[name], query))]
    seen.page.click(f".matrix tbody tr >> nth={row} >> button >> nth=0")
    assert seen.page.locator(".listing").count() == 0


@in_browser
def test_summary_leads_to_a_picture(fresh: Open, much: dict[str, Path]) -> None:
    """A thing of a cell, of a group, a section and a filter that leaves little lead each to a picture with no more than can be seen."""
    seen = fresh(much["seed"])

    def drawn() -> None:
        assert seen.page.is_visible("#graph")
        assert 0 < len(seen.drawn()[0]) <= 110
        assert seen.drawn() == (seen.things(), seen.facts())
        seen.start()
        assert seen.page.is_hidden("#graph")

    row = seen.texts(".matrix tbody th").index(" 国家")
    seen.page.click(f".matrix tbody tr >> nth={row} >> button >> nth=0")
    seen.page.click(".listing .thing >> nth=0")
    assert (seen.state("hops"), seen.texts("#panel .head .kind")) == (1, ["国家"])
    drawn()
    assert seen.page.locator(".groups li").count() >= 2
    seen.page.click(".groups .thing >> nth=0")
    drawn()
    seen.page.click(".matrix tbody tr >> nth=0 >> td >> nth=1 >> button")
    (label,) = seen.texts(".listing .draw")
    seen.page.click(".listing .draw")
    assert f"{len(seen.facts())} " in label
    drawn()
    seen.page.click("[data-group=relations] .tools button >> nth=1")
    seen.page.click("[data-group=relations] label[data-id=funds]")
    drawn()


@in_browser
def test_everything_is_drawn_when_asked(fresh: Open, much: dict[str, Path]) -> None:
    """The button draws all of it, with a chip that takes it back; the address keeps it."""
    seen = fresh(much["made-up"])
    seen.page.click("[data-key=all]")
    assert len(seen.drawn()[1]) == len(STATEMENTS)
    assert seen.address() == "a=1"
    seen.page.click("#chips .chip")
    assert seen.page.is_hidden("#graph")
    assert seen.texts(".listing") == []
    assert {SCRIPT, IMAGE} <= set(seen.run("() => explorer.things.map(({ label }) => label)"))
    assert {column for _, column, _ in seen.run(CELLS)} == {"所有章节", "（无章节）", FIRST[0], SECOND[0]}


# ---------------------------------------------------------------- the text


@in_browser
@GRAPHS
@LANGUAGES
def test_paragraphs_are_those_of_the_graph(opened: dict[str, Seen], graphs: dict[str, Graph], name: str, language: int) -> None:
    """In either language every paragraph stands in the text once and whole, under its last heading, with the facts it says counted."""
    seen = opened[name]
    seen.start("v=text" + "&l=en" * language)
    said = asked(graphs[name], "SELECT DISTINCT ?fact ?number { ?fact a kg:Statement ; kg:evidence/oa:hasSource/kg:number ?number }")
    facts = Counter(number for _, number in said)
    texts = asked(graphs[name], "SELECT ?number ?text { ?paragraph kg:number ?number ; kg:text ?text }")
    expected = {number: (text, facts[number]) for number, text in texts}
    numbers = seen.run("() => explorer.paragraphs.map(({ number }) => number)")
    counts = [
        int(found[0]) if (found := re.findall(r"^(?:relations: )?(\d+)(?= 条关系| ·|$)", text)) else 0
        for text in seen.texts(".report-text .yield")
    ]
    shown = zip(numbers, zip(seen.texts(".report-text section > p"), counts, strict=True), strict=True)
    assert dict(shown) == expected
    if name == "made-up":
        assert [expected[number][0] for number in TEXTS] == list(TEXTS.values())
