"""Bytes read as choices: what a fuzzer turns round becomes texts and values, the same ones for the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")
_BYTE = 256


@dataclass(slots=True)
class Choices:
    """A run through some bytes; where they are used up, the first choice is taken."""

    data: bytes
    at: int = 0

    def upto(self, most: int) -> int:
        """A whole number from 0 to `most`, out of as many bytes as it needs."""
        value, size = 0, most
        while size:
            value = value * _BYTE + (self.data[self.at] if self.at < len(self.data) else 0)
            self.at += 1
            size //= _BYTE
        return value % (most + 1)

    def one(self, of: Sequence[_T]) -> _T:
        """One of several."""
        return of[self.upto(len(of) - 1)]

    def rest(self) -> bytes:
        """The bytes that are left, all used up now."""
        rest, self.at = self.data[self.at :], max(self.at, len(self.data))
        return rest

    @property
    def left(self) -> bool:
        """Whether bytes are left."""
        return self.at < len(self.data)
