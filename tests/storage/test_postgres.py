"""What can happen to a server and the connections to it: told in time, and over when it is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from sqlalchemy import Connection, Engine, event, text, update

from app.errors import NotFound, OutcomeUnknown, Unavailable
from app.nn.spec import NetworkSpec
from app.services.creation import Draft
from app.services.records import Network
from app.settings import Limits
from app.storage.database import open_database, reading, writing
from app.storage.schema import migrate
from app.storage.store import DatabaseStore
from app.storage.tables import networks
from tests.making import create
from tests.postgres import Postgres
from tests.storage.test_store import edited

SECONDS = 1
TOLD_WITHIN = 5.0
"""SECONDS for a statement, a second of grace, a second for a connection, and a slow machine."""


@pytest.fixture(scope="module")
def own() -> Iterator[Postgres]:
    """A server that may be ill-treated."""
    server = Postgres()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def engine(own: Postgres) -> Iterator[Engine]:
    engine = open_database(own.new(), SECONDS)
    migrate(engine)
    yield engine
    engine.dispose()


def terminate_all(server: Postgres) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres'"
    )


def test_nobody_notices_a_server_that_was_restarted_meanwhile(
    own: Postgres, store: DatabaseStore, network: Network
) -> None:
    assert store.commit(network, edited(network))
    store.setting(network.id, 0)
    own.stop()
    own.start()
    current = store.network(network.id)
    assert store.commit(current, edited(current))
    store.setting(network.id, 0)
    assert store.revision(network.id) == 3


def test_while_there_is_no_server_everything_says_so_at_once(
    own: Postgres, store: DatabaseStore, network: Network
) -> None:
    own.stop()
    began = time.monotonic()
    for ask in (
        lambda: store.revision(network.id),
        lambda: store.setting(network.id, 0),
        lambda: store.commit(network, edited(network)),
    ):
        with pytest.raises(Unavailable) as caught:
            ask()
        assert caught.value.detail == "The database does not answer: it cannot be reached."
    assert time.monotonic() - began < 1
    own.start()
    assert store.commit(network, edited(network))


def test_a_connection_that_is_lost_half_way_leaves_nothing(
    own: Postgres, store: DatabaseStore, network: Network, engine: Engine
) -> None:
    def change_twice() -> None:
        with writing(engine) as connection:
            connection.execute(update(networks).values(name="half"))
            terminate_all(own)
            connection.execute(update(networks).values(name="whole"))

    with pytest.raises(Unavailable) as caught:
        change_twice()
    assert type(caught.value) is Unavailable
    assert store.network(network.id).name == "kept"


def test_a_connection_that_is_lost_while_committing_leaves_doubt(
    own: Postgres, store: DatabaseStore, network: Network, engine: Engine
) -> None:
    def lose(_: Connection) -> None:
        terminate_all(own)

    event.listen(engine, "commit", lose)
    with pytest.raises(OutcomeUnknown, match="Look whether it is there"):
        store.commit(network, edited(network))
    event.remove(engine, "commit", lose)
    assert store.commit(network, edited(network))


def test_a_server_that_hangs_is_given_up_in_time(
    own: Postgres, store: DatabaseStore, network: Network
) -> None:
    """However many wait for it one after another, as the questions of light requests do."""
    store.revision(network.id)
    own.suspend()
    try:
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(Unavailable):
                store.revision(network.id)
        assert time.monotonic() - began < TOLD_WITHIN
        began = time.monotonic()
        with pytest.raises(Unavailable):
            store.commit(network, edited(network))
        assert time.monotonic() - began < TOLD_WITHIN
    finally:
        own.resume()
    time.sleep(1)
    assert store.commit(store.network(network.id), edited(store.network(network.id)))


def test_a_statement_that_takes_too_long_is_ended_and_the_connection_lives(engine: Engine) -> None:
    with reading(engine) as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
    with pytest.raises(Unavailable, match="statement timeout"), reading(engine) as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) == backend


def test_too_many_at_a_time_are_told_so(engine: Engine) -> None:
    with pytest.raises(Unavailable, match="too many are waiting"):
        hold(engine, 40)


def hold(engine: Engine, depth: int) -> None:
    with reading(engine) as connection:
        connection.execute(text("SELECT 1"))
        if depth:
            hold(engine, depth - 1)


def test_nothing_is_left_in_a_transaction(
    own: Postgres, store: DatabaseStore, network: Network
) -> None:
    """It would hold back the server's housekeeping for as long as the connection lives."""
    store.revision(network.id)
    list(store.runs(network.id, 0, 10, 0, 10))
    next(iter(store.curves(network.id, 0, 10, 0, 10)))
    with suppress(NotFound):
        store.setting(network.id, 99)
    store.commit(network, edited(network))
    states = own.execute("SELECT DISTINCT state FROM pg_stat_activity WHERE datname <> 'postgres'")
    assert states == [("idle",)]


def test_work_goes_on_after_the_server_was_killed(own: Postgres, store: DatabaseStore) -> None:
    """In the middle of the work of four; what was acknowledged is there, and nothing twice."""
    draft = Draft(NetworkSpec((2, 2), ("sigmoid",)))
    made = [create(store, draft, Limits()) for _ in range(4)]
    acknowledged = dict.fromkeys([network.id for network in made], 1)
    enough = threading.Event()

    def work(network: Network) -> None:
        while not enough.is_set():
            with suppress(Unavailable):
                current = store.network(network.id)
                assert store.commit(current, edited(current))
                acknowledged[network.id] = current.revision + 1
            time.sleep(0.01)

    threads = [threading.Thread(target=work, args=(network,)) for network in made]
    for thread in threads:
        thread.start()
    wait_until(lambda: min(acknowledged.values()) > 10)
    own.kill()
    before = dict(acknowledged)
    own.start()
    assert all(store.revision(each) >= revision for each, revision in before.items())
    wait_until(lambda: all(acknowledged[each] > before[each] + 10 for each in before))
    enough.set()
    for thread in threads:
        thread.join()
    for each in before:
        revision = store.revision(each)
        runs = store.runs(each, 0, revision, 0, revision)
        assert [run.first_seq for run in runs] == list(range(revision))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
