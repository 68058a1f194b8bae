"""kg diff and kg series: what is new, gone or changed between two made-up reports and two builds, and one indicator over time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from made_up import IMAGE, SCRIPT, made_up
from playwright.sync_api import Browser
from rdflib import RDFS, Literal
from seen import PHONE, WIDE, in_browser

from kg import rdf, writers
from kg.cli import kg
from kg.comparison import lines, page, record
from kg.comparison.likeness import likeness, marked, shares_tail, words
from kg.comparison.matching import CHANGES, Comparison, Pair, compare
from kg.comparison.sides import Fact, Figure, Passage, Report, Side, read
from kg.comparison.wording import difference, load, wording
from kg.errors import KgError, UnknownNameError
from kg.graph import union
from kg.pipeline import Built, build
from kg.series.points import COLUMNS, Point, series, table

FIRST = """1. 2011年，向妇女署捐款的会员国有117个。妇女署与儿基会合作。
2. 妇女署与人口基金合作。妇女署计划于2013年在卢旺达支持性别平等基金。
3. 2011年，核心捐款为1.2亿美元。非核心捐款为8000万美元。
"""
SECOND = """1. 2012年，向妇女署捐款的会员国有129个。儿基会与妇女署合作。
2. 妇女署与开发署合作。2013年，妇女署在卢旺达支持性别平等基金。
3. 2012年，核心捐款为1.14亿美元。
"""
PUBLISHER = "联合国促进性别平等和增强妇女权能署"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
ID = "https://w3id.org/report-kg/id/"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The graphs of two made-up reports of two years, built by the program."""
    folder = tmp_path_factory.mktemp("reports")
    for name, year, text in (("first", 2012, FIRST), ("second", 2013, SECOND)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        about = f'title = "{year}年虚构报告"\nlanguage = "zh"\ndate = "{year}-01-23"\npublisher = "{PUBLISHER}"\n'
        (folder / f"{name}.toml").write_text(about, encoding="utf-8")
        list(writers.write(build(folder / f"{name}.txt"), folder, ["ttl", "trig"]))
    return folder / "first.ttl", folder / "second.trig"


@pytest.fixture(scope="module")
def found(files: tuple[Path, Path]) -> Comparison:
    """The two reports compared."""
    first, second = (read(rdf.read(path)) for path in files)
    return compare(first, second)


def run(*arguments: object) -> str:
    """What a command of kg prints."""
    result = CliRunner().invoke(kg, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def fact(subject: str = "a", obj: str = "b", relation: str = "funds", **said: Any) -> Fact:  # noqa: ANN401
    """A made-up fact."""
    return Fact(subject, relation, obj, **{"status": "done", **said})


def figure(value: str, counted: str = "捐助国", quote: str = "", **said: Any) -> Figure:  # noqa: ANN401
    """A made-up figure; quote: its sentence, in a report named as `report` says."""
    report = said.pop("report", "r")
    evidence = (Passage(report, "1", "", 0, len(quote), quote),) if quote else ()
    usual: dict[str, Any] = {"about": "a", "unit": "NUM", "comparator": "exactly", "evidence": evidence}
    return Figure(counted=counted, value=Decimal(value), **{**usual, **said})


def side(*said: Fact | Figure, reports: str = "r", symmetric: str = "") -> Side:
    """A made-up side of these facts and figures."""
    facts = tuple(one for one in said if isinstance(one, Fact))
    figures = tuple(one for one in said if isinstance(one, Figure))
    return Side(tuple(Report(name) for name in reports), facts, figures, frozenset(symmetric.split()))


def paired(*figures: tuple[Figure, ...]) -> set[tuple[str, str, str]]:
    """(before, after, reason) of the figures of two sides from two reports."""
    before, after = (side(*one, reports=name) for one, name in zip(figures, "rs", strict=True))
    pairs = compare(before, after).figures
    return {(str(p.before.value) if p.before else "", str(p.after.value) if p.after else "", p.reason) for p in pairs}


def changes(pair: Pair[Any]) -> set[str]:
    """The fields that have changed."""
    return {change.field for change in pair.changes}


def test_two_reports(found: Comparison) -> None:
    """Donors go from 117 to 129, a partner comes and one goes, a plan is done, and a partnership told the other way round is the same."""
    figures = {(pair.one.counted, pair.change): pair for pair in found.figures}
    facts = {(pair.one.relation, pair.change) for pair in found.facts}
    donors = figures["会员国", "changed"]

    assert difference(donors) == (Decimal(12), Decimal("10.3"))
    assert changes(donors) == {"value", "period"}
    assert set(figures) == {("会员国", "changed"), ("核心捐款", "changed"), ("非核心捐款", "gone")}
    assert facts >= {("partnerOf", "new"), ("partnerOf", "gone"), ("partnerOf", "same"), ("supports", "changed")}
    assert {field for pair in found.facts for field in changes(pair)} == {"status"}
    quotes = [passage.quote for one in (donors.before, donors.after) if one for passage in one.evidence]
    assert quotes == ["2011年，向妇女署捐款的会员国有117个。", "2012年，向妇女署捐款的会员国有129个。"]


def test_two_builds_of_the_seed_differ_in_nothing(seed_built: Built) -> None:
    """The seed report's graph beside itself, as triples and as a data set, is the same throughout."""
    one, other = read(seed_built.graph), read(union(seed_built.dataset))
    compared = compare(one, other)
    assert {pair.change for pairs in compared.pairs.values() for pair in pairs} == {"same"}
    assert (len(compared.facts), len(compared.figures)) == (len(one.facts), len(one.figures))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"status": "planned"}, "status"),
        ({"start": "2012-01-01"}, "period"),
        ({"amount": Decimal(5)}, "amount"),
        ({"unit": "CCY_EUR"}, "unit"),
        ({"place": "x"}, "place"),
        ({"programme": "x"}, "programme"),
        ({"confidence": Decimal("0.5")}, "confidence"),
        ({"evidence": (Passage("r", "9", "", 0, 1, "字"),)}, "evidence"),
    ],
)
def test_changes_of_a_fact(said: dict[str, Any], field: str) -> None:
    """Each qualifier of a fact that differs is told; how it was read only where both sides have the report."""
    (pair,) = compare(side(fact()), side(fact(**said))).facts
    (elsewhere,) = compare(side(fact()), side(fact(**said), reports="s")).facts
    assert changes(pair) == {field}
    assert changes(elsewhere) == {field} - {"confidence", "evidence"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"value": Decimal(3)}, "value"),
        ({"comparator": "approximately"}, "comparator"),
        ({"end": "2012-12-31"}, "period"),
        ({"baseline": Decimal(1)}, "baseline"),
        ({"about": "b"}, "about"),
        ({"counted": "国家"}, "counted"),
        ({"unit": "PERCENT"}, "unit"),
        ({"place": "x"}, "place"),
    ],
)
def test_changes_of_a_figure(said: dict[str, Any], field: str) -> None:
    """Each part of a figure that is read otherwise from the same place of a report is told."""
    one = figure("2", quote="两个。", text="两个")
    (pair,) = compare(side(one), side(replace(one, **said))).figures
    assert (changes(pair), pair.reason) == ({field}, "place")


