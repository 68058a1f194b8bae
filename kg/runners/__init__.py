"""Where the reports of a build are built: the same task for each, by one engine or another.

An engine is a module with `run(task, paths, workers, scheduler)`, which gives the outcome of each report as it comes, in any order. The
worker that does a task may be killed; the report is then given to another one, and listed as failed when it costs that one too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.runners.outcome import Outcome

Work = Callable[[Path], Outcome]

# A new engine is one module and one line here: its name, which is also that of the extra it needs, and the module, imported when asked for.
ENGINES: Mapping[str, str] = MappingProxyType({"local": "local", "dask": "distributed"})


def run(engine: str, task: Work, paths: Sequence[Path], workers: int | None = None, scheduler: str = "") -> Iterator[Outcome]:
    """The outcome of a task for each report. workers: how many processes, as many as there are cores when None.

    scheduler: the address of a cluster, "" for this machine. A KgError when the engine cannot be had; never for a report.
    """
    try:
        module = import_module(f"kg.runners.{ENGINES[engine]}")
    except ModuleNotFoundError as error:
        message = f"{engine}: {error.name} is not installed; install it with pip install 'report-kg[{engine}]', or choose --engine local"
        raise KgError(message) from error
    yield from module.run(task, paths, workers, scheduler)
