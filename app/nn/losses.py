"""Loss functions, each beside its slope dE/dout. Another one is one more entry at the foot.

E is the error of one example: the sum of one term per output. In the kernel `measure` writes the
terms and dE/dout of every output; `measured` makes it from functions of the target t, the output
o and K, the number of outputs. The cross-entropies, which read the net inputs too, stand in a file
of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.nn.arrays import Floats
from app.nn.compilable import AnyFunction, chain, compilable
from app.nn.entropies import (
    binary_cross_entropy,
    binary_cross_entropy_delta,
    cross_entropy,
    cross_entropy_delta,
)
from app.nn.registry import Registered, listed


@compilable
def half_squared_error(t: float, o: float, _k: float) -> float:
    return 0.5 * ((t - o) * (t - o))


@compilable
def half_squared_error_slope(t: float, o: float, _k: float) -> float:
    return o - t


@compilable
def squared_error(t: float, o: float, _k: float) -> float:
    return (t - o) * (t - o)


@compilable
def squared_error_slope(t: float, o: float, _k: float) -> float:
    return 2.0 * (o - t)


@compilable
def mean_squared_error(t: float, o: float, k: float) -> float:
    return (t - o) * (t - o) / k


@compilable
def mean_squared_error_slope(t: float, o: float, k: float) -> float:
    return 2.0 * (o - t) / k


@compilable
def mean_absolute_error(t: float, o: float, k: float) -> float:
    return abs(t - o) / k


@compilable
def mean_absolute_error_slope(t: float, o: float, k: float) -> float:
    """sign(o-t)/K, 0 at 0; written so that NaN stays NaN."""
    if o > t:
        return 1.0 / k
    return -1.0 / k if o < t else (o - t) / k


@compilable
def huber(t: float, o: float, k: float) -> float:
    """Huber 1964 (doi 10.1214/aoms/1177703732), bending at a distance of 1."""
    distance = abs(o - t)
    return 0.5 * (distance * distance) / k if distance <= 1.0 else (distance - 0.5) / k


@compilable
def huber_slope(t: float, o: float, k: float) -> float:
    if o - t > 1.0:
        return 1.0 / k
    return -1.0 / k if o - t < -1.0 else (o - t) / k


def measured(error: AnyFunction, slope: AnyFunction) -> AnyFunction:
    """`measure`: error term and dE/dout of every output; each begins at its cell, (rows, K)."""

    def measure(
        board: Floats, targets: int, _net: int, out: int, errors: int, gap: int, rows: int, k: int
    ) -> None:
        for i in range(rows * k):
            board[errors + i] = error(board[targets + i], board[out + i], float(k))
            board[gap + i] = slope(board[targets + i], board[out + i], float(k))

    return compilable(measure)


@compilable
def as_it_is(
    _board: Floats, _targets: int, _net: int, _out: int, _delta: int, _rows: int, _k: int
) -> None:
    """The delta of a loss that does not collapse: dE/dout times the slope, as pulled back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss(Registered):
    """`term_latex` is E_o, the term of one output; `slope_latex` is dE/dout (t, o, K).

    A loss that `needs` one activation in the output layer has a `collapse`: it writes the delta
    of the outputs from the net inputs, where both factors may be lost. `low` and `high` bound
    the targets.
    """

    term_latex: str
    slope_formula: str
    slope_latex: str
    measure: AnyFunction
    collapse: AnyFunction = as_it_is
    needs: str | None = None
    delta_formula: str | None = None
    low: float | None = None
    high: float | None = None


