"""Points on the unit circle, with the same bits on every machine.

The sine and cosine of a C library differ in their last bit from one machine to the next; these
use correctly rounded operations only.
"""

from __future__ import annotations

from math import factorial

import numpy as np

from app.nn.arrays import Floats

TERMS = 10
QUARTER = 1.5707963267948966  # pi/2


def on_circle(turns: Floats) -> tuple[Floats, Floats]:
    """(n,) cosines and (n,) sines of angles counted in whole turns.

    The angle is taken to within an eighth of a turn of the nearest quarter, where the Taylor
    series of both are exact to the last bits after ten terms.
    """
    quarters = np.floor(4.0 * turns + 0.5)
    angle = (4.0 * turns - quarters) * QUARTER
    cosine, sine = series(angle, 0), angle * series(angle, 1)
    turned = quarters % 4.0
    odd = turned % 2.0 == 1.0
    x, y = np.where(odd, -sine, cosine), np.where(odd, cosine, sine)
    sign = np.where(turned >= 2.0, -1.0, 1.0)
    return sign * x, sign * y


def series(angle: Floats, first: int) -> Floats:
    """The sum of (-angle^2)^k / (2k + first)!: the cosine, or the sine over its angle."""
    square = -(angle * angle)
    total = np.zeros_like(angle)
    for k in range(TERMS, -1, -1):
        total = total * square + 1.0 / factorial(2 * k + first)
    return total
