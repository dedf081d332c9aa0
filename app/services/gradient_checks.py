"""Backpropagation against measurement, for any network at any step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.errors import BadInput, Fault, NotFound, TooMuchWork
from app.nn.gradcheck import BEST_H, Problem, Sweep, sweep
from app.nn.names import Names
from app.nn.spec import Ints, NetworkSpec
from app.services.batches import Examples, next_batch
from app.services.records import Moment
from app.settings import Limits

LARGEST_H, SMALLEST_H, POINTS = 1e-1, 1e-12, 12
# Always among the sizes of h: one alone could not tell how sure a measurement is.
AROUND_BEST = (10 * BEST_H, BEST_H, BEST_H / 10)

CHECKED_UNASKED = 40
MOST_PASSES = 20_000
# Laying out a pass costs about as much as computing so many examples (measured).
BOARD = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What to check; without names some parameters of every layer."""

    parameters: Sequence[str] | None = None
    example: int | None = None
    largest: float = LARGEST_H
    smallest: float = SMALLEST_H
    points: int = POINTS

    @property
    def hs(self) -> list[float]:
        """Evenly spaced on a logarithmic scale, with AROUND_BEST, each once, falling."""
        spaced = np.geomspace(self.largest, self.smallest, self.points).tolist()
        sizes = {float(f"{h:.6g}") for h in (*spaced, *AROUND_BEST)}
        return sorted(sizes, reverse=True)


@dataclass(frozen=True, slots=True)
class Checked:
    step: int
    example: int | None
    rows: Ints
    spec: NetworkSpec
    sweep: Sweep


def check(moment: Moment, wish: Wish, limits: Limits) -> Checked:
    """Raises NotFound, NoData, BadInput for an unknown parameter, TooMuchWork."""
    spec, setting = moment.spec, moment.setting
    batch = of_example(next_batch(setting, moment.step), wish.example)
    room = most_parameters(spec, len(batch.rows), len(wish.hs), limits)
    indices = named(spec, wish, room) if wish.parameters is not None else spread(spec, room)
    problem = Problem(
        spec, moment.state.theta, batch.inputs, batch.targets, setting.path, moment.state
    )
    found = sweep(problem, indices, wish.hs)
    return Checked(moment.step, wish.example, batch.rows, spec, found)


def of_example(batch: Examples, example: int | None) -> Examples:
    """One row of a batch, or all of it."""
    if example is None:
        return batch
    if example >= len(batch.rows):
        raise NotFound(
            f"There is no example {example} in this batch; it has {len(batch.rows)}, "
            f"counted from 0."
        )
    row = slice(example, example + 1)
    return Examples(batch.rows[row], batch.inputs[row], batch.targets[row])


def most_parameters(spec: NetworkSpec, rows: int, sizes: int, limits: Limits) -> int:
    """How many parameters fit into one request: each takes two forward passes for every h.

    Raises TooMuchWork when not even one does.
    """
    passes = min(MOST_PASSES, limits.request_work // (spec.layout.size * (rows + BOARD)))
    if passes < 2 * sizes:
        raise TooMuchWork.at(
            "/points" if rows == 1 else "/example",
            TooMuchWork.code,
            f"Checking one parameter takes {2 * sizes} forward passes of this network, and only "
            f"{passes} fit into one request; ask for fewer points, or for one example.",
        )
    return passes // (2 * sizes)


def named(spec: NetworkSpec, wish: Wish, room: int) -> list[int]:
    names, faults, indices = Names.of(spec), list[Fault](), list[int]()
    for place, name in enumerate(wish.parameters or ()):
        try:
            indices.append(names.index(name))
        except NotFound as error:
            faults.append(Fault(f"/parameters/{place}", "unknown-name", error.detail))
    if faults:
        raise BadInput(faults)
    chosen = list(dict.fromkeys(indices))
    if len(chosen) > room:
        raise TooMuchWork.at(
            "/parameters",
            TooMuchWork.code,
            f"{len(chosen)} parameters are too many for one request; at most {room} of this "
            f"network can be checked with {len(wish.hs)} sizes of h. Name fewer.",
        )
    return chosen


def spread(spec: NetworkSpec, room: int) -> list[int]:
    """Some parameters, the same number of every layer where it has so many, evenly spaced."""
    most = min(CHECKED_UNASKED, room)
    layers = [parameters_of(spec, layer) for layer in range(1, spec.depth + 1)]
    shares = [0] * len(layers)
    for _ in range(most):
        wanting = [at for at, layer in enumerate(layers) if shares[at] < len(layer)]
        if not wanting:
            break
        shares[min(wanting, key=lambda at: shares[at])] += 1
    pairs = zip(layers, shares, strict=True)
    return sorted(index for layer, share in pairs for index in evenly(layer, share))


def parameters_of(spec: NetworkSpec, layer: int) -> Sequence[int]:
    """The places of a layer's weights, then of its biases."""
    layout, at = spec.layout, layer - 1
    n, m = layout.shapes[at]
    weights = range(layout.weight_offsets[at], layout.weight_offsets[at] + n * m)
    biases = range(layout.bias_offsets[at], layout.bias_offsets[at] + layout.bias_counts[at])
    return [*weights, *biases]


def evenly(places: Sequence[int], count: int) -> list[int]:
    """`count` of some places, the first and the last among them."""
    return [places[round(at)] for at in np.linspace(0, len(places) - 1, count)]
