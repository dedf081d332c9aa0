"""Long runs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.services.records import Evaluate, Training
from app.services.stopping import Patience, Rule, Stop
from app.services.trainings import Plan
from app.web.schemas.base import Answer, Asked, Count, Float, Number, example
from app.web.schemas.networks import BatchPatch

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class PatienceIn(Asked):
    model_config = example({"steps": 500, "delta": 1e-6})

    steps: Count = Field(description="How many steps may bring nothing better.")
    delta: Annotated[float, Field(ge=0, allow_inf_nan=False)] = Field(
        default=0.0, description="Better means smaller by at least this much."
    )


class StopIn(Asked):
    """Rules that end a training before its last step. Each is held against the start and every
    step, and the first step at which one holds is the last."""

    model_config = example({"loss_below": 0.001, "no_improvement": {"steps": 500}})

    loss_below: Number | None = None
    no_improvement: PatienceIn | None = None
    not_finite: bool = Field(
        default=False, description="The loss or a parameter is not a finite number any more."
    )
    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(
        default=None, description="Of work on it; looked at between chunks of about 0.1 s."
    )

    @property
    def rules(self) -> Stop:
        waits = self.no_improvement
        return Stop(
            loss_below=self.loss_below,
            no_improvement=None if waits is None else Patience(waits.steps, waits.delta),
            not_finite=self.not_finite,
            seconds=self.seconds,
        )


class EvaluateIn(Asked):
    """Loss, and accuracy for classes, on the examples that no update sees."""

    model_config = example({"every": 100})

    every: Count | None = Field(
        default=None, description="So many steps lie between; at the end in any case."
    )


class TrainingIn(Asked):
    model_config = example(
        {"steps": 10_000},
        {
            "epochs": 200,
            "batch": {"size": 16, "shuffle": True},
            "stop": {"loss_below": 0.001, "not_finite": True},
            "evaluate": {"every": 100},
        },
    )

    steps: Count | None = None
    epochs: Count | None = Field(default=None, description="How often through all examples.")
    stop: StopIn = StopIn()
    evaluate: EvaluateIn | None = None
    batch: BatchPatch | None = Field(
        default=None, description="Batches of the network from now on: a history entry before."
    )

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.steps is None) == (self.epochs is None):
            raise PydanticCustomError("one_of", "Give either steps or epochs.")
        return self

    @property
    def plan(self) -> Plan:
        batch: dict[str, Any] = (
            {} if self.batch is None else self.batch.model_dump(exclude_unset=True)
        )
        evaluate = None if self.evaluate is None else Evaluate(self.evaluate.every)
        return Plan(self.steps, self.epochs, self.stop.rules, evaluate, batch)


class PatienceOut(Answer):
    steps: int
    delta: Float


class StopOut(Answer):
    loss_below: Float | None
    no_improvement: PatienceOut | None
    not_finite: bool
    seconds: Float | None


class EvaluationOut(Answer):
    """On the test examples, at a step of the network."""

    step: int
    loss: Float
    accuracy: Float | None = Field(description="null when the targets are no classes.")


class TrainingOut(Answer):
    id: str
    network_id: str
    sweep_id: str | None = Field(description="The sweep that it is a trial of.")
    state: State
    total: int
    done: int
    rate: Float | None = Field(description="Steps per second.")
    seconds: Float = Field(description="Of work on it so far, keeping it included.")
    seconds_left: Float | None
    loss: Float | None
    stop: StopOut
    stopped_by: Rule | None = Field(description="The rule that ended it; null without one.")
    evaluations: list[EvaluationOut]
    problem: str | None
    created_at: datetime
    updated_at: datetime


class TrainingList(Answer):
    trainings: list[TrainingOut]


def training_out(training: Training) -> TrainingOut:
    return TrainingOut.model_validate(training)
