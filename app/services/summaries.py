"""Long runs in short: so that an overview of a million steps need not read each of them.

A bin is 256 steps, counted from step 0, so that the bins of neighbouring runs fit together; the
first and the last of a run may be short.
"""

from __future__ import annotations

import numpy as np

from app.nn.spec import Floats

BIN = 256
SHORTEST = 2 * BIN
"""A run of fewer steps is as quickly read as its summary."""


def summary_of(first_step: int, losses: Floats, thetas: Floats) -> Floats | None:
    """(3, bins, 1 + P): the smallest, largest and last loss and parameters of each bin."""
    count = len(thetas)
    if count < SHORTEST:
        return None
    starts = np.maximum(np.arange(-(first_step % BIN), count, BIN), 0)
    ends = np.append(starts[1:], count) - 1
    series = np.empty((1 + thetas.shape[1], count))  # each in a row of its own, which is faster
    series[0], series[1:] = losses, thetas.T
    low = np.minimum.reduceat(series, starts, axis=1)
    high = np.maximum.reduceat(series, starts, axis=1)
    return np.stack([low.T, high.T, series[:, ends].T])


def bins_of(first_step: int, count: int) -> int:
    """How many bins a run touches."""
    return (first_step + count - 1) // BIN - first_step // BIN + 1
