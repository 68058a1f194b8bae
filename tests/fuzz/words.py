"""Texts for the fuzzer: words of the language's own files, marks, figures and what breaks programs, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from fuzz.choices import Choices

from kg import language, ontology, rules
from kg.resources import language_folder, load_yaml

_MOST = 60  # words of a text
_PLACES = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_CUT = re.compile("[^\u3400-\u9fff]+")

MARKS = tuple("。；，、：！？()（）“”《》「」‘’,.;:!?-—…·/％%$_*|#\"'\\ \n\r\t\u3000")
FIGURES = (*"0123456789", "1 600", "12,345", "2012", "0.5", "１２", "99999999999999999999")
NUMERALS = tuple("零〇一二三四五六七八九十百千万亿两几多半余约近")
ODD = (
    *"\0\x07\x1b\x7f\x85\u00ad\u200b\u200d\u200f\u202e\u2028\u2066\ufeff\ufdd0\ufffd\uffff\u0301\U0001f600\U00020000\U0010ffff",
    *("\u0301" * 9, "<script>", "</script>", "<!--", "]]>", "&amp;", "=1+1", "@SUM(", "http://a b/", "\r\n", "\n\n", "____", "\n____\n"),
)
PAGE = (
    "\n1. ",
    "\n2. ",
    "\n3. ",
    "\n4．",
    "\n一. ",
    "\nA. ",
    "\n(a) ",
    "\n第一条 ",
    "\n附件",
    "\n摘要\n",
    "\n目录\n",
    "……… 3\n",
    "\n* ",
    "\n1\n",
)


@cache
def _written() -> tuple[str, ...]:
    """The Chinese words and phrases in the files of the language, each once, in order."""
    folder = language_folder("zh")
    content = [load_yaml(path) for path in sorted([*folder.glob("*.yaml"), *folder.glob("relations/*.yaml")])]
    found: dict[str, None] = {}
    while content:
        match content.pop():
            case str(text):
                found |= dict.fromkeys(filter(None, _CUT.split(text)))
            case list(several):
                content += several
            case dict(table):
                content += [*table, *table.values()]
    return tuple(found)


@cache
def names() -> tuple[str, ...]:
    """The names of the things that are known everywhere."""
    return tuple(sorted({name for entity in ontology.load().entities for name in (entity.name, *entity.names)}))


@cache
def sentences() -> tuple[str, ...]:
    """The sentences that the relation files have as examples."""
    files = rules.load(language.load("zh"), ontology.load())
    return tuple(example.text for file in files for example in file.examples)


@cache
def pieces(*tables: str) -> tuple[str, ...]:
    """The pieces of these tables of pieces.yaml."""
    found = cast("Mapping[str, Sequence[str]]", load_yaml(Path(__file__).with_name("pieces.yaml")))
    return tuple(piece for table in tables for piece in found[table])


def piece(choices: Choices, *tables: str) -> str:
    """One of them."""
    return choices.one(pieces(*tables))


@cache
def _tables() -> tuple[Sequence[str], ...]:
    return (_written(), MARKS, names(), FIGURES, NUMERALS, sentences(), ODD, PAGE)


def text(choices: Choices, most: int = _MOST) -> str:
    """A text of at most so many words, any character among them but a lone surrogate, which no file can hold."""
    words: list[str] = []
    while choices.left and len(words) < most:
        which = choices.upto(15)
        table = _tables()[which] if which < len(_tables()) else _tables()[which % 3]
        words.append(char(choices) if which == len(_tables()) else choices.one(table))
    return "".join(words)


def figures(choices: Choices, most: int = _MOST) -> str:
    """A text in which nearly all is figures, numerals, marks and units."""
    tables = (
        FIGURES,
        NUMERALS,
        MARKS,
        ("年", "月", "日", "个", "%", "万美元", "亿", "名", "倍", "第", "分之", "至", "从", "增至", "以来", "底"),
    )
    words: list[str] = []
    while choices.left and len(words) < most:
        which = choices.upto(7)
        words.append(choices.one(tables[which % 4] if which else _written()))
    return "".join(words)


def char(choices: Choices) -> str:
    """Any character."""
    place = choices.upto(_PLACES)
    return chr(place) if place not in _SURROGATES else "\ufffd"
