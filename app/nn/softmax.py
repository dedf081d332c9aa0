"""Softmax: e^z / sum e^z, the one activation that looks at its whole layer.

Its slope is a matrix for every example, the Jacobian J_ij = dout_i/dnet_j = out_i (d_ij - out_j).
The board keeps what makes it, two numbers for each output: in the cells of a row first the
diagonal J_ii, then -out_j, which times out_i is J_ij everywhere else.
"""

from __future__ import annotations

import math

import numpy as np

from app.nn.arrays import Floats, frozen
from app.nn.compilable import compilable


@compilable
def largest(board: Floats, first: int, width: int) -> int:
    """Where the largest of some neighbouring cells is, counted from the first; NaN is none."""
    place = 0
    for i in range(1, width):
        if board[first + i] > board[first + place]:
            place = i
    return place


@compilable
def softmax(board: Floats, net: int, out: int, rows: int, width: int) -> None:
    """Shifted by the largest net input, so that no exponent is positive."""
    for row in range(rows):
        first = row * width
        top = board[net + first + largest(board, net + first, width)]
        total = 0.0
        for i in range(first, first + width):
            board[out + i] = math.exp(board[net + i] - top)
            total += board[out + i]
        for i in range(first, first + width):
            board[out + i] /= total


@compilable
def softmax_pull_back(
    board: Floats, _net: int, out: int, gap: int, slope: int, delta: int, rows: int, width: int
) -> None:
    """delta_j = sum_i dE/dout_i J_ij = out_j (dE/dout_j - sum_i dE/dout_i out_i)."""
    for row in range(rows):
        first = row * width
        diagonal, minus = slope + 2 * first, slope + 2 * first + width
        pull = 0.0
        for i in range(width):
            pull += board[gap + first + i] * board[out + first + i]
        for i in range(width):
            share = board[out + first + i]
            board[diagonal + i] = share * (1.0 - share)
            board[minus + i] = -share
            board[delta + first + i] = share * (board[gap + first + i] - pull)


def jacobians(out: Floats) -> Floats:
    """(N, K, K) dout_i/dnet_j of outputs (N, K)."""
    return frozen(out[:, :, None] * (np.eye(out.shape[1]) - out[:, None, :]))
