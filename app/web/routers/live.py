"""Watching a network. `async def`: a stream waits on the event loop, hundreds of them at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from app.services import live
from app.services.live import Position
from app.web.declared import API, event_stream, problems
from app.web.deps import Here, NetworkId
from app.web.guard import still_allowed
from app.web.request import StrictRoute
from app.web.schemas.live import PointerIn, PointerOut
from app.web.stream import EventStream

router = APIRouter(prefix=API, tags=["live"], route_class=StrictRoute)

LastEventId = Annotated[
    str | None, Header(description="The id of the last event received: the stream goes on there.")
]


@router.get("/networks/{id}/events", response_class=Response, responses=event_stream())
async def watch_network(
    network_id: NetworkId, here: Here, request: Request, last_event_id: LastEventId = None
) -> Response:
    """Server-sent events: `network` when it has moved, `cursor` when its presenter has,
    `deleted` at the end. Several moves within a tenth of a second are told as one."""
    known = None if last_event_id is None else Position.read(last_event_id)
    return EventStream(here.bus.listen(network_id), known, still_allowed(request.scope))


@router.put("/networks/{id}/cursor", responses=problems(404, body=True))
def point(network_id: NetworkId, asked: PointerIn, here: Here) -> PointerOut:
    """Show those who follow where the presenter stands. Only the last place is kept."""
    live.point(here.library, here.standings, network_id, asked.pointer)
    return PointerOut.model_validate(asked.pointer)
