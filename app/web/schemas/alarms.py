"""What is going wrong inside a network, and by which factor."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from app.explain.alarms import sentence
from app.explain.model import Lang
from app.nn.alarms import Alarm, Kind
from app.web.schemas.base import Answer, Float
from app.web.schemas.passes import AtQuery


class AlarmsQuery(AtQuery):
    lang: Lang = "en"


class CauseOut(Answer):
    """A quantity of the step, to be looked at like any other."""

    name: str
    example: int
    value: Float


class AlarmOut(Answer):
    kind: Kind
    layer: int | None
    names: list[str] = Field(
        description="The neurons concerned; of `not_finite` the quantity that was lost first."
    )
    factor: CauseOut
    measure: Float = Field(
        description="A share of the examples (saturated, dead), a ratio to the output layer "
        "(vanishing, exploding), a size (exploding), a number of neurons (twins)."
    )
    sentence: str


class AlarmsOut(Answer):
    step: int
    alarms: list[AlarmOut] = Field(description="Only what was triggered.")


def alarms_out(step: int, alarms: Iterable[Alarm], lang: Lang) -> AlarmsOut:
    return AlarmsOut(step=step, alarms=[alarm_out(alarm, lang) for alarm in alarms])


def alarm_out(alarm: Alarm, lang: Lang) -> AlarmOut:
    return AlarmOut(
        kind=alarm.kind,
        layer=alarm.layer,
        names=list(alarm.names),
        factor=CauseOut(name=alarm.factor, example=alarm.example, value=alarm.value),
        measure=alarm.measure,
        sentence=sentence(alarm, lang),
    )
