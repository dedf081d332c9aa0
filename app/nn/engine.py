"""Chooses the arithmetic that computes a network; all take the same board."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.nn import blas, lanes, loops
from app.nn.arrays import Floats, Ints
from app.nn.board import Blueprint
from app.nn.spec import Arithmetic

RUNS: dict[Arithmetic, Callable[..., None]] = {
    "scalar": loops.run, "lanes": lanes.run, "blas": blas.run,
}  # fmt: skip
NO_ROWS: Floats = np.zeros((0, 0))
NO_LOSSES: Floats = np.zeros(0)
NO_PLACES: Ints = np.zeros((0, 2), dtype=np.int64)


def execute(
    blueprint: Blueprint,
    board: Floats,
    inputs: Floats,
    targets: Floats,
    *,
    steps: int,
    orders: Ints | None = None,
    first_epoch: int = 0,
    size: int | None = None,
    first: int = 0,
    ahead: bool = False,
    replay: bool = False,
    thetas: Floats = NO_ROWS,
    memories: Floats = NO_ROWS,
    losses: Floats = NO_LOSSES,
    values: Floats = NO_ROWS,
    places: Ints = NO_PLACES,
) -> None:
    """Make steps on a board, as `runs.running` tells; without orders the data set is the batch."""
    run = RUNS[blueprint.path]
    with np.errstate(all="ignore"):  # NaN and Infinity are values like any other
        run(
            board, blueprint.workspace(), blueprint.plan, blueprint.table, inputs, targets,
            np.arange(len(inputs))[None, :] if orders is None else orders,
            first_epoch, len(inputs) if size is None else size, first, steps, ahead, replay,
            thetas, memories, losses, values, places,
        )  # fmt: skip
