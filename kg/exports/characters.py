"""Characters that a format cannot hold."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """A text with a line feed for every other end of a line, and a replacement character for whatever XML cannot hold."""
    return _NOT_XML.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same with one space for each stretch of white space."""
    return " ".join(printable(text).split())
