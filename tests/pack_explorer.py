"""Pack the explorer's program and style: vis-network and the modules of kg/explorer/web as one small script, the style sheets as one.

    make web    # needs node and npm

Needed after a change to those modules; a test tells when it was forgotten. The program is packed here and not in each build, so that kg
needs no node, and because a page must have the same bytes wherever it is built, which packers promise only for one version of themselves.
vis-network is the release that pyvis carries, in its build for today's browsers, which is a quarter smaller.
"""

from __future__ import annotations

import hashlib
import subprocess

from kg.explorer.program import PACKED, STYLE, WEB

_ESBUILD = ("node_modules/.bin/esbuild", "--bundle", "--minify", "--target=es2022", "--legal-comments=none", "--charset=utf8")
_MADE_OF = ("*.js", "*.css", "package-lock.json")
_NOT_OF = {PACKED.name, STYLE.name, "unpack.js", "index.css"}


def sources() -> str:
    """A digest of all that the program is packed from."""
    files = sorted(path for pattern in _MADE_OF for path in WEB.glob(pattern) if path.name not in _NOT_OF)
    return hashlib.sha256(b"".join(path.name.encode() + b"\0" + path.read_bytes() + b"\0" for path in files)).hexdigest()


def pack() -> None:
    """Write the style, and as a zlib stream the program, with the digest of all sources on its first line."""
    from zopfli.zlib import compress  # noqa: PLC0415  only who packs needs it

    STYLE.write_bytes(_bundled("main.css"))
    PACKED.write_bytes(compress(f"// {sources()}\n".encode() + _bundled("main.js", "--format=iife")))


def _bundled(entry: str, *options: str) -> bytes:
    return subprocess.run((*_ESBUILD, entry, *options), cwd=WEB, capture_output=True, check=True).stdout  # noqa: S603  our own words


if __name__ == "__main__":
    pack()