LOSSES = listed(
    [
        Loss(
            name="half_squared_error",
            formula="sum 1/2 (t-o)^2",
            formula_latex=r"\sum_k \tfrac{1}{2}(t_k-o_k)^2",
            term_latex=r"\tfrac{1}{2}(t-o)^2",
            slope_formula="o-t",
            slope_latex="o-t",
            sentence={
                "en": "Half the squared distance to the target, added up over the outputs.",
                "ko": "목푯값과의 거리를 제곱해 반으로 나누고, 모든 출력에 대해 더합니다.",
            },
            link="https://en.wikipedia.org/wiki/Residual_sum_of_squares",
            measure=measured(half_squared_error, half_squared_error_slope),
        ),
        Loss(
            name="squared_error",
            formula="sum (t-o)^2",
            formula_latex=r"\sum_k (t_k-o_k)^2",
            term_latex="(t-o)^2",
            slope_formula="2(o-t)",
            slope_latex="2(o-t)",
            sentence={
                "en": "The squared distance to the target, added up over the outputs.",
                "ko": "목푯값과의 거리를 제곱해 모든 출력에 대해 더합니다.",
            },
            link="https://en.wikipedia.org/wiki/Residual_sum_of_squares",
            measure=measured(squared_error, squared_error_slope),
        ),
        Loss(
            name="mean_squared_error",
            formula="(1/K) sum (t-o)^2",
            formula_latex=r"\frac{1}{K}\sum_k (t_k-o_k)^2",
            term_latex=r"\frac{1}{K}(t-o)^2",
            slope_formula="2(o-t)/K",
            slope_latex=r"\frac{2(o-t)}{K}",
            sentence={
                "en": "The squared distance to the target, averaged over the outputs.",
                "ko": "목푯값과의 거리를 제곱해 모든 출력에 대해 평균합니다.",
            },
            link="https://en.wikipedia.org/wiki/Mean_squared_error",
            measure=measured(mean_squared_error, mean_squared_error_slope),
        ),
        Loss(
            name="mean_absolute_error",
            formula="(1/K) sum |t-o|",
            formula_latex=r"\frac{1}{K}\sum_k |t_k-o_k|",
            term_latex=r"\frac{1}{K}|t-o|",
            slope_formula="sign(o-t)/K",
            slope_latex=r"\frac{\operatorname{sign}(o-t)}{K}",
            sentence={
                "en": "The distance to the target, averaged; near or far, it pulls the same.",
                "ko": "목푯값과의 거리를 평균하며, 멀든 가깝든 같은 힘으로 당깁니다.",
            },
            link="https://en.wikipedia.org/wiki/Mean_absolute_error",
            measure=measured(mean_absolute_error, mean_absolute_error_slope),
        ),
        Loss(
            name="huber",
            formula="(1/K) sum (1/2 d^2 if |d|<=1 else |d|-1/2), d = o-t",
            formula_latex=(
                r"\frac{1}{K}\sum_k \begin{cases}\tfrac{1}{2}d_k^2 & |d_k|\le 1\\"
                r"|d_k|-\tfrac{1}{2} & |d_k|>1\end{cases},\; d_k=o_k-t_k"
            ),
            term_latex=(
                r"\frac{1}{K}\begin{cases}\tfrac{1}{2}(o-t)^2 & |o-t|\le 1\\"
                r"|o-t|-\tfrac{1}{2} & |o-t|>1\end{cases}"
            ),
            slope_formula="clip(o-t, -1, 1)/K",
            slope_latex=r"\frac{\operatorname{clip}(o-t,\,-1,\,1)}{K}",
            sentence={
                "en": "Squared near the target and straight beyond 1, so that outliers pull less.",
                "ko": "목푯값 가까이에서는 제곱, 1보다 멀면 직선이어서 동떨어진 값이 덜 당깁니다.",
            },
            link="https://en.wikipedia.org/wiki/Huber_loss",
            measure=measured(huber, huber_slope),
        ),
        Loss(
            name="binary_cross_entropy",
            formula="- sum (t ln o + (1-t) ln(1-o))",
            formula_latex=r"-\sum_k \bigl(t_k\ln o_k+(1-t_k)\ln(1-o_k)\bigr)",
            term_latex=r"-\bigl(t\ln o+(1-t)\ln(1-o)\bigr)",
            slope_formula="(o-t)/(o(1-o))",
            slope_latex=r"\frac{o-t}{o\,(1-o)}",
            sentence={
                "en": "How surprised each output is by its yes or no, read as a probability.",
                "ko": "출력을 확률로 읽을 때, 예와 아니요라는 답에 얼마나 놀라는지를 잽니다.",
            },
            link="https://en.wikipedia.org/wiki/Cross-entropy",
            measure=binary_cross_entropy,
            collapse=binary_cross_entropy_delta,
            needs="sigmoid",
            delta_formula="(1-t) sigmoid(z) - t sigmoid(-z)",
            low=0.0,
            high=1.0,
        ),
        Loss(
            name="cross_entropy",
            formula="- sum t ln o",
            formula_latex=r"-\sum_k t_k\ln o_k",
            term_latex=r"-t\ln o",
            slope_formula="-t/o",
            slope_latex=r"-\frac{t}{o}",
            sentence={
                "en": "How surprised the shares are by the right class.",
                "ko": "출력의 비율이 정답 클래스에 얼마나 놀라는지를 잽니다.",
            },
            link="https://en.wikipedia.org/wiki/Cross-entropy",
            measure=cross_entropy,
            collapse=cross_entropy_delta,
            needs="softmax",
            delta_formula="o sum(t) - t",
            low=0.0,
        ),
    ]
)

measure = chain([entry.measure for entry in LOSSES.values()])
collapse = chain([entry.collapse for entry in LOSSES.values()])
