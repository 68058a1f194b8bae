"""The explorer in a browser without a network: every fact and its sentence, the report's text, and names that would run if they could."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Open
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import COUNTRIES, FIRST, IMAGE, IRI, MANAGES, QUOTES, SCRIPT, SECOND, SINCE, STATEMENTS, SYMBOL, TEXTS, TITLE
from rdflib import Dataset
from seen import Network, Seen, in_browser, section

from kg import iris, ontology
from kg.explorer import page
from kg.model import Statement
from kg.ontology import BASE
from kg.pipeline import Built, build
from kg.review import record

GRAPHS = pytest.mark.parametrize("name", ["made-up", "seed"])
# Chooses every fact, without drawing it, and gives what the panel then says: [IRI, cards, what is told of the fact chosen].
EVERY_FACT = """() => {
  const { picture } = explorer, panel = document.getElementById('panel');
  const texts = (place, selector) => [...place.querySelectorAll(selector)].map((found) => found.textContent);
  picture.show = picture.select = () => {};
  document.body.style.display = 'none';
  const found = explorer.facts.map((fact) => {
    explorer.choose({ fact: fact.id });
    return [fact.iri, [...panel.querySelectorAll('.card')].map((card) => [
      ...['blockquote', '.paragraph', '.section'].map((selector) => card.querySelector(selector).textContent),
      [...card.querySelectorAll('mark.strong')].map((mark) => [explorer.things[mark.dataset.thing].iri, mark.textContent]),
      texts(card, '.chosen .how span'),
    ]), [...panel.querySelectorAll('.chosen')].length];
  });
  document.body.style.display = '';
  delete picture.show;
  delete picture.select;
  return found;
}"""


def subject(statement: Statement) -> str:
    """The name of a statement's subject."""
    return next(name for name, iri in IRI.items() if iri == statement.subject)


def other(statement: Statement) -> str:
    """The name of a statement's object."""
    return next(name for name, iri in IRI.items() if iri == statement.object)


def chosen_fact(seen: Seen, statement: Statement) -> None:
    """Choose the fact of a statement of the made-up graph."""
    iri = iris.statement_iri(statement).removeprefix(BASE)
    seen.run("(iri) => explorer.choose({ fact: explorer.facts.find((fact) => fact.iri === iri).id })", iri)


# ---------------------------------------------------------------- reading: a fact and its sentence


@in_browser
@GRAPHS
def test_every_fact_opens_its_sentence(opened: dict[str, Seen], networks: dict[str, Network], name: str) -> None:
    """The panel of each fact quotes each of its passages, equal to the text at its offsets, with paragraph, section and rules."""
    seen, edges = opened[name], {iri: edge for _, _, iri, edge in networks[name].edges(keys=True, data=True)}
    seen.start()
    found = seen.run(EVERY_FACT)
    assert {BASE + iri for iri, *_ in found} == set(edges)
    texts = {p["number"]: p["text"] for p in seen.run("() => explorer.paragraphs.map(({ number, text }) => ({ number, text }))")}
    for iri, cards, chosen in found:
        evidence = edges[BASE + iri]["evidence"]
        passages = dict.fromkeys((e["paragraph"], e["start"], e["end"], e["section"]) for e in evidence)
        assert [quote for quote, *_ in cards] == [texts[number][start:end] for number, start, end, _ in passages]
        assert {quote for quote, *_ in cards} == {e["quote"] for e in evidence}
        assert [[number, above] for _, number, above, *_ in cards] == [[section(number), above] for number, *_, above in passages]
        told = [text for *_, texts in cards for text in texts]
        assert {f"规则：{e['rule']}" for e in evidence} <= set(told)
        assert chosen == len(evidence)


