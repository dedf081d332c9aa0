"""What is going wrong inside a network, read off one step. Another alarm is one more entry.

Every alarm names the neurons or parameters concerned and one factor that causes it: a quantity
of the step by its name, at one example, so that it can be looked at like any other number.
Nothing here knows an activation by name: where one is flat is asked of its numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from app.nn.arrays import Floats
from app.nn.corners import FLAT, flats
from app.nn.finite import first_not_finite
from app.nn.layout import biases_of, weights_of
from app.nn.names import Names
from app.nn.passes import StepTrace
from app.nn.spec import NetworkSpec

Kind: TypeAlias = Literal["not_finite", "saturated", "dead", "vanishing", "exploding", "twins"]
Bools: TypeAlias = npt.NDArray[np.bool_]

MOST = 0.5  # of the examples: a neuron that is flat for more is saturated
MISS = 0.1  # an output nearer to its target has nothing left to learn
VANISHING, EXPLODING = 1e-3, 1e3


@dataclass(frozen=True, slots=True)
class Alarm:
    kind: Kind
    layer: int | None  # None when no single layer is concerned
    names: tuple[str, ...]  # the neurons concerned; for `not_finite` the quantity
    factor: str  # the name of the quantity that causes it
    example: int  # the row of the batch at which `factor` has `value`
    value: float
    measure: float  # how bad: a share of the examples, a ratio, a size, a number of neurons
    by_ratio: bool = False  # `measure` compares with the output layer


@dataclass(frozen=True, slots=True)
class Detector:
    """`find` yields the alarms of one kind; `rule` is the threshold, for people who read this."""

    kind: Kind
    rule: str
    find: Callable[[Names, StepTrace], Iterator[Alarm]]


def alarms(spec: NetworkSpec, trace: StepTrace) -> tuple[Alarm, ...]:
    """Every alarm that a step triggers, in the order of DETECTORS."""
    names = Names.of(spec)
    with np.errstate(all="ignore"):
        return tuple(alarm for detector in DETECTORS for alarm in detector.find(names, trace))


def not_finite(names: Names, trace: StepTrace) -> Iterator[Alarm]:
    name = first_not_finite(names.spec, trace)
    if name is None:
        return
    examples = range(len(trace.backward.forward.inputs))
    values = ((row, names.value(trace, name, row)) for row in examples)
    example, value = next((row, value) for row, value in values if not np.isfinite(value))
    yield Alarm("not_finite", None, (name,), name, example, value, value)


def saturated(names: Names, trace: StepTrace) -> Iterator[Alarm]:
    """Only activations that level off on both sides saturate; on one side they are `dead`."""
    for layer, name in enumerate(names.spec.activations, start=1):
        if flats(name).both:
            stuck = flat(trace, layer, name)
            if layer == names.spec.depth:
                stuck &= unlearning(trace, flats(name).largest)
            share = np.mean(stuck, axis=0)
            yield from of_flat("saturated", names, trace, layer, share, share > MOST)


def dead(names: Names, trace: StepTrace) -> Iterator[Alarm]:
    for layer, name in enumerate(names.spec.activations, start=1):
        if not flats(name).both:
            share = np.mean(flat(trace, layer, name), axis=0)
            yield from of_flat("dead", names, trace, layer, share, share == 1.0)


def flat(trace: StepTrace, layer: int, name: str) -> Bools:
    """(N, n) whether a neuron stands where its activation is flat."""
    net, ends = trace.backward.forward.layers[layer - 1].net, flats(name)
    return np.isfinite(net) & ((net <= ends.below) | (net >= ends.above))


def unlearning(trace: StepTrace, largest: float) -> Bools:
    """(N, K) whether an output is wrong, and yet hardly feels it.

    A loss made for its activation (cross-entropy) cancels the slope: then delta is as large as
    the miss, and a flat output is no trouble. Neither is one that is right.
    """
    forward = trace.backward.forward
    assert forward.targets is not None  # noqa: S101  (a step has targets)
    miss = np.abs(forward.outputs - forward.targets)
    delta = np.abs(trace.backward.layers[-1].delta)
    return np.asarray((miss > MISS) & (delta < FLAT * largest * miss))


def of_flat(
    kind: Kind, names: Names, trace: StepTrace, layer: int, share: Floats, which: Bools
) -> Iterator[Alarm]:
    """One alarm for the neurons of a layer; its factor is the smallest of their slopes."""
    places = np.flatnonzero(which)
    slope = trace.backward.layers[layer - 1].slope
    if not len(places) or slope.shape != trace.backward.forward.layers[layer - 1].out.shape:
        return
    neurons = tuple(names.neurons[layer][place] for place in places)
    example, at = nearest_zero(slope[:, places])
    name, worst = neurons[at], float(np.max(share[places]))
    factor, value = f"dout_{name}/dnet_{name}", float(slope[example, places[at]])
    yield Alarm(kind, layer, neurons, factor, example, value, worst)


def nearest_zero(values: Floats) -> tuple[int, int]:
    """(row, column) of the smallest size."""
    row, column = np.unravel_index(int(np.argmin(np.abs(values))), values.shape)
    return int(row), int(column)


def largest(values: Floats) -> tuple[int, int]:
    """(row, column) of the largest size."""
    row, column = np.unravel_index(int(np.argmax(np.abs(values))), values.shape)
    return int(row), int(column)


def rms(values: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def vanishing(names: Names, trace: StepTrace) -> Iterator[Alarm]:
    """The lowest layer only: those between share its cause."""
    sizes = gradient_sizes(trace)
    for layer, ratio in enumerate((sizes / sizes[-1]).tolist(), start=1):
        if 0.0 < ratio < VANISHING:
            neurons, factor = names.neurons[layer], least_gain(names, trace, layer)
            yield Alarm("vanishing", layer, neurons, *factor, ratio, by_ratio=True)
            return


def exploding(names: Names, trace: StepTrace) -> Iterator[Alarm]:
    """The layer with the largest gradient, when that is large, itself or beside the output's."""
    sizes = gradient_sizes(trace)
    layer = int(np.argmax(sizes)) + 1
    size, ratio = float(sizes[layer - 1]), float(sizes[layer - 1] / sizes[-1])
    by_ratio = ratio > EXPLODING
    if by_ratio or size > EXPLODING:
        factor = most_gain(names, trace, layer) if by_ratio else most_gap(names, trace)
        measure = ratio if by_ratio else size
        yield Alarm("exploding", layer, names.neurons[layer], *factor, measure, by_ratio)


