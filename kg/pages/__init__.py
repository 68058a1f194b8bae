"""Pages that need neither a script nor a network: one file, whose policy lets nothing act but its own style."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_PLAIN = Path(__file__).with_name("plain.css")


def render(template: Path, *styles: Path, **values: object) -> bytes:
    """The page of a Jinja template, UTF-8 with LF. styles: style sheets that follow what all such pages look like."""
    style = "".join(path.read_text(encoding="utf-8") for path in (_PLAIN, *styles))
    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    policy = f"default-src 'none'; style-src {source_of(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    text = environment.get_template(template.name).render(**values, policy=policy, style=Markup(style))  # noqa: S704  ours
    return text.encode()


def source_of(script: str) -> str:
    """The source expression of a page's policy that lets this script or style act."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
