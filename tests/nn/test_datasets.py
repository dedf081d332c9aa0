"""Every data set: its shapes, its classes, the same numbers everywhere and for ever."""

from __future__ import annotations

import math
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from app.nn.circles import on_circle
from app.nn.datasets import DATASETS, Dataset, dataset_faults, generate

EVERY = pytest.mark.parametrize("entry", DATASETS.values(), ids=DATASETS)
SEEDED = [name for name, entry in DATASETS.items() if "seed" in {o.name for o in entry.options}]

# SHA-256 of the bytes of inputs and targets, options at their defaults; they never change again.
RECORDED = {
    "and": "945e0ea79e109bc1",
    "or": "ddb05065f50696f5",
    "xor": "d8c8907b570d7188",
    "spiral": "a0b97b360471b861",
    "circle": "d9e626442b8ed412",
    "moons": "0e90fcd9d6e4a7d4",
    "gauss": "2ae607f4adb8740b",
    "sine": "599610deb8ed5995",
    "plane": "b45da9d289fef6f8",
    "iris": "6093d6a8da480802",
    "digits": "d2d84e7cb50b0556",
}


def digest(name: str) -> str:
    inputs, targets = generate(name, {})
    return sha256(inputs.tobytes() + targets.tobytes()).hexdigest()[:16]


def test_every_number_is_the_recorded_one() -> None:
    assert {name: digest(name) for name in DATASETS} == RECORDED


@EVERY
def test_it_is_what_its_entry_says(entry: Dataset) -> None:
    inputs, targets = generate(entry.name, {})
    assert inputs.dtype == targets.dtype == np.float64
    assert inputs.shape == (len(targets), len(entry.inputs))
    assert targets.shape[1] == len(entry.targets)
    assert np.all(np.isfinite(inputs))
    assert np.all(np.isfinite(targets))
    assert not inputs.flags.writeable
    assert not targets.flags.writeable
    for names in (entry.inputs, entry.targets, entry.classes):
        assert len(set(names)) == len(names)
    layers = entry.suggested.layers
    assert layers[-1][0] == len(entry.targets)


@EVERY
def test_every_class_is_there(entry: Dataset) -> None:
    _, targets = generate(entry.name, {})
    assert (entry.kind == "classification") == bool(entry.classes)
    if len(entry.targets) > 1:
        assert np.all(targets.sum(axis=1) == 1.0)
        assert len(entry.targets) == len(entry.classes)
        assert np.all(targets.sum(axis=0) > 0)
    elif entry.classes:
        assert set(targets[:, 0]) == {0.0, 1.0}
        assert len(entry.classes) == 2


@pytest.mark.parametrize("name", SEEDED)
def test_a_seed_and_nothing_else_decides(name: str) -> None:
    options = {"count": 20.0, "noise": 0.5, "seed": 5.0}
    first = generate(name, options)
    again = generate(name, options)
    assert [a.tobytes() for a in first] == [a.tobytes() for a in again]
    assert len(first[0]) == 20
    other = generate(name, options | {"seed": 6.0})
    assert any(a.tobytes() != b.tobytes() for a, b in zip(first, other, strict=True))


@pytest.mark.parametrize("name", SEEDED)
@pytest.mark.parametrize("count", [4.0, 5.0, 5000.0])
def test_any_allowed_count(name: str, count: float) -> None:
    inputs, targets = generate(name, {"count": count})
    assert len(inputs) == len(targets) == count
    assert np.all(np.isfinite(inputs))
    assert np.all(np.isfinite(targets))


@pytest.mark.parametrize(
    ("name", "table"),
    [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("xor", [0, 1, 1, 0])],
)
def test_gates(name: str, table: list[int]) -> None:
    inputs, targets = generate(name, {})
    assert inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert targets[:, 0].tolist() == table


def test_spiral_without_noise_is_the_formula() -> None:
    inputs, targets = generate("spiral", {"noise": 0.0, "count": 10.0})
    for row, (x, y) in enumerate(inputs):
        r = (row // 2) / 4
        angle = 2 * math.pi * (1.75 * r + targets[row, 0] / 2)
        assert (x, y) == pytest.approx((r * math.cos(angle), r * math.sin(angle)), abs=1e-14)


def test_circle_without_noise_leaves_a_gap() -> None:
    inputs, targets = generate("circle", {"noise": 0.0, "count": 2000.0})
    radius = np.hypot(inputs[:, 0], inputs[:, 1])
    inside = targets[:, 0] == 0
    assert radius[inside].max() < 0.5
    assert radius[~inside].min() > 0.7
    assert radius.max() < 1
    # Evenly filled: half of the disc's points lie within 0.5/sqrt(2).
    assert np.mean(radius[inside] < 0.5 / math.sqrt(2)) == pytest.approx(0.5, abs=0.05)


def test_moons_without_noise_are_two_half_circles() -> None:
    inputs, targets = generate("moons", {"noise": 0.0, "count": 100.0})
    upper, lower = inputs[targets[:, 0] == 0], inputs[targets[:, 0] == 1]
    assert np.hypot(upper[:, 0], upper[:, 1]) == pytest.approx(1, abs=1e-14)
    assert np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5) == pytest.approx(1, abs=1e-14)
    assert upper[:, 1].min() >= -1e-15
    assert lower[:, 1].max() <= 0.5 + 1e-15


