"""What is committed under exports/ is what a build makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import Built
from kg.writers import FORMATS

EXPORTS = Path(__file__).parent.parent / "exports"


@pytest.mark.parametrize("form", FORMATS)
def test_export_is_fresh(seed_built: Built, form: str) -> None:
    """Each export of the seed report has the bytes that a build writes now: `make build` was run and its result committed."""
    committed = (EXPORTS / f"{seed_built.document.id}.{form}").read_bytes()

    assert committed == FORMATS[form](seed_built), f"run make build: {form} has changed"


def test_nothing_else_lies_there(seed_built: Built) -> None:
    """exports/ holds the exports of the seed report and no other file."""
    assert {f"{seed_built.document.id}.{form}" for form in FORMATS} == {path.name for path in EXPORTS.iterdir()}
