"""One step in slow motion: forward, backward, update, with every intermediate value named.

The numbers are not computed here: a step is the kernel making one update on a board, and a
trace is that board cut into arrays. So what a trace shows is what a long run computes, bit for
bit. Every array is float64, C-contiguous and read-only.

Shapes: N examples, n neurons in the layer, m in the layer below, K outputs, P parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.nn.arrays import Floats, frozen
from app.nn.board import Blueprint
from app.nn.engine import execute
from app.nn.spec import Arithmetic, NetworkSpec
from app.nn.state import State, start
from app.nn.views import LayerView, layer_view

__all__ = [
    "BackwardLayer", "BackwardTrace", "Errors", "ForwardLayer", "ForwardTrace", "State",
    "StepTrace", "backward", "forward", "start", "step",
]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    per_output: Floats  # (N, K)
    per_example: Floats  # (N,): E_total of each example
    total: float  # E_batch: reduced over the examples


class ForwardLayer(NamedTuple):
    net: Floats  # (N, n)
    out: Floats  # (N, n)


@dataclass(frozen=True, slots=True, eq=False)
class ForwardTrace:
    inputs: Floats  # (N, n_0)
    layers: tuple[ForwardLayer, ...]  # layers 1..L
    targets: Floats | None  # (N, K)
    errors: Errors | None  # None without targets

    @property
    def outputs(self) -> Floats:
        """(N, K)"""
        return self.layers[-1].out


class BackwardLayer(NamedTuple):
    """dE_dout, slope and delta are per example; dE_dW and dE_db of the batch, reduced.

    `weights` are the ones through which delta flows to the layer below: those before the
    update, in sequential order those after it.
    """

    dE_dout: Floats  # (N, n)
    slope: Floats  # (N, n): dout/dnet; of softmax the diagonals of its Jacobians
    delta: Floats  # (N, n): dE/dnet
    dE_dW: Floats  # (n, m)
    dE_db: Floats | None  # (n,), (1,) when shared, None with mode none
    joint: bool  # softmax: the slope is a matrix, see softmax.jacobians
    weights: Floats  # (n, m)


@dataclass(frozen=True, slots=True, eq=False)
class BackwardTrace:
    forward: ForwardTrace
    layers: tuple[BackwardLayer, ...]  # layers 1..L
    gradient: Floats  # (P,)
    reduction_factor: float  # 1/N with mean, else 1


@dataclass(frozen=True, slots=True, eq=False)
class StepTrace:
    """`board` and `blueprint` are where `names` finds any single value of the step."""

    before: State
    backward: BackwardTrace
    after: State
    board: Floats
    blueprint: Blueprint


def forward(
    spec: NetworkSpec,
    theta: Floats,
    inputs: Floats,
    targets: Floats | None = None,
    *,
    path: Arithmetic | None = None,
) -> ForwardTrace:
    """What the network answers to inputs (N, n_0); errors too if targets (N, K) are given.

    `path` is the arithmetic recorded for the network; without it the number of rows decides.
    """
    inputs = frozen(inputs)
    wanted = np.zeros((len(inputs), spec.sizes[-1])) if targets is None else targets
    drawing = Blueprint.of(spec, len(inputs), path)
    board = drawing.board(theta, np.zeros((len(spec.memory), len(theta))))
    execute(drawing, board, inputs, frozen(wanted), steps=0, ahead=True)
    board = frozen(board)
    return forward_trace(drawing, board, views_of(drawing, board), judged=targets is not None)


def backward(
    spec: NetworkSpec,
    state: State,
    inputs: Floats,
    targets: Floats,
    *,
    path: Arithmetic | None = None,
) -> BackwardTrace:
    """The gradient and everything on the way to it, at a state, on one batch."""
    return step(spec, state, inputs, targets, path=path).backward


def step(
    spec: NetworkSpec,
    state: State,
    inputs: Floats,
    targets: Floats,
    *,
    path: Arithmetic | None = None,
) -> StepTrace:
    """One update on the batch inputs (N, n_0), targets (N, K), whatever `spec.batch` says."""
    drawing = Blueprint.of(spec, len(inputs), path)
    board = drawing.board(state.theta, state.memory)
    execute(drawing, board, frozen(inputs), frozen(targets), steps=1, first=state.step)
    board = frozen(board)
    plan = drawing.plan
    after = State(
        board[plan.after : plan.memory_after],
        board[plan.memory_after : plan.end].reshape(state.memory.shape),
        state.step + 1,
    )
    return StepTrace(state, backward_trace(drawing, board), after, board, drawing)


def views_of(drawing: Blueprint, board: Floats) -> list[LayerView]:
    """Of layers 1..L."""
    return [
        layer_view(board, drawing.plan, layer, drawing.plan.rows) for layer in drawing.layers[1:]
    ]


def forward_trace(
    drawing: Blueprint, board: Floats, views: Sequence[LayerView], *, judged: bool
) -> ForwardTrace:
    plan, rows = drawing.plan, drawing.plan.rows
    errors = Errors(
        board[plan.errors : plan.totals].reshape(rows, -1),
        board[plan.totals : plan.batch_error],
        float(board[plan.batch_error]),
    )
    return ForwardTrace(
        views[0].below,
        tuple(ForwardLayer(view.net, view.out) for view in views),
        board[plan.targets : plan.errors].reshape(rows, -1) if judged else None,
        errors if judged else None,
    )


def backward_trace(drawing: Blueprint, board: Floats) -> BackwardTrace:
    plan, views = drawing.plan, views_of(drawing, board)
    return BackwardTrace(
        forward_trace(drawing, board, views, judged=True),
        tuple(backward_layer(view, sequential=plan.sequential) for view in views),
        board[plan.gradient : plan.factor],
        float(board[plan.factor]),
    )


def backward_layer(view: LayerView, *, sequential: bool) -> BackwardLayer:
    return BackwardLayer(
        view.gap,
        np.ascontiguousarray(view.slope),
        view.delta,
        view.dE_dW,
        view.dE_db if view.dE_db.size else None,
        view.joint,
        view.weights_after if sequential else view.weights,
    )
