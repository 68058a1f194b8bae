"""The explorer of what is in the store: all of it, a report, or what is around a thing."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.explorer.page import Opening, page_of
from kg.network import Index, network_of
from kg.server import addresses, part
from kg.server.limits import Limits
from kg.server.reply import Reply
from kg.server.source import Source


def page(source: Source, limits: Limits, *, report: str, focus: str, hops: int, language: str) -> Reply:  # noqa: ARG001, PLR0913  a job
    """The page of a report, else of what is `hops` steps around a thing, called by its local name, else of everything.

    A Refusal when there is no such report or thing, or more than fits a page.
    """
    state = {"l": "en" if language == "en" else ""}
    if report:
        graph = part.of_report(source, report)
    elif focus:
        graph = part.of_thing(source, focus, hops)
        state |= {"n": focus, "h": str(hops)}
    else:
        graph = part.of_all(source)
    index = Index(graph)
    opening = Opening(urlencode({key: value for key, value in state.items() if value}))
    return Reply(page_of(index, network_of(index), opening), addresses.HTML)
