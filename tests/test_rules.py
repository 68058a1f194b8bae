"""The relation files: their examples give what they say, every pattern earns its place, and faults in a file are named."""

from __future__ import annotations

import time
from collections import deque
from functools import cache
from pathlib import Path

import pytest

from kg import language, ontology, rules
from kg.errors import LanguageError
from kg.finders.names import find_names
from kg.model import Document, Paragraph
from kg.pipeline import Built, extract
from kg.rules import Example, RelationFile
from kg.sentences import alphabet, split

KNOWN = ontology.load()
CHINESE = language.load("zh")
FILES = rules.load(CHINESE, KNOWN)
EXAMPLES = [(file, example) for file in FILES for example in file.examples]
Pair = tuple[str, str]


@cache
def read(text: str) -> Built:
    """What is read from a report of one paragraph."""
    paragraph = Paragraph("1", "paragraph", text, tuple(range(len(text))))
    return extract(Document("made-up", Path("made-up.txt"), text, "zh", "made-up", paragraphs=(paragraph,)))


def pair(file: RelationFile, subject: str, obj: str) -> Pair:
    """A fact's two ends, in an order of their own where the relation has none."""
    return (min(subject, obj), max(subject, obj)) if file.relation.symmetric else (subject, obj)


def found(file: RelationFile, text: str) -> set[Pair]:
    """The facts of a file's relation that are read from a text, as IRIs."""
    statements = read(text).extraction.statements
    return {pair(file, s.subject, s.object) for s in statements if s.relation == file.relation.name}


def iris(text: str) -> dict[str, str]:
    """The IRI of each entity of a text, by every name it has."""
    return {name: e.iri for e in read(text).extraction.entities for name in (*e.names, e.name)}


@pytest.mark.parametrize(("file", "example"), EXAMPLES, ids=[file.relation.name for file, _ in EXAMPLES])
def test_example(file: RelationFile, example: Example) -> None:
    """An example gives the facts of its file's relation that it lists, and no others."""
    by_name = iris(example.text)
    canonical = {e.iri: e.name for e in read(example.text).extraction.entities}
    unknown = sorted({name for fact in example.gives for name in fact} - set(by_name))
    assert not unknown, f"{file.path.name}: {example.text}\n  no such name was found: {unknown}\n  found: {sorted(canonical.values())}"

    expected = {pair(file, by_name[subject], by_name[obj]) for subject, obj in example.gives}
    got = found(file, example.text)

    def shown(pairs: set[Pair]) -> str:
        return "; ".join(sorted(f"{canonical[a]} → {canonical[b]}" for a, b in pairs)) or "none"

    assert got == expected, f"{file.path.name}: {example.text}\n  found: {shown(got)}\n  expected: {shown(expected)}"


@pytest.mark.parametrize("file", FILES, ids=[file.relation.name for file in FILES])
def test_every_pattern_earns_its_place(file: RelationFile) -> None:
    """Each pattern gives a fact of some example of its file, one that no pattern before it gives."""
    statements = [s for example in file.examples for s in read(example.text).extraction.statements]
    used = {evidence.rule for s in statements for evidence in s.evidence}

    assert [rule.source for rule in file.rules if rule.id not in used] == []


@pytest.mark.parametrize("file", FILES, ids=[file.relation.name for file in FILES])
def test_examples_show_the_limits(file: RelationFile) -> None:
    """Each file has examples that give nothing, one that gives several facts, and no sentence twice."""
    texts = [example.text for example in file.examples]

    assert sum(not example.gives for example in file.examples) >= 2
    assert any(len(example.gives) > 1 for example in file.examples)
    assert len(set(texts)) == len(texts)


def test_every_relation_has_a_file() -> None:
    """The files hold each relation of the ontology once, in the ontology's order."""
    assert [file.relation.name for file in FILES] == list(KNOWN.relations)


MADE_UP = """
relation: funds
about: 供资。
triggers: [供资]
patterns:
  - '{subject+}资助{le}{object+}'
examples:
  - text: 荷兰资助了乐施会。
    gives: [荷兰 → 乐施会]
"""


def fault(folder: Path, text: str, name: str = "funds") -> str:
    """What is said of a file with a fault."""
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageError) as raised:
        rules.read(path, CHINESE, KNOWN)
    message = str(raised.value)
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def test_made_up_file_is_read(tmp_path: Path) -> None:
    """A file gives its relation, its rules numbered from 1, and its examples as pairs of names."""
    path = tmp_path / "funds.yaml"
    path.write_text(MADE_UP, encoding="utf-8")

    file = rules.read(path, CHINESE, KNOWN)

    assert (file.relation.name, [rule.id for rule in file.rules]) == ("funds", ["zh/funds#1"])
    assert file.examples == (Example("荷兰资助了乐施会。", (("荷兰", "乐施会"),)),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{le}", "{lee}", "{subject+}资助{lee}{object+}: unknown slot {lee}; did you mean le"),
        ("{object+}", "{object:Contry+}", "{subject+}资助{le}{object:Contry+}: unknown slot {Contry}; did you mean Country"),
        ("资助", "(资助", "not a regular expression"),
        ("{object+}", "他人", "needs {subject} or {owner} with {object}, or {members+}"),
        ("about:", "abuot:", "abuot: unknown key; did you mean about?"),
        ("about: 供资。\n", "", "about: missing"),
        ("triggers: [供资]\n", "", "triggers: missing"),
        ("relation: funds", "relation: fund", "relation: 'fund' is unknown; did you mean funds"),
        ("荷兰 → 乐施会", "荷兰 - 乐施会", "examples: '荷兰 - 乐施会' is no fact; write it as: subject → object"),
        ("gives:", "give:", "examples[1].give: unknown key; did you mean gives?"),
        ("\n  - '{subject+}资助{le}{object+}'", " 资助", "patterns: expected a list of words"),
        ("examples:", "examples: [", "not YAML"),
    ],
)
def test_fault_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A fault in a relation file is a LanguageError that names the file, the fault and the remedy."""
    assert MADE_UP.count(old) >= 1
    assert message in fault(tmp_path, MADE_UP.replace(old, new, 1))


def test_wrong_file_name_is_named(tmp_path: Path) -> None:
    """A file is called after its relation."""
    assert fault(tmp_path, MADE_UP, "supports") == "relation: is 'funds'; name the file funds.yaml"


HOSTILE = {
    "lists": "粮农组织、",
    "joiners": "粮农组织与加纳和",
    "possessors": "加纳的",
    "places": "在加纳，",
    "facts": "粮农组织支持加纳，",
    "adverbs": "粮农组织将继续共同",
}


def seconds(text: str) -> float:
    """How long the rules take over a sentence, the names in it found beforehand."""
    paragraph = Paragraph("1", "paragraph", text, tuple(range(len(text))))
    names = find_names([paragraph], KNOWN, CHINESE).mentions["1"]
    (sentence,) = split(text, names, alphabet(KNOWN), CHINESE.profile.sentence_end)
    begin = time.process_time()
    deque(rules.apply(FILES, sentence), maxlen=0)
    return time.process_time() - begin


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_patterns_do_not_run_away(unit: str) -> None:
    """A sentence ten times as long, of nothing but names, joiners or marks, takes some ten times as long and not a hundred."""
    short, long = ((unit * size)[:size] for size in (2_000, 20_000))

    assert seconds(long) < 30 * max(seconds(short), 0.01)
