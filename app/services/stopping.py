"""When a training ends before its last step.

The losses of all steps are known once they are made, so a rule is held against every one of
them, the start included: a training ends at the first step at which a rule holds, however its
work was cut into chunks. Only time is looked at between chunks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from app.nn.arrays import Floats

Rule: TypeAlias = Literal["not_finite", "loss_below", "no_improvement", "seconds"]


@dataclass(frozen=True, slots=True)
class Patience:
    """So many steps may go by without a loss that is smaller than the best by `delta`."""

    steps: int
    delta: float = 0.0


@dataclass(frozen=True, slots=True)
class Stop:
    """The rules in force; None and False are those that are not."""

    loss_below: float | None = None
    no_improvement: Patience | None = None
    not_finite: bool = False
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Best:
    """The last loss that was an improvement, and after how many updates it stood."""

    loss: float = math.inf
    at: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """The first rule that holds, and after how many updates."""

    at: int
    rule: Rule


def first_held(
    stop: Stop, best: Best, first: int, losses: Floats, thetas: Floats
) -> tuple[Held | None, Best]:
    """And the best loss so far. `losses` (count,) and `thetas` (count, P) stand after `first`,
    `first + 1`, … updates of the training. Of rules that hold at one step the first is told.
    """
    held = list(at_once(stop, first, losses, thetas))
    if stop.no_improvement is not None:
        best, at = waited(stop.no_improvement, best, first, losses.tolist())
        if at is not None:
            held.append(Held(at, "no_improvement"))
    return min(held, key=lambda found: found.at, default=None), best


def at_once(stop: Stop, first: int, losses: Floats, thetas: Floats) -> Iterator[Held]:
    """The rules that look at one step alone."""
    if stop.not_finite:
        finite = np.isfinite(losses) & np.isfinite(thetas).all(axis=1)
        yield from first_of(~finite, first, "not_finite")
    if stop.loss_below is not None:
        yield from first_of(losses < stop.loss_below, first, "loss_below")


def first_of(holds: npt.NDArray[np.bool_], first: int, rule: Rule) -> Iterator[Held]:
    if holds.any():
        yield Held(first + int(holds.argmax()), rule)


def waited(
    patience: Patience, best: Best, first: int, losses: list[float]
) -> tuple[Best, int | None]:
    """The best loss, and when patience ran out. What counts as better depends on the last
    improvement, so steps are looked at one by one; a NaN is never better."""
    low, at = best.loss, best.at
    for done, loss in enumerate(losses, first):
        if loss < low and loss <= low - patience.delta:
            low, at = loss, done
        elif done - at >= patience.steps:
            return Best(low, at), done
    return Best(low, at), None
