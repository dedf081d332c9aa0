"""The fast path: many steps in one call, with the same numbers as one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.errors import NotFound
from app.nn import batches
from app.nn.arrays import Floats, Ints, frozen
from app.nn.board import Blueprint
from app.nn.compiler import load, loaded
from app.nn.engine import NO_LOSSES, NO_ROWS, execute
from app.nn.names import Names
from app.nn.spec import NetworkSpec
from app.nn.state import State

__all__ = ["Run", "load", "loaded", "run", "trace_rows"]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What a run left behind. Arrays are read-only; what was not recorded has no rows.

    `losses` are E_batch before each of the S updates, on that update's batch, and one more for
    the batch that would come next. `boards` hold every value of every step; `values` reads them.
    """

    blueprint: Blueprint
    state: State  # after the last update
    thetas: Floats  # (S, P): after each update
    memories: Floats  # (S, slots, P): after each update
    losses: Floats  # (S+1,)
    boards: Floats  # (S, cells)

    def values(self, example: int = 0, names: Sequence[str] | None = None) -> Floats:
        """(S, C) the values of `names`, or of `Names.columns`, for one row of each batch.

        NotFound for an unknown name or example. Where the last batch of an epoch is too short to
        have the example, the row repeats what the batch before it left.
        """
        known = Names.of(self.blueprint.spec)
        places = known.places(self.blueprint, known.columns if names is None else names, example)
        with np.errstate(all="ignore"):  # NaN and Infinity are values like any other
            return frozen(self.boards[:, places[:, 0]] * self.boards[:, places[:, 1]])


def run(
    spec: NetworkSpec,
    state: State,
    inputs: Floats,
    targets: Floats,
    steps: int,
    *,
    record: bool = True,
    record_memory: bool = False,
    trace: bool = False,
) -> Run:
    """Make `steps` updates on a data set: inputs (n, n_0), targets (n, K), batches as in the spec.

    `record` keeps thetas and losses, `record_memory` what the optimizer remembers, `trace`
    every value of every step.
    """
    inputs, targets = frozen(inputs), frozen(targets)
    size = batches.size(spec, len(inputs))
    drawing = Blueprint.of(spec, size)
    board = drawing.board(state.theta, state.memory)
    slots = len(spec.memory)
    thetas = np.empty((steps, len(state.theta))) if record else NO_ROWS
    memories = np.empty((steps, state.memory.size)) if record_memory and slots else NO_ROWS
    losses = np.empty(steps + 1) if record else NO_LOSSES
    boards = np.empty((steps, len(board))) if trace else NO_ROWS
    n = len(inputs)
    execute(
        drawing, board, inputs, targets,
        steps=steps, orders=orders(spec, n, state.step, steps), size=size, first=state.step,
        first_epoch=batches.epoch(spec, n, state.step), ahead=True,
        thetas=thetas, memories=memories, losses=losses, values=boards,
    )  # fmt: skip
    plan = drawing.plan
    after = State(
        frozen(board[plan.theta : plan.memory].copy()),
        frozen(board[plan.memory : plan.net].reshape(state.memory.shape).copy()),
        state.step + steps,
    )
    kept = memories.reshape(len(memories), slots, len(state.theta))
    return Run(drawing, after, frozen(thetas), frozen(kept), frozen(losses), frozen(boards))


def trace_rows(
    spec: NetworkSpec,
    thetas: Floats,
    memories: Floats | None,
    inputs: Floats,
    targets: Floats,
    first: int,
    example: int = 0,
    names: Sequence[str] | None = None,
) -> Floats:
    """(S, C) the named values of S steps, from the recorded states before each of them.

    thetas is (S, P), memories (S, slots, P) or None when the optimizer has none; thetas[0] is
    the state at step `first`. The columns are `names`, or else `Names.columns`. NotFound for an
    unknown name, or if a batch is too short to have the example.
    """
    inputs, targets = frozen(inputs), frozen(targets)
    n, steps = len(inputs), len(thetas)
    size = batches.size(spec, n)
    drawing = Blueprint.of(spec, size)
    places = columns(drawing, n, example, names)
    values = np.empty((steps, len(places)))
    execute(
        drawing, drawing.board(thetas[0], np.zeros(len(spec.memory) * spec.layout.size)),
        inputs, targets, steps=steps, orders=orders(spec, n, first, steps), size=size, first=first,
        first_epoch=batches.epoch(spec, n, first), replay=True, thetas=np.array(thetas),
        memories=NO_ROWS if memories is None else np.array(memories).reshape(steps, -1),
        values=values, places=places,
    )  # fmt: skip
    return frozen(values)


def orders(spec: NetworkSpec, n_examples: int, first: int, steps: int) -> Ints:
    """The orders of the epochs that the updates first+1 .. first+steps+1 belong to."""
    return batches.orders(
        spec,
        n_examples,
        batches.epoch(spec, n_examples, first),
        batches.epoch(spec, n_examples, first + steps),
    )


def columns(
    drawing: Blueprint, n_examples: int, example: int, names: Sequence[str] | None = None
) -> Ints:
    """The places of `names`, or of `Names.columns`, for one example that every batch must have."""
    shortest = n_examples % drawing.plan.rows or drawing.plan.rows
    if example >= shortest:
        raise NotFound(f"Unknown example {example}. The last batch of an epoch has {shortest}.")
    if names is None:
        return all_places(drawing, example)
    return Names.of(drawing.spec).places(drawing, names, example)


@lru_cache(maxsize=2)
def all_places(drawing: Blueprint, example: int) -> Ints:
    """Those of `Names.columns`: a large network has a million, so few are kept. Not to be written
    to, though compiled code takes it for an array that can be."""
    names = Names.of(drawing.spec)
    return names.places(drawing, names.columns, example)
