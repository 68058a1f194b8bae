"""What a worker answers, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import KgError

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a request: HTTP status, media type, body and other headers."""

    body: bytes = field(repr=False)
    media: str = TEXT
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(KgError):  # noqa: N818  it is no error to refuse
    """A request that is not answered: why, for people, and the HTTP status that says so to programs."""

    def __init__(self, status: int, text: str, **headers: str) -> None:
        """A refusal; headers by name, with _ for -."""
        super().__init__(*text.split("\n"))
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def reply(self) -> Reply:
        """The same as an answer."""
        return Reply(f"{self}\n".encode(), status=self.status, headers=self.headers)
