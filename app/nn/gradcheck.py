"""The gradient measured instead of derived: central differences against backpropagation.

For a parameter w the numeric gradient is (E(w+h) - E(w-h)) / 2h. It needs nothing but the
forward pass, so it finds a wrong slope; it is off by about h^2 (the parabola) plus 1e-16/h
(rounding), which is least near h = 1e-5. Where exactly is seen by measuring with many h: a
`Sweep`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from app.nn.arrays import Floats, Ints, frozen
from app.nn.kinks import Kink, Watched, crossed, distances, kink_at, watched
from app.nn.passes import ForwardTrace, State, forward, start, step
from app.nn.spec import Arithmetic, NetworkSpec

BEST_H = 1e-5

# Below this size two numbers are compared absolutely: a gradient of 1e-9 has no right digits.
FLOOR = 1e-3

# How far apart two gradients that agree may be, relative to the larger, besides what the
# measurement itself leaves open.
TOLERANCE = 1e-6
SAFETY = 4.0
EPSILON = float(np.finfo(np.float64).eps)

Scalar = TypeVar("Scalar", bound=np.generic)
Verdict: TypeAlias = Literal["agrees", "kink", "by_design", "disagrees", "not_finite"]


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """Everything is (C,), one entry per checked parameter."""

    indices: Ints  # their places in theta
    analytic: Floats
    numeric: Floats

    @property
    def errors(self) -> Floats:
        return relative(self.analytic, self.numeric)


@dataclass(frozen=True, slots=True)
class Problem:
    """What E_batch is a function of, besides the parameters that are tried."""

    spec: NetworkSpec
    theta: Floats  # (P,)
    inputs: Floats  # (N, n_0)
    targets: Floats  # (N, K)
    path: Arithmetic | None = None
    state: State | None = None  # in sequential order the optimizer's memory takes part

    def trace(self, index: int, by: float) -> tuple[ForwardTrace, float]:
        """The forward pass with one parameter changed, and what that parameter really became."""
        theta = np.array(self.theta)
        theta[index] += by
        trace = forward(self.spec, theta, self.inputs, self.targets, path=self.path)
        return trace, float(theta[index])

    def gradient(self, spec: NetworkSpec) -> Floats:
        """(P,) by backpropagation."""
        state = self.state or start(spec, self.theta)
        traced = step(spec, state, self.inputs, self.targets, path=self.path)
        return traced.backward.gradient


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """C parameters, each measured with every one of H sizes of h, from the largest on."""

    indices: Ints  # (C,) their places in theta
    hs: Floats  # (H,)
    analytic: Floats  # (C,) what the update uses
    derivative: Floats  # (C,) the same unless sequential order makes them differ by design
    numeric: Floats  # (H, C)
    rounding: Floats  # (H, C) what the last bits of E amount to in `numeric`
    across: npt.NDArray[np.bool_]  # (H, C) whether a kink lies within w-h..w+h
    kinks: tuple[Kink, ...]  # nearest first

    @property
    def errors(self) -> Floats:
        """(H, C), relative to the larger of the two (at least FLOOR)."""
        return relative(self.analytic, self.numeric)

    @property
    def uncertainty(self) -> Floats:
        """(H, C): how far `numeric` moves from one h to the next, plus rounding.

        The best h is where this is least. It does not look at the analytic gradient, so that a
        verdict is not flattered by the h that happens to hit it.
        """
        none = np.zeros((1, len(self.indices)))
        with np.errstate(all="ignore"):
            moves = np.abs(np.diff(self.numeric, axis=0))
            around = np.maximum(np.vstack([moves, none]), np.vstack([none, moves]))
            return frozen(around + self.rounding)

    @property
    def best(self) -> Ints:
        """(C,) the place in `hs` of each parameter's best h."""
        known = np.where(np.isnan(self.uncertainty), np.inf, self.uncertainty)
        return np.asarray(np.argmin(known, axis=0))

    def at_best(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """(C,) of values (H, C)."""
        return values[self.best, np.arange(len(self.indices))]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One per parameter."""
        numeric, doubt = self.at_best(self.numeric), self.at_best(self.uncertainty)
        across = self.at_best(self.across)
        columns = (self.analytic, self.derivative, numeric, doubt, across)
        return tuple(map(verdict, *(column.tolist() for column in columns)))


def verdict(
    analytic: float, derivative: float, numeric: float, doubt: float, across: bool
) -> Verdict:
    """`doubt` is the uncertainty of `numeric`, `across` whether it was measured across a kink."""
    if not np.all(np.isfinite([analytic, numeric, doubt])):
        return "not_finite"
    if agree(analytic, numeric, doubt):
        return "agrees"
    if agree(derivative, numeric, doubt):
        return "by_design"
    return "kink" if across else "disagrees"


def agree(one: float, other: float, doubt: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other)) + SAFETY * doubt


def relative(analytic: Floats, numeric: Floats) -> Floats:
    """The difference, relative to the larger of the two (at least FLOOR)."""
    with np.errstate(all="ignore"):
        size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), FLOOR)
        return frozen(np.abs(analytic - numeric) / size)


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
    problem = Problem(spec, theta, inputs, targets)
    numeric = [Measured.of(problem, (), int(index), h).slope for index in chosen]
    return GradientCheck(chosen, frozen(problem.gradient(spec)[chosen]), frozen(numeric))


def sweep(problem: Problem, indices: Sequence[int], hs: Sequence[float]) -> Sweep:
    """Measure some parameters with every h: 2 x C x H forward passes.

    In sequential order the derivative comes from a backward pass in simultaneous order.
    """
    chosen = np.asarray(indices, dtype=np.int64)
    sizes = np.sort(np.asarray(hs, dtype=np.float64))[::-1]
    watch = watched(problem.spec)
    measured = [[Measured.of(problem, watch, int(i), float(h)) for i in chosen] for h in sizes]
    simultaneous = replace(problem.spec, update_order="simultaneous")
    return Sweep(
        chosen,
        frozen(sizes),
        frozen(problem.gradient(problem.spec)[chosen]),
        frozen(problem.gradient(simultaneous)[chosen]),
        frozen([[each.slope for each in row] for row in measured]),
        frozen([[each.rounding for each in row] for row in measured]),
        np.array([[len(each.crossed) > 0 for each in row] for row in measured]),
        tuple(sorted(kinks(problem, watch, measured), key=lambda kink: kink.h)),
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """One central difference."""

    index: int
    h: float
    slope: float
    rounding: float
    crossed: Ints  # places of `kinks.distances`

    @classmethod
    def of(cls, problem: Problem, watch: tuple[Watched, ...], index: int, h: float) -> Measured:
        above, high = problem.trace(index, h)
        below, low = problem.trace(index, -h)
        # Divided by the distance that float64 really moved, not by the one asked for.
        moved = np.float64(high - low)
        with np.errstate(all="ignore"):
            slope = (error_of(above) - error_of(below)) / moved
            size = max(abs(error_of(above)), abs(error_of(below)))
            rounding = EPSILON * size / moved
        places = crossed(distances(watch, above), distances(watch, below))
        return cls(index, h, float(slope), float(rounding), places)


def error_of(trace: ForwardTrace) -> float:
    """E_batch."""
    assert trace.errors is not None  # noqa: S101  (targets were given)
    return trace.errors.total


def kinks(
    problem: Problem, watch: tuple[Watched, ...], measured: Sequence[Sequence[Measured]]
) -> Iterator[Kink]:
    """Each corner that a parameter goes across, with the smallest h that does."""
    here, _ = problem.trace(0, 0.0)
    nearest = {
        (each.index, int(place)): each.h
        for row in measured
        for each in row
        for place in each.crossed
    }
    for (index, place), h in nearest.items():
        yield kink_at(watch, here, index, place, h)
