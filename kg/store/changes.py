"""One change of a store, from the generation in force to the next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UnknownNameError, did_you_mean
from kg.store import folders, identity, parts, review
from kg.store.ledger import Ledger
from kg.store.loading import decide, load
from kg.store.parts import Row


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did. Ids of reports, sorted; decisions: how many names were decided; unmet: what of the review meets nothing.

    generation: the one in force afterwards.
    """

    generation: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    unmet: tuple[str, ...]


def apply(root: Path, brought: Sequence[Row] = (), incoming: Path | None = None, removed: Collection[str] = ()) -> Changed:
    """Change a store that the caller holds. brought: reports; incoming: where their parts lie, if they are new; removed: ids that go.

    There is no new generation when all is as it is. A KgError when a report to be removed is not there; then nothing changes.
    """
    name = folders.current(root)
    old = folders.generation(root, name) if name else None
    before = {row.id: row for row in parts.rows(old)} if old else {}
    if unknown := sorted(set(removed) - set(before)):
        message = f"{root}: no report {unknown[0]!r}; {did_you_mean(unknown[0], before)}"
        raise UnknownNameError(message)
    after = {row.id: row for row in [*before.values(), *brought] if row.id not in removed}
    people, known = review.read(root), identity.of_decisions(identity.decisions(old) if old else ())
    decided = known.decisions
    if old is None or after != before or decide(Ledger(folders.database(old, folders.LEDGER)), people)[0].decisions != decided:
        for path in sorted(incoming.iterdir()) if incoming else ():
            path.replace(root / folders.PARTS / path.name)
        new = folders.begin(root)
        decided = load(root, new, (before, after), people, known)
        parts.write_rows(new, tuple(after.values()))
        identity.write_decisions(new, decided)
        folders.commit(root, new)
        parts.clear(root, after.values())
        name = new.name
    return Changed(
        name,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(id_ for id_ in before.keys() & after.keys() if before[id_] != after[id_])),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted({row.id for row in brought if before.get(row.id) == row})),
        tuple(identity.unmet(people, decided)),
    )
