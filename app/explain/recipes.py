"""How activations, losses and their slopes are worked out by hand, one entry each.

An entry gives the formula as a tree and, where it helps, the line half way. What is not
listed here is still explained: symbol, number and result, without the steps between.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from app.explain.expressions import (
    Apply,
    Constant,
    Expression,
    Fraction,
    Minus,
    Number,
    Partial,
    Product,
    Square,
    Sum,
)
from app.explain.formulas import difference, half_way, true_value
from app.explain.notation import Symbol

_EXPONENTIALS = Context(prec=30, Emax=10**9, Emin=-(10**9), traps=[])
_NAMELESS = Symbol("", "")

ZERO = Constant(Decimal(0), Symbol("0", "0"))
ONE = Constant(Decimal(1), Symbol("1", "1"))
TWO = Constant(Decimal(2), Symbol("2", "2"))
HALF = Constant(Decimal("0.5"), Symbol(r"\tfrac{1}{2}", "½"))


def whole(number: int) -> Constant:
    return Constant(Decimal(number), Symbol(str(number), str(number)))


@dataclass(frozen=True, slots=True)
class Recipe:
    """`spoken` is the short form for the sentence, where it differs from `work`."""

    work: Expression
    partial: Expression | None = None
    spoken: Expression | None = None


def root(square: Expression) -> Apply:
    return Apply(Symbol(r"\sqrt{{}}", "√({})"), _EXPONENTIALS.sqrt, square)


# -- activations: net -> out ---------------------------------------------------------------------
def _sigmoid(net: Number) -> Recipe:
    power = Apply(Symbol("e^{{}}", "e^({})"), _EXPONENTIALS.exp, Minus(net))
    return Recipe(Fraction(ONE, Sum((ONE, power))), Fraction(ONE, Sum((ONE, half_way(power)))))


def _tanh(net: Number) -> Recipe:
    return Recipe(Apply(Symbol(r"\tanh({})", "tanh({})"), _through(math.tanh), net))


def _relu(net: Number) -> Recipe:
    function = Symbol(r"\max(0, {})", "max(0, {})")
    return Recipe(Apply(function, lambda number: max(Decimal(0), number), net))


def _linear(net: Number) -> Recipe:
    return Recipe(net)


def _through(function: Callable[[float], float]) -> Callable[[Decimal], Decimal]:
    """A function of floats, for displayed decimals."""
    return lambda number: Decimal(repr(function(float(number))))


ACTIVATIONS: Mapping[str, Callable[[Number], Recipe]] = {
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "linear": _linear,
}


# -- slopes: (net, out) -> dout/dnet -------------------------------------------------------------
def _sigmoid_slope(_net: Number, out: Number) -> Recipe:
    rest = difference(ONE, out)
    return Recipe(Product((out, rest), "", "×"), Product((out, half_way(rest)), "", "×"))


def _tanh_slope(_net: Number, out: Number) -> Recipe:
    square = Square(out)
    return Recipe(difference(ONE, square), difference(ONE, half_way(square)))


def _relu_slope(net: Number, _out: Number) -> Recipe:
    function = Symbol(r"[\,{} > 0\,]", "[{} > 0]")
    return Recipe(Apply(function, lambda number: Decimal(int(number > 0)), net))


def _linear_slope(_net: Number, _out: Number) -> Recipe:
    return Recipe(ONE)


SLOPES: Mapping[str, Callable[[Number, Number], Recipe]] = {
    "sigmoid": _sigmoid_slope,
    "tanh": _tanh_slope,
    "relu": _relu_slope,
    "linear": _linear_slope,
}


# -- losses: (target, out, gap, K) -> E_o --------------------------------------------------------
def _half_squared_error(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    gap = difference(target, out)
    return Recipe(
        Product((HALF, Square(gap)), "", ""),
        Product((HALF, Square(half_way(gap))), "", ""),
        Product((HALF, Square(spoken_gap(target, out)))),
    )


def _mean_squared_error(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(target, out)
    spoken = Square(spoken_gap(target, out))
    if outputs == 1:
        return Recipe(Square(gap), Square(half_way(gap)), spoken)
    count = whole(outputs)
    return Recipe(
        Fraction(Square(gap), count),
        Fraction(Square(half_way(gap)), count),
        Fraction(spoken, count),
    )


def spoken_gap(target: Number, out: Number) -> Partial:
    """How far off, without a sign: the sentence says too high or too low."""
    gap = difference(out, target)
    return Partial(true_value(gap), _NAMELESS, role="gap", unsigned=True, inner=gap)


LOSSES: Mapping[str, Callable[[Number, Number, int], Recipe]] = {
    "half_squared_error": _half_squared_error,
    "mean_squared_error": _mean_squared_error,
}


# -- gaps: (target, out, K) -> dE/dout -----------------------------------------------------------
def _half_squared_error_gap(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    return Recipe(difference(out, target))


def _mean_squared_error_gap(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(out, target)
    return Recipe(_doubled(gap, outputs), _doubled(half_way(gap), outputs))


def _doubled(gap: Expression, outputs: int) -> Expression:
    twice = Product((TWO, gap), "", "×")
    return twice if outputs == 1 else Fraction(twice, whole(outputs))


GAPS: Mapping[str, Callable[[Number, Number, int], Recipe]] = {
    "half_squared_error": _half_squared_error_gap,
    "mean_squared_error": _mean_squared_error_gap,
}


def unlisted(name: str, arguments: Number, value: float) -> Recipe:
    """A function without a recipe: its name, its argument and what comes out."""
    latex = rf"\operatorname{{{name.replace('_', ' ')}}}({{}})"
    return Recipe(Apply(Symbol(latex, name + "({})"), lambda _: Decimal(repr(value)), arguments))
