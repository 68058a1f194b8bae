"""The explorer's filters: what they let through and what they count is what SPARQL finds in the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import COUNTRIES, FIRST, IRI, OBSERVATIONS, SECOND, STATEMENTS, SURE, TOPICS
from rdflib import Graph, Literal
from seen import Seen, in_browser

from kg import iris
from kg.ontology import BASE, KG, local

GRAPHS = pytest.mark.parametrize("name", ["made-up", "seed"])
TOPIC_IDS = list(dict.fromkeys(topic for topics in TOPICS.values() for topic in topics))  # in reading order
HEADINGS = ("", " › ".join(FIRST), SECOND[0])
SAID_IN = """?fact kg:evidence/oa:hasSource ?{part}_source .
  OPTIONAL {{ ?{part}_source kg:section ?{part}_heading }} BIND (COALESCE(STR(?{part}_heading), "") AS ?{part}_section)
  OPTIONAL {{ ?{part}_source kg:topic ?{part}_theme }} BIND (COALESCE(STRAFTER(STR(?{part}_theme), "/id/"), "none") AS ?{part}_topic)"""
ASKED = """PREFIX kg: <https://w3id.org/report-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT DISTINCT {what} {{
  ?fact a kg:Statement ; rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to ; kg:status ?status ; kg:confidence ?sure ;
    kg:evidence/oa:hasSource ?paragraph .
  ?from a ?source . ?to a ?target .
  OPTIONAL {{ ?paragraph kg:section ?heading }} BIND (COALESCE(STR(?heading), "") AS ?section)
  OPTIONAL {{ ?paragraph kg:topic ?theme }} BIND (COALESCE(STRAFTER(STR(?theme), "/id/"), "none") AS ?topic)
  OPTIONAL {{ ?fact kg:start ?start }} OPTIONAL {{ ?fact kg:end ?end }}
  BIND (YEAR(COALESCE(?start, ?end)) AS ?first) BIND (YEAR(COALESCE(?end, ?start)) AS ?last)
  {more}
  {tests}
}}"""


@dataclass(frozen=True)
class Filters:
    """What is filtered: classes, relations, statuses, headings and topics that are off; countries, years and percent that are asked for."""

    kinds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    sure: int = 0

    def address(self, headings: Sequence[str]) -> str:
        """The same as the page writes it; headings: all of the report, in reading order."""
        numbers = [str(headings.index(heading)) for heading in self.sections]
        countries = [iri.removeprefix(BASE) for iri in self.countries]
        listed = {"k": self.kinds, "r": self.relations, "s": self.status, "c": numbers, "e": self.topics, "w": countries}
        years = "-".join(map(str, self.years)) if self.years else ""
        written = {key: ".".join(values) for key, values in listed.items()} | {"y": years, "b": str(self.sure or "")}
        return urlencode({key: value for key, value in written.items() if value})

    def tests(self, but: str) -> str:
        """The same in SPARQL, except one of them."""

        def among(names: Sequence[str], base: str = KG) -> str:
            return ", ".join(f"<{base}{name}>" for name in names)

        first, last = self.years or (0, 0)

        def said_in(part: str, names: Sequence[str]) -> str:
            """Some paragraph that says the fact has another section or topic than these."""
            among_them = ", ".join(Literal(name).n3() for name in names)
            return f"EXISTS {{ {SAID_IN.format(part=part)} FILTER (?{part}_{part} NOT IN ({among_them})) }}"

        found = {
            "kinds": self.kinds and f"?source NOT IN ({among(self.kinds)}) && ?target NOT IN ({among(self.kinds)})",
            "relations": self.relations and f"?relation NOT IN ({among(self.relations)})",
            "status": self.status and f"?status NOT IN ({among(self.status)})",
            "sections": self.sections and said_in("section", self.sections),
            "topics": self.topics and said_in("topic", self.topics),
            "countries": self.countries
            and f"EXISTS {{ ?fact rdf:subject|rdf:object|kg:place ?one FILTER (?one IN ({among(self.countries, '')})) }}",
            "years": self.years and f"?first <= {last} && ?last >= {first}",
            "sure": self.sure and f"?sure >= {self.sure / 100}",
        }
        return " ".join(f"FILTER ({test})" for name, test in found.items() if test and name != but)


def asked(graph: Graph, filters: Filters, what: str, but: str = "", more: str = "") -> list[Any]:
    """What SPARQL finds about the facts that pass these filters, except one of them."""
    return list(graph.query(ASKED.format(what=what, more=more, tests=filters.tests(but))))


def counted(graph: Graph, filters: Filters) -> dict[str, dict[str, int]]:
    """How many facts (of classes: things) there are of each choice of each filter, among those that pass all the other filters."""
    ends = "?fact rdf:subject|rdf:object ?thing . ?thing a ?kind ."
    country = "?fact rdf:subject|rdf:object|kg:place ?country . ?country a kg:Country ."
    years = asked(graph, filters, "?fact ?first ?last", "years", "FILTER (BOUND(?first))")
    found = {
        "kinds": Counter(local(kind) for _, kind in asked(graph, filters, "?thing ?kind", "kinds", ends)),
        "relations": Counter(local(relation) for _, relation in asked(graph, filters, "?fact ?relation", "relations")),
        "status": Counter(local(status) for _, status in asked(graph, filters, "?fact ?status", "status")),
        "sections": Counter(str(heading) for _, heading in asked(graph, filters, "?fact ?section", "sections")),
        "topics": Counter(str(topic) for _, topic in asked(graph, filters, "?fact ?topic", "topics")),
        "countries": Counter(iri.removeprefix(BASE) for _, iri in asked(graph, filters, "?fact ?country", "countries", country)),
        "years": Counter(str(year) for _, first, last in years for year in range(int(first), int(last) + 1)),
    }
    return {name: dict(counts) for name, counts in found.items()}


def hold(seen: Seen, graph: Graph, filters: Filters) -> None:
    """What the page shows and counts is what SPARQL finds and counts."""
    headings: dict[str, None] = dict.fromkeys(seen.run("() => explorer.paragraphs.map(({ section }) => section)"))
    seen.start(filters.address(list(headings)))
    facts = {str(fact) for (fact,) in asked(graph, filters, "?fact")}
    assert seen.facts() == facts
    assert seen.drawn() == (seen.things(), facts)
    counts = seen.counts()
    assert counts.pop("least") == {}
    assert counts == counted(graph, filters)
    everything = seen.run("() => [explorer.page.places.length, explorer.facts.length]")
    told = f"{len(seen.things())}/{everything[0]} 个实体 · {len(facts)}/{everything[1]} 条关系"
    assert seen.texts("#status")[0].split(" · 枢纽")[0] == told


@in_browser
@GRAPHS
def test_counts_are_those_of_a_query(opened: dict[str, Seen], graphs: dict[str, Graph], name: str) -> None:
    """With nothing filtered every fact is seen, and every choice of every filter counts what SPARQL counts."""
    hold(opened[name], graphs[name], Filters())
    assert len(opened[name].facts()) == opened[name].run("() => explorer.facts.length")


@in_browser
@pytest.mark.parametrize(
    "filters",
    [
        Filters(kinds=("Country",), status=("planned",)),
        Filters(relations=("supports", "partnerOf"), years=(2012, 2013)),
        Filters(countries=(f"{BASE}RWA", f"{BASE}IND"), sure=90),
        Filters(topics=("none", "topic-partnership", "topic-capacity-development"), kinds=("Country",)),
    ],
)
def test_two_filters_at_once(seed: Seen, graphs: dict[str, Graph], filters: Filters) -> None:
    """With two filters on, exactly the facts that SPARQL finds are seen, and each filter counts under the other."""
    hold(seed, graphs["seed"], filters)
    assert 0 < len(seed.facts()) < seed.run("() => explorer.facts.length")


def some(*choices: str) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of these, each once."""
    return st.lists(st.sampled_from(choices), unique=True, max_size=3).map(lambda found: tuple(sorted(found)))


