"""A run of updates: examples on the board, forward, the error, backward and update, all recorded.

`running` makes it from a forward and a backward pass: those of `loops.py` or those of `lanes.py`.
"""

from __future__ import annotations

import numpy as np

from app.nn.arrays import Floats, Ints, frozen
from app.nn.batches import following, span
from app.nn.board import Blueprint, Layer, Plan, layer_at
from app.nn.clipping import clip
from app.nn.compilable import AnyFunction, compilable
from app.nn.losses import measure
from app.nn.optimizers import update
from app.nn.spec import NetworkSpec


@compilable
def pick(
    board: Floats, first: int, wanted: int, inputs: Floats, targets: Floats, order: Ints,
    start: int, stop: int,
) -> None:  # fmt: skip
    """Write the examples order[start:stop] on the board: inputs and wanted outputs."""
    n, k = inputs.shape[1], targets.shape[1]
    for place in range(start, stop):
        row = place - start
        for i in range(n):
            board[first + row * n + i] = inputs[order[place], i]
        for o in range(k):
            board[wanted + row * k + o] = targets[order[place], o]


@compilable
def judge(board: Floats, plan: Plan, last: Layer, rows: int) -> None:
    """Every output's error and dE/dout, every example's error, the error of the batch."""
    measure(
        plan.loss, board, plan.targets, last.net, last.out, plan.errors, last.gap, rows, last.n
    )  # fmt: skip
    board[plan.factor] = 1.0 / rows if plan.mean else 1.0
    total_error(board, plan.errors, plan.totals, rows, last.n)
    reduce_error(board, plan.totals, plan.batch_error, plan.factor, rows)


@compilable
def total_error(board: Floats, errors: int, totals: int, rows: int, k: int) -> None:
    """E_total of every example: the sum of its outputs' errors."""
    for row in range(rows):
        error = 0.0
        for o in range(k):
            error += board[errors + row * k + o]
        board[totals + row] = error


@compilable
def reduce_error(board: Floats, totals: int, batch_error: int, factor: int, rows: int) -> None:
    """E_batch = (sum over examples of E_total) * factor."""
    total = 0.0
    for row in range(rows):
        total += board[totals + row]
    board[batch_error] = total * board[factor]


@compilable
def move(board: Floats, plan: Plan, layer: Layer, step: int) -> None:
    """Update the parameters of one layer; what is not trained already stands in `after`."""
    shift(board, plan, step, layer.weight, layer.weight + layer.n * layer.m)
    if plan.train_biases:
        shift(board, plan, step, layer.bias, layer.bias + layer.biases)


@compilable
def move_all(board: Floats, plan: Plan, step: int) -> None:
    """Update every parameter; the weights come first, so that frozen biases are left out."""
    count = plan.parameters if plan.train_biases else plan.weights
    if plan.clips:
        clip(board, plan.gradient, plan.clipped, plan.scale, plan.theta - 1, count)
    shift(board, plan, step, 0, count)


@compilable
def shift(board: Floats, plan: Plan, step: int, start: int, stop: int) -> None:
    gradient = plan.clipped if plan.clips else plan.gradient
    update(
        plan.optimizer, board, plan.theta, plan.after, gradient, plan.memory,
        plan.memory_after, plan.parameters, plan.options, step - plan.since, start, stop,
    )  # fmt: skip


@compilable
def copy(board: Floats, source: int, target: int, count: int) -> None:
    for i in range(count):
        board[target + i] = board[source + i]


@compilable
def write(tape: Floats, row: int, board: Floats, start: int) -> None:
    """Keep the cells from `start` on as a row of the tape; a tape without rows keeps nothing."""
    if tape.shape[0] > 0:
        for i in range(tape.shape[1]):
            tape[row, i] = board[start + i]


@compilable
def restore(board: Floats, start: int, tape: Floats, row: int) -> None:
    """The other way round."""
    if tape.shape[0] > 0:
        for i in range(tape.shape[1]):
            board[start + i] = tape[row, i]


@compilable
def gather(tape: Floats, row: int, board: Floats, places: Ints) -> None:
    """Keep the products of pairs of cells; without pairs every cell, which costs less."""
    if places.shape[0] == 0:
        write(tape, row, board, 0)
    elif tape.shape[0] > 0:
        for c in range(places.shape[0]):
            tape[row, c] = board[places[c, 0]] * board[places[c, 1]]


def example() -> tuple[object, ...]:
    """Arguments of the types that `run` is called with."""
    drawing = Blueprint.of(NetworkSpec((1, 1), ("linear",)), 1)
    board = drawing.board(np.zeros(2), np.zeros((0, 2)))
    column, tape, ints = frozen(np.zeros((1, 1))), np.zeros((0, 0)), np.zeros((0, 2), np.int64)
    return (
        board, drawing.workspace(), drawing.plan, drawing.table, column, column, ints, 0, 1,
        0, 0, False, False, tape, tape, np.zeros(0), tape, ints,
    )  # fmt: skip


@compilable
def tell(losses: Floats, step: int, error: float) -> None:
    if losses.size > 0:
        losses[step] = error


def running(forward: AnyFunction, learn: AnyFunction) -> AnyFunction:
    """The run of one path. Its passes are told whether there are `fresh` examples on the board,
    and whether their values are `kept`, that is, have to be on the board afterwards.
    """

    def run(
        board: Floats, work: Floats, plan: Plan, layers: Ints, inputs: Floats, targets: Floats,
        orders: Ints, first_epoch: int, size: int, first: int, steps: int, ahead: bool,
        replay: bool, thetas: Floats, memories: Floats, losses: Floats, values: Floats,
        places: Ints,
    ) -> None:  # fmt: skip
        """Make `steps` updates from the state on the board; the first of them is update first+1.

        The data set is inputs (n, n_0) and targets (n, K); its examples are used in the order
        `orders` (epochs, n) from `first_epoch` on, or (1, n) for every epoch, `size` at a time.

        The last step's values stay on the board, its outcome in `after`. With `ahead` the batch of
        the next update is looked at too, as far as its error. Whatever has rows is recorded:
        thetas (steps, P) and memories (steps, slots P) after each step, losses before each (and the
        one ahead), values (steps, C) the products of the cells `places` (C, 2), or without places
        (steps, cells) the whole board. In a replay thetas and memories are read instead: the states
        before each step.
        """
        last = layer_at(layers, plan.depth)
        n = inputs.shape[0]
        epoch, start, stop = span(first, n, size)
        same = size >= n and orders.shape[0] == 1  # every update has the same batch
        for s in range(steps + ahead):
            kept = s + 1 >= steps or values.shape[0] > 0
            fresh = s == 0 or not same
            if replay:
                restore(board, plan.theta, thetas, s)
                restore(board, plan.after, thetas, s)
                restore(board, plan.memory, memories, s)
            elif s > 0:  # what came out of an update is where the next one starts
                copy(board, plan.after, plan.theta, plan.parameters)
                copy(board, plan.memory_after, plan.memory, plan.net - plan.memory)
            if fresh:
                order = orders[0 if orders.shape[0] == 1 else epoch - first_epoch]
                pick(board, plan.out, plan.targets, inputs, targets, order, start, stop)
            forward(board, work, plan, layers, stop - start, fresh, kept)
            judge(board, plan, last, stop - start)
            tell(losses, s, board[plan.batch_error])
            if s < steps:
                learn(board, work, plan, layers, stop - start, first + s, kept)
                gather(values, s, board, places)
                if not replay:
                    write(thetas, s, board, plan.after)
                    write(memories, s, board, plan.memory_after)
            epoch, start, stop = following(epoch, stop, n, size)

    return compilable(run)
