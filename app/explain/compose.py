"""Cards put together: what all kinds of card have in common."""

from __future__ import annotations

from dataclasses import replace

from app.explain.digits import Shown, show
from app.explain.expressions import Number
from app.explain.formulas import Settled
from app.explain.model import (
    Card,
    Factor,
    Link,
    Matrix,
    Phase,
    Question,
    Role,
    Segment,
    Sentence,
    Term,
)
from app.explain.say import Slot
from app.explain.scene import Scene


def worked_card(
    phase: Phase,
    settled: Settled,
    sentence: Sentence,
    words: Sentence,
    *,
    note: Sentence = (),
    why: Question | None = None,
    trap: str | None = None,
    strip: tuple[Link, ...] = (),
    matrix: Matrix | None = None,
    uses: tuple[str, ...] = (),
) -> Card:
    """The card of a computed quantity: with formula lines and the numbers in them."""
    number = settled.formula.result
    terms = settled.terms()
    return Card(
        name=number.name or "",
        phase=phase,
        value=number.value,
        shown=settled.shown.text,
        title=number.symbol.plain,
        title_latex=number.symbol.latex,
        sentence=sentence,
        note=note,
        why=why,
        trap=trap,
        strip=strip,
        lines=settled.lines(words),
        relation=settled.relation,
        terms=terms,
        matrix=matrix,
        uses=_once((*(term.name for term in terms), *uses)),
    )


def given_card(
    phase: Phase, number: Number, sentence: Sentence, *, uses: tuple[str, ...] = ()
) -> Card:
    """The card of a number that is not computed in this step."""
    shown = show(number.value, number.style)
    return Card(
        name=number.name or "",
        phase=phase,
        value=number.value,
        shown=shown.text,
        title=number.symbol.plain,
        title_latex=number.symbol.latex,
        sentence=sentence,
        uses=_once((number.name or "", *uses)),
    )


def summary_card(
    name: str,
    phase: Phase,
    number: Number,
    title: str,
    sentence: Sentence,
    *,
    terms: tuple[Number, ...] = (),
    why: Question | None = None,
) -> Card:
    """The card of a phase or a step: sentences, no formula. `number` is what it is all about."""
    return Card(
        name=name,
        phase=phase,
        value=number.value,
        shown=show(number.value).text,
        title=title,
        title_latex="",
        sentence=sentence,
        why=why,
        terms=tuple(term_of(term) for term in terms),
        uses=_once(tuple(term.name or "" for term in terms)),
    )


def question(scene: Scene, key: str, **slots: Slot) -> Question:
    return Question(
        scene.text(f"{key}.why.question", **slots), scene.text(f"{key}.why.answer", **slots)
    )


def segment(number: Number, *, role: Role | None = None, shown: Shown | None = None) -> Segment:
    """A number in a sentence, with the usual digits."""
    shown = shown or show(number.value, number.style)
    return Segment(shown.text, number.name, number.value, role or number.role)


def signed(number: Number) -> Shown:
    """With a plus where it is positive, for numbers whose sign is the point."""
    return replace(show(number.value, number.style), signed=True)


def term_of(number: Number) -> Term:
    shown = show(number.value, number.style)
    return Term(number.name or "", number.value, shown.text, number.role, number.label)


def link(source: str, target: str, number: Number, shown: Shown, label: str) -> Link:
    factor = Factor(number.name or "", number.value, replace(shown, signed=False).text)
    return Link(source, target, factor, label, number.role)


def way(scene: Scene, number: Number) -> str:
    """What is said after a factor that turns the direction round."""
    return scene.text("way.other" if number.value < 0 else "way.same")


def direction(value: float) -> str:
    """Which verb carries the sign: rises, falls, or neither."""
    return "zero" if value == 0 else "falls" if value < 0 else "rises"


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
