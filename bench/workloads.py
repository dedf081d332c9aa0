"""What every contestant has to compute: the networks, their data, and the loss that must come out.

Needs NumPy only: competitors with packages of their own import this file too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

RATE = 0.5


@dataclass(frozen=True, eq=False)
class Workload:
    """Full-batch gradient descent on E = (1/N) sum over examples and outputs of 1/2 (t - out)^2.

    weights[l] is (n, m), biases[l] (n,), inputs (N, n_0), targets (N, K). `longest` is the most
    steps that one call is asked for, `checked` the number after which results are compared.
    """

    name: str
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    inputs: Floats
    targets: Floats
    train_biases: bool = True
    rate: float = RATE
    longest: int = 100_000
    checked: int = 1_000

    @property
    def rows(self) -> int:
        return len(self.inputs)

    @property
    def n_weights(self) -> int:
        return sum(matrix.size for matrix in self.weights)

    @property
    def columns(self) -> int:
        """The length of a recorded row, when every value is recorded; see `recorded`."""
        return 5 * sum(self.sizes[1:]) + self.sizes[-1] + 1 + 2 * self.n_weights

    @cached_property
    def parameters(self) -> Floats:
        """(P,) every weight, layer by layer and row by row, then every bias."""
        return flat(self.weights, self.biases)

    def cut(self, parameters: Floats) -> tuple[list[Floats], list[Floats]]:
        """The matrices and bias vectors in a flat vector, as views."""
        ends = np.cumsum([part.size for part in (*self.weights, *self.biases)])[:-1]
        parts = np.split(parameters, ends)
        matrices = zip(parts, self.weights, strict=False)
        return [p.reshape(w.shape) for p, w in matrices], parts[len(self.weights) :]

    def loss(self, parameters: Floats) -> float:
        """E at some parameters, written as plainly as can be: this is what judges the others."""
        out = self.inputs
        for matrix, bias, name in zip(*self.cut(parameters), self.activations, strict=True):
            out = activate(name, out @ matrix.T + bias)
        return float(0.5 * np.sum((self.targets - out) ** 2) / self.rows)


def flat(weights: Sequence[Floats], biases: Sequence[Floats]) -> Floats:
    return np.concatenate([np.ravel(part) for part in (*weights, *biases)])


def activate(name: str, net: Floats) -> Floats:
    if name == "sigmoid":
        return np.asarray(1.0 / (1.0 + np.exp(-net)))
    return np.asarray(np.tanh(net) if name == "tanh" else np.maximum(net, 0.0))


def recorded(
    net: Sequence[float],
    out: Sequence[float],
    gap: Sequence[float],
    slope: Sequence[float],
    delta: Sequence[float],
    errors: Sequence[float],
    gradient: Sequence[float],
    after: Sequence[float],
) -> list[float]:
    """One row of a recording, the same for everybody: each neuron's net, out, dE/dout, slope and
    delta (first layer first), each output's error and their sum, each weight's gradient and what
    it becomes."""
    return [*net, *out, *gap, *slope, *delta, *errors, sum(errors), *gradient, *after]


def drawn(
    name: str, sizes: tuple[int, ...], activations: tuple[str, ...], rows: int, seed: int = 1
) -> Workload:
    """A network with weights and data from a seed; the targets are one class per example."""
    random = np.random.default_rng(seed)
    shapes = [(n, m) for m, n in pairwise(sizes)]
    return Workload(
        name,
        sizes,
        activations,
        weights=tuple(random.uniform(-1, 1, (n, m)) * np.sqrt(6 / (n + m)) for n, m in shapes),
        biases=tuple(np.zeros(n) for n, _ in shapes),
        inputs=random.uniform(0, 1, (rows, sizes[0])),
        targets=np.eye(sizes[-1])[np.arange(rows) % sizes[-1]] * random.uniform(0.2, 1, (rows, 1)),
        rate=0.1,
    )


# The example of https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/
W1 = Workload(
    "W1",
    (2, 2, 2),
    ("sigmoid", "sigmoid"),
    weights=(np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])),
    biases=(np.array([0.35, 0.35]), np.array([0.60, 0.60])),
    inputs=np.array([[0.05, 0.10]]),
    targets=np.array([[0.01, 0.99]]),
    train_biases=False,
)
W2 = replace(drawn("W2", (2, 4, 2, 1), ("tanh", "tanh", "tanh"), rows=10), checked=300)
W3 = replace(
    drawn("W3", (784, 128, 64, 10), ("relu", "relu", "sigmoid"), rows=128),
    longest=200,
    checked=3,
)

SMALL = replace(drawn("small", (8, 24, 8), ("sigmoid", "sigmoid"), rows=8), checked=20)
LARGE = replace(
    drawn("large", (512, 128, 10), ("sigmoid", "sigmoid"), rows=64), longest=200, checked=3
)
GROWN = (
    SMALL,
    replace(drawn("small, twice the examples", SMALL.sizes, SMALL.activations, 16), checked=20),
    replace(drawn("small, twice the parameters", (8, 48, 8), SMALL.activations, 8), checked=20),
    LARGE,
    replace(
        drawn("large, twice the examples", LARGE.sizes, LARGE.activations, 128),
        longest=200, checked=3,
    ),
    replace(
        drawn("large, twice the parameters", (512, 256, 10), LARGE.activations, 64),
        longest=200, checked=3,
    ),
)  # fmt: skip

WORKLOADS = {workload.name: workload for workload in (W1, W2, W3, *GROWN)}
