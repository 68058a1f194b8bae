"""What workers can be asked to do: each a function of the graph, the limits and what a request gives, which answers or refuses."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType

from kg.server.reply import Reply

# Where each is written; imported when it is first asked for, so that a worker is ready soon.
JOBS = MappingProxyType(
    {
        "query": "answering:answer",
        "service": "service:describe",
        "console": "console:page",
        "start": "start:page",
        "explore": "exploring:page",
        "thing": "things:page",
        "ontology": "terms:page",
    }
)


def job(name: str) -> Callable[..., Reply]:
    """The function of a job."""
    module, _, function = JOBS[name].partition(":")
    found: Callable[..., Reply] = getattr(import_module(f"kg.server.{module}"), function)
    return found