@in_browser
def test_both_names_are_marked(seed: Seen, networks: dict[str, Network], seed_built: Built) -> None:
    """In every sentence that names an end of the fact, by whatever words, these words are marked."""
    named = dict(seed_built.extraction.mentions)
    cards = {BASE + iri: found for iri, found, _ in seed.run(EVERY_FACT)}
    stand_ins = 0
    for source, target, iri, edge in networks["seed"].edges(keys=True, data=True):
        marks = {quote: found for quote, _, _, found, _ in cards[iri]}
        for one in edge["evidence"]:
            marked = [(BASE + end, words) for end, words in marks[one["quote"]]]
            for end, how in ((source, one["subject_how"]), (target, one["object_how"])):
                here = [m for m in named[one["paragraph"]] if m.term == end and one["start"] <= m.start < m.end <= one["end"]]
                words = re.search("“(.*?)” stands for|named in “(.*)”", how)
                stand_ins += bool(words)
                if words:
                    assert (words[1] or words[2]) in {text for _, text in marked}, (how, one["quote"])
                elif here:
                    assert end in {thing for thing, _ in marked}, (how, one["quote"])
    assert stand_ins > 10


@in_browser
def test_words_that_stand_for_a_name_are_marked(seen: Seen) -> None:
    """The fact's own names are set off strongly, also “the Fund”, and names that would run are marked as a whole."""
    expected = {
        1: ["蓝湖署", "绿原基金"],
        2: ["蓝湖署", "大红山国"],
        3 + len(COUNTRIES): ["红山国", "该基金", "红山国"],
        4 + len(COUNTRIES): [SCRIPT, "红山国", "红山国"],
    }
    for number, marks in expected.items():
        chosen_fact(seen, STATEMENTS[number])
        assert seen.texts("#panel mark.strong") == marks
    chosen_fact(seen, STATEMENTS[3 + len(COUNTRIES)])
    assert "名称识别：“该基金”即绿原基金 → 名录：红山国" in seen.texts("#panel .chosen")[0]


@in_browser
def test_what_qualifies_a_fact_is_shown(seen: Seen) -> None:
    """Status, time, amount, place, programme, confidence and review stand with the fact, in the language chosen; a plan is dashed."""
    funds, rwanda, _, paid = STATEMENTS[-4:]
    said = {
        funds: (
            ["计划中", "2020", "金额：1,000,000 美元", "可信度：0.5"],
            ["planned", "2020", "Amount: 1,000,000 US dollars", "Confidence: 0.5"],
        ),
        rwanda: (["进行中", "2014起", "可信度：1"], ["ongoing", "from 2014", "Confidence: 1"]),
        paid: (
            ["已完成", "2012 – 2014", "金额：1,500,000.5 美元", "地点：大红山国", f"所属方案：{SCRIPT}", "可信度：0.5"],
            ["done", "2012 – 2014", "Amount: 1,500,000.5 US dollars", "Place: 大红山国", f"Programme: {SCRIPT}", "Confidence: 0.5"],
        ),
    }
    for statement, both in said.items():
        for language, expected in enumerate(both):
            seen.go(language=language)
            chosen_fact(seen, statement)
            assert seen.texts("#panel .chosen .said span") == expected
    chosen_fact(seen, rwanda)
    assert f"Review: accepted: {SCRIPT}" in seen.texts("#panel .chosen .how span")
    dashed = seen.run("() => explorer.picture.edges.get().filter((edge) => edge.dashes).map(({ id }) => explorer.facts[id].status)")
    assert dashed == ["planned"]


@in_browser
def test_one_sentence_is_shown_once_with_all_its_facts(seen: Seen) -> None:
    """A thing's panel has one card a passage, in reading order, under it every fact of the thing that was read from it."""
    seen.choose(thing=seen.thing("蓝湖署"))
    assert seen.texts("#panel blockquote") == [TEXTS["summary"], "𠮷报告说，蓝湖署与绿原基金合作。", MANAGES, TEXTS["2"], TEXTS["4"], SINCE]
    counts = [card.locator(".facts > li").count() for card in seen.page.locator("#panel .card").all()]
    assert counts == [1, 1, 2, len(COUNTRIES), 1, 2]
    assert seen.texts("#panel > .quiet")[1] == f"{len(COUNTRIES) + 6} 条关系，6 个原句"


@in_browser
def test_a_fact_of_a_sentence_shows_the_others_too(seen: Seen) -> None:
    """Below the sentence of a fact stand all facts read from it, the chosen one first and set off."""
    chosen_fact(seen, STATEMENTS[2])
    assert seen.page.locator("#panel .facts > li").count() == 2
    assert "大红山国" in seen.texts("#panel .facts > li.chosen")[0]
    assert seen.page.locator("#panel .facts > li").first.get_attribute("class") == "chosen"
    seen.page.click("#panel .facts > li:not(.chosen) .relation")
    assert seen.texts("#panel .head .relation") == ["管理 →"]


