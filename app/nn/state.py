"""What an update changes: the parameters, what the optimizer remembers, the number of updates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.nn.arrays import Floats, frozen
from app.nn.spec import NetworkSpec


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """theta is (P,), memory (slots, P): one row per entry of `spec.memory`, e.g. velocity."""

    theta: Floats
    memory: Floats
    step: int


def start(spec: NetworkSpec, theta: Floats) -> State:
    """The state before the first update: the optimizer remembers nothing yet."""
    return State(frozen(theta), frozen(np.zeros((len(spec.memory), len(theta)))), 0)
