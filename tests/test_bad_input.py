"""Bad input, and what each gets: a refusal in one line, or issues beside all that can be read. The tables are the documentation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from made_files import word

from kg import language, limits, pipeline, rdf_files, writers
from kg.cli import kg
from kg.errors import KgError
from kg.finders.heads import find_refused
from kg.model import Mention
from kg.readers import decoding, docx, html, layout, pages, read

GOOD = "海洋署的活动\n1. 妇女署与儿童基金会在卢旺达合作。\n2. 2012年，妇女署向卢旺达提供了120名专家。\n"
LINE = "妇女署在卢旺达支持5个方案。"
Make = Callable[[Path], object]


def text(content: str, encoding: str = "utf-8") -> Make:
    """A report with this text."""
    return data(content.encode(encoding, "surrogatepass"))


def data(content: bytes) -> Make:
    """A report with these bytes."""
    return lambda path: path.write_bytes(content)


def beside(suffix: str, content: str | bytes) -> Make:
    """A good report and beside it a file of that suffix."""

    def make(path: Path) -> None:
        path.write_text(GOOD, encoding="utf-8")
        path.with_suffix(suffix).write_bytes(content if isinstance(content, bytes) else content.encode())

    return make


def and_there(suffix: str, make: Make) -> Make:
    """A good report and beside it what is made there."""

    def both(path: Path) -> None:
        path.write_text(GOOD, encoding="utf-8")
        make(path.with_suffix(suffix))

    return both


def sparse(size: int) -> Make:
    """A file of so many null bytes that takes no place on the disk."""

    def make(path: Path) -> None:
        path.touch()
        os.truncate(path, size)

    return make


def outside(path: Path) -> None:
    """A link to a good report in another folder."""
    other = path.parent.with_name(f"{path.parent.name}-other")
    other.mkdir()
    (other / "there.txt").write_text(GOOD, encoding="utf-8")
    path.symlink_to(other / "there.txt")


# What is refused: how the file comes to be, and words of the one line that tells its name, the place, the fault and the remedy.
REFUSED: dict[str, tuple[Make, str]] = {
    "empty": (data(b""), "the file is empty; put the text"),
    "only white space": (text(" \n\t\u3000\n"), "the file is empty; put the text"),
    "only a byte order mark": (data(b"\xef\xbb\xbf"), "the file is empty; put the text"),
    "binary": (data(bytes(range(256)) * 40), "neither UTF-8, UTF-16 nor GB18030"),
    "null characters": (text("1. 海洋署\0。"), "line 1: a null character: this is no text file"),
    "UTF-8 cut off": (data(GOOD.encode()[:-2]), "is not UTF-8; save the file as UTF-8 again"),
    "UTF-16 cut off": (data(GOOD.encode("utf-16")[:-1]), "is neither UTF-8, UTF-16 nor GB18030: truncated data"),
    "UTF-16 without a mark": (text(GOOD, "utf-16-le"), "is neither UTF-8, UTF-16 nor GB18030"),
    "GB18030 cut off": (data(GOOD.encode("gb18030")[:-5] + b"\x81"), "is neither UTF-8, UTF-16 nor GB18030"),
    "two encodings": (data(GOOD.encode() * 9 + "海洋".encode("gb18030")), "is not UTF-8; save the file as UTF-8 again"),
    "a lone surrogate": (text(GOOD + "3. \ud800。"), "is not UTF-8; save the file as UTF-8 again"),
    "no letter of a known language": (text("1. Nothing here is Chinese."), 'write language = "…" into'),
    "500 MB": (sparse(500 << 20), "has more than 67,108,864 bytes, the most that is read; split the file"),
    "a folder": (Path.mkdir, "is a folder, a pipe or a device, no file"),
    "a pipe": (os.mkfifo, "is a folder, a pipe or a device, no file"),
    "a device behind a link": (lambda path: path.symlink_to("/dev/zero"), "is a folder, a pipe or a device, no file"),
    "a link to nothing": (lambda path: path.symlink_to(path.with_name("nowhere")), "is a link to nothing; mend it or take it away"),
    "a link to itself": (lambda path: path.symlink_to(path), "is a link to nothing; mend it or take it away"),
    "nothing": (lambda _: None, "there is no such file; give the path"),
    ".toml: a number for a text": (beside(".toml", "title = 7"), 'title: a text in quotes is expected, not 7; write title = "…"'),
    ".toml: a date that is none": (beside(".toml", 'date = "2013-02-30"'), "is no date; write date ="),
    ".toml: a list for a table": (beside(".toml", "expect = [1]"), "expect: a table is expected"),
    ".toml: less than nothing": (beside(".toml", "[expect]\nfacts = -1"), "expect.facts: a whole number is expected, not -1"),
    ".toml: unknown key": (beside(".toml", 'titel = "甲"'), "unknown key 'titel'; did you mean title?"),
    ".toml: no TOML": (beside(".toml", "title"), "not TOML"),
    ".toml: not UTF-8": (beside(".toml", b'title = "\xff"'), "save it as UTF-8"),
    ".toml: brackets in brackets": (beside(".toml", "title = " + "[" * 900), "it is nested too deeply"),
    ".toml: a key of many dots": (beside(".toml", "a" + ".a" * 100_000 + " = 1"), "line 1: has more than 1,000 characters; shorten it"),
    ".toml: a number of many digits": (beside(".toml", "title = 0x" + "f" * 900), "title: a text in quotes is expected"),
    ".toml: large": (beside(".toml", "#\n" * 200_000), "has more than 262,144 bytes"),
    ".toml: a folder": (and_there(".toml", Path.mkdir), "is a folder, a pipe or a device"),
    ".toml: a pipe": (and_there(".toml", os.mkfifo), "is a folder, a pipe or a device"),
    ".toml: a link to nothing": (and_there(".toml", lambda path: path.symlink_to("no")), "is a link to nothing; mend it"),
    "review: no mapping": (beside(".review.yaml", "- a"), "expected a mapping"),
    "review: no YAML": (beside(".review.yaml", "facts: ["), "not YAML"),
    "review: not UTF-8": (beside(".review.yaml", b"facts: \xff"), "save it as UTF-8"),
    "review: wrong types": (beside(".review.yaml", "facts: 7"), "facts: expected a list of mappings"),
    "review: a day that is none": (beside(".review.yaml", "facts:\n- {why: 2012-99-99}"), "not YAML: month must be"),
    "review: aliases of aliases": (
        beside(
            ".review.yaml", "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        ),
        "line 2: aliases (*…) are not understood; write out what they stand for",
    ),
    "review: brackets in brackets": (beside(".review.yaml", "facts: " + "[" * 100_000), "exceeded maximum nesting depth"),
    "review: mappings in lists": (beside(".review.yaml", "facts:\n" + "- " * 100_000), "exceeded maximum nesting depth"),
    "review: large": (beside(".review.yaml", "#\n" * 3_000_000), "has more than 4,194,304 bytes"),
    "review: a pipe": (and_there(".review.yaml", os.mkfifo), "is a folder, a pipe or a device"),
}

# What is read all the same: the text, and the kinds of issues that tell what is odd about it.
READ: dict[str, tuple[str, set[str]]] = {
    "right-to-left marks": ("1. 妇女署\u202e与儿童基金会\u202c在卢旺达合作。\n", {"odd-character"}),
    "isolates and overrides, thousands": ("1. 妇女署" + "\u2066\u202e" * 1000 + "在卢旺达。\n", {"odd-character"}),
    "marks that print nothing": ("1. 妇女\u200b署与\u00ad儿童基金会在卢旺达合作。\n", set()),
    "noncharacters": ("1. 妇女署\ufdd0与儿童基金会\U0010ffff合作。\n", {"odd-character"}),
    "replacement characters": ("1. 妇女署与\ufffd\ufffd合作，在卢旺达支持妇女，推出方案，举办活动。\n", {"odd-character"}),
    "controls": ("1. 妇女署\x1b[31m与儿童基金会\x07合作。\n", {"odd-character"}),
    "combining marks, thousands": ("1. 妇女署在卢旺达" + "\u0301" * 20_000 + "合作。\n", {"too-long"}),
    "brackets in brackets": ("1. 妇女署" + "(" * 10_000 + "卢旺达" + ")" * 10_000 + "合作。\n", {"too-long"}),
    "brackets that never close": ("1. " + "(" * 10_000 + "妇女署。" * 100 + "\n", {"too-long"}),
    "items in items": ("1. 妇女署：\n" + "".join(f"({'ivx'[n % 3] * (n % 5 + 1)}) 支持卢旺达；\n" for n in range(1000)), {"too-long"}),
    "a name that is a script": (
        "1. 妇女署与“<script>alert(1)</script>”方案在卢旺达开展合作，支持各地的妇女参与决策，推出新的举措。\n",
        set(),
    ),
    "names with quotes": ("1. 妇女署与“\"'\\”委员会和“http://a b/{}|^`”方案合作。\n", {"unknown-name"}),
    "one line": ("1. " + LINE * 700 + "\n", set()),
    "one sentence": ("1. " + LINE.replace("。", "，") * 700 + "\n", {"too-long"}),
    "one number": ("1. 妇女署有" + "9" * 10_000 + "个方案。\n", {"too-long"}),
    "one name": ("1. " + "妇女" * 5_000 + "委员会与妇女署合作。\n", {"too-long"}),
    "blanks": ("1. 妇女署" + " \t\u3000\n" * 50_000 + "在卢旺达合作。\n", set()),
    "nothing but quotation marks": ("1. 妇女署" + "“" * 50_000 + "合作。\n", {"too-long"}),
    "paragraphs, thousands": ("".join(f"{n}. {LINE}\n" for n in range(1, 1001)), set()),
    "headings, thousands": ("".join(f"{'一二三四五六七八九'[n % 9]}. 甲\n" for n in range(5000)) + "1. 妇女署在卢旺达。\n", set()),
    "footnotes, thousands": ("".join(f"{n}. 海洋署。7\n____\n7 见文件。\n" for n in range(1, 501)), set()),
    "no number": ("海洋署的活动在这里继续进行下去。\n海洋署\n" * 500, {"no-paragraphs"}),
    "years, fifty": ("1. 妇女署" + "2010年、" * 50 + "的方案。\n", set()),
    "requests, fifty": ("1. 妇女署" + "应的请求" * 50 + "，与儿童基金会合作。\n", set()),
    "the same word, hundreds": ("1. " + "另" * 1500 + "，妇女署与儿童基金会合作。\n", set()),
}

# What a file may be called: its graph is whole and the page says the name without being hurt by it.
NAMES = {
    "line break": "a\nb",
    "not UTF-8": os.fsdecode(b"a\xff\xfe"),
    "markup": "<script>alert(1)<",
    "quotes": "\"a'`$(b)",
    "dots": "..a..",
    "blank": " a b ",
    "only signs": "？！",
    "right to left": "\u202etxt.",
    "percent": "a%2F%00#?b",
    "Chinese": "报告（一）",
    "long": "a" * 200,
    "NUL in the graph": "\x01\x1b[31m",
}


def built(path: Path) -> tuple[int, str]:
    """The exit status of `kg build` and what it prints as errors."""
    result = CliRunner().invoke(kg, ["build", str(path), "-o", str(path.parent / "out"), "-f", "ttl"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path: Path, case: str) -> None:
    """It is refused in one line that names the file, the fault and the remedy, with exit status 1, and nothing is written."""
    path = tmp_path / "bad.txt"
    make, words = REFUSED[case]
    make(path)
    status, printed = built(path)
    assert (status, printed.count("\n")) == (1, 1)
    assert words in printed
    assert str(tmp_path / "bad.") in printed
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("case", READ)
def test_read(tmp_path: Path, case: str) -> None:
    """It is read: the same twice, quotes agree with the text, and the issues tell what is odd; no other kind but those of any report."""
    path = tmp_path / "odd.txt"
    content, kinds = READ[case]
    path.write_text(content, encoding="utf-8")
    got = pipeline.build(path).extraction
    texts = {paragraph.number: paragraph.text for paragraph in got.document.paragraphs}
    assert kinds <= {issue.kind for issue in got.issues}
    assert all(texts[issue.paragraph][issue.start : issue.end] == issue.text for issue in got.issues if issue.end)
    assert all(texts[o.evidence.paragraph][o.evidence.start : o.evidence.end] == o.evidence.quote for o in got.observations)
    assert texts


@pytest.mark.parametrize("case", NAMES)
def test_names_of_files(tmp_path: Path, case: str) -> None:
    """Whatever a file is called, all formats are written, the Turtle can be read, and no tag of the page comes from the name."""
    path = tmp_path / f"{NAMES[case]}.txt"
    path.write_text(GOOD, encoding="utf-8")
    assert list(writers.write(pipeline.build(path), tmp_path / "out", ("ttl", "html", "issues.jsonl", "nq")))
    written = {file.name.removeprefix(path.stem): file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert set(written) == {".ttl", ".html", ".issues.jsonl", ".nq"}
    assert len(set(ox.parse(written[".ttl"], format=ox.RdfFormat.TURTLE))) == written[".nq"].count(b"\n")
    assert b"<script>alert" not in written[".html"]
    HTMLParser().feed(written[".html"].decode())
    assert all(json.loads(line) for line in written[".issues.jsonl"].splitlines())


def test_a_name_that_is_not_utf_8_is_printed(tmp_path: Path) -> None:
    """A build prints the name of such a file with escapes."""
    path = tmp_path / NAMES["not UTF-8"]
    path.with_suffix(".txt").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", f"{path}.txt", "-o", str(tmp_path), "-f", "nq"]
    run = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  our own command
    assert b"a\\udcff\\udcfe" in run.stdout
    assert path.with_suffix(".nq").exists()


def test_names_that_are_too_long(tmp_path: Path) -> None:
    """A name longer than the disk allows is refused in one line."""
    status, printed = built(tmp_path / f"{'a' * 300}.txt")
    assert (status, printed.count("\n")) == (1, 1)
    assert "cannot be read: File name too long; check its name and its permissions" in printed


@pytest.mark.parametrize("name", ["a\nb.txt", os.fsdecode(b"\xff.txt"), "\x1b[31m\u202e.txt"])
def test_errors_are_one_line(tmp_path: Path, name: str) -> None:
    """An error shows a file's name, whatever stands in it, on one line without a character that moves the cursor."""
    with pytest.raises(KgError) as error:
        read(tmp_path / name)
    assert str(error.value).isprintable()
    assert "there is no such file" in str(error.value)


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("a.nt", "<<( <urn:a> <urn:b> ", " )>>"),
        ("a.nq", "<<( <urn:a> <urn:b> ", " )>>"),
        ("a.ttl", "<<( <urn:a:)> <urn:b> # )>> \" '''\n", "\n)>>"),
        ("a.trig", "<< <urn:a> <urn:b> ", " >>"),
    ],
)
def test_triples_within_triples_are_refused(tmp_path: Path, name: str, begin: str, end: str) -> None:
    """A graph in which they stand too deep, which would end the process, is refused in one line; some depth is no fault."""
    path = tmp_path / name
    path.write_text(f"\n<urn:a> <urn:b> {begin * 50_000}<urn:c>{end * 50_000} .\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"a\.\w+:\d+: triples within triples, too deep to be read"):
        list(rdf_files.quads(path))
    path.write_text(f"\n<urn:a> <urn:b> {begin * 99}<urn:c>{end * 99} .\n", encoding="utf-8")
    assert list(rdf_files.quads(path))


def test_signs_in_strings_are_no_depth(tmp_path: Path) -> None:
    """Strings and comments may hold as many << as they like."""
    path, held = tmp_path / "a.ttl", "<<" * 200
    path.write_text(
        f"""<urn:a> <urn:b> '{held}', \"\"\"\"{held}\"\"\", '''{held}'''. # {held}\n<urn:a> <urn:c> "{held}" .""", encoding="utf-8"
    )
    assert len(list(rdf_files.quads(path))) == 4


def test_a_link_out_of_the_folder_is_read(tmp_path: Path) -> None:
    """A report may be a link to one elsewhere: it is called by the link's name, and what stands beside the link describes it."""
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "here.txt"
    outside(path)
    path.with_suffix(".toml").write_text('title = "甲"', encoding="utf-8")
    assert (read(path).id, read(path).title) == ("here", "甲")


def test_a_way_up_is_no_other_place(tmp_path: Path) -> None:
    """Dots in the path of a report lead to the same file and the same outputs."""
    (tmp_path / "in").mkdir()
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    assert read(tmp_path / "in" / ".." / "a.txt").id == "a"


def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of as many bytes as are allowed is read, one of a byte more is not."""
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    size = path.stat().st_size
    monkeypatch.setattr("kg.limits.REPORT", size)
    assert len(read(path).paragraphs) == 2
    monkeypatch.setattr("kg.limits.REPORT", size - 1)
    with pytest.raises(KgError, match="the most that is read"):
        read(path)


def test_a_long_sentence_keeps_its_text_and_numbers(tmp_path: Path) -> None:
    """No facts are sought in a sentence that is too long, which an issue tells; text and numbers are there, and the next is read."""
    path = tmp_path / "a.txt"
    long = "2012年妇女署在卢旺达支持5个方案，" + "，".join(["海洋"] * limits.SENTENCE)
    path.write_text(f"1. {long}。妇女署与儿童基金会合作。\n", encoding="utf-8")
    got = pipeline.build(path).extraction
    assert [issue.text for issue in got.issues if issue.kind == "too-long"] == [long[:40]]
    assert [o.value for o in got.observations] == [5]
    assert [s.relation for s in got.statements] == ["partnerOf"]
    assert got.document.paragraphs[0].text.startswith(long)


def test_more_than_ten_thousand_paragraphs() -> None:
    """Each paragraph is one, however many there are: none is taken for the end of another in silence."""
    found = pages.parse("".join(f"{number}. 海洋署。\n" for number in range(1, 10_501)), layout.load("zh"))
    assert len(found.paragraphs) == 10_500
    assert found.issues == ()


def test_any_bytes_are_a_text_or_a_refusal() -> None:
    """A text in UTF-8 comes back as it was, with and without a mark."""
    assert decoding.decode(Path("a.txt"), b"\xef\xbb\xbf" + GOOD.encode()) == GOOD


def steps(work: Callable[[], object]) -> int:
    """How many steps Python takes to do something; those of regular expressions are no part of them (tests/test_patterns.py)."""
    taken = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401  itself, which no type can say
        nonlocal taken
        frame.f_trace_opcodes = True
        taken += event == "opcode"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return taken


def parsed(source: str) -> object:
    """A page taken apart."""
    return pages.parse(source, layout.load("zh"))


def refused(source: str) -> object:
    """What looks like a name in a text of names and is none."""
    known = [Mention(place, place + 3, "Country", "x", "listed", "卢旺达") for place in range(0, len(source), 8)]
    return list(find_refused(source, known, language.load("zh").names))


def page(source: str) -> object:
    """A page of HTML read."""
    return html.extracted(Path("a.html"), source)


def styled(styles: str) -> object:
    """A DOCX read of as many paragraphs as it has styles, all of the first."""
    body = '<w:p><w:pPr><w:pStyle w:val="0"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>' * styles.count("<w:style ")
    return docx.extract(Path("a.docx"), word(body, styles=styles))


# What once took the square of a text's length: the work, and the text, by how often its piece is repeated.
GROWING: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "lines without numbers": (parsed, lambda many: "海洋署的活动在这里继续进行下去。\n海洋署\n" * many),
    "footnotes of one number": (parsed, lambda many: "".join(f"{n}. 海洋署。7\n____\n7 见文件。\n" for n in range(1, many + 1))),
    "numbers in a list that counts down": (page, lambda many: "<ol reversed>" + "<li value=3>甲" * many),
    "styles on styles": (
        styled,
        lambda many: "".join(f'<w:style w:styleId="{n}"><w:basedOn w:val="{n + 1}"/></w:style>' for n in range(many)),
    ),
    "names": (refused, lambda many: "卢旺达的小方案。" * many),
}


@pytest.mark.parametrize("case", GROWING)
def test_twice_the_text_takes_twice_the_steps(case: str) -> None:
    """A text of twice the length takes about twice as many steps."""
    work, made = GROWING[case]
    work(made(1))  # loads what is loaded once
    once, twice = (steps(partial(work, made(many))) for many in (300, 600))
    assert twice < 2.1 * once