def test_gauss_has_two_centres_and_the_noise_as_deviation() -> None:
    inputs, targets = generate("gauss", {"noise": 0.2, "count": 5000.0})
    for label, centre in ((0.0, -0.5), (1.0, 0.5)):
        cloud = inputs[targets[:, 0] == label]
        assert cloud.mean(axis=0) == pytest.approx([centre, centre], abs=0.02)
        assert cloud.std(axis=0) == pytest.approx([0.2, 0.2], abs=0.01)


def test_sine_and_plane_without_noise_are_their_formulas() -> None:
    inputs, targets = generate("sine", {"count": 21.0})
    assert inputs[[0, 10, 20], 0] == pytest.approx([-1.0, 0.0, 1.0], abs=1e-15)
    assert targets == pytest.approx(np.sin(math.pi * inputs), abs=1e-15)
    inputs, targets = generate("plane", {})
    assert targets[:, 0] == pytest.approx(inputs.mean(axis=1), abs=1e-16)
    assert np.abs(inputs).max() < 1


def test_noise_moves_by_its_size() -> None:
    clean, noisy = (generate("sine", {"count": 5000.0, "noise": n})[1] for n in (0.0, 0.3))
    assert np.std(noisy - clean) == pytest.approx(0.3, abs=0.01)


def test_iris_has_fisher_s_flowers() -> None:
    inputs, targets = generate("iris", {})
    assert inputs[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    assert inputs[34].tolist() == [4.9, 3.1, 1.5, 0.2]  # wrong in older copies
    assert inputs[149].tolist() == [5.9, 3.0, 5.1, 1.8]
    assert inputs.sum(axis=0) == pytest.approx([876.5, 458.6, 563.7, 179.9])
    assert targets.sum(axis=0).tolist() == [50, 50, 50]
    assert targets.argmax(axis=1).tolist() == [0] * 50 + [1] * 50 + [2] * 50


def test_digits_are_pictures() -> None:
    inputs, targets = generate("digits", {})
    assert inputs.shape == (1797, 64)
    assert np.all(inputs * 16 == np.round(inputs * 16))
    assert (inputs.min(), inputs.max()) == (0.0, 1.0)
    assert targets.argmax(axis=1)[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    zero = inputs[targets[:, 0] == 1].mean(axis=0).reshape(8, 8)
    assert zero[3:5, 3:5].max() < 0.2  # a hole in the middle
    few, _ = generate("digits", {"count": 10.0})
    assert np.array_equal(few, inputs[:10])


@pytest.mark.parametrize(
    ("name", "options", "pointer"),
    [
        ("spirale", {}, "/data/dataset"),
        ("xor", {"count": 5.0}, "/data/count"),
        ("spiral", {"count": 3.0}, "/data/count"),
        ("spiral", {"count": 5001.0}, "/data/count"),
        ("spiral", {"count": 20.5}, "/data/count"),
        ("spiral", {"count": True}, "/data/count"),
        ("spiral", {"noise": -0.1}, "/data/noise"),
        ("spiral", {"seed": 2.0**53}, "/data/seed"),
        ("spiral", {"seed": -1.0}, "/data/seed"),
        ("digits", {"count": 1798.0}, "/data/count"),
    ],
)
def test_what_does_not_exist_has_its_place(
    name: str, options: dict[str, Any], pointer: str
) -> None:
    (fault,) = dataset_faults(name, options, "/data")
    assert fault.pointer == pointer


def test_points_on_the_circle() -> None:
    turns = np.linspace(-2.0, 2.0, 4001)
    x, y = on_circle(turns)
    assert x == pytest.approx(np.cos(2 * np.pi * turns), abs=4e-15)
    assert y == pytest.approx(np.sin(2 * np.pi * turns), abs=4e-15)
    quarters = np.array([0.0, 0.25, 0.5, 0.75, 1.0, -0.25])
    x, y = on_circle(quarters)
    assert x.tolist() == [1, 0, -1, 0, 1, 0]
    assert y.tolist() == [0, 1, 0, -1, 0, -1]
