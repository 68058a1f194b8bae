"""Pack the programs and styles of pages: what is in a `web/` folder as one small script and one style sheet.

    make web    # needs node and npm

Needed after a change to those modules; a test tells when it was forgotten. They are packed here and not in each build, so that kg
needs no node, and because a page must have the same bytes wherever it is built, which packers promise only for one version of themselves.
vis-network is the release that pyvis carries, in its build for today's browsers, which is a quarter smaller; Yasgui carries all it needs.
"""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kg.explorer import program
from kg.server import console

_ESBUILD = ("node_modules/.bin/esbuild", "--bundle", "--minify", "--target=es2022", "--legal-comments=none", "--charset=utf8")
_MADE_OF = ("*.js", "*.css", "package-lock.json")


@dataclass(frozen=True, slots=True)
class Web:
    """A folder of scripts and styles; packed, style: what is made of them; apart: names of files that pages take as they are."""

    folder: Path
    packed: Path
    style: Path
    apart: frozenset[str] = frozenset()

    def sources(self) -> str:
        """A digest of all that the program is packed from."""
        left_out = {self.packed.name, self.style.name, *self.apart}
        files = sorted(path for pattern in _MADE_OF for path in self.folder.glob(pattern) if path.name not in left_out)
        return hashlib.sha256(b"".join(path.name.encode() + b"\0" + path.read_bytes() + b"\0" for path in files)).hexdigest()

    def pack(self) -> None:
        """Write the style, and as a zlib stream the program, with the digest of all sources on its first line."""
        from zopfli.zlib import compress  # noqa: PLC0415  only who packs needs it

        self.style.write_bytes(self._bundled("main.css"))
        self.packed.write_bytes(compress(f"// {self.sources()}\n".encode() + self._bundled("main.js", "--format=iife")))

    def _bundled(self, entry: str, *options: str) -> bytes:
        return subprocess.run((*_ESBUILD, entry, *options), cwd=self.folder, capture_output=True, check=True).stdout  # noqa: S603  our own words


EXPLORER = Web(program.WEB, program.PACKED, program.STYLE, frozenset(["unpack.js", "index.css"]))
SERVER = Web(console.WEB, console.PACKED, console.STYLE)


if __name__ == "__main__":
    EXPLORER.pack()
    SERVER.pack()
