"""Randomness only by seed, and the same numbers for ever."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from app.nn import batches
from app.nn.initializers import INITIALIZERS, draw
from app.nn.randomness import PARAMETERS, SHUFFLE, Stream, logarithm, normal_quantile
from app.nn.spec import Batch, Choice, NetworkSpec

SPEC = NetworkSpec((3, 2), ("tanh",), seed=42)
WIDE = NetworkSpec((400, 300), ("tanh",), seed=5)

# The first weight each initializer draws with seed 42; these numbers never change again.
RECORDED = {
    "zeros": 0.0,
    "constant": 0.5,
    "uniform": 0.27395604855596345,
    "normal": 0.07519387345650752,
    "xavier_uniform": 0.6002076302363271,
    "xavier_normal": 0.47556781242608354,
    "he_uniform": 0.7748647187239712,
    "he_normal": 0.6139554058395047,
    "lecun_normal": 0.43413203081525265,
}

# The first four of eight examples in epoch 0 of that seed.
FIRST_BATCH = [5, 4, 2, 7]


def test_every_initializer_has_its_recorded_number() -> None:
    found = {name: draw(replace(SPEC, initializer=Choice(name)))[0] for name in INITIALIZERS}
    assert found == RECORDED


@pytest.mark.parametrize("name", list(INITIALIZERS))
def test_the_seed_decides_everything(name: str) -> None:
    spec = replace(SPEC, initializer=Choice(name))
    assert np.array_equal(draw(spec), draw(replace(spec)))
    same = np.array_equal(draw(spec), draw(replace(spec, seed=43)))
    assert same == (name in ("zeros", "constant"))
    assert draw(spec)[6:].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("name", "deviation"),
    [
        ("xavier_uniform", math.sqrt(2 / 700)),
        ("xavier_normal", math.sqrt(2 / 700)),
        ("he_uniform", math.sqrt(2 / 400)),
        ("he_normal", math.sqrt(2 / 400)),
        ("lecun_normal", math.sqrt(1 / 400)),
        ("uniform", 1 / math.sqrt(12)),
        ("normal", 0.1),
    ],
)
def test_spread(name: str, deviation: float) -> None:
    weights = draw(replace(WIDE, initializer=Choice(name)))[: 400 * 300]
    assert np.std(weights) == pytest.approx(deviation, rel=0.01)
    assert abs(np.mean(weights)) < 0.01 * deviation * 3


def test_options_of_an_initializer() -> None:
    low = draw(replace(SPEC, initializer=Choice("uniform", {"low": 2.0, "high": 3.0})))[:6]
    assert np.all((low > 2.0) & (low < 3.0))
    assert set(draw(replace(SPEC, initializer=Choice("constant", {"value": 0.25})))[:6]) == {0.25}


def test_streams_are_apart() -> None:
    streams = [
        Stream(1, PARAMETERS), Stream(1, SHUFFLE), Stream(1, SHUFFLE, 1), Stream(2, PARAMETERS),
        Stream(2**32 + 1, PARAMETERS),
    ]  # fmt: skip
    assert len({int(stream.words(1)[0]) for stream in streams}) == len(streams)


def test_uniform_never_reaches_its_ends() -> None:
    numbers = Stream(3, PARAMETERS).uniform(100_000)
    assert 0.0 < np.min(numbers) < 1e-4
    assert 1.0 - 1e-4 < np.max(numbers) < 1.0


def test_normal_numbers_follow_the_normal_distribution() -> None:
    p = np.concatenate([Stream(1, PARAMETERS).uniform(2_000), [1e-300, 1e-12, 0.5, 1 - 1e-12]])
    expected = [NormalDist().inv_cdf(value) for value in p]
    np.testing.assert_allclose(normal_quantile(p), expected, rtol=1e-14, atol=1e-15)


def test_logarithm() -> None:
    x = np.array([1e-300, 0.1, 0.7, 0.75, 1.0, 2.0, 3.0, 1e300])
    np.testing.assert_allclose(logarithm(x), np.log(x), rtol=1e-15, atol=1e-16)


def test_an_epoch_is_every_example_once() -> None:
    spec = replace(SPEC, batch=Batch(3, shuffle=True))
    epochs = [
        np.concatenate([batches.rows(spec, 10, step) for step in range(start, start + 4)])
        for start in (0, 4, 400)
    ]
    assert [sorted(epoch.tolist()) for epoch in epochs] == [list(range(10))] * 3
    assert len({tuple(epoch.tolist()) for epoch in epochs}) == 3
    assert len(batches.rows(spec, 10, 3)) == 1


def test_the_shuffle_is_recorded() -> None:
    spec = replace(SPEC, batch=Batch(4, shuffle=True))
    assert batches.rows(spec, 8, 0).tolist() == FIRST_BATCH


def test_without_shuffle_the_order_is_that_of_the_data() -> None:
    spec = replace(SPEC, batch=Batch(4))
    found = [batches.rows(spec, 10, step).tolist() for step in range(4)]
    assert found == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [0, 1, 2, 3]]
    assert batches.rows(SPEC, 3, 17).tolist() == [0, 1, 2]
    assert batches.rows(replace(SPEC, batch=Batch(99)), 3, 1).tolist() == [0, 1, 2]
