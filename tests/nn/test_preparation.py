"""Standardising and splitting, by hand and for any numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.nn.preparation import Standardisation, split


def test_by_hand() -> None:
    inputs = np.array([[2.0, 7.0], [4.0, 7.0], [6.0, 7.0], [8.0, 7.0]])
    by = Standardisation.of(inputs)
    assert by == Standardisation((5.0, 7.0), (math.sqrt(5.0), 1.0))
    assert by.apply(inputs)[:, 0] == pytest.approx(np.array([-3, -1, 1, 3]) / math.sqrt(5))
    assert by.apply(inputs)[:, 1].tolist() == [0, 0, 0, 0]
    assert by.apply(np.array([[5.0, 9.0]])).tolist() == [[0.0, 2.0]]


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_mean_0_and_deviation_1(values: list[float]) -> None:
    column = np.array(values)[:, None]
    by = Standardisation.of(column)
    made = by.apply(column)
    if column.std() > 1e-6:
        assert made.mean() == pytest.approx(0.0, abs=1e-6)
        assert made.std() == pytest.approx(1.0)
    if len(set(values)) == 1:
        assert not made.any()


def test_beyond_float64_it_is_not_finite() -> None:
    column = np.array([[1.7e308], [1.7e308], [1.6e308]])
    assert not np.all(np.isfinite(Standardisation.of(column).apply(column)))


@settings(deadline=None)
@given(st.integers(2, 300), st.floats(0.001, 0.999), st.integers(0, 2**53 - 1))
def test_every_row_is_on_one_side(count: int, fraction: float, seed: int) -> None:
    learn, test = split(count, fraction, seed)
    assert sorted([*learn, *test]) == list(range(count))
    assert learn.tolist() == sorted(learn)
    assert test.tolist() == sorted(test)
    assert len(learn) > 0
    assert len(test) > 0
    assert abs(len(test) - fraction * count) <= 1


def test_the_seed_decides_who() -> None:
    assert split(10, 0.3, 1)[1].tolist() == [0, 2, 6]  # as it will be for ever
    assert len({tuple(split(10, 0.3, seed)[1]) for seed in range(20)}) > 10
