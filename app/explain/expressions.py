"""Formulas as small trees, written three ways: in symbols, in numbers, and worked out by hand.

One tree serves all lines of a card. A leaf knows its symbol and its value; with a `View` it
is written as one or the other, and `evaluate` calculates with exactly the digits that the
view displays. LaTeX marks symbols and numbers with \\htmlData, so that the page can connect
them with the drawing; as plain text they become the segments of a sentence.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from itertools import chain

from app.explain.digits import (
    ARITHMETIC,
    DIGITS,
    MINUS,
    Shown,
    Style,
    rounds_to,
    show,
    show_places,
)
from app.explain.model import Role, Segment, Sentence, plain_text
from app.explain.notation import Symbol
from app.explain.views import Mode, View, mark, piece


class Expression(ABC):
    """A node. `leading` says that nothing stands before it, so that a minus needs no brackets."""

    @abstractmethod
    def evaluate(self, view: View | None) -> Decimal | None:
        """By hand, with the digits displayed; without a view, with the full floats."""

    @abstractmethod
    def latex(self, view: View, *, leading: bool = True) -> str: ...

    @abstractmethod
    def pieces(self, view: View, *, leading: bool = True) -> Sentence: ...

    def children(self) -> tuple[Expression, ...]:
        return ()

    def walk(self) -> Iterator[Expression]:
        yield self
        yield from chain.from_iterable(child.walk() for child in self.children())

    def sound(self, view: View) -> bool:
        """Whether every number worked out on the way is what the displayed ones give."""
        return all(child.sound(view) for child in self.children())


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """A leaf: a number with its symbol, its name (if it has one) and its role."""

    value: float
    symbol: Symbol
    name: str | None = None
    role: Role = "plain"
    style: Style = Style.MEASURED
    label: str = ""
    unsigned: bool = False  # the minus has become the operator before it

    def shown(self, view: View) -> Shown:
        shown = self.displayed(view)
        return shown.magnitude() if self.unsigned else shown

    def displayed(self, view: View) -> Shown:
        return show(self.value, self.style, view.digits_of(self.symbol))

    def evaluate(self, view: View | None) -> Decimal | None:
        if view is None:
            return show(self.value, digits=99).decimal
        return self.shown(view).decimal

    def latex(self, view: View, *, leading: bool = True) -> str:
        if view.mode is Mode.SYMBOLS:
            return mark(self.symbol.latex, self.name, self.role)
        shown = self.shown(view)
        marked = mark(shown.latex, self.name, self.role, self.value)
        return marked if leading or not shown.negative else rf"\left({marked}\right)"

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:
        if view.mode is Mode.SYMBOLS:
            return (Segment(self.symbol.plain),)
        shown = self.shown(view)
        return _bracketed((piece(shown, self.name, self.role),), shown.negative and not leading)


@dataclass(frozen=True, slots=True)
class Partial(Number):
    """A number worked out on the way from `inner`, whose digits must bear that out.

    Aligned ones stand in a sum: as many decimals as its result. Others have significant digits.
    """

    inner: Expression = field(kw_only=True)
    aligned: bool = False

    def displayed(self, view: View) -> Shown:
        if not self.aligned:
            return show(self.value, digits=view.partial)
        return show_places(self.value, max(DIGITS, view.places) + view.partial - DIGITS)

    def sound(self, view: View) -> bool:
        return rounds_to(self.inner.evaluate(view), self.displayed(view))


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number of the formula itself: the ½, the 1 of 1 − out."""

    number: Decimal
    symbol: Symbol

    def evaluate(self, view: View | None) -> Decimal | None:  # noqa: ARG002 - always the same
        return self.number

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        return self.symbol.latex

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:  # noqa: ARG002
        return (Segment(self.symbol.plain),)


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """Factors, joined in symbols and in numbers by ×, · or by nothing.

    `worth` is the quantity that the product is, where it has a name of its own.
    """

    factors: tuple[Expression, ...]
    join: str = "×"
    number_join: str = "×"
    worth: Number | None = None

    def children(self) -> tuple[Expression, ...]:
        return self.factors

    def evaluate(self, view: View | None) -> Decimal | None:
        return _fold(ARITHMETIC.multiply, [factor.evaluate(view) for factor in self.factors])

    def latex(self, view: View, *, leading: bool = True) -> str:
        written = _latex_factor(self.factors[0], view, leading=leading)
        for factor in self.factors[1:]:
            join = _LATEX_JOINS[self._join(factor, view)]
            written += join + _latex_factor(factor, view, leading=False)
        return written

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:
        written = _factor(self.factors[0], view, leading=leading)
        for factor in self.factors[1:]:
            join = self._join(factor, view)
            sign = (Segment(f" {join} " if join == "×" else join),) if join else ()
            written += (*sign, *_factor(factor, view, leading=False))
        return written

    def _join(self, factor: Expression, view: View) -> str:
        """What stands before a factor: nothing only where it has brackets of its own."""
        if view.mode is Mode.SYMBOLS:
            return self.join
        bare = not self.number_join and not plain_text(
            _factor(factor, view, leading=False)
        ).startswith("(")
        return "×" if bare else self.number_join


