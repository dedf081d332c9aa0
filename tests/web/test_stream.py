"""A stream whose listener does not read."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.types import Message

from app.live.bus import Bus
from app.nn.spec import NetworkSpec
from app.services.creation import Draft
from app.services.records import Pointer
from app.settings import Limits
from app.storage.commits import commits_of
from app.storage.database import open_database
from app.storage.schema import migrate
from app.storage.standings import DatabaseStandings
from app.storage.store import DatabaseStore
from app.web.guard import always
from app.web.stream import EventStream
from tests.making import create

MOVES = 50
SECONDS = 5.0


@pytest.mark.anyio
async def test_nothing_gathers_for_it_and_then_it_is_told_the_newest(database_url: str) -> None:
    engine = open_database(database_url)
    migrate(engine)
    network = create(DatabaseStore(engine), Draft(NetworkSpec((2, 2), ("sigmoid",))), Limits())
    standings = DatabaseStandings(engine)
    bus = Bus(standings, commits_of(engine), most=1)
    bus.start()
    listener = bus.listen(network.id)
    asked, reads, told = asyncio.Event(), asyncio.Event(), asyncio.Event()
    sent: list[bytes] = []

    def pointed() -> list[bytes]:
        return [each for each in sent if b"event: cursor" in each]

    async def send(message: Message) -> None:
        """As a server's does while its buffer is full."""
        sent.append(message.get("body", b""))
        if pointed():
            asked.set()
            await reads.wait()
        if len(pointed()) > 1:
            told.set()

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    stream = EventStream(listener, None, always)
    scope = {"type": "http", "asgi": {"spec_version": "2.3"}}
    sending = asyncio.create_task(stream(scope, receive, send))
    for step in range(MOVES):
        await asyncio.to_thread(standings.point, network.id, Pointer(step))
        await asyncio.wait_for(asked.wait(), SECONDS)  # or the first told would be the last made
    while listener.standing is None or listener.standing.pointed < MOVES:
        assert await listener.changed(SECONDS)
    assert len(pointed()) == 1
    reads.set()
    await asyncio.wait_for(told.wait(), SECONDS)
    assert json.loads(pointed()[1].split(b"data: ")[-1])["step"] == MOVES - 1
    bus.close()
    await asyncio.to_thread(bus.join)
    await asyncio.wait_for(sending, SECONDS)
    assert sent[-1] == b""
    bus.listen(network.id)  # the place is free again
    engine.dispose()
