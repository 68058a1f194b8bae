"""How much one file may hold. Above it stands a clear refusal instead of a machine that does not answer; each number has its reason.

All steps are linear in the length of a report, so that these bound memory and time as well.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import ReportError

_MIB = 1 << 20

# A page of a report is about 3 kB, so this is ten thousand pages; to read it takes 3 GB of memory and some minutes.
REPORT = 32 * _MIB
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
        message = f"{path}: has more than {most:,} bytes, the most that is read; split the file"
        raise ReportError(message)
    return data


def _what_stands_there(path: Path) -> str:
    """What stands where no file does, and the remedy."""
    if path.exists():
        return "is a folder, a pipe or a device, no file; put a file there"
    return "is a link to nothing; mend it or take it away" if path.is_symlink() else "there is no such file; give the path of a report"
