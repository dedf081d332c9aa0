"""How losses and their slopes are worked out by hand, one entry each.

A loss that is not listed is still explained: symbol, number and result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from app.explain.expressions import (
    Apply,
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
from app.explain.recipes import HALF, ONE, TWO, ZERO, Recipe, logarithm, whole

_NAMELESS = Symbol("", "")
_SIZE = Symbol(r"\left|{}\right|", "|{}|")
_SIGN = Symbol(r"\operatorname{sign}({})", "sign({})")
_CLIP = Symbol(r"\operatorname{clip}({})", "clip({})")


def spoken_gap(target: Number, out: Number) -> Partial:
    """How far off, without a sign: the sentence says too high or too low."""
    gap = difference(out, target)
    return Partial(true_value(gap), _NAMELESS, role="gap", unsigned=True, inner=gap)


def _over(work: Expression, outputs: int) -> Expression:
    return work if outputs == 1 else Fraction(work, whole(outputs))


def _sign(number: Decimal) -> Decimal:
    return Decimal(0) if number == 0 else Decimal(1).copy_sign(number)


# -- losses: (target, out, K) -> E_o -------------------------------------------------------------
def _half_squared_error(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    gap = difference(target, out)
    return Recipe(
        Product((HALF, Square(gap)), "", ""),
        Product((HALF, Square(half_way(gap))), "", ""),
        Product((HALF, Square(spoken_gap(target, out)))),
    )


def _squared_error(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    return _mean_squared_error(target, out, 1)


def _mean_squared_error(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(target, out)
    return Recipe(
        _over(Square(gap), outputs),
        _over(Square(half_way(gap)), outputs),
        _over(Square(spoken_gap(target, out)), outputs),
    )


def _mean_absolute_error(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(target, out)
    return Recipe(
        _over(Apply(_SIZE, abs, gap), outputs),
        _over(Apply(_SIZE, abs, half_way(gap)), outputs),
        _over(spoken_gap(target, out), outputs),
    )


def _huber(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(out, target)
    near = not abs(true_value(gap)) > 1

    def written(gap: Expression) -> Expression:
        if near:
            return _over(Product((HALF, Square(gap)), "", ""), outputs)
        return _over(difference(Apply(_SIZE, abs, gap), HALF), outputs)

    return Recipe(written(gap), written(half_way(gap)), written(spoken_gap(target, out)))


def _binary_cross_entropy(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    """-(t ln o + (1-t) ln(1-o)), of which a plain yes or no leaves one term."""
    yes, no = logarithm(out), logarithm(difference(ONE, out))
    if target.value in (0.0, 1.0):
        only = yes if target.value else no
        return Recipe(Minus(only), Minus(half_way(only)))

    def written(yes: Expression, no: Expression) -> Expression:
        rest = difference(ONE, target)
        return Minus(_bracket(Sum((Product((target, yes)), Product((rest, no))))))

    return Recipe(written(yes, no), written(half_way(yes), half_way(no)))


def _bracket(total: Sum) -> Expression:
    """A sum that a minus stands before."""
    return Product((total,))


def _cross_entropy(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    surprise = logarithm(out)
    return Recipe(Minus(Product((target, surprise))), Minus(Product((target, half_way(surprise)))))


LOSSES: Mapping[str, Callable[[Number, Number, int], Recipe]] = {
    "half_squared_error": _half_squared_error,
    "squared_error": _squared_error,
    "mean_squared_error": _mean_squared_error,
    "mean_absolute_error": _mean_absolute_error,
    "huber": _huber,
    "binary_cross_entropy": _binary_cross_entropy,
    "cross_entropy": _cross_entropy,
}


# -- gaps: (target, out, K) -> dE/dout -----------------------------------------------------------
def _half_squared_error_gap(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    return Recipe(difference(out, target))


def _squared_error_gap(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    return _mean_squared_error_gap(target, out, 1)


def _mean_squared_error_gap(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(out, target)
    return Recipe(_doubled(gap, outputs), _doubled(half_way(gap), outputs))


def _doubled(gap: Expression, outputs: int) -> Expression:
    return _over(Product((TWO, gap), "", "×"), outputs)


def _mean_absolute_error_gap(target: Number, out: Number, outputs: int) -> Recipe:
    return Recipe(_over(Apply(_SIGN, _sign, difference(out, target)), outputs))


def _huber_gap(target: Number, out: Number, outputs: int) -> Recipe:
    gap = difference(out, target)
    if not abs(true_value(gap)) > 1:
        return Recipe(_over(gap, outputs))
    clip = Apply(_CLIP, lambda number: max(Decimal(-1), min(Decimal(1), number)), gap)
    return Recipe(_over(clip, outputs))


def _binary_cross_entropy_gap(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    gap, rest = difference(out, target), difference(ONE, out)
    spread = Product((out, rest), "", "×")
    return Recipe(Fraction(gap, spread), Fraction(half_way(gap), half_way(spread)))


def _cross_entropy_gap(target: Number, out: Number, outputs: int) -> Recipe:  # noqa: ARG001
    return Recipe(ZERO if target.value == 0 else Minus(Fraction(target, out)))


GAPS: Mapping[str, Callable[[Number, Number, int], Recipe]] = {
    "half_squared_error": _half_squared_error_gap,
    "squared_error": _squared_error_gap,
    "mean_squared_error": _mean_squared_error_gap,
    "mean_absolute_error": _mean_absolute_error_gap,
    "huber": _huber_gap,
    "binary_cross_entropy": _binary_cross_entropy_gap,
    "cross_entropy": _cross_entropy_gap,
}
