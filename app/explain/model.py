"""What an explanation is made of. Plain frozen data; the page, exports and tests read these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["en", "ko"]
Phase: TypeAlias = Literal["forward", "error", "backward", "update"]
# What a number does in the chain rule, and so its colour: what comes in, the slope of the
# activation, how the error reacts (gap, delta, gradient), a parameter, the number looked at now.
Role: TypeAlias = Literal["source", "slope", "gap", "weight", "now", "plain"]
LineLabel: TypeAlias = Literal["words", "symbols", "numbers", "partial", "result"]
Relation: TypeAlias = Literal["=", "≈"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages, side by side so that neither is forgotten."""

    en: str
    ko: str

    def of(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.ko


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence; a number carries its name, full value and role."""

    text: str
    name: str | None = None
    value: float | None = None
    role: Role | None = None


Sentence: TypeAlias = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """One stop of the stepper's finest grain."""

    name: str
    phase: Phase
    group: str  # the neuron it belongs to, or "E"


@dataclass(frozen=True, slots=True)
class Question:
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Factor:
    name: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow of the causal strip: w5 —×0.5933→ net_o1."""

    source: str
    target: str
    factor: Factor
    label: str
    role: Role


@dataclass(frozen=True, slots=True)
class Line:
    """The right-hand side of one line of the formula; the card's title is the left-hand side."""

    label: LineLabel
    latex: str
    plain: str


@dataclass(frozen=True, slots=True)
class Term:
    """A number of the formula, in words and digits."""

    name: str
    value: float
    shown: str
    role: Role
    label: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers that belong together as rows and columns; None stands for those left out."""

    caption: str
    rows: tuple[str | None, ...]
    columns: tuple[str | None, ...]
    cells: tuple[tuple[Factor | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is said about one quantity at one step, for one example, in one language.

    `uses` are the names that light up in the drawing. `relation` is ≈ where the displayed
    numbers do not give the displayed result by hand.
    """

    name: str
    phase: Phase
    value: float
    shown: str
    title: str
    title_latex: str
    sentence: Sentence
    note: Sentence = ()
    why: Question | None = None
    trap: str | None = None
    strip: tuple[Link, ...] = ()
    lines: tuple[Line, ...] = ()
    relation: Relation = "="
    terms: tuple[Term, ...] = ()
    matrix: Matrix | None = None
    uses: tuple[str, ...] = ()


def plain_text(sentence: Sentence) -> str:
    return "".join(segment.text for segment in sentence)
