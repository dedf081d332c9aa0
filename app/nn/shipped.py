"""The data sets that come as files with the package; `data/README.md` says from where."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import numpy as np

from app.nn.arrays import Floats, Ints, frozen
from app.nn.generators import Examples, Options
from app.nn.registry import number

FILES = resources.files("app.nn") / "data"
SPECIES = ("setosa", "versicolor", "virginica")
BRIGHTEST = 16.0


@lru_cache(maxsize=1)
def iris_table() -> Examples:
    lines = FILES.joinpath("iris.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    inputs = np.array([row[:4] for row in rows], dtype=np.float64)
    labels = np.array([SPECIES.index(row[4]) for row in rows])
    return frozen(inputs), frozen(one_hot(labels, len(SPECIES)))


def iris(_options: Options) -> Examples:
    """150 flowers by four lengths in cm; (150, 4) and (150, 3)."""
    return iris_table()


@lru_cache(maxsize=1)
def digit_images() -> Examples:
    with FILES.joinpath("digits.npz").open("rb") as file, np.load(file) as kept:
        images, labels = kept["images"], kept["labels"]
    return frozen(images / BRIGHTEST), frozen(one_hot(labels, 10))


def digits(options: Options) -> Examples:
    """The first `count` of 1797 images; (count, 64) from 0 to 1 and (count, 10)."""
    images, labels = digit_images()
    count = int(number(options["count"]))
    return images[:count], labels[:count]


def one_hot(places: Ints, count: int) -> Floats:
    """(N, count): in each row a 1 at its place, else 0."""
    rows: Floats = np.eye(count)[places]
    return rows
