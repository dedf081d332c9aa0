"""Long runs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.services.records import Training
from app.services.trainings import Plan
from app.web.schemas.base import Answer, Asked, Count, Float, example


class TrainingIn(Asked):
    model_config = example({"steps": 10_000})

    steps: Count | None = None
    epochs: Count | None = Field(default=None, description="How often through all examples.")

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.steps is None) == (self.epochs is None):
            raise PydanticCustomError("one_of", "Give either steps or epochs.")
        return self

    @property
    def plan(self) -> Plan:
        return Plan(self.steps, self.epochs)


class TrainingOut(Answer):
    id: str
    network_id: str
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    total: int
    done: int
    rate: Float | None = Field(description="Steps per second.")
    seconds_left: Float | None
    loss: Float | None
    problem: str | None
    created_at: datetime
    updated_at: datetime


class TrainingList(Answer):
    trainings: list[TrainingOut]


def training_out(training: Training) -> TrainingOut:
    return TrainingOut.model_validate(training)
