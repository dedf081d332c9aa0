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
from app.nn.batches import span
from app.nn.board import Blueprint, Layer, Plan, layer_at
from app.nn.compilable import compilable, entry
from app.nn.losses import measure
from app.nn.optimizers import update
from app.nn.spec import NetworkSpec


@compilable
def pick(
    board: Floats, plan: Plan, first: Layer, inputs: Floats, targets: Floats, order: Ints,
    start: int, stop: int,
) -> None:  # fmt: skip
    """Write the examples order[start:stop] on the board."""
    k = targets.shape[1]
    for place in range(start, stop):
        row = place - start
        for i in range(first.n):
            board[first.out + row * first.n + i] = inputs[order[place], i]
        for o in range(k):
            board[plan.targets + row * k + o] = targets[order[place], o]


@compilable
def forward(board: Floats, plan: Plan, layers: Ints, rows: int) -> None:
    for index in range(1, plan.depth + 1):
        layer = layer_at(layers, index)
        net_inputs(board, plan, layer, rows)
        activate(board, layer, rows)


@compilable
def net_inputs(board: Floats, plan: Plan, layer: Layer, rows: int) -> None:
    """net = W out + b, for every example."""
    for row in range(rows):
        below = layer.below + row * layer.m
        for j in range(layer.n):
            weights = plan.theta + layer.weight + j * layer.m
            net = 0.0
            for i in range(layer.m):
                net += board[weights + i] * board[below + i]
            if layer.biases > 0:
                net += board[plan.theta + layer.bias + min(j, layer.biases - 1)]
            board[layer.net + row * layer.n + j] = net


@compilable
def activate(board: Floats, layer: Layer, rows: int) -> None:
    apply(layer.activation, board, layer.net, layer.out, rows, layer.n)


@compilable
def judge(board: Floats, plan: Plan, last: Layer, rows: int) -> None:
    """Every output's error and dE/dout, every example's error, the error of the batch."""
    measure(
        plan.loss, board, plan.targets, last.out, plan.errors, last.gap, rows, last.n
    )  # fmt: skip
    board[plan.factor] = 1.0 / rows if plan.mean else 1.0
    total = 0.0
    for row in range(rows):
        error = 0.0
        for o in range(last.n):
            error += board[plan.errors + row * last.n + o]
        board[plan.totals + row] = error
        total += error
    board[plan.batch_error] = total * board[plan.factor]


@compilable
def learn(board: Floats, plan: Plan, layers: Ints, rows: int, step: int) -> None:
    """Backward and update. In sequential order a layer moves before the one below is reached."""
    for index in range(plan.depth, 0, -1):
        layer = layer_at(layers, index)
        if index < plan.depth:
            gaps(board, plan, layer, layer_at(layers, index + 1), rows)
        respond(board, layer, rows)
        weight_gradient(board, plan, layer, rows)
        bias_gradient(board, plan, layer, rows)
        if plan.sequential:
            move(board, plan, layer, step)
    if not plan.sequential:
        for index in range(1, plan.depth + 1):
            move(board, plan, layer_at(layers, index), step)


@compilable
def gaps(board: Floats, plan: Plan, layer: Layer, above: Layer, rows: int) -> None:
    """dE/dout = W^T delta of the layer above; in sequential order through its new weights."""
    theta = (plan.after if plan.sequential else plan.theta) + above.weight
    for row in range(rows):
        gap = layer.gap + row * layer.n
        for i in range(layer.n):
            board[gap + i] = 0.0
        for k in range(above.n):
            delta = board[above.delta + row * above.n + k]
            weights = theta + k * layer.n
            for i in range(layer.n):
                board[gap + i] += delta * board[weights + i]


@compilable
def respond(board: Floats, layer: Layer, rows: int) -> None:
    """slope, and delta = dE/dout * slope."""
    pull_back(
        layer.activation, board, layer.net, layer.out, layer.gap, layer.slope, layer.delta,
        rows, layer.n,
    )  # fmt: skip


@compilable
def weight_gradient(board: Floats, plan: Plan, layer: Layer, rows: int) -> None:
    """dE/dW = (sum over examples of delta out^T) * factor."""
    for j in range(layer.n):
        gradient = plan.gradient + layer.weight + j * layer.m
        for i in range(layer.m):
            board[gradient + i] = 0.0
        for row in range(rows):
            delta = board[layer.delta + row * layer.n + j]
            below = layer.below + row * layer.m
            for i in range(layer.m):
                board[gradient + i] += delta * board[below + i]
        for i in range(layer.m):
            board[gradient + i] *= board[plan.factor]


@compilable
def bias_gradient(board: Floats, plan: Plan, layer: Layer, rows: int) -> None:
    """dE/db = (sum over examples of delta) * factor; a shared bias adds up its whole layer."""
    width = layer.n if layer.biases == 1 else 1  # how many neurons have this bias
    for b in range(layer.biases):
        total = 0.0
        for row in range(rows):
            delta = layer.delta + row * layer.n + b
            for j in range(width):
                total += board[delta + j]
        board[plan.gradient + layer.bias + b] = total * board[plan.factor]


@compilable
def move(board: Floats, plan: Plan, layer: Layer, step: int) -> None:
    """Update the parameters of one layer; what is not trained already stands in `after`."""
    shift(board, plan, step, layer.weight, layer.weight + layer.n * layer.m)
    if plan.train_biases:
        shift(board, plan, step, layer.bias, layer.bias + layer.biases)


@compilable
def shift(board: Floats, plan: Plan, step: int, start: int, stop: int) -> None:
    update(
        plan.optimizer, board, plan.theta, plan.after, plan.gradient, plan.memory,
        plan.memory_after, plan.parameters, plan.options, step, start, stop,
    )  # fmt: skip


@compilable
def copy(board: Floats, source: int, target: int, count: int) -> None:
    for i in range(count):
        board[target + i] = board[source + i]


@compilable
def accept(board: Floats, plan: Plan) -> None:
    """What came out of an update is where the next one starts."""
    copy(board, plan.after, plan.theta, plan.parameters)
    copy(board, plan.memory_after, plan.memory, plan.net - plan.memory)


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
    """Keep the products of pairs of cells."""
    if tape.shape[0] > 0:
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
    one ahead), values (steps, C) the products of the cells `places` (C, 2). In a replay thetas
    and memories are read instead: the states before each step.
    """
    last = layer_at(layers, plan.depth)
    for s in range(steps + 1 if ahead else steps):
        if replay:
            restore(board, plan.theta, thetas, s)
            restore(board, plan.after, thetas, s)
            restore(board, plan.memory, memories, s)
        elif s > 0:
            accept(board, plan)
        epoch, start, stop = span(first + s, inputs.shape[0], size)
        order = orders[0 if orders.shape[0] == 1 else epoch - first_epoch]
        pick(board, plan, layer_at(layers, 0), inputs, targets, order, start, stop)
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
