"""Any number of made-up but realistic reports, the same each time: paragraphs of the seed and of the gold reports in new company.

    python tests/corpus.py build/corpus 1000

A report takes 30 to 90 of them, puts other countries and other bodies of the United Nations in the place of those named, and
changes years and numbers.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg import ontology
from kg.readers import read

HERE = Path(__file__).parent
_LEAST, _MOST, _SECTION = 30, 90, 12
_NUMBER = re.compile(r"(?<![\d/.,:()-])(?:(?P<year>(?:19|20)\d\d)(?=年|-)|(?P<number>[1-9]\d{1,2})(?![\d/.,:()-]))")
_CHINESE = "零一二三四五六七八九十"


@cache
def paragraphs() -> tuple[str, ...]:
    """The paragraphs that reports are made of."""
    sources = [*sorted(HERE.glob("gold/*/report.txt")), *sorted((HERE.parent / "seeds").glob("*.txt"))]
    return tuple(p.text for source in sources for p in read(source).paragraphs if p.kind == "paragraph")


def report(number: int) -> tuple[str, str]:
    """The text of the report of that number, and its .toml."""
    pool = paragraphs()
    taken = [pool[_pick(len(pool), number, place)] for place in range(_LEAST + _pick(_MOST - _LEAST, number, "length"))]
    names = {name: other for kind in ("Country", "UNEntity") for name, other in _renamed(kind, number).items()}
    name = re.compile("|".join(map(re.escape, sorted(names, key=lambda one: (-len(one), one)))))
    lines = [f"第{number}号报告", ""]
    for place, text in enumerate(taken):
        if place % _SECTION == 0:
            lines += [f"{_CHINESE[place // _SECTION + 1]}. 结果", ""]
        lines += [f"{place + 1}. {_renumbered(name.sub(lambda found: names[found[0]], text), number)}", ""]
    year = 2010 + number % 10
    toml = f'title = "第{number}号报告"\nsymbol = "X/{year}/{number}"\nlanguage = "zh"\ndate = "{year}-06-01"\n'
    return "\n".join(lines), toml


def write(folder: Path, count: int) -> list[Path]:
    """Write the first reports into a folder, which is made; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"report-{number:05}.txt" for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        text, toml = report(number)
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".toml").write_text(toml, encoding="utf-8")
    return paths


def _pick(of: int, *what: object) -> int:
    """A number below `of`, the same each time for the same thing."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest()[:8]) % of


def _renamed(kind: str, number: int) -> Mapping[str, str]:
    """For each listed thing of a class another one's name."""
    names = [entity.name for entity in ontology.load().entities if entity.kind == kind]
    start = _pick(len(names), number, kind)
    return dict(zip(names, [*names[start:], *names[:start]], strict=True))


def _renumbered(text: str, number: int) -> str:
    later = number % 10

    def other(found: re.Match[str]) -> str:
        return str(int(found["year"]) + later) if found["year"] else str(int(found["number"]) + _pick(9, number, found[0]))

    return _NUMBER.sub(other, text)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
