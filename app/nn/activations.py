"""Activation functions, each beside its slope. Another one is one more entry at the foot.

In the kernel an activation works on one layer at a time, on cells of the board that each begin
at the given place and hold (rows, width): `apply` turns net inputs into outputs, `pull_back`
turns dE/dout into slope and delta. `applied` and `pulled_back` make them from functions of a
single number; an activation that looks at its whole layer brings its own pair.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.nn.arrays import Floats
from app.nn.compilable import AnyFunction, chain, compilable
from app.nn.registry import Registered, listed


@compilable
def linear(z: float) -> float:
    return z


@compilable
def linear_slope(_z: float, _out: float) -> float:
    return 1.0


@compilable
def sigmoid(z: float) -> float:
    """1/(1+e^-z); the exponent is never positive, so nothing overflows."""
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    power = math.exp(z)
    return power / (1.0 + power)


@compilable
def sigmoid_slope(_z: float, out: float) -> float:
    return out * (1.0 - out)


@compilable
def tanh(z: float) -> float:
    return math.tanh(z)


@compilable
def tanh_slope(_z: float, out: float) -> float:
    return 1.0 - out * out


@compilable
def relu(z: float) -> float:
    """max(0, z); written so that NaN stays NaN."""
    return 0.0 if z <= 0.0 else z


@compilable
def relu_slope(z: float, _out: float) -> float:
    return 1.0 if z > 0.0 else 0.0


def applied(function: AnyFunction) -> AnyFunction:
    """`apply` from a function of one number."""

    def apply(board: Floats, net: int, out: int, rows: int, width: int) -> None:
        for i in range(rows * width):
            board[out + i] = function(board[net + i])

    return compilable(apply)


def pulled_back(slope_of: AnyFunction) -> AnyFunction:
    """`pull_back` from a slope (z, out): delta = dE/dout * slope, neuron by neuron."""

    def pull_back(
        board: Floats, net: int, out: int, gap: int, slope: int, delta: int, rows: int, width: int
    ) -> None:
        for i in range(rows * width):
            board[slope + i] = slope_of(board[net + i], board[out + i])
            board[delta + i] = board[gap + i] * board[slope + i]

    return compilable(pull_back)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(Registered):
    """`slope_latex` is df/dnet, written with `z` for the net input and `o` for the output."""

    slope_formula: str
    slope_latex: str
    apply: AnyFunction
    pull_back: AnyFunction


ACTIVATIONS = listed(
    [
        Activation(
            name="linear",
            formula="z",
            formula_latex="z",
            slope_formula="1",
            slope_latex="1",
            sentence={
                "en": "Passes the net input on unchanged.",
                "ko": "순입력을 그대로 내보냅니다.",
            },
            link="https://en.wikipedia.org/wiki/Identity_function",
            apply=applied(linear),
            pull_back=pulled_back(linear_slope),
        ),
        Activation(
            name="sigmoid",
            formula="1/(1+e^-z)",
            formula_latex=r"\frac{1}{1+e^{-z}}",
            slope_formula="out(1-out)",
            slope_latex=r"o\,(1-o)",
            sentence={
                "en": "Squeezes any number into the range from 0 to 1.",
                "ko": "어떤 수든 0과 1 사이로 눌러 담습니다.",
            },
            link="https://en.wikipedia.org/wiki/Logistic_function",
            apply=applied(sigmoid),
            pull_back=pulled_back(sigmoid_slope),
        ),
        Activation(
            name="tanh",
            formula="tanh z",
            formula_latex=r"\tanh z",
            slope_formula="1-out^2",
            slope_latex="1-o^2",
            sentence={
                "en": "Squeezes any number into the range from -1 to 1.",
                "ko": "어떤 수든 -1과 1 사이로 눌러 담습니다.",
            },
            link="https://en.wikipedia.org/wiki/Hyperbolic_functions",
            apply=applied(tanh),
            pull_back=pulled_back(tanh_slope),
        ),
        Activation(
            name="relu",
            formula="max(0, z)",
            formula_latex=r"\max(0, z)",
            slope_formula="1 if z>0 else 0",
            slope_latex=r"\begin{cases}1 & z>0\\0 & z\le 0\end{cases}",
            sentence={
                "en": "Passes positive numbers on and turns negative ones into 0.",
                "ko": "양수는 그대로 내보내고 음수는 0으로 바꿉니다.",
            },
            link="https://en.wikipedia.org/wiki/Rectifier_(neural_networks)",
            apply=applied(relu),
            pull_back=pulled_back(relu_slope),
        ),
    ]
)

apply = chain([entry.apply for entry in ACTIVATIONS.values()])
pull_back = chain([entry.pull_back for entry in ACTIVATIONS.values()])
