"""A board as people read it: one array per quantity and layer."""

from __future__ import annotations

from typing import NamedTuple

from app.nn.arrays import Floats
from app.nn.board import Layer, Plan


class LayerView(NamedTuple):
    """Layer l on a board, for the first `rows` examples. Writing to a view writes the board."""

    net: Floats  # (rows, n)
    out: Floats  # (rows, n)
    below: Floats  # (rows, m): out of the layer below
    gap: Floats  # (rows, n): dE/dout
    slope: Floats  # (rows, n); of a joint layer the diagonals
    delta: Floats  # (rows, n)
    weights: Floats  # (n, m), before the update
    weights_after: Floats  # (n, m)
    dE_dW: Floats  # (n, m)
    biases: Floats  # (n,), (1,) when shared, (0,) with mode none; before the update
    dE_db: Floats  # the same shape
    joint: bool


def layer_view(board: Floats, plan: Plan, layer: Layer, rows: int) -> LayerView:
    n, m = layer.n, layer.m

    def examples(start: int, width: int) -> Floats:
        return board[start : start + rows * width].reshape(rows, width)

    def matrix(start: int) -> Floats:
        return board[start + layer.weight : start + layer.weight + n * m].reshape(n, m)

    def vector(start: int) -> Floats:
        return board[start + layer.bias : start + layer.bias + layer.biases]

    return LayerView(
        net=examples(layer.net, n),
        out=examples(layer.out, n),
        below=examples(layer.below, m),
        gap=examples(layer.gap, n),
        slope=examples(layer.slope, layer.slopes)[:, :n],
        delta=examples(layer.delta, n),
        weights=matrix(plan.theta),
        weights_after=matrix(plan.after),
        dE_dW=matrix(plan.gradient),
        biases=vector(plan.theta),
        dE_db=vector(plan.gradient),
        joint=layer.slopes != n,
    )
