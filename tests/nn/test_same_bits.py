"""On each path single steps, long runs, any cutting, compiled or not, give the same bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pytest

from app.nn import batches, board, kernel, passes
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.losses import LOSSES
from app.nn.names import Names
from app.nn.spec import Arithmetic, Batch, Bias, Choice, NetworkSpec
from tests.nn.battery import on

MOMENTUM = Choice("sgd", {"learning_rate": 0.3, "momentum": 0.9, "weight_decay": 0.01})
SLOW = Choice("sgd", {"learning_rate": 0.01})
NESTEROV = Choice("sgd", {"learning_rate": 0.3, "momentum": 0.9, "nesterov": True})

NETWORKS = {
    "one layer": NetworkSpec((3, 2), ("linear",)),
    "deep": NetworkSpec((3, 4, 2, 3, 2), ("tanh", "relu", "sigmoid", "linear")),
    "sequential": NetworkSpec((3, 4, 2), ("tanh", "sigmoid"), update_order="sequential"),
    "shared": NetworkSpec((3, 4, 2), ("relu", "sigmoid"), bias=Bias("shared"), optimizer=MOMENTUM),
    "frozen": NetworkSpec((3, 4, 2), ("tanh", "tanh"), bias=Bias(trainable=False)),
    "no biases": NetworkSpec((3, 4, 2), ("tanh", "tanh"), bias=Bias("none"), optimizer=NESTEROV),
    "mini-batches": NetworkSpec(
        (3, 4, 2), ("sigmoid", "sigmoid"), "mean_squared_error", batch=Batch(2), optimizer=MOMENTUM
    ),
    "shuffled": NetworkSpec(
        (3, 4, 2), ("sigmoid", "tanh"), reduction="sum", seed=7, batch=Batch(2, shuffle=True)
    ),
    "large": NetworkSpec((40, 50, 30), ("tanh", "sigmoid"), batch=Batch(4), optimizer=MOMENTUM),
}

# Every entry of the registries.
NETWORKS |= {
    name: NetworkSpec((3, 4, 4), ("tanh" if entry.joint else name, name), optimizer=SLOW)
    for name, entry in ACTIVATIONS.items()
}
NETWORKS |= {
    name: NetworkSpec((3, 4, 4), ("tanh", loss.needs or "sigmoid"), name, optimizer=SLOW)
    for name, loss in LOSSES.items()
}

EXAMPLES = 5
STEPS = 9


@pytest.fixture(params=get_args(Arithmetic), autouse=True)
def path(request: pytest.FixtureRequest) -> Iterator[Arithmetic]:
    with on(request.param):
        yield request.param


@pytest.fixture(params=NETWORKS.values(), ids=NETWORKS.keys())
def spec(request: pytest.FixtureRequest) -> NetworkSpec:
    chosen: NetworkSpec = request.param
    return chosen


def same(a: Floats, b: Floats) -> bool:
    """The same bits, NaN being NaN whichever it is."""
    return np.array_equal(a, b, equal_nan=True) and np.array_equal(np.signbit(a), np.signbit(b))


def single_steps(
    spec: NetworkSpec, state: passes.State, inputs: Floats, targets: Floats
) -> list[passes.StepTrace]:
    """STEPS traces, each on the batch of its step."""
    traces = []
    path = board.arithmetic(spec, batches.size(spec, EXAMPLES))
    for _ in range(STEPS):
        rows = batches.rows(spec, EXAMPLES, state.step)
        traces.append(passes.step(spec, state, inputs[rows], targets[rows], path=path))
        state = traces[-1].after
    return traces


def test_single_steps_are_a_long_run(spec: NetworkSpec, problem: Callable[..., Any]) -> None:
    state, inputs, targets = problem(spec, EXAMPLES)
    run = kernel.run(spec, state, inputs, targets, STEPS, record_memory=True)
    traces = single_steps(spec, state, inputs, targets)
    assert same(run.thetas, np.stack([trace.after.theta for trace in traces]))
    losses = [
        trace.backward.forward.errors.total for trace in traces if trace.backward.forward.errors
    ]
    assert same(run.losses[:-1], np.array(losses))
    assert same(run.state.memory, traces[-1].after.memory)
    if spec.memory:
        assert same(run.memories, np.stack([trace.after.memory for trace in traces]))


def test_updated_is_the_next_step_s_parameter(
    spec: NetworkSpec, problem: Callable[..., Any]
) -> None:
    traces = single_steps(spec, *problem(spec, EXAMPLES))
    names = Names.of(spec)
    for now, following in pairwise(traces):
        for name in names.parameters:
            assert names.value(now, f"{name}+") == names.value(following, name)


@pytest.mark.parametrize("cuts", [[1] * STEPS, [4, 5], [2, 6, 1]])
def test_a_run_may_be_cut_anywhere(
    cuts: list[int], spec: NetworkSpec, problem: Callable[..., Any]
) -> None:
    state, inputs, targets = problem(spec, EXAMPLES)
    whole = kernel.run(spec, state, inputs, targets, STEPS)
    parts = []
    for steps in cuts:
        parts.append(kernel.run(spec, state, inputs, targets, steps))
        state = parts[-1].state
    assert same(np.concatenate([part.thetas for part in parts]), whole.thetas)
    losses = [part.losses[:-1] for part in parts] + [parts[-1].losses[-1:]]
    assert same(np.concatenate(losses), whole.losses)
    assert same(state.memory, whole.state.memory)


def test_compiled_and_uncompiled(
    spec: NetworkSpec,
    problem: Callable[..., Any],
    uncompiled: Callable[[], AbstractContextManager[None]],
) -> None:
    given = problem(spec, EXAMPLES)
    compiled = kernel.run(spec, *given, STEPS, trace=True)
    with uncompiled():
        plain = kernel.run(spec, *given, STEPS, trace=True)
    assert same(compiled.thetas, plain.thetas)
    assert same(compiled.losses, plain.losses)
    assert same(compiled.values(), plain.values())


def test_not_finite_numbers_are_the_same_uncompiled(
    problem: Callable[..., Any], uncompiled: Callable[[], AbstractContextManager[None]]
) -> None:
    for name in ("linear", "sigmoid", "tanh", "relu"):
        spec = NetworkSpec(
            (2, 3, 2), (name, "linear"), optimizer=Choice("sgd", {"learning_rate": 1e300})
        )
        given = problem(spec)
        compiled = kernel.run(spec, *given, 6, trace=True)
        with uncompiled():
            plain = kernel.run(spec, *given, 6, trace=True)
        assert not np.all(np.isfinite(compiled.thetas))
        assert np.array_equal(compiled.values(), plain.values(), equal_nan=True)


def test_recorded_values_are_the_traced_ones(
    spec: NetworkSpec, problem: Callable[..., Any]
) -> None:
    """While running, and again from the recorded states."""
    state, inputs, targets = problem(spec, EXAMPLES)
    names = Names.of(spec)
    run = kernel.run(spec, state, inputs, targets, STEPS, record_memory=True, trace=True)
    traces = single_steps(spec, state, inputs, targets)
    some = names.columns[:: 1 + len(names.columns) // 500]
    columns = [names.columns.index(name) for name in some]
    traced = np.array([[names.value(trace, name) for name in some] for trace in traces])
    assert same(run.values()[:, columns], traced)
    before = np.concatenate([state.theta[None], run.thetas[:-1]])
    memories = np.concatenate([state.memory[None], run.memories[:-1]]) if spec.memory else None
    again = kernel.trace_rows(spec, before, memories, inputs, targets, 0)
    assert same(again, run.values())
    last = kernel.trace_rows(
        spec, before[-2:], None if memories is None else memories[-2:], inputs, targets, STEPS - 2
    )
    assert same(last, run.values()[-2:])


def test_nothing_is_recorded_unless_asked_for(
    spec: NetworkSpec, problem: Callable[..., Any]
) -> None:
    given = problem(spec, EXAMPLES)
    bare = kernel.run(spec, *given, STEPS, record=False)
    assert bare.thetas.size == bare.losses.size == bare.memories.size == bare.boards.size == 0
    assert same(bare.state.theta, kernel.run(spec, *given, STEPS).state.theta)
