"""The arithmetic of small networks: plain loops over the board, compiled when the kernel is loaded.

This is where the numbers come from, in the order of operations that conventions fix: net is
summed in source order, then + b; delta = dE/dout * slope; dE/dw = delta * out, summed over the
examples in their order, times the factor of the reduction.

Whether it runs as Python or compiled, the bits are the same: `math` functions only, no power
with an integer exponent, no division that Python would refuse.
"""

from __future__ import annotations

from app.nn.activations import apply, pull_back
from app.nn.arrays import Floats, Ints
from app.nn.board import Plan, layer_at
from app.nn.compilable import compilable, entry
from app.nn.losses import collapse
from app.nn.runs import example, move, move_all, running


@compilable
def forward(
    board: Floats, _work: Floats, plan: Plan, layers: Ints, rows: int, _fresh: bool, _kept: bool
) -> None:
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
def learn(
    board: Floats, _work: Floats, plan: Plan, layers: Ints, rows: int, step: int, _kept: bool
) -> None:
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


updates = running(forward, learn)


@entry(example)
def run(
    board: Floats, work: Floats, plan: Plan, layers: Ints, inputs: Floats, targets: Floats,
    orders: Ints, first_epoch: int, size: int, first: int, steps: int, ahead: bool,
    replay: bool, thetas: Floats, memories: Floats, losses: Floats, values: Floats,
    places: Ints,
) -> None:  # fmt: skip
    """Many steps, as `runs.running` describes them."""
    updates(
        board, work, plan, layers, inputs, targets, orders, first_epoch, size, first, steps,
        ahead, replay, thetas, memories, losses, values, places,
    )  # fmt: skip
