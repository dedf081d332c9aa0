"""The arithmetic of large networks: matrix products by BLAS, everything else by the kernel.

The sums of a product are made in an order that BLAS chooses, so these networks promise
tolerances across machines, not bits; on one machine the same shapes still give the same bits.
`run` is the twin of the kernel's runs: same arguments, same board, same records.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.nn.activations import apply, pull_back
from app.nn.arrays import Floats, Ints
from app.nn.batches import span
from app.nn.board import Layer, Plan
from app.nn.clipping import clip
from app.nn.compilable import entry
from app.nn.losses import collapse, measure
from app.nn.optimizers import update
from app.nn.views import LayerView, layer_view


def example(count: int) -> Callable[[], tuple[Any, ...]]:
    """Arguments of the types that the doors below are called with: a code, a board, places."""
    return lambda: (0, np.zeros(1), *[0] * count)


@entry(example(4))
def activate(code: int, board: Floats, net: int, out: int, rows: int, n: int) -> None:
    apply(code, board, net, out, rows, n)


@entry(example(7))
def respond(
    code: int, board: Floats, net: int, out: int, gap: int, slope: int, delta: int,
    rows: int, n: int,
) -> None:  # fmt: skip
    pull_back(code, board, net, out, gap, slope, delta, rows, n)


@entry(example(7))
def compare(
    code: int, board: Floats, targets: int, net: int, out: int, errors: int, gap: int,
    rows: int, k: int,
) -> None:  # fmt: skip
    measure(code, board, targets, net, out, errors, gap, rows, k)


@entry(example(6))
def settle(
    code: int, board: Floats, targets: int, net: int, out: int, delta: int, rows: int, k: int
) -> None:
    collapse(code, board, targets, net, out, delta, rows, k)


@entry(lambda: (np.zeros(1), *[0] * 5))
def shorten(board: Floats, gradient: int, clipped: int, scale: int, limit: int, count: int) -> None:
    clip(board, gradient, clipped, scale, limit, count)


@entry(example(10))
def shift(
    code: int, board: Floats, theta: int, after: int, gradient: int, memory: int,
    memory_after: int, count: int, options: int, step: int, start: int, stop: int,
) -> None:  # fmt: skip
    update(
        code, board, theta, after, gradient, memory, memory_after, count, options, step, start, stop
    )


def run(
    board: Floats, _work: Floats, plan: Plan, layers: Ints, inputs: Floats, targets: Floats,
    orders: Ints, first_epoch: int, size: int, first: int, steps: int, ahead: bool,
    replay: bool, thetas: Floats, memories: Floats, losses: Floats, values: Floats,
    places: Ints,
) -> None:  # fmt: skip
    """Many steps, as `runs.running` describes them."""
    table = [Layer(*row) for row in layers.tolist()]
    views: dict[int, list[LayerView]] = {}  # by batch size: the full one and perhaps a short one
    same = size >= len(inputs) and len(orders) == 1  # every update has the same batch
    for s in range(steps + 1 if ahead else steps):
        if replay:
            board[plan.theta : plan.memory] = board[plan.after : plan.memory_after] = thetas[s]
            board[plan.memory : plan.net] = memories[s] if len(memories) else 0.0
        elif s > 0:
            board[plan.theta : plan.memory] = board[plan.after : plan.memory_after]
            board[plan.memory : plan.net] = board[plan.memory_after : plan.end]
        epoch, start, stop = span(first + s, len(inputs), size)
        rows = stop - start
        if rows not in views:
            views[rows] = [layer_view(board, plan, layer, rows) for layer in table]
        if s == 0 or not same:
            chosen = orders[0 if len(orders) == 1 else epoch - first_epoch, start:stop]
            views[rows][0].out[:] = inputs[chosen]
            board[plan.targets : plan.targets + targets[chosen].size] = targets[chosen].ravel()
        forward(board, table, views[rows])
        judge(board, plan, table[-1], rows)
        if len(losses):
            losses[s] = board[plan.batch_error]
        if s < steps:
            learn(board, plan, table, views[rows], first + s)
            record(board, plan, thetas, memories, values, places, s, replay)


def record(
    board: Floats, plan: Plan, thetas: Floats, memories: Floats, values: Floats, places: Ints,
    row: int, replay: bool,
) -> None:  # fmt: skip
    """Whatever has rows is kept."""
    if len(values):
        values[row] = board[places[:, 0]] * board[places[:, 1]] if len(places) else board
    if len(thetas) and not replay:
        thetas[row] = board[plan.after : plan.memory_after]
    if len(memories) and not replay:
        memories[row] = board[plan.memory_after : plan.end]


def forward(board: Floats, table: list[Layer], views: list[LayerView]) -> None:
    for layer, view in zip(table[1:], views[1:], strict=True):
        np.matmul(view.below, view.weights.T, out=view.net)  # (N, m) (m, n) -> (N, n)
        if layer.biases:
            np.add(view.net, view.biases, out=view.net)
        activate(layer.activation, board, layer.net, layer.out, len(view.net), layer.n)


def judge(board: Floats, plan: Plan, last: Layer, rows: int) -> None:
    compare(
        plan.loss, board, plan.targets, last.net, last.out, plan.errors, last.gap, rows, last.n
    )  # fmt: skip
    board[plan.factor] = 1.0 / rows if plan.mean else 1.0
    errors = board[plan.errors : plan.errors + rows * last.n].reshape(rows, last.n)
    totals = board[plan.totals : plan.totals + rows]
    np.sum(errors, axis=1, out=totals)
    board[plan.batch_error] = np.sum(totals) * board[plan.factor]


def learn(board: Floats, plan: Plan, table: list[Layer], views: list[LayerView], step: int) -> None:
    """Backward and update. In sequential order a layer moves before the one below is reached."""
    factor = board[plan.factor]
    for index in range(plan.depth, 0, -1):
        layer, view = table[index], views[index]
        if index < plan.depth:
            above = views[index + 1]
            weights = above.weights_after if plan.sequential else above.weights
            np.matmul(above.delta, weights, out=view.gap)  # (N, k) (k, n) -> (N, n)
        respond(
            layer.activation, board, layer.net, layer.out, layer.gap, layer.slope, layer.delta,
            len(view.net), layer.n,
        )  # fmt: skip
        if plan.collapses and index == plan.depth:
            settle(
                plan.loss, board, plan.targets, layer.net, layer.out, layer.delta,
                len(view.net), layer.n,
            )  # fmt: skip
        np.matmul(view.delta.T, view.below, out=view.dE_dW)  # (n, N) (N, m) -> (n, m)
        np.multiply(view.dE_dW, factor, out=view.dE_dW)
        if layer.biases:
            deltas = view.delta if layer.biases == layer.n else view.delta.sum(axis=1)[:, None]
            np.multiply(deltas.sum(axis=0), factor, out=view.dE_db)
        if plan.sequential:
            move(board, plan, step, layer.weight, layer.weight + view.dE_dW.size)
            if plan.train_biases:
                move(board, plan, step, layer.bias, layer.bias + layer.biases)
    if not plan.sequential:
        count = plan.parameters if plan.train_biases else plan.weights
        if plan.clips:
            shorten(board, plan.gradient, plan.clipped, plan.scale, plan.theta - 1, count)
        move(board, plan, step, 0, count)


def move(board: Floats, plan: Plan, step: int, start: int, stop: int) -> None:
    """Update the parameters start..stop-1."""
    gradient = plan.clipped if plan.clips else plan.gradient
    shift(
        plan.optimizer, board, plan.theta, plan.after, gradient, plan.memory,
        plan.memory_after, plan.parameters, plan.options, step - plan.since, start, stop,
    )  # fmt: skip
