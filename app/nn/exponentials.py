"""tanh and the sigmoid for many numbers side by side: no branch, no call, nothing but arithmetic.

Compiled they are computed four or eight at a time; in plain Python the same operations give the
same bits. They are within 3 ulp of the true values, and belong to examples in lanes: a network's
numbers come from these or from the functions of `math`, never from both.

e^y = 2^k e^r, where k is the whole number nearest to y / ln 2, so that |r| <= ln 2 / 2. Adding
1.5 * 2^52 leaves k in the lowest bits of the sum; moved up into the exponent they make 2^k.
"""

from __future__ import annotations

import math

import numpy as np

from app.nn.arrays import Floats, Ints
from app.nn.compilable import compilable

ROUNDER = 1.5 * 2.0**52
PER_LN2 = 1.0 / math.log(2.0)
# ln 2 in two parts; the first has so few digits that k times it is exact.
LN2_HEAD = float.fromhex("0x1.62e42feep-1")
LN2_TAIL = float.fromhex("0x1.a39ef35793c76p-33")
# 1/2!, 1/3!, ... 1/13!
C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13 = (1.0 / math.factorial(n) for n in range(2, 14))
TANH_IS_1 = 44.0  # from twice what z on, tanh z is 1 in float64
EXP_IS_0 = -745.2  # below, e^y is 0
# 2^-1074 has no exponent of its own: e^y is at first made so many powers of two too large.
RAISED = 100
LOWERED = 2.0**-RAISED


@compilable
def remainder(y: float) -> float:
    """r = y - k ln 2."""
    k = (y * PER_LN2 + ROUNDER) - ROUNDER
    return (y - k * LN2_HEAD) - k * LN2_TAIL


@compilable
def expm1_near_0(r: float) -> float:
    """e^r - 1 = r + r^2 (1/2! + r/3! + ... + r^11/13!), in pairs that need not wait."""
    r2 = r * r
    r4 = r2 * r2
    low = (C2 + r * C3) + r2 * (C4 + r * C5)
    middle = (C6 + r * C7) + r2 * (C8 + r * C9)
    high = (C10 + r * C11) + r2 * (C12 + r * C13)
    return r + r2 * (low + r4 * (middle + r4 * high))


@compilable
def twice_distance(z: float) -> float:
    """2|z|, no further than tanh needs; NaN stays NaN."""
    y = abs(z) + abs(z)
    return TANH_IS_1 if y > TANH_IS_1 else y


@compilable
def minus_distance(z: float) -> float:
    """-|z|, no further than the sigmoid needs; NaN stays NaN."""
    y = -abs(z)
    return EXP_IS_0 if y < EXP_IS_0 else y


@compilable
def powers_of_two(cells: Floats, first: int, count: int, raised: int) -> None:
    """2^(k + raised) in place of y/ln 2 + ROUNDER, which has k in its lowest bits."""
    bits: Ints = cells.view(np.int64)
    for i in range(first, first + count):
        bits[i] = (bits[i] << 52) + ((1023 + raised) << 52)


@compilable
def tanh(cells: Floats, net: int, out: int, count: int) -> None:
    """tanh |z| = (e^y - 1) / (e^y + 1) with y = 2|z|, so that nothing is lost near 0."""
    for i in range(count):
        cells[out + i] = twice_distance(cells[net + i]) * PER_LN2 + ROUNDER
    powers_of_two(cells, out, count, 0)
    for i in range(count):
        z, power = cells[net + i], cells[out + i]
        less = power * expm1_near_0(remainder(twice_distance(z))) + (power - 1.0)
        cells[out + i] = math.copysign(less / (less + 2.0), z)


@compilable
def sigmoid(cells: Floats, net: int, out: int, count: int) -> None:
    """1/(1 + e^-z); the exponent is never positive, so nothing overflows."""
    for i in range(count):
        cells[out + i] = minus_distance(cells[net + i]) * PER_LN2 + ROUNDER
    powers_of_two(cells, out, count, RAISED)
    for i in range(count):
        z = cells[net + i]
        near = 1.0 + expm1_near_0(remainder(minus_distance(z)))
        power = near * cells[out + i] * LOWERED
        cells[out + i] = (1.0 if z >= 0.0 else power) / (1.0 + power)
