"""The arithmetic of small networks with several examples: the examples side by side, in lanes.

The same operations as in `loops.py`, on a workspace where the cells of a neuron, one for each
example, are neighbours, so that the processor computes four or eight examples at a time. What
differs is the order in which a gradient is summed, as four sums of every fourth example, and that
tanh and sigmoid are those of `exponentials.py`.

In the workspace stand net, out, gap, slope and delta of every neuron, in this order, `stride` cells
each. Lanes beyond the last example hold numbers that nothing reads. The output layer goes back to
the board, where the error is found, and so does whatever is kept.
"""

from __future__ import annotations

from app.nn import exponentials
from app.nn.activations import ACTIVATIONS, apply, pull_back
from app.nn.arrays import Floats, Ints
from app.nn.board import LANES, Layer, Plan, layer_at, stride_of
from app.nn.compilable import compilable, entry
from app.nn.losses import collapse
from app.nn.registry import code
from app.nn.runs import example, move, move_all, running
from app.nn.softmax import softmax, softmax_pull_back

TANH, SIGMOID = code(ACTIVATIONS, "tanh"), code(ACTIVATIONS, "sigmoid")


@compilable
def forward(
    board: Floats, work: Floats, plan: Plan, layers: Ints, rows: int, fresh: bool, kept: bool
) -> None:
    stride = stride_of(rows)
    apart = plan.neurons * stride  # from the net of a neuron to its out
    if fresh:
        given = layer_at(layers, 0)
        turn(board, given.out, work, apart, rows, given.n, stride)
    for index in range(1, plan.depth + 1):
        layer = layer_at(layers, index)
        net = layer.first * stride
        out, below = net + apart, net + apart - layer.m * stride
        mix(
            board, plan.theta + layer.weight, layer.m, 1, plan.theta + layer.bias, layer.biases,
            work, below, net, stride, layer.n, layer.m,
        )  # fmt: skip
        shown = kept or index == plan.depth
        if shown:
            turn_back(work, net, board, layer.net, rows, layer.n, stride)
        if joint(layer):
            softmax(board, layer.net, layer.out, rows, layer.n)
        else:
            activate(layer.activation, work, net, out, stride, layer.n)
            if shown:
                turn_back(work, out, board, layer.out, rows, layer.n, stride)


@compilable
def joint(layer: Layer) -> bool:
    """Softmax, which belongs to the output layer and looks at one example at a time."""
    return layer.slopes != layer.n


@compilable
def activate(chosen: int, work: Floats, net: int, out: int, stride: int, n: int) -> None:
    if chosen == TANH:
        exponentials.tanh(work, net, out, stride * n)
    elif chosen == SIGMOID:
        exponentials.sigmoid(work, net, out, stride * n)
    else:
        apply(chosen, work, net, out, stride, n)


@compilable
def backward(
    board: Floats, work: Floats, plan: Plan, layers: Ints, index: int, rows: int, kept: bool
) -> None:
    """From the delta of the layer above, or dE/dout of the outputs, to the gradients of a layer."""
    layer, stride = layer_at(layers, index), stride_of(rows)
    apart = plan.neurons * stride
    net = layer.first * stride
    out = net + apart
    gap = out + apart
    slope = gap + apart
    delta = slope + apart
    if index == plan.depth:
        turn(board, layer.gap, work, gap, rows, layer.n, stride)
    else:
        flow = plan.after if plan.sequential else plan.theta
        above = layer_at(layers, index + 1)
        mix(
            board, flow + above.weight, 1, layer.n, 0, 0,
            work, delta + layer.n * stride, gap, stride, layer.n, above.n,
        )  # fmt: skip
    if joint(layer):
        softmax_pull_back(
            board, layer.net, layer.out, layer.gap, layer.slope, layer.delta, rows, layer.n
        )
    else:
        pull_back(layer.activation, work, net, out, gap, slope, delta, stride, layer.n)
    collapses = plan.collapses and index == plan.depth
    if collapses:
        collapse(plan.loss, board, plan.targets, layer.net, layer.out, layer.delta, rows, layer.n)
    if collapses or joint(layer):
        turn(board, layer.delta, work, delta, rows, layer.n, stride)
    below = out - layer.m * stride
    weights, biases = plan.gradient + layer.weight, plan.gradient + layer.bias
    weight_gradient(work, delta, below, rows, stride, board, weights, layer.n, layer.m, plan.factor)
    bias_gradient(work, delta, rows, stride, board, biases, layer.n, layer.biases, plan.factor)
    if kept and not joint(layer):
        turn_back(work, gap, board, layer.gap, rows, layer.n, stride)
        turn_back(work, slope, board, layer.slope, rows, layer.n, stride)
        turn_back(work, delta, board, layer.delta, rows, layer.n, stride)