def test_facts_with_the_same_ends() -> None:
    """Of several facts with the same ends those go together that say most alike; a symmetric relation holds both ways, another does not."""
    planned, done, other = fact(status="planned", start="2013-01-01"), fact(start="2013-01-01"), fact(start="2011-01-01")
    pairs = compare(side(other, planned), side(done, other)).facts
    assert {(pair.change, pair.one.start) for pair in pairs} == {("changed", "2013-01-01"), ("same", "2011-01-01")}
    turned = fact("b", "a")
    assert {pair.change for pair in compare(side(fact()), side(turned)).facts} == {"new", "gone"}
    assert {pair.change for pair in compare(side(fact()), side(turned, symmetric="funds")).facts} == {"same"}


def test_figures_with_other_measures_are_others() -> None:
    """Another thing, unit, place or family of comparator is another figure; a bound with and without its limit is one family."""
    for said in ({"about": "b"}, {"unit": "PERCENT"}, {"place": "x"}, {"comparator": "atLeast"}):
        assert paired((figure("1"),), (figure("2", **said),)) == {("1", "", ""), ("", "2", "")}
    assert paired((figure("1", comparator="moreThan"),), (figure("2", comparator="atLeast"),)) == {("1", "2", "words")}


def test_figures_by_words() -> None:
    """Equal figures go first, then those of the same time, then the latest with the latest; a baseline goes with a baseline."""
    of = [{"start": f"{year}-01-01", "end": f"{year}-12-31"} for year in (2010, 2011, 2012)]
    first = (figure("100", **of[0]), figure("117", **of[1]))
    assert paired(first, (figure("118", **of[1]), figure("129", **of[2]))) == {("117", "118", "words"), ("100", "129", "words")}
    assert paired(first, (figure("117", **of[1]), figure("129", "“捐助国”", **of[2]))) == {("117", "117", "words"), ("100", "129", "words")}
    rise = (figure("107", base=True, **of[0]), figure("117", **of[1])), (figure("117", base=True, **of[1]), figure("129", **of[2]))
    assert paired(*rise) == {("107", "117", "words"), ("117", "129", "words")}
    assert paired(first, (figure("129", **of[2]),)) == {("117", "129", "words"), ("100", "", "")}