@in_browser
@settings(max_examples=8, deadline=None)
@given(
    st.builds(
        Filters,
        some("Country", "Fund", "Programme", "UNEntity", "KnowledgeProduct"),
        some(*sorted({statement.relation for statement in STATEMENTS})),
        some("done", "ongoing", "planned"),
        some(*HEADINGS),
        some("none", "topic-hiv", "topic-rights", "topic-south-south"),
        some(*(IRI[name] for name in ("红山国", "大红山国", "卢旺达", "萨摩亚", COUNTRIES[0]))),
        st.none() | st.tuples(st.integers(2009, 2021), st.integers(2009, 2021)).map(lambda years: (min(years), max(years))),
        st.sampled_from([0, 29, 30, 50, 57, 58, 100]),
    )
)
def test_any_filters(opened: dict[str, Seen], graphs: dict[str, Graph], filters: Filters) -> None:
    """Whatever is filtered together, exactly the facts that SPARQL finds are seen and counted."""
    hold(opened["made-up"], graphs["made-up"], filters)


@in_browser
@pytest.mark.parametrize(("statement", "share"), SURE.items(), ids=lambda part: str(part) if not hasattr(part, "subject") else "")
def test_least_confidence_is_exact(seen: Seen, statement: Any, share: Any) -> None:  # noqa: ANN401
    """A fact is seen as long as its confidence is asked for, to the hundredth, and not a hundredth more."""
    iri = iris.statement_iri(statement)
    seen.go(sure=int(share * 100))
    assert iri in seen.facts()
    seen.go(sure=int(share * 100) + 1)
    assert iri not in seen.facts()


