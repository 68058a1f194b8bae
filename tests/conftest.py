"""What several test modules need: the seed report, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from rdflib import Dataset

from kg.pipeline import Built, build

# The same examples in each run; `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")

SEED = Path(__file__).parent.parent / "seeds" / "000_99bf147bf4ea3876.txt"


@pytest.fixture(scope="session")
def seed_built() -> Built:
    """The seed report, read into facts; not to be changed."""
    return build(SEED)


@pytest.fixture(scope="session")
def seed_dataset(seed_built: Built) -> Dataset:
    """The graph of the seed report; not to be changed."""
    return seed_built.dataset