def test_figures_by_sentence() -> None:
    """Of several counted in the same words and at no time those go together whose sentences are alike; the others stay alone."""
    first = (figure("1", quote="在1个国家举办了培训。"), figure("2", quote="2个国家通过了法律。"))
    second = (figure("3", quote="3个国家通过了新的法律。", report="s"), figure("4", quote="捐款来自4国。", report="s"))
    assert paired(first, second) == {("2", "3", "sentence"), ("1", "", ""), ("", "4", "")}


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("捐款的会员国", "会员国", True),
        ("非会员国", "会员国", False),  # one character more makes another thing of it
        ("核心捐款", "捐款", False),  # so short a tail is a class of things
        ("会员国", "会员国", False),
        ("会员国代表", "会员国", False),
    ],
)
def test_figures_by_tail(one: str, other: str, shared: bool) -> None:  # noqa: FBT001  a table of cases
    """Words that end with the whole of the other's, said more exactly, count as the same where the sentences are alike, and only there."""
    assert shares_tail(one, other) is shares_tail(other, one) is shared
    if shared:
        sentence = "共有{}个捐款的会员国。".format
        assert paired((figure("1", one, sentence(1)),), (figure("2", other, sentence(2), report="s"),)) == {("1", "2", "tail")}
        assert len(paired((figure("1", one, sentence(1)),), (figure("2", other, "另一句话", report="s"),))) == 2


def test_likeness() -> None:
    """Width, case, blanks and signs are no words; numbers count as alike; what differs is marked in whole numbers and Latin words."""
    assert words("“ＡＢ 计划”，") == words("ab计划")
    assert likeness("有117个。", "有1,290个。") == 1.0
    assert likeness("甲", "乙") == 0.0
    assert marked("有117个ICT国", "有17个国") == [("有", False), ("117", True), ("个", False), ("ICT", True), ("国", False)]


def test_difference() -> None:
    """A change is told in its unit and in percent; a share in points; what was 0 without percent; one alone not at all."""
    told = wording(compare(side(), side()), "en")

    def by(before: str, after: str, unit: str = "NUM") -> str:
        return told.difference(Pair(figure(before, unit=unit), figure(after, unit=unit)))

    assert [by("117", "129"), by("129", "117"), by("0", "5"), by("5", "5")] == ["+12 (+10.3%)", "-12 (-9.3%)", "+5", ""]
    assert by("8", "31.5", "PERCENT") == "+23.5 points"
    assert difference(Pair(None, figure("1"))) is None


def test_periods() -> None:
    """Whole years and months are told as such, open ends as since and until."""
    told = wording(compare(side(), side()), "en")
    assert told.period("2011-01-01", "2011-12-31") == "2011"
    assert told.period("2011-01-01", "2013-12-31") == "2011 – 2013"
    assert told.period("2012-02-01", "2012-02-29") == "2012-02"
    assert told.period("2012-06-01", "2012-06-15") == "2012-06-01 – 2012-06-15"
    assert (told.period("2012-06-15", ""), told.period("", "2012-12-31"), told.period("", "")) == ("since 2012-06-15", "until 2012", "")


def test_text(files: tuple[Path, Path]) -> None:
    """The terminal gets the counts, then each change with paragraph and sentence of both sides, in either language and order."""
    chinese, english = run("diff", *files), run("diff", *files, "--lang", "en", "--by", "thing", "--only", "gone")
    assert "── 数字：改变\n~ 联合国促进性别平等和增强妇女权能署：会员国  117, 2011 → 129, 2012  +12 (+10.3%)\n" in chinese
    assert "    - 第 1 段 “2011年，向妇女署捐款的会员国有117个。”\n    + 第 1 段 “2012年，向妇女署捐款的会员国有129个。”\n" in chinese
    assert "未变\n" not in chinese.partition("──")[2]
    assert "── United Nations Population Fund\n- United Nations Population Fund partner of" in english
    assert "\n~ " not in english