@in_browser
def test_numbers_are_filtered_too(seen: Seen) -> None:
    """Years, countries, sections and confidence hold for the numbers as well."""

    def figures(**change: object) -> list[str]:
        seen.start()
        seen.go(**change)
        return [text for (text,) in seen.run("() => explorer.visible.figures.map(({ text }) => [text])")]

    eight, rise, paid = (observation.value_text for observation in OBSERVATIONS)
    nothing: dict[str, list[int]] = {"kinds": [], "relations": [], "status": [], "topics": [], "sections": []}
    assert sorted(figures()) == sorted((eight, rise, paid))
    assert figures(years=[2015, 2015]) == [rise]
    assert figures(years=[2013, 2013]) == [paid]
    assert figures(only=[seen.thing("萨摩亚")]) == [paid]
    assert sorted(figures(only=[seen.thing("瑙鲁")])) == sorted((eight, rise))
    assert figures(off=nothing | {"sections": [HEADINGS.index(SECOND[0])]}) == []
    assert sorted(figures(off=nothing | {"topics": [TOPIC_IDS.index("topic-south-south")]})) == sorted((eight, rise))
    assert figures(sure=100) == []


# ---------------------------------------------------------------- by hand


@in_browser
def test_filters_by_hand(seen: Seen) -> None:
    """Every control of the filters does what it says: boxes, all and none, years with Shift, bounds, confidence, and all cleared."""
    everything = len(STATEMENTS)

    def left() -> int:
        return len(seen.drawn()[1])

    def key(name: str) -> str:
        return f"#facets [data-key='{name}']"

    assert not seen.page.is_visible("#unfilter")
    seen.page.click("[data-group=kinds] label[data-id=Fund]")
    assert left() == sum(IRI["绿原基金"] not in {s.subject, s.object} for s in STATEMENTS)
    assert seen.page.is_visible("[data-group=kinds] .dot")
    seen.page.click(key("kinds-all"))
    seen.page.click(key("relations-none"))
    assert seen.drawn() == (set(), set())
    seen.page.click("[data-group=relations] label[data-id=operatesIn]")
    assert left() == 4
    seen.page.click("#unfilter")
    assert left() == everything
    seen.page.click("[data-group=status] label[data-id=done]")
    assert left() == 3
    seen.page.click(key("status-all"))
    seen.page.click("[data-group=topics] summary")
    seen.page.click("[data-group=topics] label[data-id=none]")
    assert left() == sum(not {evidence.paragraph for evidence in s.evidence}.isdisjoint(TOPICS) for s in STATEMENTS)
    seen.page.click(key("topics-all"))
    seen.page.click("[data-group=countries] summary")
    for country, count in (("萨摩亚", 2), ("卢旺达", 3)):
        seen.page.click(f"[data-group=countries] label:has-text('{country}')")
        assert left() == count
    seen.page.click(key("countries-all"))
    seen.page.click("[data-group=sections] summary")
    seen.page.click("[data-group=sections] label:has-text('二. 结果')")
    assert left() == everything - 4
    seen.page.keyboard.press("x")
    assert left() == everything
    seen.page.click(key("years-2014"))
    assert left() == 3
    seen.page.click(key("years-2020"), modifiers=["Shift"])
    assert (left(), seen.state("years")) == (4, [2014, 2020])
    seen.page.fill(key("years-from_year"), "2015")
    seen.page.press(key("years-from_year"), "Enter")
    assert (left(), seen.state("years")) == (1, [2015, 2020])
    seen.page.fill(key("years-to_year"), "9999")
    seen.page.press(key("years-to_year"), "Tab")
    assert seen.state("years") == [2015, 2020]
    seen.page.click(key("years-2020"))
    seen.page.click(key("years-2020"))
    assert seen.state("years") is None
    for _ in range(12):
        seen.page.press(key("sure"), "ArrowRight")
    assert (left(), seen.texts("#facets output")) == (1, ["≥ 60 %"])


