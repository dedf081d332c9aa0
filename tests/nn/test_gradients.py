"""Every derivative of every registry entry, measured; and the measuring itself, tested."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import product
from typing import Any

import numpy as np
import pytest

from app.nn import loops, runs
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.gradcheck import check_gradient
from app.nn.losses import LOSSES
from app.nn.spec import Bias, BiasMode, NetworkSpec, Reduction, check

TOLERANCE = 1e-7


def output_of(activation: str, loss: str) -> str:
    """The activation of the output layer that a pair can be tried with."""
    return LOSSES[loss].needs or activation


def hidden_of(activation: str) -> str:
    """A joint activation is for the output layer; below it stands something smooth."""
    return "tanh" if ACTIVATIONS[activation].joint else activation


# Every combination of hidden activation, output activation and loss that is allowed.
PAIRS = [
    (activation, loss)
    for activation, loss in product(ACTIVATIONS, LOSSES)
    if not (ACTIVATIONS[activation].joint and LOSSES[loss].needs not in (None, activation))
]


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@pytest.mark.parametrize("mode", ["per_neuron", "shared", "none"])
def test_every_pair_of_activation_and_loss(
    activation: str, loss: str, mode: BiasMode, problem: Callable[..., Any]
) -> None:
    hidden, output = hidden_of(activation), output_of(activation, loss)
    spec = NetworkSpec((3, 4, 3, 2), (hidden, hidden, output), loss=loss, bias=Bias(mode))
    check(spec)
    state, inputs, targets = problem(spec, examples=4)
    checked = check_gradient(spec, state.theta, inputs, targets)
    assert len(checked.errors) == spec.layout.size
    assert np.max(checked.errors) < TOLERANCE


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_both_reductions(reduction: Reduction, problem: Callable[..., Any]) -> None:
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"), reduction=reduction)
    state, inputs, targets = problem(spec, examples=5)
    assert np.max(check_gradient(spec, state.theta, inputs, targets).errors) < TOLERANCE


def test_some_parameters_only(problem: Callable[..., Any]) -> None:
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"))
    state, inputs, targets = problem(spec)
    whole = check_gradient(spec, state.theta, inputs, targets)
    some = check_gradient(spec, state.theta, inputs, targets, indices=[4, 1])
    assert some.indices.tolist() == [4, 1]
    assert some.numeric.tolist() == whole.numeric[[4, 1]].tolist()


def test_sequential_order_differs_below_the_output_layer_by_design(
    problem: Callable[..., Any],
) -> None:
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"), update_order="sequential")
    state, inputs, targets = problem(spec)
    errors = check_gradient(spec, state.theta, inputs, targets).errors
    hidden, output = errors[:6], errors[6:12]
    assert np.max(output) < TOLERANCE < np.max(hidden)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_slope_that_is_off_by_a_thousandth_is_found(
    name: str,
    problem: Callable[..., Any],
    uncompiled: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = loops.pull_back

    def wrong(
        code: int, board: Floats, net: int, out: int, gap: int, slope: int, delta: int,
        rows: int, width: int,
    ) -> None:  # fmt: skip
        right(code, board, net, out, gap, slope, delta, rows, width)
        board[delta : delta + rows * width] *= 1.001

    monkeypatch.setattr(loops, "pull_back", wrong)
    with uncompiled():
        assert worst(NetworkSpec((3, 4, 2), (hidden_of(name), name)), problem) > 1_000 * TOLERANCE


@pytest.mark.parametrize("name", [name for name in LOSSES if not LOSSES[name].needs])
def test_a_loss_slope_that_is_off_by_a_thousandth_is_found(
    name: str,
    problem: Callable[..., Any],
    uncompiled: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = runs.measure

    def wrong(
        code: int, board: Floats, targets: int, net: int, out: int, errors: int, gap: int,
        rows: int, k: int,
    ) -> None:  # fmt: skip
        right(code, board, targets, net, out, errors, gap, rows, k)
        board[gap : gap + rows * k] *= 1.001

    monkeypatch.setattr(runs, "measure", wrong)
    with uncompiled():
        spec = NetworkSpec((3, 4, 2), ("tanh", "sigmoid"), loss=name)
        assert worst(spec, problem) > 1_000 * TOLERANCE


@pytest.mark.parametrize("name", [name for name in LOSSES if LOSSES[name].needs])
def test_a_collapsed_delta_that_is_off_by_a_thousandth_is_found(
    name: str,
    problem: Callable[..., Any],
    uncompiled: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = loops.collapse

    def wrong(
        code: int, board: Floats, targets: int, net: int, out: int, delta: int, rows: int, k: int
    ) -> None:
        right(code, board, targets, net, out, delta, rows, k)
        board[delta : delta + rows * k] *= 1.001

    monkeypatch.setattr(loops, "collapse", wrong)
    with uncompiled():
        spec = NetworkSpec((3, 4, 2), ("tanh", str(LOSSES[name].needs)), loss=name)
        assert worst(spec, problem) > 1_000 * TOLERANCE


def worst(spec: NetworkSpec, problem: Callable[..., Any]) -> float:
    """The largest error of any parameter's gradient."""
    state, inputs, targets = problem(spec)
    return float(np.max(check_gradient(spec, state.theta, inputs, targets).errors))
