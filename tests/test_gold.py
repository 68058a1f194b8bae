"""The floors: how well the seed report is read, measured on gold that people made by reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

GOLD = Path(__file__).parent / "gold"
