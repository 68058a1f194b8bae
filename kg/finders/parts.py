"""What a name's beginning says about its thing: whose unit it is, and in which country it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.finders.lexicon import Entry
from kg.model import Entity, Mention
from kg.naming import Names
from kg.ontology import Ontology

_SHORTEST_TAIL = 5


def find_parts(
    found: Iterable[Sequence[Mention]], forms: Mapping[str, Entry], ontology: Ontology, names: Names
) -> dict[str, tuple[str, str]]:
    """Bodies whose name begins with another's: a unit is part of that body, a national body lies in that country."""
    parts: dict[str, tuple[str, str]] = {}
    todo = [(m.text, m.term, m.kind, m.how) for m in sorted({m for ms in found for m in ms if ontology.is_a(m.kind, {"Organization"})})]
    for text, iri, kind, how in todo:
        whole = begins_with(text, iri, forms)
        if whole is None or iri in parts:
            continue
        # A listed body may bear a country's name and lie elsewhere (Columbia University).
        if whole.kind == "Country" and not how.startswith("listed"):
            parts[iri] = ("locatedIn", whole.iri)
        elif ontology.is_a(whole.kind, {"Organization"}) and whole.name not in names.no_parents and _is_unit(kind, text, names):
            parts[iri] = ("partOf", whole.iri)
            if not whole.listed:
                todo.append((whole.name, whole.iri, whole.kind, ""))  # a body named only inside its unit's name may be a unit too
    return parts


def _is_unit(kind: str, text: str, names: Names) -> bool:
    return kind != "PrivateSectorOrganization" and text.endswith(names.unit_heads)


def begins_with(text: str, iri: str, forms: Mapping[str, Entry]) -> Entity | None:
    """The thing with the longest known name that a name begins with and that is not itself."""
    for length in range(len(text) - 1, 1, -1):
        whole = forms.get(text[:length], Entry(None, "")).entity
        if whole and whole.iri and whole.iri != iri:
            return whole
    return None


def short_units(
    found: Iterable[Sequence[Mention]], parts: Mapping[str, tuple[str, str]], forms: Mapping[str, Entry], entities: Mapping[str, Entity]
) -> dict[str, Entry]:
    """The short names of units, "the working group" without its parent's name in front, where they are long enough to tell."""
    tails: dict[str, Entry] = {}
    for mention in sorted({m for ms in found for m in ms if m.term in parts}):
        whole = entities[parts[mention.term][1]]
        before = max((name for name in (whole.name, *whole.names) if mention.text.startswith(name)), key=len, default="")
        tail = mention.text[len(before) :]
        if before and len(tail) >= _SHORTEST_TAIL and tail not in forms:
            tails.setdefault(tail, Entry(entities[mention.term], f"short for {mention.text}"))
    return tails
