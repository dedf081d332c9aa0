"""Where a function of the registries bends, found from its numbers.

At a corner the slope jumps (ReLU at 0) or bends (Huber at ±1), and a central difference across
it measures something between the two sides. An entry says nothing of corners: its slope is
asked for on both sides of a few points, so that a new entry needs no flag that could be wrong.
The same questions tell where an activation is flat, which is what the alarms want to know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.nn.arrays import Floats
from app.nn.passes import StepTrace, start, step
from app.nn.spec import Bias, NetworkSpec

# The functions of neural networks have their corners at these numbers, if anywhere.
CANDIDATES = (-1.0, 0.0, 1.0)

SPACING = 1e-4
# A smooth slope changes by about SPACING between neighbours, and its own slope too.
JUMP, BEND = 1e-2, 0.1

PROBED = np.linspace(-40.0, 40.0, 4_001)
FLAT = 0.01  # of the largest slope


@dataclass(frozen=True, slots=True)
class Flats:
    """Up to `below` and from `above` on, a slope is less than FLAT of the `largest` one.

    An end that is never flat is at -Infinity or Infinity.
    """

    below: float
    above: float
    largest: float

    @property
    def both(self) -> bool:
        """Whether it levels off on both sides, as a sigmoid does and a ReLU does not."""
        return bool(np.isfinite(self.below) and np.isfinite(self.above))


@lru_cache(maxsize=64)
def corners_of_activation(name: str) -> tuple[float, ...]:
    """The net inputs at which an activation has a corner."""
    return corners(lambda nets: slopes(name, nets))


@lru_cache(maxsize=64)
def corners_of_loss(name: str) -> tuple[float, ...]:
    """The distances out - target at which a loss has a corner."""
    return corners(lambda distances: gaps(name, distances))


@lru_cache(maxsize=64)
def flats(name: str) -> Flats:
    """Where an activation is flat; nowhere for one that has no slope of its own per neuron."""
    sizes = np.abs(slopes(name, PROBED))
    largest = float(np.max(sizes))
    if not largest > 0.0:
        return Flats(-np.inf, np.inf, largest)
    steep = np.flatnonzero(~(sizes < FLAT * largest))
    first, last = int(steep[0]), int(steep[-1])
    return Flats(
        float(PROBED[first - 1]) if first else -np.inf,
        float(PROBED[last + 1]) if last + 1 < len(PROBED) else np.inf,
        largest,
    )


def corners(slope_at: Callable[[Floats], Floats]) -> tuple[float, ...]:
    found = []
    for point in CANDIDATES:
        far_left, left, right, far_right = slope_at(point + SPACING * np.array([-2, -1, 1, 2]))
        bend = ((far_right - right) - (left - far_left)) / SPACING
        if abs(right - left) > JUMP or abs(bend) > BEND:
            found.append(point)
    return tuple(found)


def slopes(name: str, nets: Floats) -> Floats:
    """(M,) the slopes of an activation at some net inputs; NaN where it has none per neuron."""
    slope = single(NetworkSpec((1, 1), (name,), bias=Bias("none")), nets).backward.layers[0].slope
    return slope.ravel() if slope.size == nets.size else np.full(nets.shape, np.nan)


def gaps(name: str, distances: Floats) -> Floats:
    """(M,) dE/dout of a loss at some distances from the target; NaN where it is not defined."""
    spec = NetworkSpec((1, 1), ("linear",), loss=name, bias=Bias("none"))
    try:
        return single(spec, distances).backward.layers[0].dE_dout.ravel()
    except (ArithmeticError, ValueError):  # a logarithm of what no such output could be
        return np.full(distances.shape, np.nan)


def single(spec: NetworkSpec, inputs: Floats) -> StepTrace:
    """One neuron with the weight 1 and the target 0, for inputs (M,)."""
    column = inputs[:, None]
    return step(spec, start(spec, np.ones(1)), column, np.zeros_like(column))