def test_json_round_trip(found: Comparison) -> None:
    """The JSON holds all that the comparison holds: read back, it is the same values."""
    held = json.loads(record.render(found, CHANGES), parse_float=Decimal)

    def again(kind: type[Any], said: dict[str, Any] | None) -> Any:  # noqa: ANN401
        numbers = {"value", "amount", "baseline", "confidence"}
        if said is None:
            return None
        exact = {name: Decimal(said[name]) for name in numbers & said.keys() if said[name] is not None}
        return kind(**{**said, **exact, "evidence": tuple(Passage(**one) for one in said["evidence"])})

    for name, kind, pairs in (("facts", Fact, found.facts), ("figures", Figure, found.figures)):
        read_back = [(again(kind, one["before"]), again(kind, one["after"]), one["change"], one["reason"]) for one in held[name]]
        assert read_back == [(pair.before, pair.after, pair.change, pair.reason) for pair in pairs]
        assert sum(held["counts"][name].values()) == len(pairs)
    assert [Report(**one) for one in held["after"]["reports"]] == list(found.after.reports)
    assert held["names"][f"{ID}unwomen"] == {
        "zh": PUBLISHER,
        "en": "United Nations Entity for Gender Equality and the Empowerment of Women",
    }
    donors = next(one for one in held["figures"] if one["before"] and one["before"]["counted"] == "会员国")
    assert (donors["difference"], donors["percent"]) == (12, Decimal("10.3"))


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_same_bytes(form: str, files: tuple[Path, Path], tmp_path: Path) -> None:
    """A comparison gives the same bytes each time, on the terminal and in a file."""
    told = run("diff", *files, "--format", form)
    assert run("diff", *files, "--format", form, "-o", tmp_path / "out") == f"{tmp_path / 'out'}: 7 differences\n"
    assert (tmp_path / "out").read_text("utf-8") == told


def test_all_texts_are_in_both_languages() -> None:
    """Every text of a comparison is there in Chinese and in English, with the same places to fill in."""
    for group in load().values():
        for zh, en in [group] if isinstance(group, list) else group.values():
            assert re.findall(r"\{\w+\}", zh) == re.findall(r"\{\w+\}", en)
            assert zh
            assert en


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """The page of a graph whose names, headings and sentences would run if they could, beside nothing."""
    return page.render(compare(read(union(made_up())), side()), "en", "thing", CHANGES)


def test_hostile_names_stay_text(hostile: bytes) -> None:
    """No name of a graph becomes an element of the page, which lets no script run and loads nothing."""
    text = hostile.decode()
    assert SCRIPT not in text
    assert IMAGE not in text
    assert "&lt;script&gt;window.hacked=1&lt;/script&gt;" in text
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert re.findall(r"<script|<img|src=", re.sub(r"&lt;.*?&gt;", "", text)) == []


@in_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_page_can_be_read_by_everybody(browser: Browser, found: Comparison, tmp_path: Path, size: tuple[int, int], theme: Any) -> None:  # noqa: ANN401
    """axe-core finds no fault, nothing sticks out, nothing is complained of; a click changes the language; both numbers are marked."""
    path = tmp_path / "diff.html"
    path.write_bytes(page.render(found, "zh", "change", CHANGES))
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme, offline=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(path.as_uri())

    donors = tab.locator("article", has_text="会员国")
    assert {"117", "129"} <= set(donors.locator("blockquote :is(del, ins)").all_text_contents())
    assert donors.locator(".by").inner_text() == "+12 (+10.3%)"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(tab, options=RULES).response["violations"] == []
    tab.locator("#en").check()
    assert tab.locator("h1").inner_text() == "Graphs compared"
    assert complaints == []
    context.close()


@in_browser
def test_hostile_names_do_not_run(browser: Browser, hostile: bytes, tmp_path: Path) -> None:
    """A page of hostile names opens without running any."""
    (tmp_path / "hostile.html").write_bytes(hostile)
    tab = browser.new_page()
    tab.goto((tmp_path / "hostile.html").as_uri())
    assert tab.evaluate("window.hacked") is None
    assert "window.hacked=1" in tab.locator("main").inner_text()
    tab.close()


