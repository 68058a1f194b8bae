"""Shares on the command line: decimal numbers from 0 to 1, exact as they are written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click


class _Share(click.ParamType[Decimal]):
    name = "share"

    def convert(self, value: str | Decimal, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number; click tells the user when it is none."""
        try:
            share = Decimal(value)
        except InvalidOperation:
            self.fail(f"{value!r} is no number", param, ctx)
        if not 0 <= share <= 1:
            self.fail(f"{value} is not from 0 to 1", param, ctx)
        return share


SHARE = _Share()
