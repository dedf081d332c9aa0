"""Specifications: every fault at its place; parameters flat and as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest

from app.errors import BadInput
from app.nn.initializers import INITIALIZERS
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import (
    MAX_SEED,
    Batch,
    Bias,
    BiasMode,
    Choice,
    NetworkSpec,
    arithmetic,
    biases_of,
    check,
    flatten,
    trainable_mask,
    weights_of,
)  # fmt: skip

Layers: TypeAlias = Sequence[npt.ArrayLike]

GOOD = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"))


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"sizes": (2,), "activations": ()}, "/layers"),
        ({"sizes": (2, 0, 2)}, "/layers/1/size"),
        ({"activations": ("tanh",)}, "/layers"),
        ({"activations": ("tanh", "relo")}, "/layers/2/activation"),
        ({"loss": "square"}, "/loss"),
        ({"reduction": "max"}, "/reduction"),
        ({"bias": Bias("some")}, "/bias/mode"),  # type: ignore[arg-type]
        ({"update_order": "random"}, "/update_order"),
        ({"optimizer": Choice("sdg")}, "/optimizer/name"),
        ({"optimizer": Choice("sgd", {"rate": 1.0})}, "/optimizer/rate"),
        ({"optimizer": Choice("sgd", {"momentum": -1.0})}, "/optimizer/momentum"),
        ({"optimizer": Choice("sgd", {"learning_rate": float("nan")})}, "/optimizer/learning_rate"),
        ({"optimizer": Choice("sgd", {"learning_rate": True})}, "/optimizer/learning_rate"),
        ({"optimizer": Choice("sgd", {"nesterov": 1.0})}, "/optimizer/nesterov"),
        ({"optimizer": Choice("sgd", {"nesterov": True})}, "/optimizer"),
        ({"initializer": Choice("xavier")}, "/initializer/name"),
        ({"initializer": Choice("normal", {"std": -1.0})}, "/initializer/std"),
        ({"initializer": Choice("uniform", {"low": 2.0})}, "/initializer"),
        ({"seed": -1}, "/seed"),
        ({"seed": MAX_SEED + 1}, "/seed"),
        ({"batch": Batch(0)}, "/batch/size"),
    ],
)
def test_a_fault_has_its_place(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BadInput) as caught:
        check(replace(GOOD, **changes))
    assert [fault.pointer for fault in caught.value.faults] == [pointer]


def test_all_faults_at_once_with_what_would_have_worked() -> None:
    with pytest.raises(BadInput) as caught:
        check(replace(GOOD, activations=("relo", "tanh"), loss="square", seed=-1))
    pointers = [fault.pointer for fault in caught.value.faults]
    assert pointers == ["/layers/1/activation", "/loss", "/seed"]
    assert "Did you mean 'relu'?" in caught.value.detail


def test_every_registered_optimizer_and_initializer_is_accepted() -> None:
    for name in OPTIMIZERS:
        check(replace(GOOD, optimizer=Choice(name)))
    for name in INITIALIZERS:
        check(replace(GOOD, initializer=Choice(name)))


def test_specs_are_keys() -> None:
    other = replace(GOOD, optimizer=Choice("sgd", {"learning_rate": 0.1}))
    assert len({GOOD, replace(GOOD), other}) == 2
    assert other != GOOD


WEIGHTS = [[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[7.0, 8.0, 9.0], [10.0, 11.0, 12.0]]]


def test_parameters_round_trip() -> None:
    biases = [[1.5, 2.5, 3.5], [4.5, 5.5]]
    theta = flatten(GOOD, WEIGHTS, biases)
    assert theta.tolist() == [*range(1, 13), 1.5, 2.5, 3.5, 4.5, 5.5]
    assert [w.tolist() for w in weights_of(GOOD, theta)] == WEIGHTS
    assert [b.tolist() for b in biases_of(GOOD, theta) or ()] == biases


def test_a_shared_bias_is_stored_once() -> None:
    spec = replace(GOOD, bias=Bias("shared", trainable=False))
    theta = flatten(spec, WEIGHTS, [[0.5] * 3, [0.25] * 2])
    assert theta.tolist() == [*range(1, 13), 0.5, 0.25]
    assert [b.tolist() for b in biases_of(spec, theta) or ()] == [[0.5] * 3, [0.25] * 2]
    assert trainable_mask(spec).tolist() == [True] * 12 + [False] * 2


def test_no_biases() -> None:
    spec = replace(GOOD, bias=Bias("none"))
    theta = flatten(spec, WEIGHTS)
    assert len(theta) == 12
    assert biases_of(spec, theta) is None


@pytest.mark.parametrize(
    ("mode", "weights", "biases", "pointer"),
    [
        ("per_neuron", WEIGHTS[:1], [[1.0] * 3, [1.0] * 2], "/parameters/weights"),
        ("per_neuron", [WEIGHTS[0], [[1.0]]], [[1.0] * 3, [1.0] * 2], "/parameters/weights/1"),
        (
            "per_neuron",
            [WEIGHTS[0], [[1], [2, 3]]],
            [[1.0] * 3, [1.0] * 2],
            "/parameters/weights/1",
        ),
        ("per_neuron", WEIGHTS, None, "/parameters/biases"),
        ("per_neuron", WEIGHTS, [[1.0] * 3, [1.0]], "/parameters/biases/1"),
        ("shared", WEIGHTS, [[1.0, 1.0, 2.0], [1.0] * 2], "/parameters/biases/0"),
        ("none", WEIGHTS, [[1.0] * 3, [1.0] * 2], "/parameters/biases"),
    ],
)
def test_parameters_of_another_shape(
    mode: BiasMode, weights: Layers, biases: Layers | None, pointer: str
) -> None:
    with pytest.raises(BadInput) as caught:
        flatten(replace(GOOD, bias=Bias(mode)), weights, biases)
    assert [fault.pointer for fault in caught.value.faults] == [pointer]


def test_arithmetic_depends_on_size_and_batch_alone() -> None:
    large = NetworkSpec((784, 128, 10), ("relu", "linear"))
    assert [arithmetic(GOOD, rows) for rows in (1, 3, 4, 8_333, 8_334)] == [
        "scalar", "scalar", "lanes", "lanes", "blas",
    ]  # fmt: skip
    assert arithmetic(large, 1) == "blas"
    assert np.unique([arithmetic(replace(GOOD, seed=s), 3) for s in range(5)]) == ["scalar"]
