"""A stream of server-sent events about one network.

Written by hand because a class of hundreds listens through one process. Nothing is queued for
anybody: while a listener does not read, the generator below does not go on, and afterwards it
says where the network stands then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.services.live import Listener, Position, news
from app.web.schemas.live import frame

HEARTBEAT_SECONDS = 15.0
"""Proxies close what says nothing for a minute."""
PAUSE_SECONDS = 0.1
"""At most ten times a second."""
FIRST = b"retry: 1000\n\n"
HEARTBEAT = b": nothing new\n\n"
DELETED = b"event: deleted\ndata: {}\n\n"


class EventStream(StreamingResponse):
    media_type = "text/event-stream"

    def __init__(
        self, listener: Listener, known: Position | None, allowed: Callable[[], bool]
    ) -> None:
        # Nginx would gather events into blocks; the header tells it not to.
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(frames(listener, known, allowed), headers=headers)
        self._listener = listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._listener.leave()


async def frames(
    listener: Listener, known: Position | None, allowed: Callable[[], bool]
) -> AsyncIterator[bytes]:
    """Everything after `known`, until the network is deleted, the service stops, or the link that
    opened the stream is revoked."""
    yield FIRST
    while not listener.closing and allowed():
        standing = listener.standing
        if standing is None:
            yield DELETED
            return
        told = news(known, standing)
        if told:
            known = told[-1].position
            yield b"".join(map(frame, told))
            await asyncio.sleep(PAUSE_SECONDS)
        elif not await listener.changed(HEARTBEAT_SECONDS):
            yield HEARTBEAT
