"""The numbers of lists as word processors and browsers write them."""

from __future__ import annotations

from collections.abc import Sequence

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_ROMAN = 4000
_LETTERS = 26


def letter(number: int) -> str:
    """a, b, … z, aa, ab: 1 is a; what is below 1 stays in digits."""
    if number < 1:
        return str(number)
    text = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        text = chr(ord("a") + rest) + text
    return text


def repeated(number: int) -> str:
    """a, b, … z, aa, bb, as Word goes on; what is below 1 or absurdly long stays in digits."""
    times, rest = divmod(number - 1, _LETTERS)
    return chr(ord("a") + rest) * (times + 1) if 1 <= number <= _LETTERS * _LETTERS else str(number)


def roman(number: int) -> str:
    """i, ii, iii, iv; what Roman numerals cannot say stays in digits."""
    if not 0 < number < _MOST_ROMAN:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def counted(number: int, numerals: Sequence[str]) -> str:
    """A number up to 99 in the numerals of a language that counts in tens: ten and two is 12, two and ten is 20.

    numerals: those of 0 to 10. What is larger stands digit by digit.
    """
    ten = len(numerals) - 1
    if number < 0 or number >= ten * ten:
        return "".join(numerals[int(digit)] if digit.isdecimal() else digit for digit in str(number))
    tens, ones = divmod(number, ten)
    if not tens:
        return numerals[ones]
    return (numerals[tens] if tens > 1 else "") + numerals[ten] + (numerals[ones] if ones else "")
