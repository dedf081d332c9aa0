"""The gradient measured instead of derived: central differences against backpropagation.

For a parameter w the numeric gradient is (E(w+h) - E(w-h)) / 2h. It needs nothing but the
forward pass, so it finds a wrong slope; it is off by about h^2 (the parabola) plus 1e-16/h
(rounding), which is least near h = 1e-5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.nn.arrays import Floats, Ints, frozen
from app.nn.passes import forward, start, step
from app.nn.spec import NetworkSpec

BEST_H = 1e-5

# Below this size two numbers are compared absolutely: a gradient of 1e-9 has no right digits.
FLOOR = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """Everything is (C,), one entry per checked parameter."""

    indices: Ints  # their places in theta
    analytic: Floats
    numeric: Floats

    @property
    def errors(self) -> Floats:
        """The difference, relative to the larger of the two (at least FLOOR)."""
        size = np.maximum(np.maximum(np.abs(self.analytic), np.abs(self.numeric)), FLOOR)
        return frozen(np.abs(self.analytic - self.numeric) / size)


def batch_error(spec: NetworkSpec, theta: Floats, inputs: Floats, targets: Floats) -> float:
    """E_batch of inputs (N, n_0) and targets (N, K)."""
    errors = forward(spec, theta, inputs, targets).errors
    assert errors is not None  # noqa: S101  (targets were given)
    return errors.total


def check_gradient(
    spec: NetworkSpec,
    theta: Floats,
    inputs: Floats,
    targets: Floats,
    *,
    indices: Sequence[int] | None = None,
    h: float = BEST_H,
) -> GradientCheck:
    """Compare backpropagation with central differences, for some parameters or for all.

    In sequential order the lower layers differ by design: their deltas flow through weights
    that have already moved.
    """
    chosen = np.arange(len(theta)) if indices is None else np.asarray(indices, dtype=np.int64)
    gradient = step(spec, start(spec, theta), inputs, targets).backward.gradient
    numeric = [slope_at(spec, theta, inputs, targets, int(index), h) for index in chosen]
    return GradientCheck(chosen, frozen(gradient[chosen]), frozen(numeric))


def slope_at(
    spec: NetworkSpec, theta: Floats, inputs: Floats, targets: Floats, index: int, h: float
) -> float:
    """dE_batch/dtheta[index] by a central difference."""
    above, below = np.array(theta), np.array(theta)
    above[index] += h
    below[index] -= h
    # Divided by the distance that float64 really moved, not by the one asked for.
    rise = batch_error(spec, above, inputs, targets) - batch_error(spec, below, inputs, targets)
    return rise / float(above[index] - below[index])
