"""Reads institutional reports into knowledge graphs in which every fact carries the sentence that says it.

    import kg
    built = kg.build("seeds/000_99bf147bf4ea3876.txt")
    built.graph                  # rdflib Graph
    kg.to_networkx(built.dataset)

The names are looked up when first used, so that `import kg` loads neither spaCy nor rdflib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.network import to_networkx
    from kg.pipeline import build

__all__ = ["__version__", "build", "to_networkx"]
__version__ = "0.1.0"

_PLACES = {"build": "kg.pipeline", "to_networkx": "kg.network"}


def __getattr__(name: str) -> object:
    """A name of `__all__`, from the module that holds it."""
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    """The names of `__all__`, for completion."""
    return sorted(__all__)
