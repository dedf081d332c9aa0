"""Gradient clipping: an update may use all gradients made shorter together, never longer.

The gradients themselves stay as they are: what the update is to use stands in cells of its own,
which a board has only when its network clips.
"""

from __future__ import annotations

import math

from app.nn.arrays import Floats
from app.nn.compilable import compilable

# Added to the norm, as in PyTorch's clip_grad_norm_, so that a norm of 0 divides nothing.
ROOM = 1e-6


@compilable
def clip(board: Floats, gradient: int, clipped: int, scale: int, limit: int, count: int) -> None:
    """g * min(1, limit / (norm(g) + 1e-6)) over the `count` parameters that are trained.

    `limit` and `scale` are cells: what is given, and what every gradient is multiplied by.
    """
    squares = 0.0
    for i in range(count):
        squares += board[gradient + i] * board[gradient + i]
    ratio = board[limit] / (math.sqrt(squares) + ROOM)
    board[scale] = 1.0 if ratio > 1.0 else ratio  # a NaN stays one
    for i in range(count):
        board[clipped + i] = board[gradient + i] * board[scale]
