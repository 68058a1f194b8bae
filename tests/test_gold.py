"""The floors: how well the seed report is read, measured on gold that people made by reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.score import score

if TYPE_CHECKING:
    from kg.pipeline import Built

GOLD = Path(__file__).parent / "gold"
