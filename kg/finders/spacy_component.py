"""The finders as a spaCy pipeline component, `nlp.add_pipe("report_kg")`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from kg import language, ontology
from kg.finders.names import find_names
from kg.model import Mention, Paragraph
from kg.text import Mapped

KEY = "report_kg"


@Pipeline.factory(KEY, assigns=["doc.spans"], default_config={"language": "zh"})
def create(nlp: Pipeline, name: str, language: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes these three by name
    """A component that puts the names of a text into `doc.spans["report_kg"]`; language: a folder of kg/lang."""
    return NameFinder(language)


class NameFinder:
    """Finds names as the pipeline of `kg` does, the whole text read as one paragraph.

    Each span has the name's class as label and its IRI as `kb_id_` ("" for a body that every country has). Where a tokenizer's words
    do not end where a name ends, the span is widened to whole words and a UserWarning says so; `spacy.blank("zh")` never needs it.
    """

    def __init__(self, code: str) -> None:
        """Load the words of that language; a LanguageError names the languages there are."""
        self._language = language.load(code)
        self._ontology = ontology.load()

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with its spans in text order."""
        flat = Mapped.of(doc.text).flat()
        paragraph = Paragraph("1", "paragraph", flat.text, flat.offsets)
        found = find_names([paragraph], self._ontology, self._language).mentions["1"]
        tokens = [token.i for token in doc for _ in token.text_with_ws]  # for each character its token
        doc.spans[KEY] = [_span(doc, tokens, flat.offsets[one.start], flat.offsets[one.end - 1] + 1, one) for one in found]
        return doc


def _span(doc: Doc, tokens: Sequence[int], start: int, end: int, mention: Mention) -> Span:
    """The tokens that hold the characters [start, end) of a document."""
    span = Span(doc, tokens[start], tokens[end - 1] + 1, label=mention.kind, kb_id=mention.term)
    if (span.start_char, span.end_char) != (start, end):
        message = f"report_kg: no token ends where {doc.text[start:end]!r} does; its span is {span.text!r}"
        warnings.warn(message, stacklevel=3)
    return span
