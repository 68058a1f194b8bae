"""What is done with each report of a build, wherever it is done: read it, check it, write its files, and tell of it in a few words."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg import checks, exports, iris, pipeline, writers
from kg.errors import KgError
from kg.explorer import index
from kg.exports.data import Data
from kg.pipeline import Built
from kg.runners import stamps
from kg.runners.outcome import Outcome

# Formats of `kg export` that a build can write of each report too: tables, to be read all together.
TABLES = ("parquet", "excel")
FORMATS = (*writers.FORMATS, *TABLES)


@dataclass(frozen=True, slots=True)
class Task:
    """How a report is built. It is sent to where that is done, and the outcome back: never a graph.

    formats: some of FORMATS; least: how sure a fact must be; shared: pages load the files of `writers.write_shared`; listed: tell what the
    list of reports says of it; resume: leave out a report whose files were made from the same, and note what they are made from.
    """

    output: Path
    formats: tuple[str, ...] = writers.DEFAULT
    least: Decimal = Decimal(0)
    shared: bool = False
    listed: bool = False
    resume: bool = False

    def __call__(self, path: Path) -> Outcome:
        """Build the report in a file. Whatever is wrong with it stands in the outcome, so that the others are built."""
        try:
            return self._resumed(path) if self.resume else self._built(path)
        except KgError as error:
            return Outcome(path, error=str(error))
        except Exception as error:  # noqa: BLE001  a fault of kg in one report must not cost the thousand others
            last = traceback.extract_tb(error.__traceback__)[-1]
            fault = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}: {error}"
            return Outcome(path, error=f"{path}: {fault}; this is a fault of kg: please report it")

    def _resumed(self, path: Path) -> Outcome:
        """What an earlier build made of the same, else what this one makes of it."""
        if not path.is_file():
            return self._built(path)
        choice = f"{self.formats} {self.least} {self.shared} {self.listed}"
        made_from = stamps.made_from(path, choice)
        known = stamps.read(self.output, path, made_from)
        if known is None:
            known = self._built(path)
            stamps.write(self.output, known, made_from)
        return known

    def _built(self, path: Path) -> Outcome:
        built = pipeline.build(path).at_least(self.least)
        checks.require_expected(built.extraction)
        checks.require(built.triples)
        stamps.forget(self.output, path)
        files = tuple(file.relative_to(self.output).as_posix() for file in self._written(built))
        formats = [form for form in self._chosen(writers.FORMATS) if f"{built.document.id}.{form}" in files]
        entry = index.entry(built.document.id, built.graph, formats) if self.listed else None
        return Outcome(path, built.document.id, built.counts, Counter(issue.kind for issue in built.extraction.issues), files, entry)

    def _written(self, built: Built) -> Iterator[Path]:
        yield from writers.write(built, self.output, self._chosen(writers.FORMATS), shared=self.shared)
        if tables := self._chosen(TABLES):
            described = built.described
            data = Data({"": described.shared, iris.report_iri(built.document): described.facts})
            yield from (path for path, _ in exports.write(data, self.output, tables))

    def _chosen(self, formats: Iterable[str]) -> list[str]:
        """Those of these formats that are wanted, in the order given."""
        known = set(formats)
        return [form for form in self.formats if form in known]
