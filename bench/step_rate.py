"""How many updates a second: the kernel beside plain Python and NumPy, on the worked example.

All of them must arrive at the same error. The rounds are interleaved, so that a busy machine slows
every contestant alike; what counts is the ratio of the medians.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from app.nn import kernel, passes
from app.nn.spec import Bias, NetworkSpec, flatten

ROUNDS = 9
RATE = 0.5
INPUTS, TARGETS = (0.05, 0.10), (0.01, 0.99)
WEIGHTS = (((0.15, 0.20), (0.25, 0.30)), ((0.40, 0.45), (0.50, 0.55)))
BIASES = (0.35, 0.60)

SPEC = NetworkSpec(
    sizes=(2, 2, 2),
    activations=("sigmoid", "sigmoid"),
    bias=Bias(mode="shared", trainable=False),
)


def with_kernel(steps: int, *, record: bool, example: int | None = None) -> float:
    weights = [np.array(layer) for layer in WEIGHTS]
    biases = [np.full(2, bias) for bias in BIASES]
    state = passes.start(SPEC, flatten(SPEC, weights, biases))
    inputs, targets = np.array([INPUTS]), np.array([TARGETS])
    run = kernel.run(SPEC, state, inputs, targets, steps, record=record, example=example)
    errors = passes.forward(SPEC, run.state.theta, inputs, targets).errors
    assert errors is not None
    return errors.total


def with_python(steps: int) -> float:
    (w1, w2), (w3, w4) = (list(row) for row in WEIGHTS[0])
    (w5, w6), (w7, w8) = (list(row) for row in WEIGHTS[1])
    (b1, b2), (i1, i2), (t1, t2) = BIASES, INPUTS, TARGETS
    loss = 0.0
    for step in range(steps + 1):
        h1 = 1 / (1 + math.exp(-(w1 * i1 + w2 * i2 + b1)))
        h2 = 1 / (1 + math.exp(-(w3 * i1 + w4 * i2 + b1)))
        o1 = 1 / (1 + math.exp(-(w5 * h1 + w6 * h2 + b2)))
        o2 = 1 / (1 + math.exp(-(w7 * h1 + w8 * h2 + b2)))
        loss = ((o1 - t1) ** 2 + (o2 - t2) ** 2) / 2
        if step == steps:  # the last round only measures
            break
        delta_o1 = (o1 - t1) * o1 * (1 - o1)
        delta_o2 = (o2 - t2) * o2 * (1 - o2)
        delta_h1 = (delta_o1 * w5 + delta_o2 * w7) * h1 * (1 - h1)
        delta_h2 = (delta_o1 * w6 + delta_o2 * w8) * h2 * (1 - h2)
        w5, w6 = w5 - RATE * delta_o1 * h1, w6 - RATE * delta_o1 * h2
        w7, w8 = w7 - RATE * delta_o2 * h1, w8 - RATE * delta_o2 * h2
        w1, w2 = w1 - RATE * delta_h1 * i1, w2 - RATE * delta_h1 * i2
        w3, w4 = w3 - RATE * delta_h2 * i1, w4 - RATE * delta_h2 * i2
    return loss


def with_numpy(steps: int) -> float:
    hidden, output = (np.array(layer) for layer in WEIGHTS)
    inputs, targets = np.array(INPUTS), np.array(TARGETS)
    loss = 0.0
    for step in range(steps + 1):
        h = 1 / (1 + np.exp(-(hidden @ inputs + BIASES[0])))
        o = 1 / (1 + np.exp(-(output @ h + BIASES[1])))
        loss = float(((o - targets) ** 2).sum() / 2)
        if step == steps:
            break
        delta_o = (o - targets) * o * (1 - o)
        delta_h = (output.T @ delta_o) * h * (1 - h)
        output -= RATE * np.outer(delta_o, h)
        hidden -= RATE * np.outer(delta_h, inputs)
    return loss


def keeping_nothing(steps: int) -> float:
    return with_kernel(steps, record=False)


def keeping_parameters(steps: int) -> float:
    return with_kernel(steps, record=True)


def keeping_every_value(steps: int) -> float:
    return with_kernel(steps, record=True, example=0)


# name, how many steps a round takes, what runs them
CONTESTANTS: tuple[tuple[str, int, Callable[[int], float]], ...] = (
    ("kernel", 100_000, keeping_nothing),
    ("kernel, keeping parameters", 100_000, keeping_parameters),
    ("kernel, keeping every value", 100_000, keeping_every_value),
    ("plain Python, written out", 20_000, with_python),
    ("NumPy", 2_000, with_numpy),
)


def main() -> None:
    kernel.load(None)
    errors = [contestant(2_000) for _, _, contestant in CONTESTANTS]
    assert np.allclose(errors, errors[0], rtol=1e-9), errors
    seconds: dict[str, list[float]] = {name: [] for name, _, _ in CONTESTANTS}
    for _ in range(ROUNDS):
        for name, steps, contestant in CONTESTANTS:
            began = perf_counter()
            contestant(steps)
            seconds[name].append((perf_counter() - began) / steps)
    fastest = median(seconds["kernel"])
    for name, times in seconds.items():
        each = median(times)
        print(f"{name:28} {1 / each:10,.0f} steps/s  {each / fastest:6.1f} x the kernel's time")


if __name__ == "__main__":
    main()
