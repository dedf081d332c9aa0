"""micrograd: a graph of scalars, built and walked anew for every update.

Its package knows ReLU only; sigmoid and tanh are added as its own operations are written.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
from micrograd.engine import Value

from bench.contestant import Made, Run
from bench.workloads import W3, Workload


class Micrograd:
    def version(self) -> str:
        return version("micrograd")

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if record or workload.n_weights >= W3.n_weights:
            return None
        inputs, targets = workload.inputs.tolist(), workload.targets.tolist()
        shapes = [matrix.shape for matrix in workload.weights]
        factor = 0.5 / workload.rows
        moving = slice(None if workload.train_biases else workload.n_weights)

        def run(steps: int) -> Made:
            values = [Value(number) for number in workload.parameters.tolist()]
            for _ in range(steps):
                total = Value(0.0)
                for example, wanted in zip(inputs, targets, strict=True):
                    outs = answer(values, shapes, workload, example)
                    total += sum((out - t) ** 2 for out, t in zip(outs, wanted, strict=True))
                for value in values:
                    value.grad = 0
                (total * factor).backward()
                for value in values[moving]:
                    value.data -= workload.rate * value.grad
            return Made(lambda: np.array([value.data for value in values]))

        return run


def answer(
    values: list[Any], shapes: list[tuple[int, ...]], workload: Workload, example: list[float]
) -> list[Any]:
    weight, bias, below = 0, workload.n_weights, list(example)
    for (n, m), name in zip(shapes, workload.activations, strict=True):
        rows = [values[weight + j * m : weight + (j + 1) * m] for j in range(n)]
        nets = [
            sum((w * x for w, x in zip(row, below, strict=True)), values[bias + j])
            for j, row in enumerate(rows)
        ]
        below = [ACTIVATIONS[name](net) for net in nets]
        weight, bias = weight + n * m, bias + n
    return below


def operation(
    name: str, function: Callable[[float], float], slope: Callable[[float], float]
) -> Callable[[Any], Any]:
    """A function of one number as an operation of micrograd; `slope` is given the output."""

    def apply(value: Any) -> Any:
        out = Value(function(value.data), (value,), name)

        def backward() -> None:
            value.grad += slope(out.data) * out.grad

        out._backward = backward  # noqa: SLF001  (how micrograd's operations are made)
        return out

    return apply


ACTIVATIONS = {
    "sigmoid": operation(
        "sigmoid", lambda z: 1.0 / (1.0 + math.exp(-z)), lambda out: out * (1.0 - out)
    ),
    "tanh": operation("tanh", math.tanh, lambda out: 1.0 - out * out),
}

CONTESTANT = Micrograd()
