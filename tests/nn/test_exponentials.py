"""tanh and sigmoid of the lanes: nearly exact, at their ends too, and the same bits uncompiled."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nn import exponentials, passes
from app.nn.arrays import Floats
from app.nn.spec import Bias, NetworkSpec
from tests.nn import exact

NAMES = pytest.mark.parametrize("name", ["tanh", "sigmoid"])


def plain(name: str, numbers: list[float]) -> list[float]:
    """By plain Python, where they are defined."""
    cells = np.array([*numbers, *numbers])
    with np.errstate(all="ignore"):
        getattr(exponentials, name)(cells, 0, len(numbers), len(numbers))
    return cells[len(numbers) :].tolist()


def through_a_network(name: str, numbers: list[float]) -> Floats:
    """By one neuron that is passed each of the numbers, side by side; compiled if the kernel is."""
    spec = NetworkSpec((1, 1), (name,), bias=Bias("none"))
    trace = passes.forward(spec, np.ones(1), np.array(numbers)[:, None], path="lanes")
    return trace.outputs[:, 0]


@NAMES
def test_within_three_units_of_the_last_place(name: str) -> None:
    numbers = exact.arguments()
    true = [getattr(exact, name)(z) for z in numbers]
    assert exact.worst(plain(name, numbers), true) < 3.0
    assert exact.worst(through_a_network(name, numbers).tolist(), true) < 3.0


@NAMES
@given(z=st.floats(-750.0, 750.0))
def test_anywhere(name: str, z: float) -> None:
    assert exact.ulps(plain(name, [z])[0], getattr(exact, name)(z)) < 3.0


def test_tanh_at_its_ends() -> None:
    inf, least = math.inf, 5e-324
    assert plain("tanh", [inf, -inf, 1e308, -1e308, 22.0, -22.0]) == [1.0, -1.0] * 3
    assert plain("tanh", [least, -least, 1e-310, 1e-200]) == [least, -least, 1e-310, 1e-200]
    zero, minus_zero, nan = plain("tanh", [0.0, -0.0, math.nan])
    assert (zero, minus_zero) == (0.0, 0.0)
    assert math.copysign(1.0, zero) == 1.0
    assert math.copysign(1.0, minus_zero) == -1.0
    assert math.isnan(nan)


def test_the_sigmoid_at_its_ends() -> None:
    inf, least = math.inf, 5e-324
    assert plain("sigmoid", [0.0, -0.0, least, -1e-310]) == [0.5] * 4
    assert plain("sigmoid", [inf, 1e308, 800.0, 40.0]) == [1.0] * 4
    assert plain("sigmoid", [-inf, -1e308, -746.0]) == [0.0] * 3
    assert plain("sigmoid", [-745.0, -744.0]) == [least, 2 * least]
    assert math.isnan(plain("sigmoid", [math.nan])[0])


@NAMES
def test_compiled_and_uncompiled(
    name: str, uncompiled: Callable[[], AbstractContextManager[None]]
) -> None:
    special = [0.0, math.inf, -math.inf, math.nan, 745.2, -745.2, 22.0, 1e308, 5e-324]
    numbers = [*exact.arguments(), *special, *np.random.default_rng(0).normal(0.0, 5.0, 500)]
    compiled = through_a_network(name, numbers)
    with uncompiled():
        assert np.array_equal(compiled, through_a_network(name, numbers), equal_nan=True)
    assert np.array_equal(compiled, plain(name, numbers), equal_nan=True)
