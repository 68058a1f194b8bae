"""The spaCy component: its spans say which characters are a name, of what class, and of what thing."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg import language, ontology
from kg.errors import LanguageError
from kg.finders.names import find_names
from kg.finders.spacy_component import KEY, create
from kg.model import Paragraph

TEXT = "妇女署与微软公司在卢旺达合作。"


def spans(doc: Doc) -> list[tuple[str, str, str]]:
    """Text, label and last part of the IRI of each span."""
    return [(span.text, span.label_, span.kb_id_.rpartition("/")[2]) for span in doc.spans[KEY]]


@pytest.fixture(scope="module")
def nlp() -> Pipeline:
    """A blank Chinese pipeline with the component."""
    blank = spacy.blank("zh")
    blank.add_pipe("report_kg")
    return blank


def test_spans_are_the_names_of_the_text(nlp: Pipeline) -> None:
    """A listed body and country and a company that only its shape tells become spans with class and IRI."""
    doc = nlp(TEXT)
    assert [(text, label) for text, label, _ in spans(doc)] == [
        ("妇女署", "UNEntity"),
        ("微软公司", "PrivateSectorOrganization"),
        ("卢旺达", "Country"),
    ]
    known = {entity.iri for entity in ontology.load().entities}
    first, _, last = doc.spans[KEY]
    assert {first.kb_id_, last.kb_id_} <= known


def test_component_and_finder_agree(nlp: Pipeline) -> None:
    """The component gives exactly what `find_names` gives for the same paragraph."""
    paragraph = Paragraph("1", "paragraph", TEXT, tuple(range(len(TEXT))))
    found = find_names([paragraph], ontology.load(), language.load("zh")).mentions["1"]
    doc = nlp(TEXT)
    got = [(span.start_char, span.end_char, span.label_, span.kb_id_) for span in doc.spans[KEY]]
    assert got == [(m.start, m.end, m.kind, m.term) for m in found]


def test_wrapped_name_is_one_span_of_the_text_as_given(nlp: Pipeline) -> None:
    """A name broken over two lines is found, and its span covers the break."""
    doc = nlp("2012 年，妇女\n\n署支持卢旺达。")
    assert [text for text, _, _ in spans(doc)] == ["妇女\n\n署", "卢旺达"]


def test_text_without_names_has_no_spans(nlp: Pipeline) -> None:
    """A text without names, and an empty one, have an empty span group."""
    assert spans(nlp("没有名称。")) == []
    assert spans(nlp("")) == []


def test_words_that_do_not_fit_are_widened_with_a_warning() -> None:
    """Where a tokenizer's word is longer than the name, the span is the whole word and a warning tells it."""
    words = ["妇女署与", "微软公司", "在", "卢旺达", "合作", "。"]
    doc = Doc(Vocab(), words=words, spaces=[False] * len(words))
    component = create(spacy.blank("zh"), "report_kg", "zh")
    with pytest.warns(UserWarning, match="妇女署.*妇女署与") as told:
        component(doc)
    assert len(told) == 1
    assert [text for text, _, _ in spans(doc)] == ["妇女署与", "微软公司", "卢旺达"]


def test_unknown_language_is_refused() -> None:
    """A language without a folder is refused when the component is added, and the message names those there are."""
    with pytest.raises(LanguageError, match="zh"):
        spacy.blank("zh").add_pipe("report_kg", config={"language": "xx"})


def test_pipeline_survives_the_disk(nlp: Pipeline) -> None:
    """A pipeline made again from its own config finds the same."""
    again = spacy.blank("zh").from_config(nlp.config)
    assert spans(again(TEXT)) == spans(nlp(TEXT))


def test_spacy_finds_the_component_by_itself() -> None:
    """The installed package's entry point makes `add_pipe("report_kg")` work in a program that never imports kg."""
    program = f"import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('report_kg'); print(len(nlp('{TEXT}').spans['report_kg']))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  our own program
    assert run.stdout == "3\n"
