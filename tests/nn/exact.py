"""The true values of functions, to forty digits, and how far a float64 is from them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Context, Decimal, localcontext

FORTY = Context(prec=40, Emax=10**9, Emin=-(10**9))
SMALL_ENOUGH = Decimal("1e-15")


def tanh(z: float) -> Decimal:
    with localcontext(FORTY):
        exact = Decimal(z)
        if abs(exact) < SMALL_ENOUGH:  # where the quotient below loses every digit
            return exact - exact**3 / 3
        power = (2 * exact).exp()
        return (power - 1) / (power + 1)


def sigmoid(z: float) -> Decimal:
    with localcontext(FORTY):
        return 1 / (1 + (-Decimal(z)).exp())


def ulps(found: float, exact: Decimal) -> float:
    """The distance in units of the last place of the exact value."""
    with localcontext(FORTY):
        return float(abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact))))


def arguments() -> list[float]:
    """Of every size, and close to where e^z is furthest from a power of two."""
    step = math.log(2.0) / 4.0  # the borders of tanh; those of the sigmoid are twice as far apart
    borders = [k * step + near for k in range(1, 90) for near in (-1e-9, 1e-9, 0.13)]
    sizes = [10.0**e for e in range(-300, 0, 13)] + [5e-324, 2.5e-310, 21.9, 22.1, 709.0, 744.0]
    positive = [*borders, *sizes]
    return [*positive, *(-z for z in positive)]


def worst(found: Sequence[float], exact: Sequence[Decimal]) -> float:
    return max(ulps(*pair) for pair in zip(found, exact, strict=True))
