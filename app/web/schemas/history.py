"""Recorded series and many traced steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field

from app.nn.spec import Floats
from app.services.buckets import Axis, Thinned
from app.services.records import Network
from app.web.schemas.base import Answer, AskedInQuery, Float, Id, Step


class SpanQuery(AskedInQuery):
    first: Step = Field(default=0, alias="from")
    last: Step | None = Field(
        default=None, alias="to", description="Included; default is where the network stands."
    )


class HistoryQuery(SpanQuery):
    max_points: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="At most so many buckets, 1000 by default; buckets of 256 steps or more begin "
        "at a multiple of their size. A binary answer is never thinned.",
    )
    series: Annotated[str, Field(max_length=5_000)] = Field(  # fits an address when encoded
        default="loss", description="loss, and parameters by name or address; commas between."
    )
    compare: Id | None = Field(
        default=None,
        description="Another network, whose series come in the same buckets; `to` may then be as "
        "far as either stands.",
    )


class TracesQuery(SpanQuery):
    example: Step = Field(default=0, description="The row of each batch, counted from 0.")
    names: Annotated[str, Field(max_length=20_000)] | None = Field(
        default=None,
        description="Only these columns, in this order; commas between. Default: all.",
        examples=["E_total,w5,dE/dw5,w5+"],
    )


class ColumnsQuery(AskedInQuery):
    page_size: int | None = Field(
        default=None, ge=1, le=100_000, description="At most so many names; by default all."
    )
    page_token: Annotated[str, Field(max_length=20)] | None = None


class SeriesOut(Answer):
    """For each bucket the smallest, the largest and the last value that was kept; null where none
    was, or where the network did not get so far."""

    min: list[Float | None]
    max: list[Float | None]
    last: list[Float | None]


class ComparedOut(Answer):
    """The same buckets of another network."""

    id: str
    name: str | None
    step: int = Field(description="Where it stands.")
    series: dict[str, SeriesOut]


class HistoryOut(Answer):
    first: int = Field(serialization_alias="from")
    last: int = Field(serialization_alias="to")
    stride: int = Field(description="Steps per bucket; the first and the last may be shorter.")
    steps: list[int] = Field(description="The last step of each bucket.")
    series: dict[str, SeriesOut]
    compared: ComparedOut | None


class ColumnsOut(Answer):
    columns: list[str]
    next_page_token: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesOf:
    """What is told of one network."""

    network: Network
    series: Mapping[str, Thinned]

    def out(self) -> dict[str, SeriesOut]:
        return {name: series_out(thinned) for name, thinned in self.series.items()}


def history_out(axis: Axis, found: SeriesOf, other: SeriesOf | None = None) -> HistoryOut:
    return HistoryOut(
        first=axis.over.first,
        last=axis.over.last,
        stride=axis.stride,
        steps=axis.ends.tolist(),
        series=found.out(),
        compared=None if other is None else compared_out(other),
    )


def compared_out(other: SeriesOf) -> ComparedOut:
    network = other.network
    return ComparedOut(id=network.id, name=network.name, step=network.head.step, series=other.out())


def series_out(thinned: Thinned) -> SeriesOut:
    return SeriesOut(
        min=numbers(thinned.low, thinned.kept),
        max=numbers(thinned.high, thinned.kept),
        last=numbers(thinned.last, thinned.kept),
    )


def numbers(values: Floats, kept: npt.NDArray[np.bool_]) -> list[float | None]:
    found: list[float | None] = values.tolist()
    for at in np.flatnonzero(~kept):
        found[at] = None
    return found
