"""How good a network is on the examples that no update ever sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.errors import NoData
from app.nn import passes
from app.nn.arrays import Floats, Ints
from app.services.records import Evaluation, Setting


@dataclass(frozen=True, slots=True)
class KeptApart:
    inputs: Floats
    targets: Floats


def kept_apart(setting: Setting) -> KeptApart:
    """Raises NoData when none were kept apart."""
    if setting.data is None or setting.data.test is None:
        raise NoData(
            "This network has no test examples to evaluate on. Give it data with a "
            'test_fraction, e.g. PATCH {"data": {"dataset": "moons", "test_fraction": 0.25}}.'
        )
    return KeptApart(*setting.data.test)


def evaluated(setting: Setting, step: int, theta: Floats) -> Evaluation:
    """Loss and, where classes are told apart, the share that is told right."""
    test = kept_apart(setting)
    made = passes.forward(setting.spec, theta, test.inputs, test.targets, path=setting.path)
    assert made.errors is not None  # noqa: S101 — targets were given
    return Evaluation(step, made.errors.total, accuracy(made.outputs, test.targets))


def accuracy(outputs: Floats, targets: Floats) -> float | None:
    """None when the targets (N, K) are no classes. An output that is no number is wrong."""
    if not are_classes(targets):
        return None
    right = chosen(outputs) == chosen(targets)
    return float(np.mean(right & np.isfinite(outputs).all(axis=1)))


def are_classes(targets: Floats) -> bool:
    """One column of zeros and ones, or one 1 in each row of zeros."""
    ones = (targets == 0) | (targets == 1)
    return bool(ones.all()) and (targets.shape[1] == 1 or bool((targets.sum(axis=1) == 1).all()))


def chosen(values: Floats) -> Ints:
    """(N,) the class that each row names."""
    named = values.argmax(axis=1) if values.shape[1] > 1 else values[:, 0] >= 0.5
    return named.astype(np.int64)
