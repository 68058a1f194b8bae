"""The value of a number as written: figures, the language's own numerals, or both mixed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.finders.quantity_table import Numerals

# From ten thousand on, a power multiplies all that was read since the last such one.
_GROUP = 10_000
# Nothing that a report counts is more; beyond 28 digits Decimal rounds, and refuses to divide.
_GREATEST = Decimal(10) ** 20


def parse_number(text: str, numerals: Numerals) -> tuple[Decimal, bool] | None:
    """The value, and whether a word for "a little more" stands in it; None when the text is no number."""
    whole, point, decimals = text.partition(numerals.point)
    if point:
        return _with_decimals(whole, decimals, numerals)
    tokens = numerals.token.findall(text)
    reading = _Reading(numerals)
    if not tokens or "".join(tokens) != text or not all(reading.takes(token) for token in tokens):
        return None
    return reading.value, reading.more


@dataclass(slots=True)
class _Reading:
    """A number read token by token. groups, section: what was read up to the last great power and since; pending: a digit."""

    numerals: Numerals
    groups: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    pending: Decimal | None = None
    last_group: int = 0
    more: bool = False

    @property
    def value(self) -> Decimal:
        """All that was read so far."""
        return self.groups + self.section + (self.pending or 0)

    def takes(self, token: str) -> bool:
        """Read one more token; False when no number goes on so, or it is greater than any that counts something."""
        return self._takes(token) and self.value <= _GREATEST

    def _takes(self, token: str) -> bool:
        if token in self.numerals.more:
            fits = not self.more and self.value > 0 and self.value % self._ten == 0  # only a round number has "a little more"
            self.more = True
            return fits
        if token in self.numerals.powers:
            return self._takes_power(self.numerals.powers[token])
        fits = not self.pending
        digit = self.numerals.digits.get(token)
        self.pending = Decimal(token.replace(",", "")) if digit is None else Decimal(digit)
        return fits

    @property
    def _ten(self) -> int:
        return min(self.numerals.powers.values())

    def _takes_power(self, power: int) -> bool:
        if power < _GROUP:
            fits = self.pending is not None or power == self._ten
            self.section += power * (1 if self.pending is None else self.pending)
        else:
            fits = self.value > 0
            section = self.section + (self.pending or 0)
            self.groups = (self.groups + section) * power if self.last_group < power else self.groups + section * power
            self.section, self.last_group = Decimal(0), power
        self.pending = None
        return fits


def _with_decimals(whole: str, decimals: str, numerals: Numerals) -> tuple[Decimal, bool] | None:
    read = parse_number(whole, numerals) if whole else None
    digits = [str(numerals.digits.get(char, char)) for char in decimals]
    if read is None or not digits or not all(digit.isdecimal() for digit in digits):
        return None
    return read[0] + Decimal(f"0.{''.join(digits)}"), read[1]
