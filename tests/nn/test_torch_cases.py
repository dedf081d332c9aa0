"""Random networks traced by PyTorch: every one of them must agree, on every path."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pytest

from app.nn import kernel, passes
from app.nn.activations import ACTIVATIONS
from app.nn.board import Blueprint
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS, update
from app.nn.spec import (
    Arithmetic,
    Bias,
    BiasMode,
    Choice,
    NetworkSpec,
    Reduction,
    biases_of,
    check,
    flatten,
    weights_of,
)  # fmt: skip

CASES = json.loads((Path(__file__).parents[1] / "data" / "torch-cases.json").read_text())["cases"]


ONE_STEP = [number for number, case in enumerate(CASES) if case["steps"] == 1]
NUMBERS = pytest.mark.parametrize("number", range(len(CASES)))
PATHS = pytest.mark.parametrize("path", get_args(Arithmetic))


def spec_of(case: dict[str, Any]) -> NetworkSpec:
    given = case["spec"]
    options = dict(given["optimizer"])
    name = options.pop("name")
    return NetworkSpec(
        sizes=tuple(layer["size"] for layer in given["layers"]),
        activations=tuple(layer["activation"] for layer in given["layers"][1:]),
        loss=given["loss"],
        reduction=given["reduction"],
        bias=Bias(**given["bias"]),
        optimizer=Choice(name, options),
    )


def agree(found: npt.ArrayLike, expected: npt.ArrayLike) -> None:
    """1e-10 relative, where numbers below 1e-3 are compared as if they were 1e-3."""
    wanted = np.asarray(expected)
    size = np.maximum(np.abs(wanted), 1e-3)
    assert np.shape(found) == wanted.shape
    assert np.max(np.abs(np.asarray(found) - wanted) / size, initial=0.0) < 1e-10


def begin(case: dict[str, Any]) -> tuple[NetworkSpec, passes.State, Any, Any]:
    spec = spec_of(case)
    check(spec)
    parameters, data = case["spec"]["parameters"], case["spec"]["data"]
    theta = flatten(spec, parameters["weights"], parameters.get("biases"))
    return spec, passes.start(spec, theta), np.array(data["inputs"]), np.array(data["targets"])


def used(read: Callable[[dict[str, Any]], list[str]]) -> set[str]:
    return {name for case in CASES for name in read(case["spec"])}


def test_no_case_is_left_out() -> None:
    """Forty cases, and between them every activation, loss and optimizer of the conventions."""
    assert len(CASES) == 40
    layers = used(lambda spec: [layer["activation"] for layer in spec["layers"][1:]])
    assert len(layers & ACTIVATIONS.keys()) == 10
    assert len(used(lambda spec: [spec["loss"]]) & LOSSES.keys()) == 7
    assert len(used(lambda spec: [spec["optimizer"]["name"]]) & OPTIMIZERS.keys()) == 5
    assert used(lambda spec: [spec["bias"]["mode"]]) == set(get_args(BiasMode))
    assert used(lambda spec: [spec["reduction"]]) == set(get_args(Reduction))


@NUMBERS
@PATHS
def test_forward_and_backward(number: int, path: Arithmetic) -> None:
    case = CASES[number]
    trace = passes.backward(*begin(case), path=path)
    errors = trace.forward.errors
    assert errors is not None
    agree(errors.per_output, case["error"]["per_output"])
    agree(errors.per_example, case["error"]["per_example"])
    agree(errors.total, case["error"]["total"])
    layers = zip(case["layers"], trace.forward.layers, trace.layers, strict=True)
    for expected, ahead, back in layers:
        agree(ahead.net, expected["net"])
        agree(ahead.out, expected["out"])
        agree(back.dE_dout, expected["dE_dout"])
        agree(back.delta, expected["delta"])
        agree(back.dE_dW, expected["dE_dW"])
        if "dE_db" in expected:
            assert back.dE_db is not None
            agree(back.dE_db, expected["dE_db"])
        else:  # PyTorch computes no gradient of what is frozen
            assert back.dE_db is None or not Bias(**case["spec"]["bias"]).trainable


@NUMBERS
def test_losses_and_parameters_after_the_updates(number: int) -> None:
    case = CASES[number]
    spec, state, inputs, targets = begin(case)
    run = kernel.run(spec, state, inputs, targets, case["steps"])
    agree(run.losses, case["losses"])
    ended(spec, run.state, case)


@NUMBERS
@PATHS
def test_step_by_step(number: int, path: Arithmetic) -> None:
    case = CASES[number]
    spec, state, inputs, targets = begin(case)
    for _ in range(case["steps"]):
        state = passes.step(spec, state, inputs, targets, path=path).after
    ended(spec, state, case)


def ended(spec: NetworkSpec, state: passes.State, case: dict[str, Any]) -> None:
    """The parameters are those that PyTorch ended with."""
    wanted = case["after"]
    for found, expected in zip(weights_of(spec, state.theta), wanted["weights"], strict=True):
        agree(found, expected)
    biases = biases_of(spec, state.theta)
    assert (biases is not None) == ("biases" in wanted)
    for found, expected in zip(biases or (), wanted.get("biases", ()), strict=True):
        agree(found, expected)


@pytest.mark.parametrize("number", ONE_STEP)
def test_one_update_by_pytorch_s_own_gradient(number: int) -> None:
    """Whatever activations and losses made the gradient: the optimizer alone."""
    case = CASES[number]
    neutral = ("linear",) * len(case["layers"])
    spec = replace(spec_of(case), activations=neutral, loss="half_squared_error", bias=Bias("none"))
    state = passes.start(spec, flatten(spec, case["spec"]["parameters"]["weights"]))
    drawing = Blueprint.of(spec, 1)
    plan, board = drawing.plan, drawing.board(state.theta, state.memory)
    gradient = flatten(spec, [layer["dE_dW"] for layer in case["layers"]])
    board[plan.gradient : plan.factor] = gradient
    update(
        plan.optimizer, board, plan.theta, plan.after, plan.gradient, plan.memory,
        plan.memory_after, plan.parameters, plan.options, 0, 0, plan.parameters,
    )  # fmt: skip
    after = weights_of(spec, board[plan.after : plan.memory_after])
    for found, wanted in zip(after, case["after"]["weights"], strict=True):
        agree(found, wanted)
