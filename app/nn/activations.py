"""Activation functions, each beside its slope. Another one is one more entry at the foot.

In the kernel an activation works on one layer at a time, on cells of the board that each begin
at the given place and hold (rows, width): `apply` turns net inputs into outputs, `pull_back`
turns dE/dout into slope and delta. `applied` and `pulled_back` make them from functions of a
single number; softmax, which looks at its whole layer, stands in a file of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.nn.arrays import Floats
from app.nn.compilable import AnyFunction, chain, compilable
from app.nn.registry import Registered, listed
from app.nn.softmax import softmax, softmax_pull_back

LEAK = 0.01
HALF_ROOT = math.sqrt(0.5)
NORMAL_PEAK = 1.0 / math.sqrt(2.0 * math.pi)


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


@compilable
def leaky_relu(z: float) -> float:
    return LEAK * z if z <= 0.0 else z


@compilable
def leaky_relu_slope(z: float, _out: float) -> float:
    return 1.0 if z > 0.0 else LEAK


@compilable
def elu(z: float) -> float:
    return math.expm1(z) if z <= 0.0 else z


@compilable
def elu_slope(z: float, out: float) -> float:
    return 1.0 if z > 0.0 else out + 1.0


@compilable
def softplus(z: float) -> float:
    """max(z, 0) + log(1 + e^-|z|): the exponent is never positive, so nothing overflows."""
    return (z if z > 0.0 else 0.0) + math.log1p(math.exp(-abs(z)))


@compilable
def softplus_slope(z: float, _out: float) -> float:
    return sigmoid(z)


@compilable
def silu(z: float) -> float:
    return z * sigmoid(z)


@compilable
def silu_slope(z: float, _out: float) -> float:
    s = sigmoid(z)
    return s + z * s * (1.0 - s)


@compilable
def normal_share(z: float) -> float:
    """Phi(z): how much of the standard normal distribution lies below z."""
    return 0.5 * (1.0 + math.erf(z * HALF_ROOT))


@compilable
def normal_density(z: float) -> float:
    """phi(z), the slope of Phi."""
    return NORMAL_PEAK * math.exp(-0.5 * z * z)


@compilable
def gelu(z: float) -> float:
    """z Phi(z): Hendrycks and Gimpel 2016 (arXiv 1606.08415), the exact form."""
    return z * normal_share(z)


@compilable
def gelu_slope(z: float, _out: float) -> float:
    return normal_share(z) + z * normal_density(z)


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
    """`slope_latex` is df/dnet, written with `z` for the net input and `o` for the output.

    A `joint` one makes each output from all net inputs of its layer, so that its slope is a
    matrix, and belongs to the output layer only. `kink` is the net input at which the slope jumps.
    """

    slope_formula: str
    slope_latex: str
    apply: AnyFunction
    pull_back: AnyFunction
    joint: bool = False
    kink: float | None = None


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
                "ko": "가중합을 그대로 내보냅니다.",
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
            kink=0.0,
        ),
        Activation(
            name="leaky_relu",
            formula="z if z>0 else 0.01 z",
            formula_latex=r"\max(z, 0.01\,z)",
            slope_formula="1 if z>0 else 0.01",
            slope_latex=r"\begin{cases}1 & z>0\\0.01 & z\le 0\end{cases}",
            sentence={
                "en": "Passes positive numbers on and shrinks negative ones to a hundredth.",
                "ko": "양수는 그대로 내보내고 음수는 100분의 1로 줄입니다.",
            },
            link="https://en.wikipedia.org/wiki/Rectifier_(neural_networks)#Leaky_ReLU",
            apply=applied(leaky_relu),
            pull_back=pulled_back(leaky_relu_slope),
            kink=0.0,
        ),
        Activation(
            name="elu",
            formula="z if z>0 else e^z - 1",
            formula_latex=r"\begin{cases}z & z>0\\e^z-1 & z\le 0\end{cases}",
            slope_formula="1 if z>0 else out+1",
            slope_latex=r"\begin{cases}1 & z>0\\o+1 & z\le 0\end{cases}",
            sentence={
                "en": "Passes positive numbers on and bends negative ones smoothly towards -1.",
                "ko": "양수는 그대로 내보내고 음수는 -1을 향해 부드럽게 휘게 합니다.",
            },
            link="https://arxiv.org/abs/1511.07289",
            apply=applied(elu),
            pull_back=pulled_back(elu_slope),
        ),
        Activation(
            name="softplus",
            formula="ln(1+e^z)",
            formula_latex=r"\ln(1+e^{z})",
            slope_formula="1/(1+e^-z)",
            slope_latex=r"\frac{1}{1+e^{-z}}",
            sentence={
                "en": "A ReLU without a corner: always above 0, and nearly z where z is large.",
                "ko": "모서리가 없는 ReLU로, 늘 0보다 크고 z가 크면 z에 가깝습니다.",
            },
            link="https://en.wikipedia.org/wiki/Softplus",
            apply=applied(softplus),
            pull_back=pulled_back(softplus_slope),
        ),
        Activation(
            name="silu",
            formula="z sigmoid(z)",
            formula_latex=r"\frac{z}{1+e^{-z}}",
            slope_formula="s + z s (1-s), s = sigmoid(z)",
            slope_latex=r"s + z\,s\,(1-s),\; s=\frac{1}{1+e^{-z}}",
            sentence={
                "en": "Multiplies a number by its own sigmoid, so that it dips a little below 0.",
                "ko": "수에 자신의 시그모이드 값을 곱하므로 0보다 조금 아래까지 내려갑니다.",
            },
            link="https://en.wikipedia.org/wiki/Swish_function",
            apply=applied(silu),
            pull_back=pulled_back(silu_slope),
        ),
        Activation(
            name="gelu",
            formula="z Phi(z)",
            formula_latex=r"z\,\Phi(z)",
            slope_formula="Phi(z) + z phi(z)",
            slope_latex=r"\Phi(z) + z\,\varphi(z)",
            sentence={
                "en": "Multiplies a number by the share of the normal distribution below it.",
                "ko": "수에 정규 분포에서 그 수보다 작은 쪽의 비율을 곱합니다.",
            },
            link="https://arxiv.org/abs/1606.08415",
            apply=applied(gelu),
            pull_back=pulled_back(gelu_slope),
        ),
        Activation(
            name="softmax",
            formula="e^z / sum e^z",
            formula_latex=r"\frac{e^{z_i}}{\sum_j e^{z_j}}",
            slope_formula="out_i (d_ij - out_j)",
            slope_latex=r"o_i\,(\delta_{ij}-o_j)",
            sentence={
                "en": "Turns the output layer into shares that are positive and add up to 1.",
                "ko": "출력층의 값을 모두 양수이고 합이 1인 비율로 바꿉니다.",
            },
            link="https://en.wikipedia.org/wiki/Softmax_function",
            apply=softmax,
            pull_back=softmax_pull_back,
            joint=True,
        ),
    ]
)

apply = chain([entry.apply for entry in ACTIVATIONS.values()])
pull_back = chain([entry.pull_back for entry in ACTIVATIONS.values()])
