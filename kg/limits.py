"""How much one file may hold. Above it stands a clear refusal instead of a machine that does not answer; each number has its reason.

All steps are linear in the length of a report, so that these bound memory and time as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from kg.errors import ReportError

_MIB = 1 << 20

# Bytes of a report in any format, pictures and all.
REPORT = 64 * _MIB
# Characters of its text. A page has about a thousand, so this is ten thousand pages; to read them takes 2 GB of memory and some minutes.
TEXT = 10_000_000
# Of a PDF.
PAGES = 20_000
# Seconds in which a PDF is taken apart; a report of a thousand pages takes some ten.
SECONDS: float = 120
# Of a DOCX: files in it, bytes of all of them and of one, and how many times larger than packed one may be, from SMALL bytes on; Word's
# own stay below 60.
MEMBERS, UNPACKED, MEMBER, RATIO, SMALL = 10_000, 256 * _MIB, 64 * _MIB, 200, _MIB
# The .toml beside a report; that of the seed has 8 kB. A key of many dots costs the square of their number, hence the length of a line.
DESCRIPTION = _MIB // 4
DESCRIPTION_LINE = 1000  # characters
# The .review.yaml beside it: some ten thousand decisions.
REVIEW = 4 * _MIB
# Cells of a sentence in which facts are sought: names and other characters. The longest in the reports at hand has 135, a list of
# a hundred items has some thousands; what is longer is a page that lost its full stops.
SENTENCE = 5000


def content(path: Path, most: int) -> bytes:
    """The bytes of a file; a ReportError when it is none, cannot be read or has more than `most`."""
    try:
        if not path.is_file():
            message = f"{path}: {_what_stands_there(path)}"
            raise ReportError(message)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}; check its name and its permissions"
        raise ReportError(message) from error
    if len(data) > most:
        refuse(path, f"has more than {most:,} bytes, the most that is read", "split the file")
    return data


def check(path: Path, found: int, most: int, what: str, remedy: str = "split the report") -> None:
    """Raise ReportError when more was found in a file than is read."""
    if found > most:
        refuse(path, f"{found:,} {what}, and at most {most:,} are read", remedy)


def refuse(path: Path, fault: str, remedy: str) -> NoReturn:
    """Raise the ReportError of a file that is not read."""
    message = f"{path}: {fault}; {remedy}"
    raise ReportError(message)


def _what_stands_there(path: Path) -> str:
    """What stands where no file does, and the remedy."""
    if path.exists():
        return "is a folder, a pipe or a device, no file; put a file there"
    return "is a link to nothing; mend it or take it away" if path.is_symlink() else "there is no such file; give the path of a report"
