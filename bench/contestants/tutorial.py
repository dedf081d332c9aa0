"""The way in which tutorials write the worked example: plain Python, an object per neuron.

Every derivative is a small method, and all deltas are found before any weight moves.
"""

from __future__ import annotations

import math
import platform

import numpy as np

from bench.contestant import Made, Run
from bench.workloads import W1, Floats, Workload, recorded


class Neuron:
    def __init__(self, weights: list[float], bias: float) -> None:
        self.weights = weights
        self.bias = bias
        self.inputs: list[float] = []
        self.net = 0.0
        self.output = 0.0
        self.gap = 0.0
        self.delta = 0.0

    def feed(self, inputs: list[float]) -> float:
        self.inputs = inputs
        self.net = self.net_input()
        self.output = self.squash(self.net)
        return self.output

    def net_input(self) -> float:
        total = 0.0
        for index in range(len(self.inputs)):
            total += self.inputs[index] * self.weights[index]
        return total + self.bias

    def squash(self, net: float) -> float:
        return 1.0 / (1.0 + math.exp(-net))

    def error(self, target: float) -> float:
        return 0.5 * (target - self.output) ** 2

    def error_by_output(self, target: float) -> float:
        return -(target - self.output)

    def output_by_net(self) -> float:
        return self.output * (1.0 - self.output)

    def net_by_weight(self, index: int) -> float:
        return self.inputs[index]


class Layer:
    def __init__(self, matrix: Floats, biases: Floats) -> None:
        self.neurons = [
            Neuron(row, bias) for row, bias in zip(matrix.tolist(), biases.tolist(), strict=True)
        ]

    def feed(self, inputs: list[float]) -> list[float]:
        return [neuron.feed(inputs) for neuron in self.neurons]


class Network:
    def __init__(self, workload: Workload) -> None:
        self.rate = workload.rate
        self.hidden, self.output = map(Layer, workload.weights, workload.biases)

    def train(self, inputs: list[float], targets: list[float]) -> list[float]:
        """One update; the gradient by weight, in the order of the parameters."""
        self.output.feed(self.hidden.feed(inputs))
        for neuron, target in zip(self.output.neurons, targets, strict=True):
            neuron.gap = neuron.error_by_output(target)
            neuron.delta = neuron.gap * neuron.output_by_net()
        for index, neuron in enumerate(self.hidden.neurons):
            neuron.gap = 0.0
            for above in self.output.neurons:
                neuron.gap += above.delta * above.weights[index]
            neuron.delta = neuron.gap * neuron.output_by_net()
        return [*self.move(self.hidden), *self.move(self.output)]

    def move(self, layer: Layer) -> list[float]:
        gradient = []
        for neuron in layer.neurons:
            for index in range(len(neuron.weights)):
                slope = neuron.delta * neuron.net_by_weight(index)
                neuron.weights[index] -= self.rate * slope
                gradient.append(slope)
        return gradient

    @property
    def neurons(self) -> list[Neuron]:
        return [*self.hidden.neurons, *self.output.neurons]

    def row(self, targets: list[float], gradient: list[float]) -> list[float]:
        pairs = zip(self.output.neurons, targets, strict=True)
        return recorded(
            [n.net for n in self.neurons],
            [n.output for n in self.neurons],
            [n.gap for n in self.neurons],
            [n.output_by_net() for n in self.neurons],
            [n.delta for n in self.neurons],
            [n.error(target) for n, target in pairs],
            gradient,
            [w for n in self.neurons for w in n.weights],
        )

    def parameters(self) -> Floats:
        weights = [w for n in self.neurons for w in n.weights]
        return np.array([*weights, *(n.bias for n in self.neurons)])


class Tutorial:
    def version(self) -> str:
        return f"CPython {platform.python_version()}"

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if workload.name != W1.name:
            return None
        inputs, targets = workload.inputs[0].tolist(), workload.targets[0].tolist()

        def run(steps: int) -> Made:
            network = Network(workload)
            rows = []
            for _ in range(steps):
                gradient = network.train(inputs, targets)
                if record:
                    rows.append(network.row(targets, gradient))
            return Made(network.parameters, (lambda: np.array(rows[-1])) if rows else None)

        return run


CONTESTANT = Tutorial()
