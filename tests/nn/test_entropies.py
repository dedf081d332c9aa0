"""The cross-entropies where their outputs are saturated, and softmax with its matrix of slopes."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import pytest

from app.errors import BadInput
from app.nn import passes
from app.nn.checks import check, target_faults
from app.nn.names import Names
from app.nn.softmax import jacobians
from app.nn.spec import NetworkSpec

BINARY = NetworkSpec((1, 1), ("sigmoid",), "binary_cross_entropy")
SHARES = NetworkSpec((1, 3), ("softmax",), "cross_entropy")


def at(spec: NetworkSpec, nets: list[float], targets: list[float]) -> passes.BackwardTrace:
    """A step with these net inputs: the weights are the net inputs, the input is 1."""
    theta = np.array([*nets, *[0.0] * len(nets)])
    return passes.backward(spec, passes.start(spec, theta), np.array([[1.0]]), np.array([targets]))


@pytest.mark.parametrize(
    ("net", "target", "error", "delta"),
    [
        (1000.0, 1.0, 0.0, 0.0),
        (1000.0, 0.0, 1000.0, 1.0),
        (-1000.0, 1.0, 1000.0, -1.0),
        (-1000.0, 0.0, 0.0, 0.0),
        (1000.0, 0.25, 750.0, 0.75),
        (40.0, 1.0, math.log1p(math.exp(-40.0)), -math.exp(-40.0) / (1.0 + math.exp(-40.0))),
        (0.0, 1.0, math.log(2.0), -0.5),
    ],
)
def test_binary_cross_entropy_is_exact_where_the_output_is_saturated(
    net: float, target: float, error: float, delta: float
) -> None:
    trace = at(BINARY, [net], [target])
    assert trace.forward.errors is not None
    assert trace.forward.errors.total == pytest.approx(error, rel=1e-15, abs=0.0)
    assert trace.layers[0].delta[0, 0] == pytest.approx(delta, rel=1e-15, abs=0.0)


@pytest.mark.parametrize(
    ("nets", "errors", "deltas"),
    [
        ([1000.0, 0.0, -1000.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
        ([-1000.0, 1000.0, 0.0], [2000.0, 0.0, 0.0], [-1.0, 1.0, 0.0]),
        ([0.0, 0.0, 0.0], [math.log(3.0), 0.0, 0.0], [-2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]),
    ],
)
def test_cross_entropy_is_exact_where_the_outputs_are_saturated(
    nets: list[float], errors: list[float], deltas: list[float]
) -> None:
    trace = at(SHARES, nets, [1.0, 0.0, 0.0])
    assert trace.forward.errors is not None
    assert trace.forward.errors.per_output[0] == pytest.approx(errors, rel=1e-15, abs=0.0)
    assert trace.layers[0].delta[0] == pytest.approx(deltas, rel=1e-15, abs=1e-300)
    assert np.all(np.isfinite(trace.gradient))


def test_the_gap_tells_that_it_is_infinite() -> None:
    assert at(BINARY, [1000.0], [0.0]).layers[0].dE_dout[0, 0] == math.inf
    assert at(SHARES, [-1000.0, 0.0, 0.0], [1.0, 0.0, 0.0]).layers[0].dE_dout[0].tolist() == [
        -math.inf, 0.0, 0.0
    ]  # fmt: skip


@pytest.mark.parametrize("loss", ["half_squared_error", "cross_entropy"])
@pytest.mark.parametrize("targets", [[0.0, 1.0, 0.0], [0.2, 0.5, 0.9]])
def test_delta_is_the_jacobian_s_product(loss: str, targets: list[float]) -> None:
    spec = NetworkSpec((1, 3), ("softmax",), loss)
    layer = at(spec, [0.5, -1.0, 2.0], targets).layers[0]
    matrix = jacobians(at(spec, [0.5, -1.0, 2.0], targets).forward.outputs)[0]
    assert layer.delta[0] == pytest.approx(layer.dE_dout[0] @ matrix, rel=1e-13)
    assert layer.slope[0] == pytest.approx(np.diag(matrix), rel=1e-15)


def test_every_entry_of_the_jacobian_has_a_name(
    uncompiled: Callable[[], AbstractContextManager[None]],
) -> None:
    spec = NetworkSpec((2, 3, 3), ("tanh", "softmax"), "cross_entropy")
    theta = np.linspace(-1.0, 1.0, spec.layout.size)
    batch = np.array([[0.3, -0.2], [0.9, 0.1]]), np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    with uncompiled():
        trace = passes.step(spec, passes.start(spec, theta), *batch)
    names, matrices = Names.of(spec), jacobians(trace.backward.forward.outputs)
    for example in range(2):
        for of in range(3):
            for by in range(3):
                found = names.value(trace, f"dout_o{of + 1}/dnet_o{by + 1}", example)
                assert found == pytest.approx(matrices[example, of, by], rel=1e-15)
    listed = list(names.all())
    assert len(listed) == len(set(listed))
    assert sum(name.startswith("dout_o") for name in listed) == 9
    assert "dout_h1/dnet_h2" not in listed


@pytest.mark.parametrize(
    ("spec", "pointer", "words"),
    [
        (
            NetworkSpec((2, 3, 2), ("softmax", "softmax")),
            "/layers/1/activation",
            "takes one of linear, sigmoid",
        ),
        (
            NetworkSpec((2, 2), ("sigmoid",), "cross_entropy"),
            "/loss",
            "cross_entropy needs softmax in the output layer, which has sigmoid",
        ),
        (
            NetworkSpec((2, 2), ("softmax",), "binary_cross_entropy"),
            "/loss",
            "With softmax, choose one of half_squared_error",
        ),
    ],
)
def test_a_wrong_combination_is_refused_with_what_works(
    spec: NetworkSpec, pointer: str, words: str
) -> None:
    with pytest.raises(BadInput) as caught:
        check(spec)
    (fault,) = caught.value.faults
    assert fault.pointer == pointer
    assert words in fault.detail


@pytest.mark.parametrize(
    ("loss", "target", "words"),
    [
        ("binary_cross_entropy", 1.5, "between 0 and 1, not 1.5"),
        ("binary_cross_entropy", -0.1, "between 0 and 1, not -0.1"),
        ("cross_entropy", -1.0, "at least 0, not -1"),
        ("half_squared_error", -5.0, None),
        ("cross_entropy", 2.0, None),
    ],
)
def test_targets_that_a_loss_cannot_take(loss: str, target: float, words: str | None) -> None:
    found = [*target_faults(loss, np.array([[0.5, 0.5], [0.5, target]]), "/data/targets")]
    assert [fault.pointer for fault in found] == (["/data/targets/1/1"] if words else [])
    assert all(words is not None and words in fault.detail for fault in found)


def test_shares_add_up_to_one(problem: Callable[..., Any]) -> None:
    """Shares are positive and add up to 1, whatever the net inputs."""
    spec = NetworkSpec((4, 6), ("softmax",), "cross_entropy")
    state, inputs, targets = problem(spec, 20)
    outputs = passes.backward(spec, state, 100.0 * inputs, targets).forward.outputs
    assert np.all(outputs >= 0.0)
    assert outputs.sum(axis=1) == pytest.approx(np.ones(20), rel=1e-15)
