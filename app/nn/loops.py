"""The arithmetic of small networks: plain loops over the board, compiled when the kernel is loaded.

This is where the numbers come from, in the order of operations that conventions fix: net is
summed in source order, then + b; delta = dE/dout * slope; dE/dw = delta * out, summed over the
examples in their order, times the factor of the reduction.

Whether it runs as Python or compiled, the bits are the same: `math` functions only, no power
with an integer exponent, no division that Python would refuse.
"""

from __future__ import annotations

import numpy as np

from app.nn.activations import apply, pull_back
from app.nn.arrays import Floats, Ints, frozen
from app.nn.batches import following, span
from app.nn.board import Blueprint, Layer, Plan, layer_at
from app.nn.clipping import clip
from app.nn.compilable import compilable, entry
from app.nn.losses import collapse, measure
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
def forward(board: Floats, plan: Plan, layers: Ints, rows: int) -> None:
    for index in range(1, plan.depth + 1):
        layer = layer_at(layers, index)
        weights, biases = plan.theta + layer.weight, plan.theta + layer.bias
        net_inputs(
            board, weights, biases, layer.biases, layer.below, layer.net, rows, layer.n, layer.m
        )
        apply(layer.activation, board, layer.net, layer.out, rows, layer.n)


@compilable
def net_inputs(
    board: Floats, weights: int, bias: int, biases: int, below: int, net: int,
    rows: int, n: int, m: int,
) -> None:  # fmt: skip
    """net = W out + b, for every example."""
    for row in range(rows):
        source = below + row * m
        for j in range(n):
            total = 0.0
            for i in range(m):
                total += board[weights + j * m + i] * board[source + i]
            if biases > 0:
                total += board[bias + j if biases == n else bias]
            board[net + row * n + j] = total


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
def learn(board: Floats, plan: Plan, layers: Ints, rows: int, step: int) -> None:
    """Backward and update. In sequential order a layer moves before the one below is reached."""
    flow = plan.after if plan.sequential else plan.theta
    for index in range(plan.depth, 0, -1):
        layer = layer_at(layers, index)
        if index < plan.depth:
            above = layer_at(layers, index + 1)
            gaps(board, flow + above.weight, above.delta, layer.gap, rows, above.n, layer.n)
        pull_back(
            layer.activation, board, layer.net, layer.out, layer.gap, layer.slope, layer.delta,
            rows, layer.n,
        )  # fmt: skip
        if plan.collapses and index == plan.depth:
            collapse(
                plan.loss, board, plan.targets, layer.net, layer.out, layer.delta, rows, layer.n
            )
        weights, biases = plan.gradient + layer.weight, plan.gradient + layer.bias
        weight_gradient(
            board, weights, layer.delta, layer.below, plan.factor, rows, layer.n, layer.m
        )
        bias_gradient(board, biases, layer.delta, plan.factor, rows, layer.n, layer.biases)
        if plan.sequential:
            move(board, plan, layer, step)
    if not plan.sequential:
        move_all(board, plan, step)


@compilable
def gaps(
    board: Floats, weights: int, above: int, gap: int, rows: int, n_above: int, n: int
) -> None:
    """dE/dout = W^T delta of the layer above."""
    for row in range(rows):
        deltas = above + row * n_above
        for i in range(n):
            total = 0.0
            for k in range(n_above):
                total += board[deltas + k] * board[weights + k * n + i]
            board[gap + row * n + i] = total


@compilable
def weight_gradient(
    board: Floats, gradient: int, deltas: int, below: int, factor: int, rows: int, n: int, m: int
) -> None:
    """dE/dW = (sum over examples of delta out^T) * factor."""
    scale = board[factor]
    for j in range(n):
        for i in range(m):
            total = 0.0
            for row in range(rows):
                total += board[deltas + row * n + j] * board[below + row * m + i]
            board[gradient + j * m + i] = total * scale


@compilable
def bias_gradient(
    board: Floats, gradient: int, deltas: int, factor: int, rows: int, n: int, biases: int
) -> None:
    """dE/db = (sum over examples of delta) * factor; a shared bias adds up its whole layer."""
    width = n if biases == 1 else 1  # how many neurons have this bias
    for b in range(biases):
        total = 0.0
        for row in range(rows):
            for j in range(width):
                total += board[deltas + row * n + b + j]
        board[gradient + b] = total * board[factor]


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
        board, drawing.plan, drawing.table, column, column, ints, 0, 1,
        0, 0, False, False, tape, tape, np.zeros(0), tape, ints,
    )  # fmt: skip


@entry(example)
def run(
    board: Floats, plan: Plan, layers: Ints, inputs: Floats, targets: Floats, orders: Ints,
    first_epoch: int, size: int, first: int, steps: int, ahead: bool, replay: bool,
    thetas: Floats, memories: Floats, losses: Floats, values: Floats, places: Ints,
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
    for s in range(steps + 1 if ahead else steps):
        if replay:
            restore(board, plan.theta, thetas, s)
            restore(board, plan.after, thetas, s)
            restore(board, plan.memory, memories, s)
        elif s > 0:  # what came out of an update is where the next one starts
            copy(board, plan.after, plan.theta, plan.parameters)
            copy(board, plan.memory_after, plan.memory, plan.net - plan.memory)
        if s == 0 or not same:
            order = orders[0 if orders.shape[0] == 1 else epoch - first_epoch]
            pick(board, plan.out, plan.targets, inputs, targets, order, start, stop)
        forward(board, plan, layers, stop - start)
        judge(board, plan, last, stop - start)
        if losses.size > 0:
            losses[s] = board[plan.batch_error]
        if s < steps:
            learn(board, plan, layers, stop - start, first + s)
            gather(values, s, board, places)
            if not replay:
                write(thetas, s, board, plan.after)
                write(memories, s, board, plan.memory_after)
        epoch, start, stop = following(epoch, stop, n, size)
