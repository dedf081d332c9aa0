"""Recorded series and many traced steps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.services.history import Thinned
from app.services.library import Span
from app.web.schemas.base import Answer, AskedInQuery, Floats1, Step


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
        description="At most so many buckets, 1000 by default. A binary answer is never thinned.",
    )
    series: Annotated[str, Field(max_length=20_000)] = Field(
        default="loss", description="loss, and parameters by name or address; commas between."
    )


class TracesQuery(SpanQuery):
    example: Step = Field(default=0, description="The row of each batch, counted from 0.")
    names: Annotated[str, Field(max_length=50_000)] | None = Field(
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
    """For each bucket the smallest, the largest and the last value."""

    min: Floats1
    max: Floats1
    last: Floats1


class HistoryOut(Answer):
    first: int = Field(serialization_alias="from")
    last: int = Field(serialization_alias="to")
    stride: int = Field(description="Steps per bucket.")
    steps: list[int] = Field(description="The last step of each bucket.")
    series: dict[str, SeriesOut]


class ColumnsOut(Answer):
    columns: list[str]
    next_page_token: str | None = None


def history_out(over: Span, stride: int, ends: list[int], series: dict[str, Thinned]) -> HistoryOut:
    return HistoryOut(
        first=over.first,
        last=over.last,
        stride=stride,
        steps=ends,
        series={name: series_out(thinned) for name, thinned in series.items()},
    )


def series_out(thinned: Thinned) -> SeriesOut:
    return SeriesOut(
        min=thinned.low.tolist(), max=thinned.high.tolist(), last=thinned.last.tolist()
    )
