"""NumPy as it is usually written: matrices, a new array for every expression."""

from __future__ import annotations

import numpy as np

from bench.contestant import Made, Run
from bench.workloads import Floats, Workload, activate, flat, recorded


class Plain:
    def version(self) -> str:
        return np.__version__

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if record and workload.rows > 1:
            return None

        def run(steps: int) -> Made:
            weights = [matrix.copy() for matrix in workload.weights]
            biases = [bias.copy() for bias in workload.biases]
            rows: list[list[float]] = []
            for _ in range(steps):
                update(workload, weights, biases, rows if record else None)
            return Made(
                lambda: flat(weights, biases), (lambda: np.array(rows[-1])) if rows else None
            )

        return run


def slope_of(name: str, out: Floats) -> Floats:
    if name == "sigmoid":
        return out * (1.0 - out)
    return 1.0 - out * out if name == "tanh" else (out > 0.0).astype(np.float64)


def update(
    workload: Workload, weights: list[Floats], biases: list[Floats], rows: list[list[float]] | None
) -> None:
    nets: list[Floats] = []
    outs = [workload.inputs]
    for matrix, bias, name in zip(weights, biases, workload.activations, strict=True):
        nets.append(outs[-1] @ matrix.T + bias)
        outs.append(activate(name, nets[-1]))
    gaps = [outs[-1] - workload.targets]
    slopes: list[Floats] = []
    deltas: list[Floats] = []
    for layer in range(len(weights), 0, -1):
        slopes.insert(0, slope_of(workload.activations[layer - 1], outs[layer]))
        deltas.insert(0, gaps[0] * slopes[0])
        if layer > 1:
            gaps.insert(0, deltas[0] @ weights[layer - 1])
    gradient = [d.T @ below / workload.rows for d, below in zip(deltas, outs[:-1], strict=True)]
    for layer, change in enumerate(gradient):
        weights[layer] -= workload.rate * change
    if workload.train_biases:
        for layer, delta in enumerate(deltas):
            biases[layer] -= workload.rate * delta.mean(axis=0)
    if rows is not None:
        errors = 0.5 * (workload.targets - outs[-1]) ** 2
        parts = nets, outs[1:], gaps, slopes, deltas, [errors], gradient, weights
        rows.append(recorded(*(flat(part, ()).tolist() for part in parts)))


CONTESTANT = Plain()
