"""What a stream of events says, and where a presenter stands."""

from __future__ import annotations

from pydantic import Field

from app.nn.places import Phase
from app.services.live import News
from app.services.records import Notation, Pointer, Standing, TrainingState
from app.web.schemas.base import Answer, Asked, Float, Step, Text, example


class PointerIn(Asked):
    """Where the presenter stands."""

    model_config = example(
        {"step": 1, "phase": "backward", "quantity": "dE/dw5", "selection": "w5"}
    )

    step: Step
    phase: Phase | None = None
    quantity: Text | None = Field(default=None, description="What is being explained, by name.")
    selection: Text | None = Field(default=None, description="What is selected, by name.")
    notation: Notation | None = None
    example: Step = 0

    @property
    def pointer(self) -> Pointer:
        return Pointer(**self.model_dump())


class PointerOut(Answer):
    step: int
    phase: Phase | None
    quantity: str | None
    selection: str | None
    notation: Notation | None
    example: int


class ProgressOut(Answer):
    id: str
    state: TrainingState
    total: int
    done: int


class NetworkEvent(Answer):
    """The data of an event `network`: the network has moved."""

    revision: int
    after_seq: int | None = Field(
        description="The last history entry told before: those up to `seq` are new. Null at the "
        "start of a stream that resumes nothing."
    )
    seq: int
    step: int
    loss: Float | None
    training: ProgressOut | None = Field(description="The training that owns the network now.")


def frame(news: News) -> bytes:
    """One event, as a stream of server-sent events has it."""
    told = cursor_event(news.standing) if news.subject == "cursor" else network_event(news)
    head = f"id: {news.position}\nevent: {news.subject}\ndata: "
    return f"{head}{told.model_dump_json()}\n\n".encode()


def network_event(news: News) -> NetworkEvent:
    now = news.standing
    training = None if now.training is None else ProgressOut.model_validate(now.training)
    return NetworkEvent(
        revision=now.revision,
        after_seq=news.after_seq,
        seq=now.seq,
        step=now.step,
        loss=now.loss,
        training=training,
    )


def cursor_event(now: Standing) -> PointerOut:
    return PointerOut.model_validate(now.pointer)
