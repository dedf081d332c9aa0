"""Random numbers that are the same on every machine and with every library version.

Only the raw 64-bit outputs of PCG64 are taken from NumPy: those are fixed for good, while the
distributions built on them may change. Uniform, normal and shuffle are our own and use nothing
but correctly rounded operations (+ - * / sqrt and frexp).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from app.nn.arrays import Floats, Ints

Words: TypeAlias = npt.NDArray[np.uint64]

PARAMETERS = 0
SHUFFLE = 1
EXAMPLES = 2
NOISE = 3
SPLIT = 4


class Stream:
    """The random numbers of (seed, purpose, number): for example one epoch's shuffle."""

    def __init__(self, seed: int, purpose: int, number: int = 0) -> None:
        # The seed fills exactly two words, so that no two streams share their entropy.
        entropy = [seed & 0xFFFFFFFF, seed >> 32, purpose, number]
        self._bits = np.random.PCG64(np.random.SeedSequence(entropy))

    def words(self, count: int) -> Words:
        """(count,) raw 64-bit words."""
        return np.asarray(self._bits.random_raw(count), dtype=np.uint64)

    def uniform(self, count: int) -> Floats:
        """(count,) numbers strictly between 0 and 1, all multiples of 2^-53."""
        return ((self.words(count) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52

    def normal(self, count: int) -> Floats:
        """(count,) standard normal numbers: the inverse distribution function of uniform ones."""
        return normal_quantile(self.uniform(count))

    def permutation(self, count: int) -> Ints:
        """0..count-1 in random order: the order of random keys."""
        return np.argsort(self.words(count), kind="stable").astype(np.int64)


# Wichura's algorithm AS 241 (Applied Statistics 37, 1988), routine PPND16: about 1e-16 relative.
CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
SHOULDER = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
     1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
     4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
     0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
     2.05319162663775882187, 1.0),
)  # fmt: skip
TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
     0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
     5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
     7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
     0.59983220655588793769, 1.0),
)  # fmt: skip


def ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], r: Floats) -> Floats:
    """The quotient of two polynomials of r, highest power first."""
    above, below = (np.full_like(r, row[0]) for row in coefficients)
    for upper, lower in zip(coefficients[0][1:], coefficients[1][1:], strict=True):
        above = above * r + upper
        below = below * r + lower
    return above / below


def logarithm(x: Floats) -> Floats:
    """ln x for x > 0 by x = m 2^e and the series of artanh: the same bits everywhere."""
    mantissa, exponent = np.frexp(x)
    low = mantissa < np.sqrt(0.5)
    mantissa = np.where(low, 2.0 * mantissa, mantissa)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    series = np.zeros_like(s)
    for odd in range(23, 0, -2):
        series = series * (s * s) + 1.0 / odd
    whole: Floats = (exponent - low) * 0.6931471805599453
    return whole + 2.0 * s * series


def normal_quantile(p: Floats) -> Floats:
    """The x with Phi(x) = p, for p strictly between 0 and 1."""
    q = p - 0.5
    centre = q * ratio(CENTRE, 0.180625 - q * q)
    r = np.sqrt(-logarithm(np.minimum(p, 1.0 - p)))
    outside = np.where(r <= 5.0, ratio(SHOULDER, r - 1.6), ratio(TAIL, r - 5.0))
    return np.where(np.abs(q) <= 0.425, centre, np.copysign(outside, q))
