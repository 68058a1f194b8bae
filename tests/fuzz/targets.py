"""What is fuzzed: each a function from choices to checks. A new one is a function and its name here.

`make fuzz` runs them with atheris, `tests/test_properties.py` with hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from fuzz import files, formats, graphs, served, texts
from fuzz.choices import Choices

TARGETS: Mapping[str, Callable[[Choices], None]] = MappingProxyType(
    {
        target.__name__: target
        for target in (
            texts.decoding,
            texts.reading,
            texts.numbers,
            texts.times,
            texts.names,
            texts.relating,
            texts.observing,
            texts.extracting,
            formats.pages,
            formats.markdown,
            formats.word,
            formats.printed,
            graphs.describing,
            graphs.writing,
            graphs.exporting,
            graphs.rdf_files,
            files.descriptions,
            files.reviews,
            files.gold_tables,
            files.asking,
            served.questioning,
            served.requesting,
            served.preferring,
            served.answers,
            served.ready_parts,
            served.renaming,
        )
    }
)
