"""What was recorded. `def`: it reads many rows, and a thread keeps light requests unharmed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from app.errors import BadInput
from app.services import buckets, history, traces
from app.services.records import Network
from app.web.binary import Accept, raw
from app.web.declared import API, BESIDE, BINARY, binary, problems
from app.web.deps import CurrentNetwork, Here, Services
from app.web.guard import check_other
from app.web.names import names_in
from app.web.paging import place_after, token
from app.web.schemas.history import (
    ColumnsOut,
    ColumnsQuery,
    HistoryOut,
    HistoryQuery,
    SeriesOf,
    TracesQuery,
    history_out,
)

router = APIRouter(prefix=API, tags=["history"])

DEFAULT_POINTS = 1_000
Beside = Annotated[
    str | None,
    Header(
        alias=BESIDE,
        description="`Bearer` and a token of the network in `compare`, where access is by links.",
    ),
]


@router.get(
    "/networks/{id}/history",
    response_model=HistoryOut,
    responses=binary("Buckets; or, when accepted, every step raw, (steps,) or (series, steps)")
    | problems(404),
)
def read_history(
    network: CurrentNetwork,
    here: Here,
    query: Annotated[HistoryQuery, Query()],
    request: Request,
    accept: Accept = "application/json",
    _beside: Beside = None,
) -> HistoryOut | Response:
    """Series along the current line, thinned so that no peak is lost; those of another network
    beside them."""
    names = names_in(query.series)
    if BINARY in accept:
        check_unthinned(query)
        over = history.span(network, query.first, query.last)
        found = history.series(here.library, network, names, over, here.limits)
        return raw(found if len(names) > 1 else found[0])
    other = None if query.compare is None else compared(request, here, query.compare)
    over = history.span(network, query.first, query.last, other)
    axis = buckets.axis(over, query.max_points or DEFAULT_POINTS)
    both = [
        SeriesOf(one, dict(zip(names, found, strict=True)))
        for one in (network, other)
        if one is not None
        for found in [history.thinned(here.library, one, names, axis)]
    ]
    return history_out(axis, *both)


def compared(request: Request, here: Services, network_id: str) -> Network:
    check_other(request.scope, network_id)
    return here.library.network(network_id)


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


def check_unthinned(query: HistoryQuery) -> None:
    for name in ("max_points", "compare"):
        if getattr(query, name) is not None:
            detail = f"A binary answer holds every step of one network; leave {name} out."
            raise BadInput.at(f"/{name}", "out-of-range", detail)
