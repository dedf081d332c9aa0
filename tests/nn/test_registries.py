"""Every registry entry tells what a catalogue needs, in both languages; its options work."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.nn import passes
from app.nn.activations import ACTIVATIONS
from app.nn.compilable import chain
from app.nn.datasets import DATASETS
from app.nn.initializers import INITIALIZERS
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS
from app.nn.registry import Option, Registered
from app.nn.spec import Choice, NetworkSpec

ENTRIES = [
    entry
    for registry in (ACTIVATIONS, LOSSES, OPTIMIZERS, INITIALIZERS, DATASETS)
    for entry in registry.values()  # type: ignore[attr-defined]
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_what_a_catalogue_shows(entry: Registered) -> None:
    assert entry.name.isidentifier()
    assert entry.formula
    assert entry.formula_latex
    assert entry.link.startswith("http")
    assert set(entry.sentence) == {"en", "ko"}
    assert entry.sentence["en"].isascii()
    assert not entry.sentence["ko"].isascii()
    for sentence in entry.sentence.values():
        assert sentence.endswith(".")


def test_the_learning_rate_is_every_optimizer_s_first_option() -> None:
    for optimizer in OPTIMIZERS.values():
        assert optimizer.options[0].name == "learning_rate"


@pytest.mark.parametrize("length", range(1, 14))
def test_a_chain_calls_the_function_of_its_code(length: int) -> None:
    called: list[tuple[int, int]] = []
    functions = [lambda x, i=i: called.append((i, x)) for i in range(length)]
    choose = chain(functions)
    for code in range(length):
        choose(code, 7)
    assert called == [(code, 7) for code in range(length)]


@pytest.mark.parametrize(
    ("option", "good", "bad"),
    [
        (Option("x", 1.0, low=0.0), [0, 0.0, 2.5], [-1.0, True, "1", math.inf, math.nan, None]),
        (Option("x", 1.0, low=0.0, open_low=True), [0.1], [0.0]),
        (Option("x", 2.0, high=9.0, whole=True), [-3, 9.0], [2.5, 9.5, 10]),
        (Option("x", default=False), [True, False], [0, 1.0, "true"]),
    ],
)
def test_options(option: Option, good: list[object], bad: list[object]) -> None:
    assert [option.problem(value) for value in good] == [None] * len(good)
    assert all(option.problem(value) for value in bad)


@pytest.mark.parametrize(
    ("name", "z", "out"),
    [
        ("sigmoid", 800.0, 1.0),
        ("sigmoid", -800.0, 0.0),
        ("sigmoid", -math.inf, 0.0),
        ("sigmoid", 0.0, 0.5),
        ("tanh", 800.0, 1.0),
        ("relu", -3.0, 0.0),
        ("relu", 3.0, 3.0),
        ("linear", -3.0, -3.0),
        ("leaky_relu", -3.0, -0.03),
        ("elu", -800.0, -1.0),
        ("softplus", 800.0, 800.0),
        ("softplus", -800.0, 0.0),
        ("silu", -800.0, 0.0),
        ("silu", 800.0, 800.0),
        ("gelu", -800.0, 0.0),
        ("gelu", 800.0, 800.0),
        ("softmax", 800.0, 1.0),
        *((name, math.nan, math.nan) for name in ACTIVATIONS),
    ],
)
def test_activations_at_their_ends(
    name: str, z: float, out: float, uncompiled: Callable[[], Any]
) -> None:
    spec = NetworkSpec((1, 1), (name,))
    theta, inputs = np.array([1.0, 0.0]), np.array([[z]])
    found = passes.forward(spec, theta, inputs).outputs[0, 0]
    assert np.array_equal(found, out, equal_nan=True)
    with uncompiled():
        assert np.array_equal(
            passes.forward(spec, theta, inputs).outputs[0, 0], out, equal_nan=True
        )


def test_relu_has_no_slope_at_zero() -> None:
    spec = NetworkSpec((1, 1), ("relu",))
    trace = passes.backward(
        spec, passes.start(spec, np.zeros(2)), np.array([[0.0]]), np.array([[1.0]])
    )
    assert trace.layers[0].slope[0, 0] == 0.0


@pytest.mark.parametrize(
    ("options", "moves"),
    [
        ({"learning_rate": 0.5}, [-0.5, -0.5]),
        ({"learning_rate": 0.5, "momentum": 0.5}, [-0.5, -0.75]),
        ({"learning_rate": 0.5, "momentum": 0.5, "nesterov": True}, [-0.75, -0.875]),
        ({"learning_rate": 0.5, "weight_decay": 0.5}, [-1.5, -1.125]),
    ],
)
def test_sgd_by_hand(options: dict[str, float | bool], moves: list[float]) -> None:
    """Two steps from a weight of 4; the target moves along so that the gradient stays 1."""
    spec = NetworkSpec((1, 1), ("linear",), optimizer=Choice("sgd", options))
    state = passes.start(spec, np.array([4.0, 0.0]))
    found = []
    for _ in moves:
        out = passes.forward(spec, state.theta, np.array([[1.0]])).outputs
        after = passes.step(spec, state, np.array([[1.0]]), out - 1.0).after
        found.append(float(after.theta[0] - state.theta[0]))
        state = after
    assert found == moves
