"""What is committed under exports/ is what a build makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import Built
from kg.writers import DEFAULT, FORMATS

EXPORTS = Path(__file__).parent.parent / "exports"


@pytest.mark.parametrize("form", DEFAULT)
def test_export_is_fresh(seed_built: Built, form: str) -> None:
    """Each export of the seed report has the bytes that a build writes now: `make build` was run and its result committed."""
    export = EXPORTS / f"{seed_built.document.id}.{form}"

    assert (export.read_bytes() if export.exists() else None) == FORMATS[form](seed_built), f"run make build: {form} has changed"


def test_nothing_else_lies_there(seed_built: Built) -> None:
    """exports/ holds the exports of the seed report and no other file."""
    needed = [form for form in DEFAULT if FORMATS[form](seed_built) is not None]
    assert {f"{seed_built.document.id}.{form}" for form in needed} == {path.name for path in EXPORTS.iterdir()}