def gradient_sizes(trace: StepTrace) -> Floats:
    """(L,) the root mean square of each layer's dE/dW."""
    return np.array([rms(layer.dE_dW) for layer in trace.backward.layers])


Factor: TypeAlias = tuple[str, int, float]  # name, example, value


def least_gain(names: Names, trace: StepTrace, layer: int) -> Factor:
    """What makes the gradient of a layer so much smaller than the output layer's.

    On the way down from the output layer dE/dw is multiplied by weights and slopes, and at the
    end by the layer's own inputs: the smallest of all these is the cause. It is named by its
    largest member, which shows that all of them are small.
    """
    return gain(names, trace, layer, min)


def most_gain(names: Names, trace: StepTrace, layer: int) -> Factor:
    """As `least_gain`, for a gradient that is much larger."""
    return gain(names, trace, layer, max)


def gain(names: Names, trace: StepTrace, layer: int, pick: Callable[..., Cause]) -> Factor:
    return pick(causes(names, trace, layer), key=lambda cause: cause.size).factor()


@dataclass(frozen=True, slots=True)
class Cause:
    size: float
    factor: Callable[[], Factor]


def causes(names: Names, trace: StepTrace, layer: int) -> Iterator[Cause]:
    inputs = [trace.backward.forward.inputs, *(each.out for each in trace.backward.forward.layers)]
    for each in range(layer, names.spec.depth):
        slope, weights = trace.backward.layers[each - 1].slope, trace.backward.layers[each].weights
        if slope.shape == inputs[each].shape:
            yield Cause(rms(slope), partial(of_slope, names, each, slope))
        # What flows back through one neuron: the root of the sum over all that it feeds.
        size = rms(weights) * float(np.sqrt(len(weights)))
        yield Cause(size, partial(of_weight, names, each, weights))
    below, last = inputs[layer - 1], inputs[-2]
    yield Cause(float(np.divide(rms(below), rms(last))), partial(of_input, names, layer, below))


def of_input(names: Names, layer: int, below: Floats) -> Factor:
    example, source = largest(below)
    weight = names.parameter_name(names.weight_index(layer, 1, source + 1))
    neuron = names.neurons[layer][0]
    return f"dnet_{neuron}/d{weight}", example, float(below[example, source])


def of_slope(names: Names, layer: int, slope: Floats) -> Factor:
    example, place = largest(slope)
    name = names.neurons[layer][place]
    return f"dout_{name}/dnet_{name}", example, float(slope[example, place])


def of_weight(names: Names, layer: int, weights: Floats) -> Factor:
    """weights are W[layer+1]."""
    to, source = largest(weights)
    above, below = names.neurons[layer + 1][to], names.neurons[layer][source]
    return f"dnet_{above}/dout_{below}", 0, float(weights[to, source])


def most_gap(names: Names, trace: StepTrace) -> Factor:
    gaps = trace.backward.layers[-1].dE_dout
    example, place = largest(gaps)
    return f"dE/dout_{names.neurons[-1][place]}", example, float(gaps[example, place])


def twins(names: Names, trace: StepTrace) -> Iterator[Alarm]:
    """Hidden neurons with the same weights in and out: their gradients are the same for ever."""
    weights = weights_of(names.spec, trace.before.theta)
    biases = biases_of(names.spec, trace.before.theta)
    for layer in range(1, names.spec.depth):
        columns = [weights[layer - 1], weights[layer].T]
        if biases is not None:
            columns.append(biases[layer - 1][:, None])
        for places in equal_rows(np.hstack(columns)):
            neurons = tuple(names.neurons[layer][place] for place in places)
            factor = f"dnet_{names.neurons[layer + 1][0]}/dout_{neurons[0]}"
            value = float(weights[layer][0, places[0]])
            yield Alarm("twins", layer, neurons, factor, 0, value, float(len(neurons)))


def equal_rows(matrix: Floats) -> Iterator[list[int]]:
    """Groups of at least two places whose rows are equal; rows with NaN equal nothing."""
    _, group, counts = np.unique(
        matrix, axis=0, return_inverse=True, return_counts=True, equal_nan=False
    )
    for number in np.flatnonzero(counts > 1):
        yield np.flatnonzero(group.ravel() == number).tolist()


DETECTORS = (
    Detector("not_finite", "a quantity of the step is NaN or infinite", not_finite),
    Detector("saturated", "slope below 1 % of the largest for most examples", saturated),
    Detector("dead", "no slope to speak of for every example, on an open side", dead),
    Detector("vanishing", "gradient below 1/1000 of the output layer's", vanishing),
    Detector("exploding", "gradient above 1000, or 1000 times the output layer's", exploding),
    Detector("twins", "equal weights and bias in, equal weights out", twins),
)
