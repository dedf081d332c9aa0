"""A formula from its symbols to its result, with the fewest digits that come out by hand.

`settle` looks for the smallest number of digits with which every displayed line gives the
displayed result, and every number on the way is what the numbers before it give. Where no
number of digits does (a sum that cancels almost entirely), the card says ≈.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.explain.digits import DIGITS, MOST_DIGITS, Shown, rounds_to, show
from app.explain.expressions import (
    Elided,
    ElidedSum,
    Expression,
    Minus,
    Number,
    Partial,
    Product,
    Sum,
)
from app.explain.model import Line, LineLabel, Relation, Segment, Sentence, Term, plain_text
from app.explain.notation import Symbol
from app.explain.views import SYMBOLS, View, mark, piece

SHOWN_TERMS = 4  # a longer sum shows its first two summands, dots, and its last one
_FIRST_TERMS = 2
_NAMELESS = Symbol("", "")
_SIGNS = {" × ": r"\times", " − ": "-", " + ": "+"}


@dataclass(frozen=True, slots=True)
class Formula:
    """`partial` is the line worked out half way, `asides` what a sentence says of the same."""

    result: Number
    work: Expression
    partial: Expression | None = None
    asides: tuple[Expression, ...] = ()
    shown: Shown | None = None  # where the result is not shown with the usual digits

    def settle(self) -> Settled:
        shown = self.shown or show(self.result.value, self.result.style)
        written = [line for line in (self.work, self.partial, *self.asides) if line is not None]
        for digits in range(DIGITS, MOST_DIGITS):
            for partial in range(DIGITS, digits + 3):
                view = View(digits=digits, partial=partial, places=shown.places)
                if _comes_out(written, view, shown):
                    return Settled(self, _with_fewer(written, view, shown), shown, "=")
        return Settled(self, View(places=shown.places), shown, "≈")


def _comes_out(lines: list[Expression], view: View, shown: Shown) -> bool:
    return all(rounds_to(line.evaluate(view), shown) and line.sound(view) for line in lines)


def _with_fewer(lines: list[Expression], view: View, shown: Shown) -> View:
    """The same view, with as few digits for each single number as still come out."""
    symbols = [number.symbol for number in lines[0].walk() if type(number) is Number]
    for symbol in reversed(symbols):
        for digits in range(DIGITS, view.digits):
            tried = replace(view, fewer={**view.fewer, symbol: digits})
            if _comes_out(lines, tried, shown):
                view = tried
                break
    return view


@dataclass(frozen=True, slots=True)
class Settled:
    """A formula whose digits are known: what sentence and lines are written with."""

    formula: Formula
    view: View
    shown: Shown
    relation: Relation

    @property
    def result(self) -> Segment:
        return self._segment(self.shown)

    @property
    def size(self) -> Segment:
        """The result without its sign, for a verb that carries it."""
        return self._segment(self.shown.magnitude())

    def _segment(self, shown: Shown) -> Segment:
        return piece(shown, self.formula.result.name, "now")

    def write(self, expression: Expression) -> Sentence:
        return expression.pieces(self.view)

    def number(self, number: Number, *, size: bool = False, signed: bool = False) -> Segment:
        """One number of the formula in a sentence, with the formula's digits."""
        shown = number.shown(self.view)
        if size:
            shown = shown.magnitude()
        if signed:
            shown = Shown(shown.value, shown.decimal, signed=True)
        return piece(shown, number.name, number.role)

    def lines(self, words: Sentence) -> tuple[Line, ...]:
        formula, shown = self.formula, self.shown
        result = mark(shown.latex, formula.result.name, "now", shown.value)
        lines = [
            Line("words", _latex_words(words), plain_text(words)),
            self._line("symbols", formula.work, SYMBOLS),
            self._line("numbers", formula.work, self.view),
        ]
        if formula.partial is not None:
            lines.append(self._line("partial", formula.partial, self.view))
        lines = [line for line in lines if line.plain not in ("", shown.text)]
        return (*lines, Line("result", result, shown.text))

    @staticmethod
    def _line(label: LineLabel, expression: Expression, view: View) -> Line:
        return Line(label, expression.latex(view), plain_text(expression.pieces(view)))

    def terms(self) -> tuple[Term, ...]:
        """Every named number of the formula, in order, each once."""
        named = {
            number.name: Term(
                number.name, number.value, number.shown(self.view).text, number.role, number.label
            )
            for number in self.formula.work.walk()
            if isinstance(number, Number) and number.name is not None
        }
        return tuple(named.values())


def long_sum(
    count: int, term: Callable[[int], Expression], rest: Callable[[slice], float]
) -> tuple[Expression, ...]:
    """The summands of a sum: all of a short one, of a long one the ends and what lies between."""
    if count <= SHOWN_TERMS:
        return tuple(term(at) for at in range(count))
    first = tuple(term(at) for at in range(_FIRST_TERMS))
    middle = slice(_FIRST_TERMS, count - 1)
    return (*first, Elided(rest(middle), count - 1 - _FIRST_TERMS), term(count - 1))


def worked_out(total: Sum) -> Sum:
    """The same sum with every product multiplied out and the dots added up."""
    return Sum(tuple(aligned(summand) for summand in total.summands))


def dots_added_up(total: Sum) -> Sum | None:
    """For a long sum the line in which its dots are a number; a short one needs none."""
    return worked_out(total) if any(isinstance(part, Elided) for part in total.summands) else None


def aligned(summand: Expression) -> Number:
    """A summand as one number, with as many decimals as the sum it stands in."""
    if isinstance(summand, Elided):
        return ElidedSum(summand.value, _NAMELESS, inner=summand, aligned=True, count=summand.count)
    worth = summand.worth if isinstance(summand, Product) else None
    if isinstance(summand, Number):
        worth = summand
    if worth is None:
        return Partial(true_value(summand), _NAMELESS, inner=summand, aligned=True)
    return Partial(worth.value, worth.symbol, worth.name, worth.role, inner=summand, aligned=True)


def half_way(inner: Expression) -> Partial:
    """A number worked out on the way, with significant digits."""
    return Partial(true_value(inner), _NAMELESS, inner=inner)


def named_half_way(inner: Expression, worth: Number) -> Partial:
    """The same for a number that has a name of its own."""
    return Partial(worth.value, worth.symbol, worth.name, worth.role, inner=inner)


def true_value(expression: Expression) -> float:
    """Worked out with the full floats."""
    number = expression.evaluate(None)
    return float("nan") if number is None else float(number)


def difference(left: Expression, right: Expression) -> Sum:
    return Sum((left, Minus(right)))


def _latex_words(words: Sentence) -> str:
    """Words as LaTeX text; the signs between them as mathematics."""
    return "".join(
        mark(_latex_text(segment.text), segment.name, segment.role or "plain") for segment in words
    )


def _latex_text(text: str) -> str:
    for sign, latex in _SIGNS.items():
        text = text.replace(sign, rf"}} {latex} \text{{")
    text = text.replace("_", r"\_")
    return rf"\text{{{text}}}".replace(r"\text{}", "")
