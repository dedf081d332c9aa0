"""Parameters, one by one, with their names and addresses."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.nn.names import Names
from app.nn.spec import trainable_mask
from app.services.records import Network
from app.web.paging import token
from app.web.schemas.base import Answer, Asked, AskedInQuery, Float, Number, example


class ParametersPatch(Asked):
    model_config = example({"values": {"w5": 0.41}})

    values: Annotated[dict[str, Number], Field(min_length=1)] = Field(
        description="New values by name or address."
    )


class ParameterPageQuery(AskedInQuery):
    page_size: int = Field(default=10_000, ge=1, le=10_000)
    page_token: Annotated[str, Field(max_length=20)] | None = None


class ParameterOut(Answer):
    name: str
    address: str
    value: Float
    trainable: bool


class ParameterList(Answer):
    revision: int
    step: int
    seq: int
    parameters: list[ParameterOut]
    next_page_token: str | None


def parameter_list(network: Network, start: int, size: int) -> ParameterList:
    head = network.head
    names = Names.of(head.spec)
    page = slice(start, start + size)
    columns = zip(
        *names.some_parameters(page),
        head.state.theta[page].tolist(),
        trainable_mask(head.spec)[page].tolist(),
        strict=True,
    )
    return ParameterList(
        revision=network.revision,
        step=head.step,
        seq=head.seq,
        parameters=[
            ParameterOut(name=name, address=address, value=value, trainable=trainable)
            for name, address, value, trainable in columns
        ],
        next_page_token=token(page.stop) if page.stop < head.state.theta.size else None,
    )
