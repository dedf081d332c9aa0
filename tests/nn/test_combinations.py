"""Every valid combination: its derivatives measured, its bits the same however it is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import product
from typing import Any, get_args

import numpy as np
import pytest

from app.nn import batches, kernel, passes
from app.nn.activations import ACTIVATIONS
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import (
    Arithmetic,
    Batch,
    Bias,
    BiasMode,
    Choice,
    NetworkSpec,
    Reduction,
    UpdateOrder,
    check,
)
from tests.nn.battery import on
from tests.nn.closeness import same

HIDDEN = [name for name, entry in ACTIVATIONS.items() if not entry.joint]
LAST = [
    (output, loss)
    for output, loss in product(ACTIVATIONS, LOSSES)
    if LOSSES[loss].needs in (None, output)
]
PATHS = get_args(Arithmetic)
H = 1e-5
EXAMPLES = 7
BATCHES = {"whole": Batch(), "mini": Batch(3), "shuffled": Batch(3, shuffle=True), "one": Batch(1)}


def test_what_is_valid() -> None:
    """Softmax stands last or nowhere; a cross-entropy has its own activation below it."""
    free = [loss for loss in LOSSES.values() if loss.needs is None]
    assert len(LAST) == len(ACTIVATIONS) * len(free) + len(LOSSES) - len(free)
    assert set(ACTIVATIONS) - set(HIDDEN) == {"softmax"}


def networks(output: str, loss: str) -> Iterator[NetworkSpec]:
    for hidden, mode, reduction in product(HIDDEN, get_args(BiasMode), get_args(Reduction)):
        yield NetworkSpec(
            (2, 3, 2), (hidden, output), loss, reduction=reduction, bias=Bias(mode)
        )  # fmt: skip


@pytest.mark.parametrize(("output", "loss"), LAST)
def test_derivatives_in_a_random_direction(
    output: str, loss: str, problem: Callable[..., Any]
) -> None:
    """The gradient says how fast the error grows whichever way all parameters move at once."""
    for spec in networks(output, loss):
        check(spec)
        state, inputs, targets = problem(spec, examples=3)
        away = np.random.default_rng(1).uniform(-1.0, 1.0, (2, len(state.theta)))
        for path in PATHS:
            gradient = passes.backward(spec, state, inputs, targets, path=path).gradient
            for way in away:
                ends = [
                    passes.forward(spec, state.theta + side * way, inputs, targets, path=path)
                    for side in (H, -H)
                ]
                above, below = (end.errors.total for end in ends if end.errors)
                measured, told = (above - below) / (2.0 * H), gradient @ way
                size = max(abs(measured), abs(told), 1e-2)
                assert abs(measured - told) < 1e-7 * size, (spec, path)


def optimizers(order: UpdateOrder) -> Iterator[Choice]:
    for name in OPTIMIZERS:
        yield Choice(name)
        if order == "simultaneous":
            yield Choice(name, {"gradient_clip_norm": 0.05})
    momentum = {"momentum": 0.9, "weight_decay": 0.01}
    yield Choice("sgd", momentum)
    yield Choice("sgd", {**momentum, "nesterov": True})


COMBINED = [
    pytest.param(choice, batch, order, path, id=f"{choice.name}-{number}-{label}-{order}-{path}")
    for order, path in product(get_args(UpdateOrder), PATHS)
    for number, choice in enumerate(optimizers(order))
    for label, batch in BATCHES.items()
]


@pytest.mark.parametrize(("choice", "batch", "order", "path"), COMBINED)
def test_the_same_bits_in_steps_in_runs_and_in_plain_python(
    choice: Choice,
    batch: Batch,
    order: UpdateOrder,
    path: Arithmetic,
    problem: Callable[..., Any],
    uncompiled: Callable[[], AbstractContextManager[None]],
) -> None:
    spec = NetworkSpec(
        (3, 4, 2), ("tanh", "sigmoid"), optimizer=choice, batch=batch, update_order=order, seed=5
    )
    check(spec)
    state, inputs, targets = problem(spec, EXAMPLES)
    with on(path):
        whole = kernel.run(spec, state, inputs, targets, 10, record_memory=True)
        with uncompiled():
            by_python = kernel.run(spec, state, inputs, targets, 10, record_memory=True)
        cut = state
        for steps in (3, 0, 7):
            cut = kernel.run(spec, cut, inputs, targets, steps).state
    for part in ("thetas", "memories", "losses"):
        same(getattr(by_python, part), getattr(whole, part))
    same(cut.theta, whole.state.theta)
    same(cut.memory, whole.state.memory)
    for number in range(10):
        rows = batches.rows(spec, EXAMPLES, number)
        state = passes.step(spec, state, inputs[rows], targets[rows], path=path).after
        same(state.theta, whole.thetas[number])
    same(state.memory, whole.state.memory)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("order", get_args(UpdateOrder))
def test_an_epoch_may_begin_anywhere_in_a_run(
    path: Arithmetic, order: UpdateOrder, problem: Callable[..., Any]
) -> None:
    """Every cut of ten shuffled steps in two."""
    spec = NetworkSpec(
        (3, 4, 2), ("relu", "softmax"), "cross_entropy", optimizer=Choice("adam"),
        batch=Batch(3, shuffle=True), update_order=order,
    )  # fmt: skip
    state, inputs, targets = problem(replace(spec, seed=9), EXAMPLES)
    with on(path):
        whole = kernel.run(spec, state, inputs, targets, 10)
        for first in range(11):
            one = kernel.run(spec, state, inputs, targets, first)
            two = kernel.run(spec, one.state, inputs, targets, 10 - first)
            same(np.concatenate([one.thetas, two.thetas]), whole.thetas)
            same(np.concatenate([one.losses[:-1], two.losses]), whole.losses)
