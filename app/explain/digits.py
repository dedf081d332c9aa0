"""Numbers as people check them: what is shown is a decimal that a hand can calculate with.

Every displayed number is a `Decimal`, never a formatted float, so that "the product of the
displayed factors, rounded as displayed, is the displayed result" can be decided exactly.
Four significant digits unless told otherwise; a float that is shorter is shown as it is
(0.15, 0.5); whole digits are never cut (12346); plain decimals down to 0.000001, then
×10^n. Minus is U+2212.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from functools import lru_cache

DIGITS = 4
MOST_DIGITS = 15
# Exponents of the leading digit between which no ×10^n is used.
SMALLEST_PLAIN, LARGEST_PLAIN = -6, 9
MINUS = "−"
# Sums of a float with another of any size stay exact enough to compare displayed digits.
ARITHMETIC = Context(prec=60, Emax=10**9, Emin=-(10**9), traps=[])


class Style(Enum):
    MEASURED = "a computed number: significant digits"
    WEIGHT = "a parameter: at least two decimals (0.40)"
    DATUM = "an input or target: at least two decimals unless it is whole (0.10, 1)"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number and how it is displayed; `decimal` is None when it is not finite."""

    value: float
    decimal: Decimal | None
    signed: bool = False

    @property
    def text(self) -> str:
        if self.decimal is None:
            return _not_finite(self.value, "∞", "NaN")
        plus = "+" if self.signed and self.decimal > 0 else ""
        return plus + _write(self.decimal, "×10^{}")

    @property
    def latex(self) -> str:
        if self.decimal is None:
            return _not_finite(self.value, r"\infty", r"\mathrm{NaN}").replace(MINUS, "-")
        plus = "+" if self.signed and self.decimal > 0 else ""
        return plus + _write(self.decimal, r"\times 10^{{{}}}").replace(MINUS, "-")

    @property
    def negative(self) -> bool:
        return self.value < 0 if self.decimal is None else self.decimal < 0

    @property
    def places(self) -> int:
        """How many decimals are displayed."""
        return 0 if self.decimal is None else max(0, -exponent(self.decimal))

    def magnitude(self) -> Shown:
        """Without its sign, for sentences whose verb carries it."""
        if self.decimal is None:
            return Shown(abs(self.value), None)
        return Shown(self.value, abs(self.decimal))


def exact(value: float) -> Decimal:
    """The shortest decimal that reads back to the same float."""
    return Decimal(repr(float(value) + 0.0))  # + 0.0: no minus before a zero


@lru_cache(maxsize=1 << 14)  # a search for digits shows the same numbers again and again
def show(value: float, style: Style = Style.MEASURED, digits: int = DIGITS) -> Shown:
    if not math.isfinite(value):
        return Shown(value, None)
    number = exact(value)
    short = _trimmed(number)
    if len(short.as_tuple().digits) > digits and not _is_short_whole(short):
        return Shown(value, _rounded(number, digits))
    return Shown(value, _padded(short, 2) if _wants_decimals(short, style) else short)


def show_places(value: float, places: int, least_digits: int = 3) -> Shown:
    """With a fixed number of decimals, as in a column to be added up.

    A number too small for the column gets the decimals that show `least_digits` of it.
    """
    if not math.isfinite(value) or not _is_plain(exact(value)):
        return show(value)
    number = exact(value)
    if number:
        needed = least_digits - 1 - number.adjusted()
        own = max(0, -exponent(_trimmed(number)))
        places = max(places, min(needed, own))
    return Shown(value, number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, ARITHMETIC))


def show_change(before: float, after: float, digits: int = DIGITS) -> Shown:
    """The new value with as many digits as make it differ from the old one."""
    for tried in range(digits, MOST_DIGITS + 3):
        shown = show(after, Style.WEIGHT, tried)
        if before == after or shown.decimal != show(before, Style.WEIGHT, tried).decimal:
            return shown
    return show(after, Style.WEIGHT, digits)


def rounds_to(hand: Decimal | None, shown: Shown) -> bool:
    """Whether a result worked out by hand, rounded as displayed, is what is displayed.

    A tie is not good enough: some round it up and some to the even digit.
    """
    if hand is None or shown.decimal is None or not hand.is_finite():
        return False
    half = Decimal(1).scaleb(exponent(shown.decimal)) / 2
    return hand == shown.decimal or abs(ARITHMETIC.subtract(hand, shown.decimal)) < half


def exponent(number: Decimal) -> int:
    """The power of ten of the last digit kept; every number here is finite."""
    last = number.as_tuple().exponent
    if not isinstance(last, int):
        raise ValueError(f"{number} has no digits")
    return last


def _rounded(number: Decimal, digits: int) -> Decimal:
    last = number.adjusted() - digits + 1
    if SMALLEST_PLAIN <= number.adjusted() <= LARGEST_PLAIN:
        last = min(last, 0)
    return number.quantize(Decimal(1).scaleb(last), ROUND_HALF_EVEN, ARITHMETIC)


def _trimmed(number: Decimal) -> Decimal:
    """Without trailing zeros: 0.50 as 0.5, 100.0 as 100."""
    bare = number.normalize(ARITHMETIC)
    if exponent(bare) > 0 and bare.adjusted() <= LARGEST_PLAIN:
        return bare.quantize(Decimal(1), context=ARITHMETIC)
    return bare


def _is_short_whole(number: Decimal) -> bool:
    return exponent(number) == 0 and number.adjusted() <= LARGEST_PLAIN


def _wants_decimals(number: Decimal, style: Style) -> bool:
    if style is Style.MEASURED or not _is_plain(number):
        return False
    return style is Style.WEIGHT or exponent(number) < 0


def _padded(number: Decimal, places: int) -> Decimal:
    last = min(exponent(number), -places)
    return number.quantize(Decimal(1).scaleb(last), context=ARITHMETIC)


def _is_plain(number: Decimal) -> bool:
    return not number or SMALLEST_PLAIN <= number.adjusted() <= LARGEST_PLAIN


def _write(number: Decimal, power: str) -> str:
    if _is_plain(number):
        return f"{number:f}".replace("-", MINUS)
    shift = number.adjusted()
    mantissa = number.scaleb(-shift, ARITHMETIC)
    return f"{mantissa:f}{power.format(shift)}".replace("-", MINUS)


def _not_finite(value: float, infinity: str, nan: str) -> str:
    if math.isnan(value):
        return nan
    return infinity if value > 0 else MINUS + infinity
