"""Loss functions, each beside its slope dE/dout. Another one is one more entry at the foot.

E is the error of one example: the sum of one term per output. Both functions of an entry take
the target t, the output o and K, the number of outputs.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.nn.arrays import Floats
from app.nn.compilable import AnyFunction, chain, compilable
from app.nn.registry import Registered, listed


@compilable
def half_squared_error(t: float, o: float, _k: float) -> float:
    return 0.5 * ((t - o) * (t - o))


@compilable
def half_squared_error_slope(t: float, o: float, _k: float) -> float:
    return o - t


@compilable
def mean_squared_error(t: float, o: float, k: float) -> float:
    return (t - o) * (t - o) / k


@compilable
def mean_squared_error_slope(t: float, o: float, k: float) -> float:
    return 2.0 * (o - t) / k


def measured(error: AnyFunction, slope: AnyFunction) -> AnyFunction:
    """`measure`: error term and dE/dout of every output; each begins at its cell, (rows, K)."""

    def measure(
        board: Floats, targets: int, out: int, errors: int, gap: int, rows: int, k: int
    ) -> None:
        for i in range(rows * k):
            board[errors + i] = error(board[targets + i], board[out + i], float(k))
            board[gap + i] = slope(board[targets + i], board[out + i], float(k))

    return compilable(measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss(Registered):
    """`term_latex` is E_o, the term of one output; `slope_latex` is dE/dout (t, o, K)."""

    term_latex: str
    slope_formula: str
    slope_latex: str
    measure: AnyFunction


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
                "ko": "목표값과의 거리를 제곱해 반으로 나누고, 모든 출력에 대해 더합니다.",
            },
            link="https://en.wikipedia.org/wiki/Residual_sum_of_squares",
            measure=measured(half_squared_error, half_squared_error_slope),
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
                "ko": "목표값과의 거리를 제곱해 모든 출력에 대해 평균합니다.",
            },
            link="https://en.wikipedia.org/wiki/Mean_squared_error",
            measure=measured(mean_squared_error, mean_squared_error_slope),
        ),
    ]
)

measure = chain([entry.measure for entry in LOSSES.values()])