def test_nothing_differs() -> None:
    """Where nothing differs the text is the table of counts alone, and the page says so."""
    same = compare(side(fact()), side(fact()))
    assert "──" not in lines.render(same, "zh", "change", ["changed", "new", "gone"])
    assert "Nothing differs." in page.render(same, "en", "change", ["changed"]).decode()


# ---------------------------------------------------------------- one indicator over time


def _series(*arguments: object) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(run("series", *arguments, "--format", "json"))
    return rows


def test_series(files: tuple[Path, Path]) -> None:
    """An indicator's figures stand by time, from all reports, each with its comparator, report, paragraph and sentence."""
    graphs = [word for path in files for word in ("--graph", path)]
    rows = _series("核心捐款", *graphs, "--exact", "--about", "UN Women")
    assert tuple(rows[0]) == COLUMNS
    assert [(row["start"], row["value"], row["comparator"], row["report"], row["paragraph"]) for row in rows] == [
        ("2011-01-01", "120000000", "等于", "2012年虚构报告", "3"),
        ("2012-01-01", "114000000", "等于", "2013年虚构报告", "3"),
    ]
    assert {row["counted"] for row in _series("核心捐款", *graphs)} == {"核心捐款", "非核心捐款"}
    assert run("series", "会员国", *graphs, "--format", "csv").splitlines()[1].startswith("2011-01-01,2011-12-31,sentence,")


def test_series_without_a_time() -> None:
    """A figure whose sentence says no time counts for its report's date, unless it is a baseline, which is older; such come last."""
    reports = (Report("r", date="2013-01-23"),)
    said = (figure("8", quote="从8%增加。", base=True), figure("31", quote="增至31%。"), figure("5", quote="2011年。", end="2011-12-31"))
    points = series(replace(side(*said), reports=reports), "捐助国")
    assert [(point.figure.value, point.end, point.dated) for point in points] == [
        (Decimal(5), "2011-12-31", "sentence"),
        (Decimal(31), "2013-01-23", "report"),
        (Decimal(8), "", ""),
    ]
    assert table(side(), points, "zh").rows[-1][:3] == ("", "", "")


def test_series_of_nothing(files: tuple[Path, Path]) -> None:
    """Words that nothing is counted in are answered with the nearest; so is a thing that nothing is called."""
    with pytest.raises(UnknownNameError, match="nothing is counted as '会员'; did you mean 会员国"):
        series(side(figure("1", "会员国")), "会员", exact=True)
    result = CliRunner().invoke(kg, ["series", "会员国", "--graph", str(files[0]), "--about", "UN Wimmen"])
    assert (result.exit_code, "did you mean" in result.output) == (1, True)


def _plot(points: tuple[Point, ...], suffix: str) -> bytes:
    from kg.series.plot import draw  # noqa: PLC0415  matplotlib is slow to load

    return draw(side(), points, "捐助国", "zh", suffix)


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")  # on a machine without a Chinese font
def test_plot() -> None:
    """A plot is the same bytes each time, names what it shows as text, and is refused where it cannot be made."""
    said = [
        figure("117", end="2011-12-31"),
        figure("129", comparator="moreThan", end="2012-12-31"),
        figure("50", unit="PERCENT", start="2012-01-01"),
    ]
    points = series(side(*said), "捐助国")
    svg = _plot(points, ".svg")
    assert svg == _plot(points, ".svg")
    assert _plot(points, ".png") == _plot(points, ".png")
    assert _plot(points, ".png").startswith(b"\x89PNG")
    assert all(f">{text}<" in svg.decode() for text in ("捐助国", "117", "moreThan 129", "50"))
    assert b"<dc:date>" not in svg
    with pytest.raises(KgError, match=r"no plot in the format '.gif'; choices: .png, .svg"):
        _plot(points, ".gif")
    with pytest.raises(KgError, match="no figure has a date"):
        _plot(series(side(figure("1")), "捐助国"), ".svg")


def test_plot_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where matplotlib is not installed, the user is told what to install."""
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(KgError, match=r"install report-kg\[plot\]"):
        _plot(series(side(figure("1", end="2011-12-31")), "捐助国"), ".svg")


def test_names_of_the_later_side_come_first() -> None:
    """A thing that was named anew is called by its name of today."""
    before = union(made_up())
    after = union(made_up())
    thing = next(node for node in after.subjects(RDFS.label, Literal("绿原基金", lang="zh")))
    after.set((thing, RDFS.label, Literal("绿野基金", lang="zh")))
    told = wording(compare(read(before), read(after)), "zh")
    assert told.name(str(thing)) == "绿野基金"
