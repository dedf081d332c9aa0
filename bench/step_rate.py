"""Updates per second on the worked example: the kernel beside plain Python and tuned NumPy.

    python bench/step_rate.py [rounds]

All contestants make the same updates (2-2-2, sigmoid, half squared error, learning rate 0.5).
Rounds are interleaved, so that a slow moment of the machine hits everybody; shown are medians,
and the median of the ratios within a round.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.nn import kernel, passes
from app.nn.spec import Bias, NetworkSpec, flatten

SPEC = NetworkSpec((2, 2, 2), ("sigmoid", "sigmoid"), bias=Bias("shared", trainable=False))
WEIGHTS = [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]]
THETA = flatten(SPEC, WEIGHTS, [[0.35, 0.35], [0.60, 0.60]])
INPUTS, TARGETS = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
AFTER_10000 = 3.510187782978859e-05


def plain_python(steps: int) -> float:
    """Scalars only, written out by hand: the fastest that CPython does without a compiler."""
    w1, w2, w3, w4, w5, w6, w7, w8 = 0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55
    b1, b2, i1, i2, t1, t2, rate, exp = 0.35, 0.60, 0.05, 0.10, 0.01, 0.99, 0.5, math.exp

    def outputs() -> tuple[float, float, float, float]:
        h1 = 1.0 / (1.0 + exp(-(w1 * i1 + w2 * i2 + b1)))
        h2 = 1.0 / (1.0 + exp(-(w3 * i1 + w4 * i2 + b1)))
        o1 = 1.0 / (1.0 + exp(-(w5 * h1 + w6 * h2 + b2)))
        o2 = 1.0 / (1.0 + exp(-(w7 * h1 + w8 * h2 + b2)))
        return h1, h2, o1, o2

    for _ in range(steps):
        h1, h2, o1, o2 = outputs()
        d1, d2 = (o1 - t1) * (o1 * (1.0 - o1)), (o2 - t2) * (o2 * (1.0 - o2))
        e1 = (d1 * w5 + d2 * w7) * (h1 * (1.0 - h1))
        e2 = (d1 * w6 + d2 * w8) * (h2 * (1.0 - h2))
        w5, w6 = w5 - rate * (d1 * h1), w6 - rate * (d1 * h2)
        w7, w8 = w7 - rate * (d2 * h1), w8 - rate * (d2 * h2)
        w1, w2 = w1 - rate * (e1 * i1), w2 - rate * (e1 * i2)
        w3, w4 = w3 - rate * (e2 * i1), w4 - rate * (e2 * i2)
    _, _, o1, o2 = outputs()
    return 0.5 * (t1 - o1) ** 2 + 0.5 * (t2 - o2) ** 2


def tuned_numpy(steps: int) -> float:
    """Matrices, no temporaries: every operation writes into an array made beforehand."""
    first, second = (np.array(matrix) for matrix in WEIGHTS)
    below, target = INPUTS[0], TARGETS[0]
    hidden, out, delta, error, scratch = (np.empty(2) for _ in range(5))
    change = np.empty((2, 2))

    def answer(weights: np.ndarray, source: np.ndarray, bias: float, into: np.ndarray) -> None:
        np.dot(weights, source, out=into)
        np.add(into, bias, out=into)
        np.negative(into, out=into)
        np.exp(into, out=into)
        np.add(into, 1.0, out=into)
        np.reciprocal(into, out=into)

    def respond(gap: np.ndarray, value: np.ndarray, into: np.ndarray) -> None:
        np.subtract(1.0, value, out=scratch)
        np.multiply(scratch, value, out=scratch)
        np.multiply(gap, scratch, out=into)

    def move(weights: np.ndarray, by: np.ndarray, source: np.ndarray) -> None:
        np.multiply(by[:, None], source, out=change)
        np.multiply(change, 0.5, out=change)
        np.subtract(weights, change, out=weights)

    for _ in range(steps):
        answer(first, below, 0.35, hidden)
        answer(second, hidden, 0.60, out)
        np.subtract(out, target, out=error)
        respond(error, out, delta)
        np.dot(delta, second, out=error)
        move(second, delta, hidden)
        respond(error, hidden, delta)
        move(first, delta, below)
    answer(first, below, 0.35, hidden)
    answer(second, hidden, 0.60, out)
    return float(0.5 * np.sum((target - out) ** 2))


def by_kernel(steps: int, *, record: bool = False, example: int | None = None) -> float:
    """What the product does: nothing recorded, parameters and losses, or every named value."""
    start = passes.start(SPEC, THETA)
    run = kernel.run(SPEC, start, INPUTS, TARGETS, steps, record=record, example=example)
    errors = passes.forward(SPEC, run.state.theta, INPUTS, TARGETS).errors
    return errors.total if errors else math.nan


Contestant = tuple[str, int, Callable[[int], float]]
CONTESTANTS: tuple[Contestant, ...] = (
    ("kernel", 100_000, by_kernel),
    ("kernel, weights and loss kept", 100_000, lambda n: by_kernel(n, record=True)),
    ("kernel, every value kept", 100_000, lambda n: by_kernel(n, record=True, example=0)),
    ("plain Python", 10_000, plain_python),
    ("NumPy, tuned", 2_000, tuned_numpy),
)


def seconds_per_step(steps: int, contestant: Callable[[int], float]) -> float:
    begin = time.perf_counter()
    contestant(steps)
    return (time.perf_counter() - begin) / steps


def measure(rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name, _, _ in CONTESTANTS}
    for _ in range(rounds):
        for name, steps, contestant in CONTESTANTS:
            times[name].append(seconds_per_step(steps, contestant))
    return times


def table(times: dict[str, list[float]]) -> str:
    lines = [f"{'one update of the worked example':34}{'ns':>10}{'per second':>14}{'x kernel':>10}"]
    for name, own in times.items():
        middle = statistics.median(own)
        ratio = statistics.median(a / b for a, b in zip(own, times["kernel"], strict=True))
        lines.append(f"{name:34}{middle * 1e9:10,.0f}{1 / middle:14,.0f}{ratio:10.2f}")
    return "\n".join(lines)


def main() -> None:
    begin = time.perf_counter()
    kernel.load()
    sys.stdout.write(f"kernel loaded in {time.perf_counter() - begin:.1f} s\n")
    for name, _, contestant in CONTESTANTS:
        if not math.isclose(contestant(10_000), AFTER_10000, rel_tol=1e-9):
            sys.exit(f"{name} computes something else")
    sys.stdout.write(table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 9)) + "\n")


if __name__ == "__main__":
    main()
