"""Things by any name they have."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from kg.model import Entity


class Things:
    """The things of a report, and those that are generally known."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """An index of things by their names, without regard to case; made when first asked, for most reports have no review."""
        self._entities = tuple(entities)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {entity.iri: entity.name for entity in self._entities}

    @cached_property
    def _first(self) -> Mapping[str, list[Entity]]:
        return _by_name((entity.name, entity) for entity in self._entities)

    @cached_property
    def _other(self) -> Mapping[str, list[Entity]]:
        return _by_name((name, entity) for entity in self._entities for name in entity.names)

    def called(self, name: str) -> list[Entity]:
        """The things whose first name this is, else those that have it among their other names."""
        form = name.casefold()
        return self._first.get(form) or self._other.get(form) or []

    def one(self, name: str) -> Entity | None:
        """The one thing called so; None when there is none, or several."""
        found = self.called(name)
        return found[0] if len(found) == 1 else None

    def name(self, iri: str) -> str:
        """The first name of a thing."""
        return self._names.get(iri, iri)

    def fault(self, name: str) -> str:
        """Why a name is not that of one thing, "" if it is."""
        found = self.called(name)
        if len(found) > 1:
            return f"{name} can be {' or '.join(sorted(entity.name for entity in found))}"
        near = difflib.get_close_matches(name, sorted(self._names.values()), n=2)
        return "" if found else f"nothing is called {name}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _by_name(named: Iterable[tuple[str, Entity]]) -> Mapping[str, list[Entity]]:
    found: defaultdict[str, list[Entity]] = defaultdict(list)
    for name, entity in named:
        found[name.casefold()].append(entity)
    return dict(found)
