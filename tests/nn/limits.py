"""Numbers written by hand: at borders, where an output is saturated, where nothing is finite."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.nn import passes
from app.nn.activations import ACTIVATIONS
from app.nn.spec import Arithmetic, Bias, NetworkSpec
from tests.nn.closeness import close

# Activation, net input, output and slope where one side ends and the other begins, and far out.
ENDS = [
    ("relu", 0.0, 0.0, 0.0),
    ("leaky_relu", 0.0, 0.0, 0.01),
    ("sigmoid", 800.0, 1.0, 0.0),
    ("sigmoid", -800.0, 0.0, 0.0),
    ("softplus", 800.0, 800.0, 1.0),
    ("softplus", -800.0, 0.0, 0.0),
    ("elu", 800.0, 800.0, 1.0),
    ("silu", -800.0, 0.0, 0.0),
    ("gelu", 40.0, 40.0, 1.0),
    ("softmax", 800.0, 1.0, 0.0),
    *((name, math.nan, math.nan, None) for name in ACTIVATIONS),
]


def end(name: str, net: float, out: float, slope: float | None) -> None:
    spec = NetworkSpec((1, 1), (name,))
    state = passes.start(spec, np.array([1.0, 0.0]))
    trace = passes.backward(spec, state, np.array([[net]]), np.array([[0.5]]))
    close(trace.forward.outputs[0, 0], out)
    if slope is not None:
        close(trace.layers[0].slope[0, 0], slope)


E = math.e
# Activation, loss, net inputs, targets: errors, dE/dout and delta of the output layer.
LAST_LAYERS: list[tuple[str, str, list[float], list[float], Any, Any, Any]] = [
    ("linear", "mean_absolute_error", [0.5, 1.0], [0.5, 3.0], [0, 1], [0, -0.5], [0, -0.5]),
    ("linear", "huber", [1.0, 6.0], [0.0, 4.0], [0.25, 0.75], [0.5, 0.5], [0.5, 0.5]),
    ("linear", "huber", [-1.0, -2.0], [0.0, 0.0], [0.25, 0.75], [-0.5, -0.5], [-0.5, -0.5]),
    ("linear", "huber", [1.05, -1.05], [0.0, 0.0], [0.275, 0.275], [0.5, -0.5], [0.5, -0.5]),
    *(("linear", loss, [math.nan], [0.0], [math.nan], [math.nan], [math.nan])
      for loss in ("mean_absolute_error", "huber")),
    ("sigmoid", "binary_cross_entropy", [1000.0, 1000.0, 1000.0], [0.0, 1.0, 0.95],
     [1000, 0, 50], [math.inf, -1, math.inf], [1, 0, 0.05]),
    ("sigmoid", "binary_cross_entropy", [-1000.0, -1000.0], [0.0, 1.0], [0, 1000],
     [1, -math.inf], [0, -1]),
    ("sigmoid", "binary_cross_entropy", [0.0, 0.0], [1.0, 0.0], [math.log(2)] * 2,
     [-2, 2], [-0.5, 0.5]),
    ("sigmoid", "binary_cross_entropy", [math.log(1.05)], [0.0], [math.log(2.05)],
     [2.05], [1.05 / 2.05]),
    ("softmax", "cross_entropy", [-1000.0, 1000.0, 0.0], [1.0, 0.0, 0.0], [2000, 0, 0],
     [-math.inf, 0, 0], [-1, 1, 0]),
    ("softmax", "cross_entropy", [1000.0, -1000.0, 0.0], [0.0, 0.0, 1.0], [0, 0, 1000],
     [0, 0, -math.inf], [1, 0, -1]),
    ("softmax", "cross_entropy", [0.0, -1000.0, 1000.0], [0.0, 1.0, 0.0], [0, 2000, 0],
     [0, -math.inf, 0], [0, -1, 1]),
    ("softmax", "cross_entropy", [5.0, 2000.0, 1000.0], [0.0, 0.0, 1.0], [0, 0, 1000],
     [0, 0, -math.inf], [0, 1, -1]),
    ("softmax", "cross_entropy", [1.0, 0.0, 0.0], [0.0, 2.0, 0.0],
     [0, 2 * math.log(E + 2), 0], [0, -2 * (E + 2), 0],
     [2 * E / (E + 2), 2 / (E + 2) - 2, 2 / (E + 2)]),
    ("softmax", "cross_entropy", [-math.inf, 0.0, 0.0], [0.0, 1.0, 0.0],
     [0, math.log(2), 0], [0, -2, 0], [0, -0.5, 0.5]),
    ("softmax", "cross_entropy", [0.0] * 10, [1.0, *[0.0] * 9],
     [math.log(10), *[0.0] * 9], [-10, *[0.0] * 9], [-0.9, *[0.1] * 9]),
]  # fmt: skip


def last_layer(
    path: Arithmetic, name: str, loss: str, nets: list[float], targets: list[float],
    errors: Any, gap: Any, delta: Any,
) -> None:  # fmt: skip
    """A layer with these net inputs for its first or last example: they are its weights."""
    spec = NetworkSpec((1, len(nets)), (name,), loss, bias=Bias("none"))
    state, wanted = passes.start(spec, np.array(nets)), np.array([targets, targets])
    for row in (0, 1):
        trace = passes.backward(spec, state, np.eye(2)[row][:, None], wanted, path=path)
        assert trace.forward.errors is not None
        close(trace.forward.errors.per_output[row], errors)
        close(trace.layers[0].dE_dout[row], gap)
        close(trace.layers[0].delta[row], delta)
