"""The parts of a trace: by hand for one small network, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from app.nn import kernel, passes
from app.nn.arrays import Floats
from app.nn.spec import Bias, Choice, NetworkSpec, trainable_mask, weights_of

DEEP = NetworkSpec((2, 3, 4, 2), ("tanh", "relu", "sigmoid"))


def arrays(value: object) -> Iterator[Floats]:
    """Every array anywhere in a trace."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from arrays(item)
    elif is_dataclass(value) and type(value).__module__ == passes.__name__:
        for field in fields(value):
            yield from arrays(getattr(value, field.name))


def test_arrays_are_frozen_and_contiguous(problem: Callable[..., Any]) -> None:
    given = problem(DEEP)
    found = list(arrays(passes.step(DEEP, *given)))
    assert len(found) > 20
    for array in found:
        assert array.dtype == np.float64
        assert array.flags.c_contiguous
        assert not array.flags.writeable
    run = kernel.run(DEEP, *given, 3, trace=True)
    recorded = (run.thetas, run.losses, run.boards, run.values())
    for array in (*recorded, run.state.theta, run.state.memory):
        assert not array.flags.writeable


def test_traces_are_frozen(problem: Callable[..., Any]) -> None:
    trace = passes.step(DEEP, *problem(DEEP))
    with pytest.raises(FrozenInstanceError):
        trace.after = trace.before  # type: ignore[misc]


def test_shapes(problem: Callable[..., Any]) -> None:
    trace = passes.step(DEEP, *problem(DEEP, examples=5)).backward
    assert [layer.out.shape for layer in trace.forward.layers] == [(5, 3), (5, 4), (5, 2)]
    assert [layer.delta.shape for layer in trace.layers] == [(5, 3), (5, 4), (5, 2)]
    assert [layer.dE_dW.shape for layer in trace.layers] == [(3, 2), (4, 3), (2, 4)]
    assert trace.gradient.shape == (DEEP.layout.size,)
    assert trace.reduction_factor == 0.2


def test_the_chain_rule_holds_in_every_layer(problem: Callable[..., Any]) -> None:
    trace = passes.step(DEEP, *problem(DEEP, examples=5))
    back, ahead = trace.backward, trace.backward.forward
    below = [ahead.inputs, *(layer.out for layer in ahead.layers)]
    for layer, source in zip(back.layers, below, strict=False):
        assert np.array_equal(layer.delta, layer.dE_dout * layer.slope)
        np.testing.assert_allclose(layer.dE_dW, layer.delta.T @ source / 5, rtol=1e-12)
        assert layer.dE_db is not None
        np.testing.assert_allclose(layer.dE_db, layer.delta.sum(axis=0) / 5, rtol=1e-12)
    for lower, upper in zip(back.layers, back.layers[1:], strict=False):
        np.testing.assert_allclose(lower.dE_dout, upper.delta @ upper.weights, rtol=1e-12)


def test_nothing_is_changed_by_looking(problem: Callable[..., Any]) -> None:
    state, inputs, targets = problem(DEEP)
    before = state.theta.copy()
    passes.step(DEEP, state, inputs, targets)
    kernel.run(DEEP, state, inputs, targets, 10)
    assert np.array_equal(state.theta, before)
    assert state.step == 0


def test_forward_needs_no_targets(problem: Callable[..., Any]) -> None:
    state, inputs, targets = problem(DEEP)
    blind = passes.forward(DEEP, state.theta, inputs)
    assert blind.targets is None
    assert blind.errors is None
    seeing = passes.step(DEEP, state, inputs, targets).backward.forward
    assert np.array_equal(blind.outputs, seeing.outputs)


def test_a_shared_bias_gathers_its_layer(problem: Callable[..., Any]) -> None:
    spec = replace(DEEP, bias=Bias("shared"))
    trace = passes.backward(spec, *problem(spec))
    for layer in trace.layers:
        assert layer.dE_db is not None
        assert layer.dE_db.shape == (1,)
        assert layer.dE_db[0] == pytest.approx(layer.delta.sum() * trace.reduction_factor)


def test_frozen_biases_have_a_gradient_but_do_not_move(problem: Callable[..., Any]) -> None:
    spec = replace(
        DEEP,
        bias=Bias(trainable=False),
        optimizer=Choice("sgd", {"momentum": 0.5, "weight_decay": 0.1}),
    )
    trace = passes.step(spec, *problem(spec))
    moved = trace.after.theta != trace.before.theta
    assert not np.any(moved[~trainable_mask(spec)])
    assert np.any(trace.backward.gradient[~trainable_mask(spec)] != 0.0)
    assert not np.any(trace.after.memory[:, ~trainable_mask(spec)])


def test_without_biases_there_is_no_gradient_of_them(problem: Callable[..., Any]) -> None:
    spec = replace(DEEP, bias=Bias("none"))
    trace = passes.backward(spec, *problem(spec))
    assert [layer.dE_db for layer in trace.layers] == [None, None, None]
    assert len(trace.gradient) == 6 + 12 + 8


def test_sequential_order_sends_delta_through_the_new_weights(problem: Callable[..., Any]) -> None:
    spec = replace(DEEP, update_order="sequential")
    trace = passes.step(spec, *problem(spec))
    new = weights_of(spec, trace.after.theta)
    for layer, upper, weights in zip(
        trace.backward.layers, trace.backward.layers[1:], new[1:], strict=False
    ):
        assert np.array_equal(upper.weights, weights)
        np.testing.assert_allclose(layer.dE_dout, upper.delta @ weights, rtol=1e-12)


def test_sequential_and_simultaneous_agree_on_the_output_layer(problem: Callable[..., Any]) -> None:
    given = problem(DEEP)
    sequential = passes.step(replace(DEEP, update_order="sequential"), *given).backward
    simultaneous = passes.step(DEEP, *given).backward
    assert np.array_equal(sequential.layers[-1].dE_dW, simultaneous.layers[-1].dE_dW)
    assert not np.array_equal(sequential.layers[0].dE_dW, simultaneous.layers[0].dE_dW)
