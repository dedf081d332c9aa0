"""How activations and their slopes are worked out by hand, one entry each.

An entry gives the formula as a tree and, where it helps, the line half way. What is not
listed here is still explained: symbol, number and result, without the steps between. Those of
the losses are in `loss_recipes.py`; softmax, which needs its whole layer, is in `shares.py`.
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
    Product,
    Square,
    Sum,
)
from app.explain.formulas import difference, half_way
from app.explain.notation import Symbol
from app.nn import activations

_EXACT = Context(prec=30, Emax=10**9, Emin=-(10**9), traps=[])

ZERO = Constant(Decimal(0), Symbol("0", "0"))
ONE = Constant(Decimal(1), Symbol("1", "1"))
TWO = Constant(Decimal(2), Symbol("2", "2"))
HALF = Constant(Decimal("0.5"), Symbol(r"\tfrac{1}{2}", "½"))
LEAK = Constant(Decimal(repr(activations.LEAK)), Symbol("0.01", "0.01"))


def whole(number: int) -> Constant:
    return Constant(Decimal(number), Symbol(str(number), str(number)))


@dataclass(frozen=True, slots=True)
class Recipe:
    """`spoken` is the short form for the sentence, where it differs from `work`."""

    work: Expression
    partial: Expression | None = None
    spoken: Expression | None = None


def power_of_e(exponent: Expression) -> Apply:
    return Apply(Symbol("e^{{}}", "e^({})"), _EXACT.exp, exponent)


def logarithm(number: Expression) -> Apply:
    return Apply(Symbol(r"\ln\left({}\right)", "ln({})"), _EXACT.ln, number)


def _through(function: Callable[[float], float]) -> Callable[[Decimal], Decimal]:
    """A function of floats, for displayed decimals."""
    return lambda number: Decimal(repr(function(float(number))))


def root(square: Expression) -> Apply:
    return Apply(Symbol(r"\sqrt{{}}", "√({})"), _EXACT.sqrt, square)


# -- activations: net -> out ---------------------------------------------------------------------
def _sigmoid(net: Number) -> Recipe:
    power = power_of_e(Minus(net))
    return Recipe(Fraction(ONE, Sum((ONE, power))), Fraction(ONE, Sum((ONE, half_way(power)))))


def _tanh(net: Number) -> Recipe:
    return Recipe(Apply(Symbol(r"\tanh({})", "tanh({})"), _through(math.tanh), net))


def _relu(net: Number) -> Recipe:
    function = Symbol(r"\max(0, {})", "max(0, {})")
    return Recipe(Apply(function, lambda number: max(Decimal(0), number), net))


def _linear(net: Number) -> Recipe:
    return Recipe(net)


def _leaky_relu(net: Number) -> Recipe:
    return Recipe(net if net.value > 0 else Product((LEAK, net), "·", "×"))


def _elu(net: Number) -> Recipe:
    if net.value > 0:
        return Recipe(net)
    power = power_of_e(net)
    return Recipe(difference(power, ONE), difference(half_way(power), ONE))


def _softplus(net: Number) -> Recipe:
    power = power_of_e(net)
    return Recipe(logarithm(Sum((ONE, power))), logarithm(Sum((ONE, half_way(power)))))


def _silu(net: Number) -> Recipe:
    power = power_of_e(Minus(net))
    return Recipe(Fraction(net, Sum((ONE, power))), Fraction(net, Sum((ONE, half_way(power)))))


def _share_below(net: Number) -> Apply:
    return Apply(Symbol(r"\Phi({})", "Φ({})"), _through(activations.normal_share), net)


def _gelu(net: Number) -> Recipe:
    share = _share_below(net)
    return Recipe(Product((net, share), "·", "×"), Product((net, half_way(share)), "·", "×"))


ACTIVATIONS: Mapping[str, Callable[[Number], Recipe]] = {
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "linear": _linear,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "softplus": _softplus,
    "silu": _silu,
    "gelu": _gelu,
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


def _leaky_relu_slope(net: Number, _out: Number) -> Recipe:
    return Recipe(ONE if net.value > 0 else LEAK)


def _elu_slope(net: Number, out: Number) -> Recipe:
    return Recipe(ONE if net.value > 0 else Sum((out, ONE)))


def _softplus_slope(net: Number, _out: Number) -> Recipe:
    return _sigmoid(net)


def _silu_slope(net: Number, _out: Number) -> Recipe:
    rising = Apply(Symbol(r"\sigma({})", "σ({})"), _through(activations.sigmoid), net)

    def written(s: Expression) -> Expression:
        return Sum((s, Product((net, s, difference(ONE, s)), "·", "×")))

    return Recipe(written(rising), written(half_way(rising)))


def _gelu_slope(net: Number, _out: Number) -> Recipe:
    share = _share_below(net)
    height = Apply(Symbol(r"\varphi({})", "φ({})"), _through(activations.normal_density), net)

    def written(below: Expression, here: Expression) -> Expression:
        return Sum((below, Product((net, here), "·", "×")))

    return Recipe(written(share, height), written(half_way(share), half_way(height)))


SLOPES: Mapping[str, Callable[[Number, Number], Recipe]] = {
    "sigmoid": _sigmoid_slope,
    "tanh": _tanh_slope,
    "relu": _relu_slope,
    "linear": _linear_slope,
    "leaky_relu": _leaky_relu_slope,
    "elu": _elu_slope,
    "softplus": _softplus_slope,
    "silu": _silu_slope,
    "gelu": _gelu_slope,
}


def unlisted(name: str, arguments: Number, value: float) -> Recipe:
    """A function without a recipe: its name, its argument and what comes out."""
    latex = rf"\operatorname{{{name.replace('_', ' ')}}}({{}})"
    return Recipe(Apply(Symbol(latex, name + "({})"), lambda _: Decimal(repr(value)), arguments))
