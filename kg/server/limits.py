"""How much a request may take: the one table of all limits."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request, an answer and a worker may take.

    seconds: of a worker's time for a query; writing: for a page; rows: of an answer, or its triples; answer: its bytes; body: bytes of
    a request; waiting: jobs that may wait for a worker; patience: seconds that they do so; memory: bytes of a worker beyond what it
    holds when it is ready; reading: seconds in which a request must have come; sending: in which an answer must have gone;
    connections: at one time; idle: seconds that one is kept
    which asks nothing; pages: bytes of pages that are kept, so as not to write them again.
    """

    seconds: float = 30
    writing: float = 60
    rows: int = 100_000
    answer: int = 64 * _MIB
    body: int = 1 * _MIB
    waiting: int = 32
    patience: float = 30
    memory: int = 2048 * _MIB
    reading: float = 10
    sending: float = 120
    connections: int = 256
    idle: int = 15
    pages: int = 64 * _MIB

    def time(self, job: str) -> float:
        """Seconds that a job of `kg.server.jobs` may take."""
        return self.seconds if job == "query" else self.writing
