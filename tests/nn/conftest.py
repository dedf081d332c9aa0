"""What the tests of the mathematics share: the worked example, random problems, the kernel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.nn import kernel
from app.nn.arrays import Floats
from app.nn.compilable import ENTRIES
from app.nn.passes import State, start
from app.nn.spec import Bias, NetworkSpec, flatten

DATA = Path(__file__).parents[1] / "data"

Problem = tuple[State, Floats, Floats]


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Most tests run the compiled kernel; `uncompiled` is for those that ask for the other."""
    kernel.load()


@pytest.fixture(scope="session")
def uncompiled() -> Callable[[], AbstractContextManager[None]]:
    """A context in which the kernel runs as plain Python."""

    @contextmanager
    def plain() -> Iterator[None]:
        functions = [door.compiled for door in ENTRIES]
        for door in ENTRIES:
            door.compiled = None
        try:
            yield
        finally:
            for door, function in zip(ENTRIES, functions, strict=True):
                door.compiled = function

    return plain


@pytest.fixture(scope="session")
def mazur() -> dict[str, Any]:
    """The printed and the exact numbers of the worked example."""
    content: dict[str, Any] = json.loads((DATA / "mazur-2-2-2.json").read_text())
    return content


@pytest.fixture(scope="session")
def worked() -> NetworkSpec:
    return NetworkSpec((2, 2, 2), ("sigmoid", "sigmoid"), bias=Bias("shared", trainable=False))


@pytest.fixture(scope="session")
def worked_problem(worked: NetworkSpec) -> Problem:
    weights = [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]]
    theta = flatten(worked, weights, [[0.35, 0.35], [0.60, 0.60]])
    return start(worked, theta), np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])


@pytest.fixture(scope="session")
def problem() -> Callable[..., Problem]:
    """A start and a data set for any network: random, but the same every time."""

    def make(spec: NetworkSpec, examples: int = 3, seed: int = 0) -> Problem:
        random = np.random.default_rng(seed)
        theta = random.uniform(-1.0, 1.0, spec.layout.size)
        inputs = random.uniform(-1.0, 1.0, (examples, spec.sizes[0]))
        targets = random.uniform(0.0, 1.0, (examples, spec.sizes[-1]))
        return start(spec, theta), inputs, targets

    return make
