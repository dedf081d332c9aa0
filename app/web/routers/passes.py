"""Forward and backward passes, traces and values: questions that change nothing.

`async def`: the network comes from the cache, and a pass of a small one takes less than handing
it to a thread; `computed` sends larger ones to a thread.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.services import asking, values
from app.services.asking import Question
from app.services.batches import next_batch
from app.services.records import Network
from app.web.declared import API, problems
from app.web.deps import CurrentNetwork, Here, Services, computed
from app.web.direct import DirectRoute
from app.web.names import names_in
from app.web.paging import place_after, token
from app.web.schemas.passes import (
    BackwardIn,
    BackwardOut,
    ForwardIn,
    ForwardOut,
    TraceOut,
    TraceQuery,
    ValueQuery,
    ValuesOut,
    ValuesQuery,
    backward_out,
    forward_out,
    trace_out,
)

router = APIRouter(prefix=API, tags=["passes"], route_class=DirectRoute)


@router.post("/networks/{id}/forward", responses=problems(404, 409, body=True))
async def forward(asked: ForwardIn, network: CurrentNetwork, here: Here) -> ForwardOut:
    """What the network answers, with every net input on the way. Nothing changes."""
    question = asked.question()

    def work() -> ForwardOut:
        return forward_out(*asking.forward(here.library, network, question, here.limits))

    return await computed(network, work, rows_of(question))


@router.post("/networks/{id}/backward", responses=problems(404, 409, body=True))
async def backward(asked: BackwardIn, network: CurrentNetwork, here: Here) -> BackwardOut:
    """The error and every derivative on the way back. Nothing changes."""
    question = asked.question()

    def work() -> BackwardOut:
        return backward_out(*asking.backward(here.library, network, question, here.limits))

    return await computed(network, work, rows_of(question))


@router.get("/networks/{id}/trace", responses=problems(404, 409))
async def trace(
    network: CurrentNetwork, here: Here, query: Annotated[TraceQuery, Query()]
) -> TraceOut:
    """Forward, error, backward and update at one step, as arrays."""
    work = partial(traced, here, network, query)
    return await computed(network, work)


@router.get("/networks/{id}/values", responses=problems(404, 409))
async def named_values(
    network: CurrentNetwork, here: Here, query: Annotated[ValuesQuery, Query()]
) -> ValuesOut:
    """Any intermediate values by name; without names all of them, in order of computation."""
    return await computed(network, partial(valued, here, network, query))


@router.get("/networks/{id}/values/{name:path}", responses=problems(404, 409))
async def named_value(
    network: CurrentNetwork,
    here: Here,
    name: Annotated[str, Path(max_length=200)],
    query: Annotated[ValueQuery, Query()],
) -> ValuesOut:
    """One value; its name may be written with slashes, encoded or not."""
    asked = ValuesQuery(names=name, step=query.step, seq=query.seq, example=query.example)
    return await computed(network, partial(valued, here, network, asked))


def rows_of(question: Question) -> int | None:
    return None if question.inputs is None else len(question.inputs)


def traced(here: Services, network: Network, query: TraceQuery) -> TraceOut:
    moment = here.library.moment(network, query.at)
    found = here.library.trace(network, query.at)
    if query.example is not None:
        values.check_example(found, query.example)
    rows = next_batch(moment.setting, moment.step).rows
    return trace_out(moment.spec, found, moment.seq, rows, query.example)


def valued(here: Services, network: Network, query: ValuesQuery) -> ValuesOut:
    spec = here.library.entry(network, query.at).setting.spec
    found = here.library.trace(network, query.at)
    step = found.before.step
    if query.names is not None:
        known = values.by_name(spec, found, names_in(query.names), query.example)
        return ValuesOut(step=step, example=query.example, values=known)
    start = place_after(query.page_token)
    page, after = values.in_order(spec, found, start, query.page_size, query.example)
    return ValuesOut(
        step=step,
        example=query.example,
        values=page,
        next_page_token=None if after is None else token(after),
    )
