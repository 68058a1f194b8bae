"""What holds of the files that people write beside a report, and of what they ask: understood, or refused in a line that says where."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from fuzz import words
from fuzz.choices import Choices
from fuzz.texts import check_refusal

from kg import gold, ontology, queries
from kg.errors import KgError
from kg.readers import described
from kg.review import record
from kg.review.entries import Review

TOML = (
    *("symbol = ", "title = ", "language = ", "date = ", "session = ", "publisher = ", "agenda_item = ", "[expect]\n", "paragraphs = "),
    *("[labels.en]\n", "[translations.en]\n", "labels = ", '"甲" = "A"\n', '"', '""', "'''", "2013-01-23", "2013-13-45", "91", "-1", "1e9"),
    *(
        "true",
        "inf",
        "nan",
        "[",
        "]",
        "{",
        "}",
        ",",
        "=",
        "\n",
        "#",
        "[[expect]]\n",
        "2013-01-23T00:00:00Z",
        "0x10",
        "1_000",
        "\\u0000",
        ".",
    ),
)
YAML = (
    *("facts:\n", "numbers:\n", "names:\n", "  - ", "accept: ", "reject: ", "correct: ", "to: ", "status: ", "period: ", "paragraph: "),
    *(
        "why: ",
        "add: ",
        "merge: ",
        "into: ",
        "split: ",
        "as: ",
        "of: ",
        "kind: ",
        "paragraphs: ",
        "[妇女署, supports, 卢旺达]",
        "partnerOf",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "\n",
        "    ",
        "planned",
        "2012",
        "2012-06",
        "2011/2013",
        "2012-99-99",
        "1.5",
        ".inf",
        ".nan",
        "1e400",
    ),
    *(
        "&a ",
        "*a",
        "<<: *a",
        "!!python/object:os.system ",
        "!!set ",
        "? ",
        "| ",
        "> ",
        "'",
        '"',
        "true",
        "null",
        "~",
        "0o7",
        "---\n",
        "...\n",
        "UNEntity",
    ),
)
ROWS = ("|", " | ", "\n", "#", "1", "23", "partnerOf", "!", "?", "exactly", "2012", "NUM", "1.5", "fn1", "-", "١")
QUERY = (
    *(
        "SELECT ",
        "?v ",
        "WHERE ",
        "{ ",
        "} ",
        'BIND("a" AS ?v) ',
        'VALUES ?v { "a" } ',
        "VALUES ?v { } ",
        "?s ?p ?o . ",
        "# param: v ?v what\n",
    ),
    *("# title-zh: 甲\n", "# param: v ?v\n", "# param: w ?w x\n", "FILTER(", ")", "\n", '"', "\\", "#"),
)
ASKED = queries.parse("q", "q.rq", '# param: v ?v what\nSELECT ?v WHERE { BIND("a" AS ?v) }')
NOTHING = ox.Store()


@cache
def folder() -> Path:
    """A folder that is gone at the end, in memory where there is one, for it is written to at each run."""
    memory = Path("/dev/shm")  # noqa: S108  only where to look first; the folder's name is tempfile's
    made = Path(tempfile.mkdtemp(prefix="kg-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _composed(choices: Choices, pieces: Sequence[str]) -> bytes:
    """Pieces of a format, and now and then any word or byte."""
    parts: list[bytes] = []
    while choices.left and len(parts) < 60:
        which = choices.upto(19)
        parts.append(
            bytes([choices.upto(255)]) if which == 1 else words.text(choices, 1).encode() if which == 0 else choices.one(pieces).encode()
        )
    return b"".join(parts)


def _understood(name: str, content: bytes, read: Callable[[Path], object]) -> object:
    """What is read from a file, None where it is refused in one line that names it."""
    path = folder() / name
    path.write_bytes(content)
    try:
        return read(path)
    except KgError as error:
        check_refusal(error, str(path))
        return None


def descriptions(choices: Choices) -> None:
    """A .toml gives texts, minima that are whole numbers and labels, or is refused."""
    found = _understood("any.toml", _composed(choices, TOML), described.read)
    if isinstance(found, described.Description):
        assert not found.date or len(found.date) == len("2013-01-23")
        assert all(least >= 0 for _, least in found.expect)
        assert all(label.text for label in found.labels)


def reviews(choices: Choices) -> None:
    """A .review.yaml gives decisions whose numbers are finite, or is refused."""
    known = ontology.load()
    found = _understood("any.review.yaml", _composed(choices, YAML), lambda path: record.read(path.with_name("any.txt"), known))
    if found is not None:
        assert isinstance(found, Review)
        assert all(one.value.is_finite() for one in found.numbers)
        assert all(isinstance(end, str) for one in found.facts for end in one.fact)


def gold_tables(choices: Choices) -> None:
    """A table of a gold standard gives rows whose paragraphs and values are numbers, or is refused."""
    name = choices.one(("relations.txt", "observations.txt", "entities.txt", "footnotes.txt"))
    for other in ("relations.txt", "observations.txt", "entities.txt"):
        (folder() / other).write_text("")
    (folder() / "footnotes.txt").unlink(missing_ok=True)
    found = _understood(name, _composed(choices, ROWS), lambda path: gold.read(path.parent))
    if isinstance(found, gold.Gold):
        assert all(row[0].isdecimal() for row in (*found.facts, *found.numbers))
        assert all(found.counts(row[0]) for row in found.facts)


def asking(choices: Choices) -> None:
    """A value put into a question is a text there and nothing else; one that cannot be is refused."""
    if choices.upto(3):
        value = words.text(choices, 8)
        try:
            filled = queries.fill(ASKED, {"v": value})
        except KgError as error:
            check_refusal(error, "q.rq: v: ")
        else:
            rows = NOTHING.query(filled)
            assert isinstance(rows, ox.QuerySolutions)
            assert [row["v"].value for row in rows] == [value]
    else:
        text = _composed(choices, QUERY).decode(errors="replace")
        try:
            question = queries.parse("q", "q.rq", text)
            queries.fill(question, {one.name: "x" for one in question.params})
        except KgError as error:
            check_refusal(error, "q.rq")
