"""Which of several media types, or languages, a client would rather have (RFC 9110, 12.5)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.server.reply import Refusal

LANGUAGES = ("zh", "en")


def media(accept: str, offered: Sequence[str]) -> str:
    """Of the media types offered, in our own order, the one that a client likes best; a Refusal, 406, when it takes none."""
    wanted = _weighed(accept or "*/*")
    best = max(offered, key=lambda one: _liking(one, wanted))
    if _liking(best, wanted) == 0:
        message = f"none of what Accept asks for can be given; there are: {', '.join(dict.fromkeys(offered))}"
        raise Refusal(406, message)
    return best


def language(asked: str, accept: str) -> str:
    """Chinese or English: as the address asks, else as the client likes best, else Chinese."""
    if asked in LANGUAGES:
        return asked
    wanted = _weighed(accept)
    return max(LANGUAGES, key=lambda one: max((q for name, q in wanted.items() if name.split("-")[0] == one), default=0.0))


def _liking(offered: str, wanted: dict[str, float]) -> float:
    """From 0, not at all, to 1: as the most exact range that holds it says."""
    exact = offered.partition(";")[0]
    ranges = (exact, f"{exact.partition('/')[0]}/*", "*/*")
    return next((wanted[one] for one in ranges if one in wanted), 0.0)


def _weighed(header: str) -> dict[str, float]:
    """The names in a header, each with its q; one that cannot be read counts as 0."""
    found = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        q = next((value for key, _, value in (one.partition("=") for one in parameters) if key.strip() == "q"), "1")
        try:
            found[name] = min(max(0.0, float(q)), 1.0)  # in this order, what is not a number is 0
        except ValueError:
            found[name] = 0.0
    return found
