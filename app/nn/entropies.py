"""The cross-entropies: read together with the activation that makes their outputs.

A saturated output is 0 or 1 in float64, and its logarithm and its slope are lost. Both the
error and delta = dE/dnet are therefore computed from the net inputs, where the two factors
dE/dout and dout/dnet collapse into one; dE/dout is still told as it is, infinite if need be.
"""

from __future__ import annotations

import math

from app.nn.activations import sigmoid
from app.nn.arrays import Floats
from app.nn.compilable import compilable
from app.nn.softmax import largest


@compilable
def signed_infinity(sign: float) -> float:
    return math.inf if sign > 0.0 else -math.inf


@compilable
def binary_term(t: float, z: float) -> float:
    """-(t ln o + (1-t) ln(1-o)) with o = sigmoid(z), from z."""
    return (z if z > 0.0 else 0.0) - t * z + math.log1p(math.exp(-abs(z)))


@compilable
def binary_slope(t: float, o: float) -> float:
    """(o-t)/(o(1-o)); at an output of exactly 0 or 1 its limit."""
    spread = o * (1.0 - o)
    if spread != 0.0:
        return (o - t) / spread
    if o == t:
        return 1.0 - 2.0 * o
    return signed_infinity(o - t)


@compilable
def binary_cross_entropy(
    board: Floats, targets: int, net: int, out: int, errors: int, gap: int, rows: int, k: int
) -> None:
    for i in range(rows * k):
        board[errors + i] = binary_term(board[targets + i], board[net + i])
        board[gap + i] = binary_slope(board[targets + i], board[out + i])


@compilable
def binary_cross_entropy_delta(
    board: Floats, targets: int, net: int, _out: int, delta: int, rows: int, k: int
) -> None:
    """(1-t) sigmoid(z) - t sigmoid(-z), which is o - t without the rounding of o."""
    for i in range(rows * k):
        t, z = board[targets + i], board[net + i]
        board[delta + i] = (1.0 - t) * sigmoid(z) - t * sigmoid(-z)


@compilable
def share_slope(t: float, o: float) -> float:
    """-t/o, and 0 where t is 0."""
    if t == 0.0:
        return 0.0
    return -t / o if o != 0.0 else signed_infinity(-t)


@compilable
def cross_entropy(
    board: Floats, targets: int, net: int, out: int, errors: int, gap: int, rows: int, k: int
) -> None:
    """-t ln o = t (ln sum e^z - z), with the largest z taken out of the sum."""
    for row in range(rows):
        first = row * k
        top = largest(board, net + first, k)
        rest = 0.0
        for i in range(first, first + k):
            if i != first + top:
                rest += math.exp(board[net + i] - board[net + first + top])
        for i in range(first, first + k):
            t = board[targets + i]
            surprise = math.log1p(rest) + (board[net + first + top] - board[net + i])
            board[errors + i] = t * surprise if t != 0.0 else 0.0
            board[gap + i] = share_slope(t, board[out + i])


@compilable
def cross_entropy_delta(
    board: Floats, targets: int, _net: int, out: int, delta: int, rows: int, k: int
) -> None:
    """o sum(t) - t, which is o - t where the targets add up to 1."""
    for row in range(rows):
        first = row * k
        wanted = 0.0
        for i in range(first, first + k):
            wanted += board[targets + i]
        for i in range(first, first + k):
            board[delta + i] = board[out + i] * wanted - board[targets + i]
