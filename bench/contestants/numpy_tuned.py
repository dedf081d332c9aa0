"""NumPy without temporaries: every operation writes into an array made beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.contestant import Made, Run
from bench.workloads import Floats, Workload, flat


@dataclass(frozen=True, eq=False)
class Layer:
    """Views of one layer; `gap` of the first one is never written."""

    activation: str
    weights: Floats
    biases: Floats
    below: Floats
    out: Floats
    gap: Floats
    slope: Floats
    gap_below: Floats | None
    change: Floats
    bias_change: Floats


class Tuned:
    def version(self) -> str:
        return np.__version__

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if record and workload.rows == 1:
            return None
        layers = layers_of(workload)
        scaled = workload.rate / workload.rows

        def run(steps: int) -> Made:
            for layer, w, b in zip(layers, workload.weights, workload.biases, strict=True):
                layer.weights[:], layer.biases[:] = w, b
            parts = [layer.weights for layer in layers], [layer.biases for layer in layers]
            thetas = np.empty((steps if record else 0, workload.parameters.size))
            losses = np.empty(len(thetas))
            for step in range(steps):
                update(layers, workload.targets, scaled, train_biases=workload.train_biases)
                if record:
                    np.concatenate([p.ravel() for p in (*parts[0], *parts[1])], out=thetas[step])
                    losses[step] = 0.5 * np.vdot(layers[-1].gap, layers[-1].gap) / workload.rows
            return Made(lambda: flat(*parts))

        return run


def layers_of(workload: Workload) -> list[Layer]:
    layers: list[Layer] = []
    below, gap_below = workload.inputs, None
    for matrix, bias, name in zip(
        workload.weights, workload.biases, workload.activations, strict=True
    ):
        out, gap, slope = (np.empty((workload.rows, len(bias))) for _ in range(3))
        own = matrix.copy(), bias.copy()
        changes = np.empty_like(matrix), np.empty_like(bias)
        layers.append(Layer(name, *own, below, out, gap, slope, gap_below, *changes))
        below, gap_below = out, gap
    return layers


def update(layers: list[Layer], targets: Floats, scaled: float, *, train_biases: bool) -> None:
    for layer in layers:
        np.matmul(layer.below, layer.weights.T, out=layer.out)
        np.add(layer.out, layer.biases, out=layer.out)
        activate(layer.activation, layer.out)
    np.subtract(layers[-1].out, targets, out=layers[-1].gap)
    for layer in reversed(layers):
        delta = pull_back(layer)
        if layer.gap_below is not None:
            np.matmul(delta, layer.weights, out=layer.gap_below)
        np.matmul(delta.T, layer.below, out=layer.change)
        np.multiply(layer.change, scaled, out=layer.change)
        np.subtract(layer.weights, layer.change, out=layer.weights)
        if train_biases:
            np.add.reduce(delta, axis=0, out=layer.bias_change)
            np.multiply(layer.bias_change, scaled, out=layer.bias_change)
            np.subtract(layer.biases, layer.bias_change, out=layer.biases)


def activate(name: str, out: Floats) -> None:
    if name == "sigmoid":
        np.negative(out, out=out)
        np.exp(out, out=out)
        np.add(out, 1.0, out=out)
        np.reciprocal(out, out=out)
    elif name == "tanh":
        np.tanh(out, out=out)
    else:
        np.maximum(out, 0.0, out=out)


def pull_back(layer: Layer) -> Floats:
    """delta, in the place of the slope."""
    out, slope = layer.out, layer.slope
    if layer.activation == "relu":
        np.greater(out, 0.0, out=slope)
    elif layer.activation == "tanh":
        np.multiply(out, out, out=slope)
        np.subtract(1.0, slope, out=slope)
    else:
        np.subtract(1.0, out, out=slope)
        np.multiply(slope, out, out=slope)
    np.multiply(slope, layer.gap, out=slope)
    return slope


CONTESTANT = Tuned()
