"""The board: one flat float64 vector on which a step writes every value it computes.

Each kind of value has its own stretch of cells, so a name is a place on the board (or the
product of two places), whoever asks: a trace of one step, or a recording of a million.

Values per neuron and example lie layer after layer, (rows, n_l) each. The board has room for a
full batch; a shorter one leaves the last rows of every layer untouched, so places never move.
Compiled code reads places from plain integers: tuples of arrays would cost it reference counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats, Ints
from app.nn.compilable import compilable
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS
from app.nn.registry import code, number
from app.nn.spec import Arithmetic, NetworkSpec, arithmetic

LANES = 4  # in the lanes path examples go side by side in fours


class Plan(NamedTuple):
    """A network and a batch size as compiled code reads them: choices, sizes, first cells."""

    loss: int
    collapses: bool  # the loss writes the output layer's delta itself
    optimizer: int
    mean: bool
    sequential: bool
    train_biases: bool
    clips: bool
    since: int  # how many updates were made before the optimizer took over
    depth: int
    rows: int
    parameters: int
    weights: int  # how many of the parameters, the first ones
    neurons: int  # of all layers, the inputs included
    # first cells, in the order of computation
    one: int  # a single 1, the other factor of a place that is no product
    options: int  # of the optimizer, in its order: learning rate first, clip norm last
    theta: int
    memory: int  # before the update, slot after slot
    net: int
    out: int  # layer 0 holds the inputs
    targets: int
    errors: int  # (rows, K): the term of each output
    totals: int  # (rows,): the error of each example
    batch_error: int  # one cell: the reduced error
    gap: int  # dE/dout, per example
    slope: int  # dout/dnet; of a joint output layer (rows, 2 K), see softmax.py
    delta: int  # dE/dnet, per example
    gradient: int  # dE/dtheta of the batch
    factor: int  # one cell: the factor of the reduction
    scale: int  # one cell: what clipping multiplies every gradient by; none without clipping
    clipped: int  # the gradient that the update uses when it is clipped
    after: int  # theta after the update
    memory_after: int
    end: int


class Layer(NamedTuple):
    """One layer as compiled code reads it: sizes and first cells on the board."""

    n: int  # neurons
    m: int  # neurons of the layer below
    biases: int  # n, 1 when shared, 0 with mode none
    activation: int
    slopes: int  # cells of `slope` for each example: n, 2n of a joint layer
    first: int  # how many neurons the layers below have
    weight: int  # its first weight and bias, counted within the parameters
    bias: int
    net: int
    out: int
    below: int  # `out` of the layer below
    gap: int
    slope: int
    delta: int


@compilable
def layer_at(layers: Ints, index: int) -> Layer:
    """Row `index` of the table of layers."""
    return Layer(
        layers[index, 0], layers[index, 1], layers[index, 2], layers[index, 3],
        layers[index, 4], layers[index, 5], layers[index, 6], layers[index, 7],
        layers[index, 8], layers[index, 9], layers[index, 10], layers[index, 11],
        layers[index, 12], layers[index, 13],
    )  # fmt: skip


@compilable
def stride_of(rows: int) -> int:
    """How many lanes the examples of a batch take."""
    return (rows + LANES - 1) // LANES * LANES


@dataclass(frozen=True, slots=True, eq=False)
class Blueprint:
    """How the boards of one network and batch size are made; shared by all its requests.

    `table` is (L+1, fields of Layer) for compiled code, `layers` the same for Python.
    """

    spec: NetworkSpec
    path: Arithmetic
    plan: Plan
    table: Ints
    layers: tuple[Layer, ...]
    options: Floats

    @classmethod
    def of(cls, spec: NetworkSpec, rows: int, path: Arithmetic | None = None) -> Blueprint:
        """`path` is the network's recorded arithmetic, else what (spec, rows) says."""
        return blueprint(spec, rows, path or arithmetic(spec, rows))

    def board(self, theta: Floats, memory: Floats) -> Floats:
        """A fresh board that holds a state."""
        plan = self.plan
        board = aligned(plan.end)
        board[plan.one] = 1.0
        board[plan.options : plan.theta] = self.options
        board[plan.theta : plan.memory] = theta
        board[plan.memory : plan.net] = memory.ravel()
        board[plan.after : plan.memory_after] = theta
        return board

    def workspace(self) -> Floats:
        """Where examples lie in lanes: net, out, gap, slope and delta of every neuron."""
        plan, in_lanes = self.plan, self.path == "lanes"
        return aligned(5 * plan.neurons * stride_of(plan.rows) if in_lanes else 0)


def aligned(count: int) -> Floats:
    """Cells that begin where a line of the processor's cache does."""
    cells = np.zeros(count + 8)
    start = -cells.ctypes.data % 64 // 8
    return cells[start : start + count]


@lru_cache(maxsize=256)
def blueprint(spec: NetworkSpec, rows: int, path: Arithmetic) -> Blueprint:
    options = np.array([number(value) for value in spec.optimizer_options.values()])
    plan = plan_of(spec, rows)
    layers = tuple(layer_of(spec, plan, index) for index in range(spec.depth + 1))
    return Blueprint(spec, path, plan, np.array(layers, dtype=np.int64), layers, options)


def plan_of(spec: NetworkSpec, rows: int) -> Plan:
    parameters = spec.layout.size
    memory = len(spec.memory) * parameters
    neurons = rows * sum(spec.sizes)
    outputs = rows * spec.sizes[-1]
    slopes = neurons + (outputs if joint_output(spec) else 0)
    lengths = (
        1, len(spec.optimizer_options), parameters, memory,  # one, options, theta, memory
        neurons, neurons, outputs, outputs, rows, 1,  # net, out, targets, errors, totals, batch
        neurons, slopes, neurons, parameters, 1,  # gap, slope, delta, gradient, factor
        int(spec.clips), parameters if spec.clips else 0,  # scale, clipped
        parameters, memory,  # after, memory_after
    )  # fmt: skip
    return Plan(
        code(LOSSES, spec.loss),
        LOSSES[spec.loss].needs is not None,
        code(OPTIMIZERS, spec.optimizer.name),
        spec.reduction == "mean",
        spec.update_order == "sequential",
        spec.bias.trainable,
        spec.clips,
        spec.optimizer_since,
        spec.depth,
        rows,
        parameters,
        spec.layout.n_weights,
        sum(spec.sizes),
        *accumulate(lengths, initial=0),
    )


def joint_output(spec: NetworkSpec) -> bool:
    """Whether the slope of the output layer is a matrix."""
    return ACTIVATIONS[spec.activations[-1]].joint


def layer_of(spec: NetworkSpec, plan: Plan, index: int) -> Layer:
    """Layer 0 computes nothing: only its `n` and `out` mean something."""
    layout = spec.layout
    first = sum(spec.sizes[:index])
    before = plan.rows * first
    n = spec.sizes[index]
    m = spec.sizes[index - 1] if index else 0
    return Layer(
        n=n,
        m=m,
        biases=layout.bias_counts[index - 1] if index else 0,
        activation=code(ACTIVATIONS, spec.activations[index - 1]) if index else 0,
        slopes=2 * n if index == spec.depth and joint_output(spec) else n,
        first=first,
        weight=layout.weight_offsets[index - 1] if index else 0,
        bias=layout.bias_offsets[index - 1] if index else 0,
        net=plan.net + before,
        out=plan.out + before,
        below=plan.out + before - plan.rows * m,
        gap=plan.gap + before,
        slope=plan.slope + before,
        delta=plan.delta + before,
    )