@dataclass(frozen=True, slots=True)
class Sum(Expression):
    """Summands; a negative number, or a `Minus`, is taken away."""

    summands: tuple[Expression, ...]

    def children(self) -> tuple[Expression, ...]:
        return self.summands

    def evaluate(self, view: View | None) -> Decimal | None:
        return _fold(ARITHMETIC.add, [summand.evaluate(view) for summand in self.summands])

    def latex(self, view: View, *, leading: bool = True) -> str:
        written = self.summands[0].latex(view, leading=leading)
        for summand in self.summands[1:]:
            sign, rest = _taken_apart(summand, view)
            written += f" {'-' if sign == MINUS else '+'} {rest.latex(view, leading=False)}"
        return written

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:
        written = self.summands[0].pieces(view, leading=leading)
        for summand in self.summands[1:]:
            sign, rest = _taken_apart(summand, view)
            written += (Segment(f" {sign} "), *rest.pieces(view, leading=False))
        return written


@dataclass(frozen=True, slots=True)
class Minus(Expression):
    inner: Expression

    def children(self) -> tuple[Expression, ...]:
        return (self.inner,)

    def evaluate(self, view: View | None) -> Decimal | None:
        number = self.inner.evaluate(view)
        return None if number is None else -number

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        return "-" + self.inner.latex(view, leading=False)

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:  # noqa: ARG002
        return (Segment(MINUS), *self.inner.pieces(view, leading=False))


@dataclass(frozen=True, slots=True)
class Square(Expression):
    inner: Expression

    def children(self) -> tuple[Expression, ...]:
        return (self.inner,)

    def evaluate(self, view: View | None) -> Decimal | None:
        number = self.inner.evaluate(view)
        return None if number is None else ARITHMETIC.multiply(number, number)

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        brackets = _is_product(self.inner, view)
        inner = _latex_factor(self.inner, view, leading=brackets)
        return rf"{{\left({inner}\right)}}^2" if brackets else f"{{{inner}}}^2"

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:  # noqa: ARG002
        brackets = _is_product(self.inner, view)
        inner = _factor(self.inner, view, leading=brackets)
        return (*_bracketed(inner, brackets), Segment("²"))


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """A number that is not negative to the power of a whole one."""

    base: Number
    exponent: Number

    def children(self) -> tuple[Expression, ...]:
        return (self.base, self.exponent)

    def evaluate(self, view: View | None) -> Decimal | None:
        return _fold(ARITHMETIC.power, [self.base.evaluate(view), self.exponent.evaluate(view)])

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        return f"{{{self.base.latex(view)}}}^{{{self.exponent.latex(view)}}}"

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:  # noqa: ARG002
        return (*self.base.pieces(view), Segment("^"), *self.exponent.pieces(view))