@compilable
def learn(
    board: Floats, work: Floats, plan: Plan, layers: Ints, rows: int, step: int, kept: bool
) -> None:
    """Backward and update. In sequential order a layer moves before the one below is reached."""
    for index in range(plan.depth, 0, -1):
        backward(board, work, plan, layers, index, rows, kept)
        if plan.sequential:
            move(board, plan, layer_at(layers, index), step)
    if not plan.sequential:
        move_all(board, plan, step)


@compilable
def turn(
    board: Floats, first: int, work: Floats, lanes: int, rows: int, n: int, stride: int
) -> None:
    """(rows, n) on the board into (n, stride) in the workspace."""
    for j in range(n):
        for row in range(rows):
            work[lanes + j * stride + row] = board[first + row * n + j]


@compilable
def turn_back(
    work: Floats, lanes: int, board: Floats, first: int, rows: int, n: int, stride: int
) -> None:
    """The other way round."""
    for j in range(n):
        for row in range(rows):
            board[first + row * n + j] = work[lanes + j * stride + row]


@compilable
def mix(
    board: Floats, weights: int, down: int, along: int, bias: int, biases: int,
    work: Floats, source: int, target: int, stride: int, n: int, m: int,
) -> None:  # fmt: skip
    """A matrix times the lanes of m neurons: net = W out + b, or dE/dout = W^T delta.

    From one row of the matrix to the next there are `down` cells, from number to number `along`.
    """
    for j in range(n):
        for lane in range(0, stride, LANES):
            a = b = c = d = 0.0
            for i in range(m):
                weight = board[weights + j * down + i * along]
                place = source + i * stride + lane
                a += weight * work[place]
                b += weight * work[place + 1]
                c += weight * work[place + 2]
                d += weight * work[place + 3]
            if biases > 0:
                shift = board[bias + j if biases == n else bias]
                a, b, c, d = a + shift, b + shift, c + shift, d + shift
            place = target + j * stride + lane
            work[place] = a
            work[place + 1] = b
            work[place + 2] = c
            work[place + 3] = d


@compilable
def weight_gradient(
    work: Floats, deltas: int, below: int, rows: int, stride: int, board: Floats, gradient: int,
    n: int, m: int, factor: int,
) -> None:  # fmt: skip
    """dE/dW = (sum over examples of delta out^T) * factor."""
    scale = board[factor]
    for j in range(n):
        for i in range(m):
            total = product(work, deltas + j * stride, below + i * stride, rows)
            board[gradient + j * m + i] = total * scale


@compilable
def product(work: Floats, one: int, other: int, rows: int) -> float:
    """The sum over the examples of one neuron's lanes times another's."""
    a = b = c = d = 0.0
    whole = rows // LANES * LANES
    for lane in range(0, whole, LANES):
        a += work[one + lane] * work[other + lane]
        b += work[one + lane + 1] * work[other + lane + 1]
        c += work[one + lane + 2] * work[other + lane + 2]
        d += work[one + lane + 3] * work[other + lane + 3]
    for lane in range(whole, rows):
        a += work[one + lane] * work[other + lane]
    return (a + b) + (c + d)


@compilable
def bias_gradient(
    work: Floats, deltas: int, rows: int, stride: int, board: Floats, gradient: int,
    n: int, biases: int, factor: int,
) -> None:  # fmt: skip
    """dE/db = (sum over examples of delta) * factor; a shared bias adds up its whole layer."""
    width = n if biases == 1 else 1  # how many neurons have this bias
    for b in range(biases):
        total = 0.0
        for j in range(b, b + width):
            total += added_up(work, deltas + j * stride, rows)
        board[gradient + b] = total * board[factor]


@compilable
def added_up(work: Floats, first: int, rows: int) -> float:
    """The sum over the examples of a neuron's lanes."""
    a = b = c = d = 0.0
    whole = rows // LANES * LANES
    for lane in range(first, first + whole, LANES):
        a += work[lane]
        b += work[lane + 1]
        c += work[lane + 2]
        d += work[lane + 3]
    for lane in range(first + whole, first + rows):
        a += work[lane]
    return (a + b) + (c + d)


updates = running(forward, learn)


@entry(example, superwords=True)
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
