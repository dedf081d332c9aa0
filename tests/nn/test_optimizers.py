"""Every optimizer with every option against a second writing of its formula, in plain NumPy.

The second writing knows nothing of boards and kernels: it is given the gradients that a run met
on its way, and moves a vector and a memory of its own as the papers say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, TypeAlias, get_args

import numpy as np
import pytest

from app.errors import BadInput
from app.nn import kernel, passes
from app.nn.arrays import Floats
from app.nn.names import Names
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import (
    Arithmetic,
    Batch,
    Bias,
    Choice,
    NetworkSpec,
    UpdateOrder,
    check,
    trainable_mask,
)
from tests.nn.battery import on
from tests.nn.plain import moved

Options: TypeAlias = Mapping[str, Any]

STEPS = 50
MEMORY = {"sgd": (), "adagrad": ("s",), "rmsprop": ("s",), "adam": ("m", "v"), "adamw": ("m", "v")}
# What conventions say that every option is when it is not given.
DEFAULTS: dict[str, Options] = {
    "sgd": {"learning_rate": 0.5, "momentum": 0.0, "nesterov": False, "weight_decay": 0.0},
    "adagrad": {"learning_rate": 0.01, "epsilon": 1e-10},
    "rmsprop": {"learning_rate": 0.01, "rho": 0.99, "epsilon": 1e-8},
    "adam": {
        "learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.0,
    },
    "adamw": {
        "learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.01,
    },
}  # fmt: skip


def varieties(name: str) -> list[dict[str, Any]]:
    """The defaults, every number changed at once, every flag, clipping tight and wide."""
    options = [option.name for option in OPTIMIZERS[name].options]
    changed = {
        "learning_rate": 0.03, "momentum": 0.8, "weight_decay": 0.1, "rho": 0.7, "epsilon": 1e-3,
        "beta1": 0.6, "beta2": 0.95,
    }  # fmt: skip
    other = {option: changed[option] for option in options if option in changed}
    flagged = [other | {"nesterov": True}] if "nesterov" in options else []
    clipped = [other | {"gradient_clip_norm": norm} for norm in (0.05, 1e6)]
    return [{"learning_rate": 0.01}, other, *flagged, *clipped]


CASES = [
    pytest.param(name, options, id=f"{name}-{at}")
    for name in OPTIMIZERS
    for at, options in enumerate(varieties(name))
]


def network(name: str, options: Options) -> NetworkSpec:
    return NetworkSpec(
        (3, 4, 2), ("tanh", "sigmoid"), optimizer=Choice(name, dict(options)), batch=Batch(4)
    )


def by_formula(spec: NetworkSpec, state: passes.State, trace: passes.StepTrace) -> passes.State:
    """One update, given the gradient; parameters that are not trained stay."""
    gradient = trace.backward.gradient
    theta, memory = moved(spec, state.theta, state.memory, state.step, gradient)
    return passes.State(theta, memory, state.step + 1)


def close(found: Floats, expected: Floats) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("path", get_args(Arithmetic))
@pytest.mark.parametrize(("name", "options"), CASES)
def test_the_formula_by_numpy(
    name: str, options: Options, path: Arithmetic, problem: Callable[..., Any]
) -> None:
    spec = network(name, options)
    check(spec)
    state, inputs, targets = problem(spec, 4)
    with on(path):
        run = kernel.run(spec, state, inputs, targets, STEPS)
    own = state
    for _ in range(STEPS):
        trace = passes.step(spec, state, inputs, targets, path=path)
        state, own = trace.after, by_formula(spec, own, trace)
    assert state.theta.tobytes() == run.state.theta.tobytes()
    close(own.theta, run.state.theta)
    close(own.memory, run.state.memory)


@pytest.mark.parametrize(("name", "options"), CASES)
def test_biases_that_are_not_trained_stay(
    name: str, options: Options, problem: Callable[..., Any]
) -> None:
    """Neither a move nor weight decay, nothing remembered, no part in the norm of clipping."""
    spec = replace(network(name, options), bias=Bias(trainable=False))
    state, inputs, targets = problem(spec, 4)
    trace = passes.step(spec, state, inputs, targets)
    biases = ~trainable_mask(spec)
    assert np.array_equal(trace.after.theta[biases], state.theta[biases])
    assert not trace.after.memory[:, biases].any()
    close(trace.after.theta, by_formula(spec, state, trace).theta)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weight_decay_acts_on_biases_too(name: str, problem: Callable[..., Any]) -> None:
    if "weight_decay" not in [option.name for option in OPTIMIZERS[name].options]:
        assert name in ("adagrad", "rmsprop")
        return
    theta = {}
    for decay in (0.0, 0.5):
        spec = network(name, {"weight_decay": decay})
        theta[decay] = passes.step(spec, *problem(spec, 4)).after.theta
    assert np.all(theta[0.0] != theta[0.5])


@pytest.mark.parametrize(("name", "options"), CASES)
def test_the_same_bits_compiled_or_not_and_however_cut(
    name: str,
    options: Options,
    problem: Callable[..., Any],
    uncompiled: Callable[[], AbstractContextManager[None]],
) -> None:
    spec = replace(network(name, options), batch=Batch(3, shuffle=True))
    state, inputs, targets = problem(spec, 7)
    whole = kernel.run(spec, state, inputs, targets, 21, record_memory=True, trace=True)
    with uncompiled():
        plain = kernel.run(spec, state, inputs, targets, 21, record_memory=True, trace=True)
    for part in ("thetas", "memories", "losses", "boards"):
        assert getattr(whole, part).tobytes() == getattr(plain, part).tobytes(), part
    for steps in (1, 13, 7):
        state = kernel.run(spec, state, inputs, targets, steps).state
    assert state.theta.tobytes() == whole.state.theta.tobytes()
    assert state.memory.tobytes() == whole.state.memory.tobytes()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_sequential_order_counts_a_step_once(name: str, problem: Callable[..., Any]) -> None:
    """With one layer nothing can be out of order: both orders are the same, bit for bit."""
    results = []
    orders: tuple[UpdateOrder, ...] = ("simultaneous", "sequential")
    for order in orders:
        spec = NetworkSpec((3, 2), ("tanh",), update_order=order, optimizer=Choice(name))
        results.append(kernel.run(spec, *problem(spec, 4), 9).state.theta.tobytes())
    assert results[0] == results[1]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_defaults(name: str) -> None:
    spec = network(name, {})
    assert spec.optimizer_options == {**DEFAULTS[name], "gradient_clip_norm": None}
    assert spec.memory == MEMORY[name]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_memory_by_name(name: str, problem: Callable[..., Any]) -> None:
    spec = network(name, {"momentum": 0.9} if name == "sgd" else {})
    trace = passes.step(spec, *problem(spec, 4))
    names = Names.of(spec)
    for at, kind in enumerate(spec.memory):
        assert names.value(trace, f"{kind}_w5") == 0.0
        assert names.value(trace, f"{kind}_w5+") == trace.after.memory[at, 4]
        assert f"{kind}_b_o1+" in names.columns


@pytest.mark.parametrize(("name", "options"), CASES)
def test_not_finite_numbers_pass_through(
    name: str, options: Options, uncompiled: Callable[[], AbstractContextManager[None]]
) -> None:
    """Gradients of 0, Infinity and NaN: the same numbers compiled or not, no error."""
    spec = replace(network(name, options), sizes=(1, 1), activations=("linear",))
    nothing = replace(spec, optimizer=Choice(name, {**options, **no_epsilon(name)}))
    for chosen, inputs in ((nothing, 0.0), (spec, 1e200), (spec, math.inf), (spec, math.nan)):
        given = passes.start(chosen, np.array([1.0, 0.0])), np.array([[inputs]]), np.zeros((1, 1))
        compiled = kernel.run(chosen, *given, 3)
        with uncompiled():
            plain = kernel.run(chosen, *given, 3)
        assert np.array_equal(compiled.thetas, plain.thetas, equal_nan=True)


def no_epsilon(name: str) -> dict[str, float]:
    return {} if name == "sgd" else {"epsilon": 0.0}


def test_clipping_shortens_all_gradients_together(problem: Callable[..., Any]) -> None:
    spec = network("sgd", {"learning_rate": 1.0, "gradient_clip_norm": 0.01})
    state, inputs, targets = problem(spec, 4)
    trace = passes.step(spec, state, inputs, targets)
    bare = passes.step(network("sgd", {}), state, inputs, targets)
    assert trace.backward.gradient.tobytes() == bare.backward.gradient.tobytes()
    move = trace.before.theta - trace.after.theta
    assert np.linalg.norm(move) == pytest.approx(0.01, rel=1e-3)
    ratio = move / trace.backward.gradient
    assert ratio == pytest.approx(np.full(len(ratio), ratio[0]))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_wide_limit_changes_no_bit(name: str, problem: Callable[..., Any]) -> None:
    runs = []
    for options in ({}, {"gradient_clip_norm": None}, {"gradient_clip_norm": 1e9}):
        spec = network(name, options)
        runs.append(kernel.run(spec, *problem(spec, 4), 9).state.theta.tobytes())
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_clipping_is_refused_in_sequential_order(name: str) -> None:
    clipped = network(name, {"gradient_clip_norm": 1.0})
    with pytest.raises(BadInput) as caught:
        check(replace(clipped, update_order="sequential"))
    (fault,) = caught.value.faults
    assert fault.pointer == "/optimizer/gradient_clip_norm"
    assert "simultaneous" in fault.detail


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *((name, {"gradient_clip_norm": bad}) for name in OPTIMIZERS for bad in (0.0, -1.0, True)),
        *((name, {"learning_rate": None}) for name in OPTIMIZERS),
        ("adam", {"beta1": 1.0}),
        ("adamw", {"beta2": 1.0}),
        ("rmsprop", {"rho": 1.0}),
        ("adagrad", {"weight_decay": 0.1}),
        ("rmsprop", {"momentum": 0.1}),
        ("sgd", {"dampening": 0.1}),
    ],
)
def test_options_out_of_their_range(name: str, options: Options) -> None:
    with pytest.raises(BadInput) as caught:
        check(network(name, options))
    assert [fault.pointer for fault in caught.value.faults] == [f"/optimizer/{next(iter(options))}"]


def test_an_optimizer_that_takes_over_counts_from_there(problem: Callable[..., Any]) -> None:
    """As a new one in PyTorch does: its first step is t = 1."""
    spec = network("adam", {})
    state, inputs, targets = problem(spec, 4)
    late = replace(spec, optimizer_since=30)
    first = passes.step(spec, state, inputs, targets).after
    then = passes.step(late, replace(state, step=30), inputs, targets).after
    assert then.theta.tobytes() == first.theta.tobytes()