@dataclass(frozen=True, slots=True)
class Fraction(Expression):
    above: Expression
    below: Expression

    def children(self) -> tuple[Expression, ...]:
        return (self.above, self.below)

    def evaluate(self, view: View | None) -> Decimal | None:
        return _fold(ARITHMETIC.divide, [self.above.evaluate(view), self.below.evaluate(view)])

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        return rf"\frac{{{self.above.latex(view)}}}{{{self.below.latex(view)}}}"

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:
        above, below = isinstance(self.above, Sum), isinstance(self.below, Sum | Product)
        return (
            *_bracketed(self.above.pieces(view, leading=leading or above), above),
            Segment("/"),
            *_bracketed(self.below.pieces(view, leading=below), below),
        )


@dataclass(frozen=True, slots=True)
class Apply(Expression):
    """A function of one expression; `symbol` holds {} where the argument goes."""

    symbol: Symbol
    function: Callable[[Decimal], Decimal]
    inner: Expression

    def children(self) -> tuple[Expression, ...]:
        return (self.inner,)

    def evaluate(self, view: View | None) -> Decimal | None:
        number = self.inner.evaluate(view)
        return None if number is None else self.function(number)

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        before, after = self.symbol.latex.split("{}")
        return before + self.inner.latex(view) + after

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:  # noqa: ARG002
        before, after = self.symbol.plain.split("{}")
        return (Segment(before), *self.inner.pieces(view), Segment(after))


@dataclass(frozen=True, slots=True)
class Elided(Expression):
    """The middle of a long sum: dots that stand for `count` summands worth `value` together."""

    value: float
    count: int

    def evaluate(self, view: View | None) -> Decimal | None:  # noqa: ARG002
        return show(self.value, digits=99).decimal

    def latex(self, view: View, *, leading: bool = True) -> str:  # noqa: ARG002
        return r"\cdots"

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:  # noqa: ARG002
        return (Segment("⋯"),)


@dataclass(frozen=True, slots=True)
class ElidedSum(Partial):
    """What the dots of a long sum stand for, so that the shown line still adds up."""

    count: int = field(kw_only=True)

    def latex(self, view: View, *, leading: bool = True) -> str:
        number = Partial.latex(self, view, leading=leading)
        return rf"\underbrace{{{number}}}_{{\cdots {self.count}}}"

    def pieces(self, view: View, *, leading: bool = True) -> Sentence:
        return (*Partial.pieces(self, view, leading=leading), Segment(f" (⋯ {self.count})"))


_LATEX_JOINS = {"×": r" \times ", "·": r" \cdot ", "": " "}


def _factor(factor: Expression, view: View, *, leading: bool) -> Sentence:
    brackets = isinstance(factor, Sum)
    return _bracketed(factor.pieces(view, leading=brackets or leading), brackets)


def _latex_factor(factor: Expression, view: View, *, leading: bool) -> str:
    if isinstance(factor, Sum):
        return rf"\left({factor.latex(view)}\right)"
    return factor.latex(view, leading=leading)


def _is_product(inner: Expression, view: View) -> bool:
    """Whether what is squared would be misread without brackets: κ·g², ∂E/∂w²."""
    quotient = view.mode is Mode.SYMBOLS and isinstance(inner, Number) and "/" in inner.symbol.plain
    return isinstance(inner, Product) or quotient


def _bracketed(inside: Sentence, brackets: bool) -> Sentence:
    return (Segment("("), *inside, Segment(")")) if brackets else inside


def _taken_apart(summand: Expression, view: View) -> tuple[str, Expression]:
    """The sign before a later summand and what follows it: − 0.01905, + (−0.0381) × 0.50."""
    if isinstance(summand, Minus):
        return MINUS, summand.inner
    if isinstance(summand, Number) and view.mode is Mode.NUMBERS and summand.shown(view).negative:
        return MINUS, replace(summand, unsigned=True)
    return "+", summand


def _fold(
    operation: Callable[[Decimal, Decimal], Decimal], numbers: list[Decimal | None]
) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return reduce(operation, known) if len(known) == len(numbers) else None
