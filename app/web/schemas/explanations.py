"""Cards: what is said about one quantity, and the stops of the stepper."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field

from app.explain.model import Card, Lang, LineLabel, Phase, Relation, Role
from app.web.schemas.base import Answer, Float, Step
from app.web.schemas.passes import AtQuery


class ExplanationsQuery(AtQuery):
    example: Step = Field(default=0, description="The row of the batch, counted from 0.")
    lang: Lang = "en"
    names: Annotated[str, Field(max_length=20_000)] | None = Field(
        default=None,
        description="At most 100 names separated by commas, also phase:forward, phase:error, "
        "phase:backward, phase:update and result; without them the list of calculations.",
        examples=["net_h1,dE/dw5"],
    )
    phase: Phase | None = Field(
        default=None, description="List only the calculations of this phase."
    )
    first: Step = Field(
        default=0, description="List from this place on, counted from 0 within what is listed."
    )
    page_size: int = Field(default=1_000, ge=1, le=1_000)
    page_token: Annotated[str, Field(max_length=20)] | None = None


class CalculationOut(Answer):
    name: str
    phase: Phase
    group: str


class SegmentOut(Answer):
    """A stretch of a sentence; a number carries its name, full value and role."""

    text: str
    name: str | None = None
    value: Float | None = None
    role: Role | None = None


class QuestionOut(Answer):
    question: str
    answer: str


class FactorShownOut(Answer):
    name: str
    value: Float
    shown: str


class StripOut(Answer):
    """One arrow of the causal strip."""

    source: str = Field(validation_alias=AliasChoices("source", "from"), serialization_alias="from")
    target: str = Field(validation_alias=AliasChoices("target", "to"), serialization_alias="to")
    factor: FactorShownOut
    label: str
    role: Role


class LineOut(Answer):
    label: LineLabel
    latex: str
    plain: str


class TermOut(Answer):
    name: str
    value: Float
    shown: str
    role: Role
    label: str


class CountsOut(Answer):
    """How many calculations each phase has."""

    forward: int
    error: int
    backward: int
    update: int


class MatrixOut(Answer):
    """Numbers as rows and columns, such as the slopes of softmax."""

    caption: str
    rows: list[str | None] = Field(description="Names; null stands for rows that are left out.")
    columns: list[str | None]
    cells: list[list[FactorShownOut | None]]


class CardOut(Answer):
    name: str
    phase: Phase
    value: Float
    shown: str
    title: str
    title_latex: str
    sentence: list[SegmentOut]
    note: list[SegmentOut]
    why: QuestionOut | None
    trap: str | None
    strip: list[StripOut]
    lines: list[LineOut]
    relation: Relation
    terms: list[TermOut]
    matrix: MatrixOut | None
    uses: list[str]


class ExplanationsOut(Answer):
    """Either the calculations, or the cards that were asked for by name."""

    step: int
    example: int
    calculations: list[CalculationOut] | None = Field(default=None, description="In reading order.")
    counts: CountsOut | None = Field(default=None, description="With calculations: of all pages.")
    cards: list[CardOut] | None = None
    next_page_token: str | None = None


def card_out(card: Card) -> CardOut:
    return CardOut.model_validate(card)