@in_browser
def test_hovering_a_fact_lights_its_names(seen: Seen) -> None:
    """Under the pointer a fact of a sentence lights up its own two names in it."""
    seen.choose(thing=seen.thing("蓝湖署"))
    seen.page.hover("#panel .card >> nth=2 >> .facts > li:has-text('大红山国')")
    assert seen.texts("#panel mark.lit") == ["蓝湖署", "大红山国"]
    seen.page.mouse.move(0, 0)
    assert seen.texts("#panel mark.lit") == []


@in_browser
def test_start_names_report_and_most_connected(seen: Seen) -> None:
    """With nothing chosen the panel says what the report is, how to begin, and which things have most facts."""
    assert seen.texts("#panel .report") == [TITLE + SYMBOL]
    most = seen.texts("#panel .most li")
    assert most[0] == f"蓝湖署{len(COUNTRIES) + 6}"
    seen.page.click("#panel .most .thing >> nth=1")
    assert seen.texts("#panel .head h2") == ["绿原基金"]


def copied(seen: Seen) -> str:
    """What the clipboard holds once the page has said that it copied something."""
    seen.page.wait_for_function("() => document.getElementById('said').textContent !== ''")
    return str(seen.run("() => navigator.clipboard.readText()"))


@in_browser
@pytest.mark.parametrize("clipboard", [True, False])
def test_citation_is_copied(fresh: Open, paths: dict[str, Path], *, clipboard: bool) -> None:
    """The button copies the report's symbol and the paragraph, in the language chosen, with and without the clipboard's interface."""
    seen = fresh(paths["made-up"], permissions=["clipboard-read", "clipboard-write"] if clipboard else [])
    if not clipboard:
        seen.run("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    for language, expected in enumerate((f"({SYMBOL}, 第1段)", f"({SYMBOL}, para. 1)")):
        seen.go(language=language)
        chosen_fact(seen, STATEMENTS[1])
        seen.page.click("#panel .copy")
        seen.page.wait_for_function("(text) => document.getElementById('said').textContent.endsWith(text)", arg=expected)
        seen.page.fill("#search", "")
        seen.page.press("#search", "Control+V")
        assert seen.page.input_value("#search") == expected
        seen.page.press("#search", "Escape")


@in_browser
@pytest.mark.parametrize("number", [0, 1, 3, *range(3 + len(COUNTRIES), len(STATEMENTS))])
def test_wrong_copies_a_line_for_the_review(seen: Seen, tmp_path: Path, number: int) -> None:
    """The line stands below `facts:` of a review and is read as a rejection of this very fact there, whatever its names are."""
    statement = STATEMENTS[number]
    chosen_fact(seen, statement)
    seen.page.click("#panel .chosen .wrong")
    (tmp_path / "made-up.review.yaml").write_text(f"facts:\n{copied(seen)}\n", encoding="utf-8")
    (decision,) = record.read(tmp_path / "made-up.txt", ontology.load()).facts
    assert (decision.verb, decision.paragraph) == ("reject", statement.evidence[0].paragraph)
    assert decision.fact == (subject(statement), statement.relation, other(statement))


@in_browser
@settings(max_examples=25, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), min_size=1).filter(str.strip))
def test_wrong_copies_any_name(opened: dict[str, Seen], tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Whatever a thing is called, YAML gives its name back."""
    seen = opened["made-up"]
    seen.start("v=text")
    was = seen.run("(name) => { const { from } = explorer.facts[0], was = from.label; from.label = name; return was; }", name)
    seen.run("() => { explorer.choose({ fact: 0 }); document.querySelector('#panel .chosen .wrong').click(); }")
    text = copied(seen)
    seen.run("(was) => { explorer.facts[0].from.label = was; document.getElementById('said').textContent = ''; }", was)
    report = tmp_path_factory.mktemp("review") / "made-up.txt"
    record.path_of(report).write_text(f"facts:\n{text}\n", encoding="utf-8", newline="\n")
    (decision,) = record.read(report, ontology.load()).facts
    assert decision.fact[0] == name


@in_browser
def test_wrong_copies_a_number_for_the_review(seed: Seen, tmp_path: Path) -> None:
    """A number's line stands below `numbers:` of a review and is read as a rejection of this very number there."""
    figure = seed.run("""() => {
        const { about, counted, exact, passage } = explorer.figures[0];
        explorer.choose({ paragraph: passage.paragraph.id, passage: passage.id });
        return { about: about.label, counted, exact, paragraph: passage.paragraph.number };
    }""")
    seed.page.locator("#panel .figures .wrong").first.click()
    record.path_of(tmp_path / "a.txt").write_text(f"numbers:\n{copied(seed)}\n", encoding="utf-8")
    (decision,) = record.read(tmp_path / "a.txt", ontology.load()).numbers
    found = {"about": decision.about, "counted": decision.counted, "exact": str(decision.value), "paragraph": decision.paragraph}
    assert (decision.verb, found) == ("reject", figure)


@in_browser
def test_a_reader_becomes_a_reviewer(fresh: Open, tmp_path: Path) -> None:
    """A fact that a reader finds wrong in the page is gone from the graph once the copied line stands in the review."""
    report = tmp_path / "made-up.txt"
    report.write_text(
        "绿色网络 2013 年年度报告\n\n一. 导言\n\n1. 妇女署与青年之声在卢旺达合作。\n\n2. 妇女署支持肯尼亚。\n", encoding="utf-8"
    )
    built = build(report)
    path = tmp_path / "made-up.html"
    path.write_bytes(page.render(built.graph))
    seen = fresh(path, permissions=["clipboard-read", "clipboard-write"])
    seen.choose(fact=seen.run("() => explorer.facts.find(({ relation }) => relation.name === 'supports').id"))
    seen.page.click("#panel .chosen .wrong")
    record.path_of(report).write_text(f"facts:\n{copied(seen)}\n", encoding="utf-8")
    again = build(report)
    gone = set(built.extraction.statements) - set(again.extraction.statements)
    assert {statement.relation for statement in gone} == {"supports"}
    assert [issue.kind for issue in again.extraction.issues if issue.kind in {"rejected", "review"}] == ["rejected"]


# ---------------------------------------------------------------- reading: the report's text


@in_browser
def test_text_is_the_report(seen: Seen, seed: Seen) -> None:
    """The text view has every paragraph whole, under its headings, in reading order."""
    seen.go(view="text")
    assert seen.texts(".report-text section > p") == list(TEXTS.values())
    assert seen.texts(".report-text section > .paragraph") == [section(number) for number in TEXTS]
    assert seen.texts(".report-text :is(h3, h4)") == [*FIRST, *SECOND]
    assert seen.texts(".report-text .title") == [TITLE]
    seed.go(view="text")
    assert seed.texts(".report-text section > p") == seed.run("() => explorer.paragraphs.map(({ text }) => text)")


@in_browser
def test_longest_name_wins_in_the_marks(seen: Seen) -> None:
    """红山国 is not marked inside 大红山国, and a Latin name only as a whole word."""
    seen.go(view="text")

    def marks(number: str) -> list[str]:
        return seen.texts(f".report-text section:nth-of-type({list(TEXTS).index(number) + 1}) mark")

    assert marks("1") == ["蓝湖署", "绿原基金", "蓝湖署", "绿原基金", "大红山国"]
    assert marks("6") == ["瑙鲁", "BLA"]
    assert marks("3") == [IMAGE, SCRIPT, "红山国", "红山国"]


@in_browser
def test_paragraph_opens_in_full(seen: Seen) -> None:
    """The number at a quote leads to its paragraph with the quote set off; one can read on, and Esc leaves it."""
    chosen_fact(seen, STATEMENTS[1])
    seen.page.click("#panel .paragraph")
    assert seen.state("view") == "text"
    assert seen.texts(".here > p") == [TEXTS["1"]]
    assert seen.texts(".quoted") == [MANAGES]
    assert seen.run(
        "() => { const at = document.querySelector('.quoted').getBoundingClientRect(); return at.top > 0 && at.bottom < innerHeight; }"
    )
    seen.page.keyboard.press("]")
    assert seen.texts(".here > p") == [TEXTS["2"]]
    assert seen.texts(".quoted") == []
    seen.page.keyboard.press("Escape")
    assert (seen.state("paragraph"), seen.texts(".here")) == (-1, [])


@in_browser
@pytest.mark.parametrize("how", ["click", "Enter", " "])
def test_marks_lead_to_the_thing_and_back(seen: Seen, how: str) -> None:
    """A name in the text opens its thing, all its places are set off, and the thing's paragraphs lead back into the text."""
    seen.go(view="text")
    mark = seen.page.locator(".report-text mark", has_text="绿原基金").first
    if how == "click":
        mark.click()
    else:
        mark.press(how)
    assert seen.texts("#panel .head h2") == ["绿原基金"]
    assert set(seen.texts(".report-text mark.strong")) == {"绿原基金"}
    assert len(seen.texts(".report-text mark.strong")) == sum(text.count("绿原基金") for text in TEXTS.values())
    assert seen.texts("#panel .named .paragraph") == [section(number) for number, text in TEXTS.items() if "绿原基金" in text]
    seen.page.click("#panel .named .paragraph >> nth=-1")
    assert seen.texts(".here > .paragraph") == [section("5")]


@in_browser
def test_number_of_a_paragraph_opens_what_was_read_from_it(seen: Seen) -> None:
    """The number of a paragraph in the text shows its sentences with every fact and number read from them."""
    seen.go(view="text")
    seen.page.click(f".report-text .paragraph >> text='{section('5')}'")
    assert seen.texts("#panel .head h2") == [section("5")]
    assert seen.page.locator("#panel .facts > li").count() == 3
    assert seen.page.locator("#panel .figures > li").count() == 1
    assert seen.texts(".here .yield") == ["3 条关系 · 1 个数字"]
    seen.page.click(f".report-text .paragraph >> text='{section('fn1')}'")
    assert seen.page.locator("#panel .card").count() == 0


# ---------------------------------------------------------------- names that would run if they could


@in_browser
def test_nothing_runs_and_nothing_is_asked_for(fresh: Open, paths: dict[str, Path]) -> None:
    """With hostile names everywhere, through every panel, paragraph, search and language, no script runs and no request leaves."""
    seen = fresh(paths["made-up"])
    seen.run("() => addEventListener('securitypolicyviolation', (event) => { window.violated = event.blockedURI; })")
    for language in (0, 1):
        seen.go(language=language)
        for kind in ("thing", "fact", "paragraph"):
            seen.run("(kind) => explorer[`${kind}s`].forEach(({ id }) => explorer.choose({ [kind]: id, view: 'graph' }))", kind)
        seen.run("() => explorer.paragraphs.forEach(({ id }) => explorer.choose({ paragraph: id, passage: 0, view: 'text' }))")
        seen.run("(goal) => explorer.go({ view: 'graph', paragraph: -1, thing: 0, goal })", seen.thing(QUOTES))
        seen.run("(thing) => { explorer.choose({ thing, hops: 2 }); explorer.go({ layout: 'columns' }); }", seen.thing(SCRIPT))
        for word in ("script", "img", "丁"):
            seen.page.fill("#search", word)
            assert seen.page.locator("#results [role=option]").count() >= 1
        seen.page.keyboard.press("Escape")
        seen.start()
    at = seen.run("() => explorer.things.filter(({ facts }) => facts.length).map((thing) => explorer.picture.at({ thing }))")
    box = seen.page.locator("#graph").bounding_box()
    assert box
    for place in at:
        seen.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
    assert seen.run("() => [window.hacked, window.violated]") == [None, None]
    assert seen.page.locator("img, iframe, object, embed, body a[href], body form").count() == 0
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1
    assert seen.texts("h1") == [TITLE]
    assert seen.page.title() == TITLE


@in_browser
def test_empty_graph_opens(fresh: Open, tmp_path: Path) -> None:
    """The page of a graph without facts opens, in both languages and as text, and says that nothing is there."""
    path = tmp_path / "empty.html"
    path.write_bytes(page.render(Dataset()))
    seen = fresh(path)
    for change in ({"view": "text"}, {"language": 1}, {"view": "graph"}):
        seen.go(**change)
    assert seen.texts("#status") == ["0 of 0 things · 0 of 0 relations"]
