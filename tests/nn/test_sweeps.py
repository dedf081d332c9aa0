"""Gradient checks over a range of h: what is right is found right, what is wrong is found wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import product
from typing import Any

import numpy as np
import pytest

from app.errors import BadInput
from app.nn import loops
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.corners import corners_of_activation, corners_of_loss, flats
from app.nn.gradcheck import Problem, Sweep, sweep
from app.nn.losses import LOSSES
from app.nn.spec import Bias, NetworkSpec, check

HS = tuple(10.0**-power for power in range(1, 13))
Make = Callable[..., Any]


def networks() -> Iterator[NetworkSpec]:
    """Every valid pair of an output activation and a loss, and every hidden activation."""
    outputs = (("tanh", name, loss) for name, loss in product(ACTIVATIONS, LOSSES))
    hidden = ((name, "linear", "half_squared_error") for name in ACTIVATIONS)
    for first, last, loss in (*outputs, *hidden):
        spec = NetworkSpec((3, 4, 2), (first, last), loss=loss)
        try:
            check(spec)
        except BadInput:
            continue
        yield spec


NETWORKS = tuple(networks())


def swept(spec: NetworkSpec, problem: Make, *, seed: int = 0) -> Sweep:
    state, inputs, targets = problem(spec, examples=3, seed=seed)
    whole = Problem(spec, state.theta, inputs, targets)
    return sweep(whole, range(spec.layout.size), HS)


@pytest.mark.parametrize("spec", NETWORKS, ids=lambda s: f"{s.activations}-{s.loss}")
def test_what_is_right_agrees_at_the_best_h(spec: NetworkSpec, problem: Make) -> None:
    found = swept(spec, problem)
    assert set(found.verdicts) <= {"agrees", "kink"}
    assert found.verdicts.count("agrees") > 0.9 * spec.layout.size
    agreed = [verdict == "agrees" for verdict in found.verdicts]
    assert np.max(found.at_best(found.errors)[agreed]) < 1e-6


@pytest.mark.parametrize("spec", NETWORKS, ids=lambda s: f"{s.activations}-{s.loss}")
def test_a_delta_that_is_off_by_a_thousandth_disagrees(
    spec: NetworkSpec,
    problem: Make,
    uncompiled: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = loops.weight_gradient

    def wrong(board: Floats, gradient: int, *places: int) -> None:
        right(board, gradient, *places)
        *_, n, m = places
        board[gradient : gradient + n * m] *= 1.001

    monkeypatch.setattr(loops, "weight_gradient", wrong)
    with uncompiled():
        verdicts = swept(spec, problem).verdicts[: spec.layout.n_weights]
        # Weights without any influence have a gradient of 0, and 1.001 times 0 is right.
        assert verdicts.count("disagrees") > 0.5 * len(verdicts)


def test_the_error_falls_with_the_square_of_h_and_rises_again(problem: Make) -> None:
    found = swept(NetworkSpec((3, 4, 2), ("tanh", "sigmoid")), problem)
    curve = np.max(found.errors, axis=1)
    assert 50 < curve[0] / curve[1] < 200
    assert 1e-7 < found.hs[int(np.argmin(curve))] < 1e-3
    assert curve[-1] > 1e3 * curve.min()


def test_a_relu_exactly_at_its_corner_is_named() -> None:
    spec = NetworkSpec((1, 1, 1), ("relu", "linear"))
    # net_h1 = 2 * 0.5 - 1 = 0
    whole = Problem(spec, np.array([2.0, 1.0, -1.0, 0.0]), np.array([[0.5]]), np.array([[1.0]]))
    found = sweep(whole, range(4), HS)
    assert found.verdicts == ("kink", "agrees", "kink", "agrees")
    assert {(k.parameter, k.layer, k.neuron, k.function) for k in found.kinks} == {
        (0, 1, 1, "activation"),
        (2, 1, 1, "activation"),
    }
    assert all(kink.h == HS[-1] and kink.distance == 0.0 for kink in found.kinks)


def test_a_corner_farther_off_than_h_is_avoided() -> None:
    spec = NetworkSpec((1, 1, 1), ("relu", "linear"), bias=Bias("none"))
    whole = Problem(spec, np.array([0.003, 1.0]), np.array([[1.0]]), np.array([[1.0]]))
    found = sweep(whole, range(2), HS)
    assert found.verdicts == ("agrees", "agrees")
    assert found.errors[0, 0] > 0.1
    assert found.hs[found.best[0]] < 0.003
    assert [(kink.parameter, kink.h) for kink in found.kinks] == [(0, 1e-2)]


def test_sequential_order_is_by_design_below_the_output_layer(problem: Make) -> None:
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"), update_order="sequential")
    found = swept(spec, problem)
    layout = spec.layout
    lower = {*range(6), *range(layout.n_weights, layout.n_weights + 3)}
    assert {i for i, each in enumerate(found.verdicts) if each == "by_design"} == lower
    assert all(found.verdicts[i] == "agrees" for i in range(layout.size) if i not in lower)


@pytest.mark.parametrize("weight", [np.nan, np.inf, 1e200])
def test_what_is_not_finite_is_said(weight: float) -> None:
    spec = NetworkSpec((1, 1), ("linear",), bias=Bias("none"))
    whole = Problem(spec, np.array([weight]), np.array([[1.0]]), np.array([[0.0]]))
    assert sweep(whole, [0], HS).verdicts == ("not_finite",)


def test_a_weight_too_large_for_any_h_to_move_it_is_not_called_right() -> None:
    spec = NetworkSpec((1, 1), ("linear",), bias=Bias("none"))
    whole = Problem(spec, np.array([1e20]), np.array([[1.0]]), np.array([[0.0]]))
    assert sweep(whole, [0], HS).verdicts == ("not_finite",)


def test_corners_are_found_from_the_numbers() -> None:
    assert corners_of_activation("relu") == (0.0,)
    for smooth in ("linear", "sigmoid", "tanh"):
        assert corners_of_activation(smooth) == ()
    assert corners_of_loss("half_squared_error") == ()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_where_an_activation_is_flat_its_slope_is_small(name: str) -> None:
    ends = flats(name)
    assert ends.below < ends.above
    known = {"linear": (-np.inf, np.inf), "relu": (0.0, np.inf)}
    if name in known:
        assert (ends.below, ends.above) == known[name]
    if name == "sigmoid":
        assert ends.both
        assert ends.largest == 0.25
