"""What was recorded. `def`: it reads many rows, and a thread keeps light requests unharmed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.errors import BadInput
from app.services import history, traces
from app.web.binary import Accept, raw
from app.web.declared import API, BINARY, binary, problems
from app.web.deps import CurrentNetwork, Here
from app.web.names import names_in
from app.web.paging import place_after, token
from app.web.schemas.history import (
    ColumnsOut,
    ColumnsQuery,
    HistoryOut,
    HistoryQuery,
    TracesQuery,
    history_out,
)

router = APIRouter(prefix=API, tags=["history"])

DEFAULT_POINTS = 1_000


@router.get(
    "/networks/{id}/history",
    response_model=HistoryOut,
    responses=binary("Buckets; or, when accepted, one series raw, (steps,)") | problems(404),
)
def read_history(
    network: CurrentNetwork,
    here: Here,
    query: Annotated[HistoryQuery, Query()],
    accept: Accept = "application/json",
) -> HistoryOut | Response:
    """Series along the current line, thinned so that no peak is lost."""
    names = names_in(query.series)
    over = history.span(network, query.first, query.last)
    if BINARY in accept:
        check_unthinned(query, names)
        return raw(history.series(here.library, network, names, over)[0])
    stride = history.stride(over, query.max_points or DEFAULT_POINTS)
    thinned = history.thinned_series(here.library, network, names, over, stride)
    ends = history.bucket_ends(over, stride).tolist()
    return history_out(over, stride, ends, dict(zip(names, thinned, strict=True)))


@router.get(
    "/networks/{id}/traces",
    response_class=Response,
    responses=binary("Every named value of every step, (steps, columns)") | problems(404, 409),
)
def read_traces(
    network: CurrentNetwork, here: Here, query: Annotated[TracesQuery, Query()]
) -> Response:
    """Many traced steps as one array; its columns are `names`, or else those of `trace-columns`."""
    over = history.span(network, query.first, query.last)
    names = None if query.names is None else names_in(query.names)
    return raw(traces.rows(here.library, network, over, query.example, here.limits, names))


@router.get("/networks/{id}/trace-columns", responses=problems(404))
def read_trace_columns(
    network: CurrentNetwork, query: Annotated[ColumnsQuery, Query()]
) -> ColumnsOut:
    """The names of the columns of `traces`, in order of computation."""
    start = place_after(query.page_token)
    names, after = traces.some_columns(network, start, query.page_size)
    return ColumnsOut(columns=names, next_page_token=None if after is None else token(after))


def check_unthinned(query: HistoryQuery, names: list[str]) -> None:
    if len(names) != 1:
        detail = "A binary answer is one series; ask for one, or for Accept: application/json."
        raise BadInput.at("/series", "out-of-range", detail)
    if query.max_points is not None:
        detail = "A binary answer holds every step; leave max_points out."
        raise BadInput.at("/max_points", "out-of-range", detail)
