"""Which corners a small change of one parameter goes across.

Every net input of a layer whose activation has a corner is watched, and every output whose loss
has one: if its side of the corner differs between w+h and w-h, the measured slope mixes both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from app.nn.arrays import Floats, Ints
from app.nn.corners import corners_of_activation, corners_of_loss
from app.nn.passes import ForwardTrace
from app.nn.spec import NetworkSpec

Function: TypeAlias = Literal["activation", "loss"]


@dataclass(frozen=True, slots=True)
class Watched:
    """All neurons of a layer and one corner of their activation, or of the loss."""

    layer: int
    function: Function
    corner: float

    def distances(self, trace: ForwardTrace) -> Floats:
        """(N, n), from the corner."""
        layer = trace.layers[self.layer - 1]
        if self.function == "activation":
            return layer.net - self.corner
        assert trace.targets is not None  # noqa: S101  (a checked gradient has targets)
        return layer.out - trace.targets - self.corner


@dataclass(frozen=True, slots=True)
class Kink:
    """A corner that one parameter's change by `h` (the smallest one that does) goes across."""

    parameter: int  # its place in theta
    layer: int
    neuron: int  # 1-based
    example: int
    function: Function
    corner: float
    distance: float  # from the corner, before any change
    h: float


def watched(spec: NetworkSpec) -> tuple[Watched, ...]:
    """Nothing for a network without corners."""
    return tuple(found(spec))


def found(spec: NetworkSpec) -> Iterator[Watched]:
    for layer, name in enumerate(spec.activations, start=1):
        for corner in corners_of_activation(name):
            yield Watched(layer, "activation", corner)
    for corner in corners_of_loss(spec.loss):
        yield Watched(spec.depth, "loss", corner)


def distances(watch: tuple[Watched, ...], trace: ForwardTrace) -> Floats:
    """Everything that is watched, one after the other, as one vector."""
    return np.concatenate([np.zeros(0), *(each.distances(trace).ravel() for each in watch)])


def crossed(above: Floats, below: Floats) -> Ints:
    """The places whose sides differ; one that stays exactly on its corner does not count."""
    return np.flatnonzero((above * below < 0.0) | ((above == 0.0) != (below == 0.0)))


def kink_at(
    watch: tuple[Watched, ...], trace: ForwardTrace, parameter: int, place: int, h: float
) -> Kink:
    """The kink at a place of `distances`."""
    for each in watch:
        values = each.distances(trace)
        if place < values.size:
            example, column = divmod(place, values.shape[1])
            distance = float(values[example, column])
            return Kink(
                parameter, each.layer, column + 1, example, each.function, each.corner, distance, h
            )
        place -= values.size
    raise IndexError(place)
