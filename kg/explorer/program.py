"""The page's program and style as `make web` packs them: vis-network and the modules of `web/` as one script, its style sheets as one."""

from __future__ import annotations

import zlib
from pathlib import Path

WEB = Path(__file__).parent / "web"
PACKED = WEB / "program.js.zz"
STYLE = WEB / "style.min.css"


def packed() -> bytes:
    """The program as the page carries it: a zlib stream, which every browser unpacks."""
    return PACKED.read_bytes()


def unpacked() -> str:
    """The program as it runs; its first line tells what it was packed from."""
    return zlib.decompress(packed()).decode()


def unpacking() -> str:
    """The script that unpacks it in the browser."""
    return (WEB / "unpack.js").read_text(encoding="utf-8")


def style() -> str:
    """The style of all views."""
    return STYLE.read_text(encoding="utf-8")
