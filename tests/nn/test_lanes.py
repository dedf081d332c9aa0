"""Examples side by side: as the loops have it but for the last places, whatever their number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.nn import kernel, passes
from app.nn.board import LANES, Blueprint
from app.nn.spec import Batch, Bias, NetworkSpec, UpdateOrder

SPEC = NetworkSpec((3, 4, 2), ("tanh", "sigmoid"), bias=Bias("shared"))
NETWORKS = {
    "tanh, sigmoid": SPEC,
    "loss from net inputs": replace(SPEC, loss="binary_cross_entropy"),
    "softmax": replace(SPEC, activations=("relu", "softmax"), loss="cross_entropy"),
    "softmax alone": replace(SPEC, activations=("silu", "softmax")),
    "deep": NetworkSpec((3, 5, 1, 7, 2), ("tanh", "linear", "sigmoid", "tanh")),
}


@pytest.mark.parametrize("examples", range(1, 2 * LANES + 2))
@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
@pytest.mark.parametrize("spec", NETWORKS.values(), ids=NETWORKS.keys())
def test_as_the_loops(
    spec: NetworkSpec, order: UpdateOrder, examples: int, problem: Callable[..., Any]
) -> None:
    spec = replace(spec, update_order=order)
    given = problem(spec, examples=examples)
    scalar = passes.step(spec, *given, path="scalar")
    lanes = passes.step(spec, *given, path="lanes")
    # Compared cell by cell: the boards hold every value of the step.
    np.testing.assert_allclose(lanes.board, scalar.board, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("spec", NETWORKS.values(), ids=NETWORKS.keys())
def test_an_example_alone_is_what_it_is_in_its_batch(
    spec: NetworkSpec, problem: Callable[..., Any]
) -> None:
    state, inputs, _ = problem(spec, examples=7)
    together = passes.forward(spec, state.theta, inputs, path="lanes").outputs
    for row, output in zip(inputs, together, strict=True):
        alone = passes.forward(spec, state.theta, row[None], path="lanes")
        assert np.array_equal(alone.outputs[0], output)


def test_a_short_last_batch(problem: Callable[..., Any]) -> None:
    """Its rows are the first of the board; it leaves the other rows as they were."""
    spec = replace(SPEC, batch=Batch(6))
    state, inputs, targets = problem(spec, examples=8)
    run = kernel.run(spec, state, inputs, targets, 2, trace=True)
    assert run.blueprint.path == "lanes"
    first = passes.step(spec, state, inputs[:6], targets[:6], path="lanes")
    last = passes.step(spec, first.after, inputs[6:], targets[6:], path="lanes")
    assert np.array_equal(run.thetas, [first.after.theta, last.after.theta])
    plan = run.blueprint.plan
    before, after = (board[plan.out : plan.targets] for board in run.boards)
    hidden = slice(6 * 3, 6 * 3 + 6 * 4)
    assert np.array_equal(after[hidden][2 * 4 :], before[hidden][2 * 4 :])
    assert not np.any(after[hidden][: 2 * 4] == before[hidden][: 2 * 4])


def test_there_is_room_for_whole_lots_of_lanes() -> None:
    work = Blueprint.of(SPEC, 5, "lanes").workspace()
    assert work.size == 5 * (3 + 4 + 2) * 8
    assert work.ctypes.data % 64 == 0
    assert Blueprint.of(SPEC, 5, "scalar").workspace().size == 0