@in_browser
def test_every_choice_is_there(seen: Seen) -> None:
    """The choices of a filter are what facts have, the most frequent first, years and headings in their order."""
    assert [seen.texts(f"[data-group={group}] label .name") for group in ("kinds", "relations", "status", "topics", "sections")] == [
        ["国家", "联合国实体", "基金", "知识产品", "方案"],
        ["支持", "活动于", "供资", "实施", "管理", "合作伙伴"],
        ["已完成", "进行中", "计划中"],
        ["艾滋病毒/艾滋病", "妇女权利", "南南合作", "（无主题）"],
        ["（无章节）", FIRST[1], SECOND[0]],
    ]
    assert seen.texts("[data-group=countries] .name")[0] == "红山国"
    years = seen.run("() => [...document.querySelectorAll('.bar')].map((bar) => bar.dataset.key)")
    assert years == [f"years-{year}" for year in range(2010, 2021)]


@in_browser
@pytest.mark.parametrize(
    ("at", "key"),
    [
        ("[data-group=kinds] input >> nth=1", " "),
        ("[data-group=relations] input >> nth=0", " "),
        ("[data-group=status] input >> nth=2", " "),
        ("[data-group=topics] input >> nth=1", " "),
        ("[data-group=sections] input >> nth=1", " "),
        ("[data-group=countries] input >> nth=3", " "),
        ("[data-key=kinds-none]", "Enter"),
        ("[data-key=relations-all]", "Enter"),
        ("[data-key=years-2014]", "Enter"),
        ("[data-key=sure]", "ArrowRight"),
    ],
)
def test_keyboard_stays_where_it_is(seen: Seen, at: str, key: str) -> None:
    """A filter that is changed by keyboard keeps the keyboard, though all are written anew."""
    seen.run("() => { for (const group of document.querySelectorAll('#facets details')) group.open = true; }")
    seen.page.focus(at)
    before = seen.focused("data-key")
    for _ in range(2):
        seen.page.keyboard.press(key)
        assert seen.focused("data-key") == before
    assert before


@in_browser
@pytest.mark.parametrize(
    ("change", "at", "group"),
    [({"years": [2014, 2014]}, "[data-key=years-all]", "years"), ({"only": [0]}, "[data-key=countries-all]", "countries")],
)
def test_keyboard_stays_near_what_goes_away(seen: Seen, change: dict[str, object], at: str, group: str) -> None:
    """A button that goes away when it is pressed leaves the keyboard at the filter it stood in."""
    seen.go(**change)
    seen.page.eval_on_selector(f"[data-group={group}]", "(found) => { found.open = true; }")
    seen.page.focus(at)
    seen.page.keyboard.press("Enter")
    assert seen.run("() => document.activeElement.closest('[data-group]')?.dataset.group") == group


@in_browser
def test_keyboard_stays_in_the_filters_when_all_are_cleared(seen: Seen) -> None:
    """The button that clears all filters goes away with them, and the keyboard is still among the filters."""
    seen.go(sure=50)
    seen.page.focus("#unfilter")
    seen.page.keyboard.press("Enter")
    assert not seen.page.is_visible("#unfilter")
    assert seen.run("() => document.getElementById('side').contains(document.activeElement)")


@in_browser
def test_panel_says_what_filters_hide(seen: Seen) -> None:
    """A thing's panel shows only what the filters let through, and says how much they hide."""
    seen.choose(thing=seen.thing("绿原基金"))
    seen.page.click("[data-group=status] label[data-id=planned]")
    assert "另有 1 条关系被筛选隐藏" in seen.texts("#panel > .quiet")
    seen.page.click("[data-group=kinds] label[data-id=UNEntity]")
    assert "另有 3 条关系被筛选隐藏" in seen.texts("#panel > .quiet")
