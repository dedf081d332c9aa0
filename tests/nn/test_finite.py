"""The first quantity that stops being finite is named; nothing breaks on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.nn import kernel, passes
from app.nn.finite import first_not_finite
from app.nn.names import Names
from app.nn.spec import Choice, NetworkSpec

SPEC = NetworkSpec((2, 2, 1), ("linear", "linear"))
INPUTS, TARGETS = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [2.0]])


def first(spec: NetworkSpec, theta: list[float], inputs: np.ndarray = INPUTS) -> str | None:
    trace = passes.step(spec, passes.start(spec, np.array(theta)), inputs, TARGETS)
    return first_not_finite(spec, trace)


@pytest.mark.parametrize(
    ("theta", "name"),
    [
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.0, 0.0, 0.0], None),
        ([0.1, float("nan"), 0.3, 0.4, 0.5, 0.6, 0.0, 0.0, 0.0], "w2"),
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.0, 0.0, float("inf")], "b_o1"),
        ([0.1, 0.2, 1e308, 1e308, 0.5, 0.6, 0.0, 0.0, 0.0], "net_h2"),
        ([0.1, 0.2, 0.3, 0.4, 1e308, 1e308, 0.0, 0.0, 0.0], "net_o1"),
        ([1e160, 1e160, 0.3, 0.4, 1.0, 0.6, 0.0, 0.0, 0.0], "E_o1"),
        ([1e100, 0.0, 0.0, 0.0, 1e50, 1e200, 0.0, 0.0, 0.0], "dE/dout_h2"),
    ],
)  # fmt: skip
def test_the_first_one(theta: list[float], name: str | None) -> None:
    assert first(SPEC, theta) == name


def test_an_input() -> None:
    assert first(SPEC, [0.1] * 9, np.array([[1.0, 2.0], [3.0, float("inf")]])) == "i2"


def test_an_update() -> None:
    spec = replace(SPEC, optimizer=Choice("sgd", {"learning_rate": 1e308, "momentum": 0.9}))
    assert first(spec, [10.0] * 9) == "w1+"


@pytest.mark.parametrize(
    ("output", "loss"), [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
)
def test_a_factor_that_no_number_is_made_of(output: str, loss: str) -> None:
    """dE/dout is infinite at a sure, wrong output; delta comes from the net inputs instead."""
    spec = NetworkSpec((1, 2), (output,), loss=loss)
    state = passes.start(spec, np.array([1000.0, -1000.0, 0.0, 0.0]))
    trace = passes.step(spec, state, np.array([[1.0]]), np.array([[0.0, 1.0]]))
    assert not np.isfinite(trace.backward.layers[-1].dE_dout).all()
    assert np.isfinite(trace.after.theta).all()
    assert first_not_finite(spec, trace) is None


def test_a_diverging_network_goes_on() -> None:
    spec = replace(SPEC, optimizer=Choice("sgd", {"learning_rate": 1e300}))
    state = passes.start(spec, np.full(9, 0.1))
    run = kernel.run(spec, state, INPUTS, TARGETS, 10)
    assert np.isfinite(run.losses[0])
    assert not np.isfinite(run.losses[-1])
    trace = passes.step(spec, passes.State(run.thetas[0], state.memory, 1), INPUTS, TARGETS)
    name = first_not_finite(spec, trace)
    assert name is not None
    assert not np.isfinite(Names.of(spec).value(trace, name, 1))
