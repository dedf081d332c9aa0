"""Updates made in a request, and what the last of them did."""

from __future__ import annotations

from pydantic import Field

from app.nn.names import Names
from app.services.records import NotFinite
from app.services.steps import Steps
from app.web.schemas.base import Answer, Asked, Count, Float, example
from app.web.schemas.networks import NotFiniteOut, not_finite_out

MOST_UPDATES = 1_000


class StepsIn(Asked):
    model_config = example({"count": 1})

    count: Count = 1


class UpdateOut(Answer):
    name: str
    address: str
    before: Float
    gradient: Float
    after: Float


class StepsOut(Answer):
    revision: int
    step: int
    seq: int
    count: int
    loss_before: Float | None
    loss_after: Float | None
    updates: list[UpdateOut] = Field(description="Of the last step; at most 1000 parameters.")
    first_not_finite: NotFiniteOut | None


def steps_out(steps: Steps, not_finite: NotFinite | None) -> StepsOut:
    head = steps.network.head
    names = Names.of(head.spec)
    rows = zip(
        *names.some_parameters(slice(MOST_UPDATES)),
        steps.last.state.theta[:MOST_UPDATES].tolist(),
        steps.gradient[:MOST_UPDATES].tolist(),
        head.state.theta[:MOST_UPDATES].tolist(),
        strict=True,
    )
    return StepsOut(
        revision=steps.network.revision,
        step=head.step,
        seq=head.seq,
        count=steps.count,
        loss_before=steps.loss_before,
        loss_after=head.loss,
        updates=[
            UpdateOut(name=n, address=a, before=b, gradient=g, after=after)
            for n, a, b, g, after in rows
        ],
        first_not_finite=not_finite_out(not_finite),
    )
