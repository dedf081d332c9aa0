"""The examples of each generated data set: inputs (N, n) and targets (N, 1).

All take the options of their entry. Rows of the two classes alternate, so that any run of rows
holds both. Nothing but our own seeded streams and correctly rounded operations, so that a seed
gives the same bits everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from app.nn.arrays import Floats, frozen
from app.nn.circles import on_circle
from app.nn.randomness import EXAMPLES, NOISE, Stream
from app.nn.registry import Value, number

Options: TypeAlias = Mapping[str, Value]
Examples: TypeAlias = tuple[Floats, Floats]
Make: TypeAlias = Callable[[Options], Examples]


def examples(inputs: Floats, targets: Floats) -> Examples:
    return frozen(inputs), frozen(targets)


def truth_table(zero_zero: int, zero_one: int, one_zero: int, one_one: int) -> Make:
    """A function of two bits, its four rows counted up in binary."""
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([[zero_zero], [zero_one], [one_zero], [one_one]], dtype=np.float64)

    def make(_options: Options) -> Examples:
        return examples(inputs, targets)

    return make


def spiral(options: Options) -> Examples:
    """Two arms of a spiral, half a turn apart; each goes round one and three quarters times."""
    label, along = classes(options), rising(options)
    x, y = on_circle(1.75 * along + 0.5 * label)
    return two_classes(along * x, along * y, options)


def circle(options: Options) -> Examples:
    """A disc of radius 0.5 (class 0) inside a ring from 0.7 to 1 (class 1), evenly filled."""
    label = classes(options)
    turns, depth = uniform(options, 0), uniform(options, 1)
    low, high = np.where(label > 0, 0.49, 0.0), np.where(label > 0, 1.0, 0.25)
    radius = np.sqrt(low + (high - low) * depth)
    x, y = on_circle(turns)
    return two_classes(radius * x, radius * y, options)


def moons(options: Options) -> Examples:
    """Two half circles of radius 1, one shifted by (1, -0.5) into the other and upside down."""
    label = classes(options)
    x, y = on_circle(0.5 * rising(options))
    return two_classes(np.where(label > 0, 1.0 - x, x), np.where(label > 0, 0.5 - y, y), options)


def gauss(options: Options) -> Examples:
    """A normal cloud round (-0.5, -0.5) and one round (0.5, 0.5)."""
    centre = classes(options) - 0.5
    return two_classes(centre, centre, options)


def sine(options: Options) -> Examples:
    """t = sin(pi x) at evenly spaced x from -1 to 1."""
    count = whole(options, "count")
    x = counted(count) * (2.0 / (count - 1)) - 1.0
    _, wave = on_circle(0.5 * x)
    return examples(x[:, None], (wave + noise(options, 0))[:, None])


def plane(options: Options) -> Examples:
    """t = (x1 + x2) / 2 at random places of the square from -1 to 1."""
    x, y = 2.0 * uniform(options, 0) - 1.0, 2.0 * uniform(options, 1) - 1.0
    target = 0.5 * (x + y) + noise(options, 0)
    return examples(np.column_stack([x, y]), target[:, None])


def two_classes(x: Floats, y: Floats, options: Options) -> Examples:
    """Points with noise added to both coordinates, and their classes."""
    places = np.column_stack([x + noise(options, 0), y + noise(options, 1)])
    return examples(places, classes(options)[:, None])


def classes(options: Options) -> Floats:
    """(count,) 0, 1, 0, 1 and so on."""
    return counted(whole(options, "count")) % 2.0


def rising(options: Options) -> Floats:
    """(count,) from 0 to 1, the same for both rows of a pair."""
    pairs = counted(whole(options, "count")) // 2.0
    along: Floats = pairs / pairs[-1]
    return along


def counted(count: int) -> Floats:
    """(count,) 0, 1, 2 and so on."""
    return np.arange(count, dtype=np.float64)


def uniform(options: Options, axis: int) -> Floats:
    stream = Stream(whole(options, "seed"), EXAMPLES, axis)
    return stream.uniform(whole(options, "count"))


def noise(options: Options, axis: int) -> Floats:
    stream = Stream(whole(options, "seed"), NOISE, axis)
    return number(options["noise"]) * stream.normal(whole(options, "count"))


def whole(options: Options, name: str) -> int:
    return int(number(options[name]))
