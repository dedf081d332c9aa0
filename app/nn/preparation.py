"""What is done to examples before anything learns from them: standardised, split in two."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, fsum, inf, sqrt

import numpy as np

from app.nn.arrays import Floats, Ints, frozen
from app.nn.randomness import SPLIT, Stream


@dataclass(frozen=True, slots=True)
class Standardisation:
    """x becomes (x - mean) / std in each column; a constant column has the std 1."""

    mean: tuple[float, ...]
    std: tuple[float, ...]

    @classmethod
    def of(cls, inputs: Floats) -> Standardisation:
        """That of inputs (N, n), with the standard deviation of all N, not of a sample."""
        pairs = [mean_and_std(column) for column in inputs.T]
        return cls(tuple(mean for mean, _ in pairs), tuple(std for _, std in pairs))

    def apply(self, inputs: Floats) -> Floats:
        """(N, n), read-only; not finite where a column's spread is beyond float64."""
        with np.errstate(all="ignore"):
            return frozen((inputs - np.array(self.mean)) / np.array(self.std))


def mean_and_std(column: Floats) -> tuple[float, float]:
    """Of (N,) numbers, summed exactly, so that they are the same on every machine."""
    if np.all(column == column[0]):
        return float(column[0]), 1.0
    mean = total(column) / len(column)
    with np.errstate(all="ignore"):
        squares = (column - mean) ** 2.0
    return mean, sqrt(total(squares) / len(column))


def total(values: Floats) -> float:
    """The correctly rounded sum; infinite when it is beyond float64."""
    try:
        return fsum(values)
    except OverflowError:
        return inf


def split(count: int, fraction: float, seed: int) -> tuple[Ints, Ints]:
    """The rows to learn from and the rows to test with, each in order; neither is empty.

    `count` is at least 2 and `fraction`, rounded to whole rows, the share of the second.
    """
    most = max(1, min(count - 1, floor(fraction * count + 0.5)))
    order = Stream(seed, SPLIT).permutation(count)
    return np.sort(order[most:]), np.sort(order[:most])
