"""The bus on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Engine

from app.errors import Crowded, NotFound
from app.live.bus import Bus
from app.nn.spec import NetworkSpec
from app.services.creation import Draft
from app.services.records import Network, Pointer
from app.settings import Limits
from app.storage.commits import commits_of
from app.storage.database import open_database
from app.storage.schema import migrate
from app.storage.standings import DatabaseStandings
from app.storage.store import DatabaseStore
from tests.making import create

pytestmark = pytest.mark.anyio
SECONDS = 5.0


def made(engine: Engine) -> Network:
    draft = Draft(NetworkSpec((2, 2), ("sigmoid",)))
    return create(DatabaseStore(engine), draft, Limits())


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def standings(engine: Engine) -> DatabaseStandings:
    return DatabaseStandings(engine)


@pytest.fixture
def network(engine: Engine) -> Network:
    return made(engine)


@pytest.fixture
async def bus(engine: Engine, standings: DatabaseStandings) -> AsyncIterator[Bus]:
    bus = Bus(standings, commits_of(engine), most=2)
    bus.start()
    yield bus
    bus.close()
    await asyncio.to_thread(bus.join)


async def test_a_commit_wakes_those_whom_it_concerns(
    bus: Bus, engine: Engine, network: Network, standings: DatabaseStandings
) -> None:
    other = made(engine)
    here, elsewhere = bus.listen(network.id), bus.listen(other.id)
    standings.point(network.id, Pointer(0, selection="w1"))
    assert await here.changed(SECONDS)
    assert here.standing is not None
    assert here.standing.pointer == Pointer(0, selection="w1")
    assert not await elsewhere.changed(0.2)


async def test_two_who_point_at_once_both_count(
    standings: DatabaseStandings, network: Network
) -> None:
    await asyncio.gather(
        *(asyncio.to_thread(standings.point, network.id, Pointer(step)) for step in range(8))
    )
    assert standings.of([network.id])[network.id].pointed == 8


async def test_a_deleted_network_leaves_nothing(bus: Bus, engine: Engine, network: Network) -> None:
    here = bus.listen(network.id)
    DatabaseStore(engine).delete(network.id)
    assert await here.changed(SECONDS)
    assert here.standing is None


async def test_who_has_left_makes_room(bus: Bus, network: Network) -> None:
    first, _ = bus.listen(network.id), bus.listen(network.id)
    with pytest.raises(Crowded, match="2 listeners"):
        bus.listen(network.id)
    first.leave()
    bus.listen(network.id)


async def test_an_unknown_network_takes_no_place(bus: Bus, network: Network) -> None:
    for _ in range(3):
        with pytest.raises(NotFound):
            bus.listen("0")
    bus.listen(network.id)


async def test_pointing_at_what_is_not_there(standings: DatabaseStandings) -> None:
    with pytest.raises(NotFound):
        standings.point("0", Pointer(0))


async def test_closing_ends_all_listening(bus: Bus, network: Network) -> None:
    here = bus.listen(network.id)
    bus.close()
    await asyncio.to_thread(bus.join)
    assert await here.changed(SECONDS)
    assert here.closing
