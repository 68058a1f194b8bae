"""The bytes of a text file as text: UTF-8, UTF-16 with its mark, or GB18030; a ReportError says what else it is."""

from __future__ import annotations

import codecs
from pathlib import Path

from kg.errors import ReportError

_BROKEN_SHARE = 10  # a file of which less than one in so many characters is broken was UTF-8 before it was damaged
_LOST = "\ufffd"


def decode(path: Path, data: bytes) -> str:
    """The text of a file, without a byte order mark; raise ReportError when it is empty, binary or in an unknown encoding."""
    if not data.strip():
        message = f"{path}: the file is empty; put the text of the report into it"
        raise ReportError(message)
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = _strictly(path, data, "utf-16") if marked else _eight_bit(path, data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = f"{path}: line {line}: a null character: this is no text file; save the report as plain text in UTF-8"
        raise ReportError(message)
    if not text.strip():
        message = f"{path}: the file is empty; put the text of the report into it"
        raise ReportError(message)
    return text


def _eight_bit(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        repaired = data.decode("utf-8", errors="replace")
        others = sum(not char.isascii() for char in repaired)
        if repaired.count(_LOST) * _BROKEN_SHARE < others:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"{path}: line {line}: byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; save the file as UTF-8 again"
            raise ReportError(message) from error
    return _strictly(path, data, "gb18030").removeprefix("\ufeff")


def _strictly(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is neither UTF-8, UTF-16 nor GB18030: {error.reason}; save the file as UTF-8"
        raise ReportError(message) from error
