"""Which quantity stopped being finite first."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from app.nn.arrays import Floats
from app.nn.losses import LOSSES
from app.nn.names import Names
from app.nn.passes import BackwardLayer, StepTrace
from app.nn.spec import NetworkSpec


def first_not_finite(spec: NetworkSpec, trace: StepTrace) -> str | None:
    """The name of the first NaN or Infinity of a step in order of computation, or None.

    Within a layer all examples of one quantity come before the next quantity, since that is how
    a batch is computed; the name does not say which example it was.
    """
    names = Names.of(spec)
    return next((name for name in offenders(names, trace)), None)


def first_bad_value(spec: NetworkSpec, trace: StepTrace, name: str) -> float:
    """The value of `name` for the first example whose one is not finite."""
    names, examples = Names.of(spec), range(len(trace.backward.forward.inputs))
    values = (names.value(trace, name, example) for example in examples)
    return next(value for value in values if not math.isfinite(value))


def offenders(names: Names, trace: StepTrace) -> Iterator[str]:
    """The first offender of every group of like quantities, group after group."""
    forward, depth = trace.backward.forward, names.spec.depth
    yield from of_neurons(names, "{}", 0, forward.inputs)
    yield from of_parameters(names, "{}", trace.before.theta)
    for kind, row in zip(names.spec.memory, trace.before.memory, strict=True):
        yield from of_parameters(names, kind + "_{}", row)
    for layer, values in enumerate(forward.layers, start=1):
        yield from of_neurons(names, "net_{}", layer, values.net)
        yield from of_neurons(names, "out_{}", layer, values.out)
    if forward.targets is not None and forward.errors is not None:
        yield from of_neurons(names, "t_{}", depth, forward.targets)
        yield from of_neurons(names, "E_{}", depth, forward.errors.per_output)
        if not np.all(np.isfinite(forward.errors.per_example)):
            yield "E_total"
        if not np.isfinite(forward.errors.total):
            yield "E_batch"
    for layer in range(depth, 0, -1):
        yield from of_layer(names, layer, trace.backward.layers[layer - 1])
    for kind, row in zip(names.spec.memory, trace.after.memory, strict=True):
        yield from of_parameters(names, kind + "_{}+", row)
    yield from of_parameters(names, "{}+", trace.after.theta)


def of_layer(names: Names, layer: int, values: BackwardLayer) -> Iterator[str]:
    """The backward pass of one layer: dE/dout, slope, delta, then the gradients they make.

    A loss that collapses makes the deltas of the outputs without the two: where those are
    infinite, nothing is lost.
    """
    if layer < names.spec.depth or LOSSES[names.spec.loss].needs is None:
        yield from of_neurons(names, "dE/dout_{}", layer, values.dE_dout)
        yield from of_neurons(names, "dout_{0}/dnet_{0}", layer, values.slope)
    yield from of_neurons(names, "delta_{}", layer, values.delta)
    yield from of_parameters(
        names, "dE/d{}", values.dE_dW.ravel(), names.layout.weight_offsets[layer - 1]
    )
    if values.dE_db is not None:
        yield from of_parameters(
            names, "dE/d{}", values.dE_db, names.layout.bias_offsets[layer - 1]
        )


def of_neurons(names: Names, template: str, layer: int, values: Floats) -> Iterator[str]:
    """values is (N, n): the first neuron with a bad one."""
    bad = np.flatnonzero(~np.all(np.isfinite(values), axis=0))
    if len(bad):
        yield template.format(names.neuron_name(layer, int(bad[0]) + 1))


def of_parameters(names: Names, template: str, values: Floats, first: int = 0) -> Iterator[str]:
    """values is (C,), the parameters from `first` on: the first bad one."""
    bad = np.flatnonzero(~np.isfinite(values))
    if len(bad):
        yield template.format(names.parameter_name(first + int(bad[0])))
