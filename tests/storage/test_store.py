"""The store: all of a change or nothing, and only on the revision it was made for."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import NotFound, Unavailable
from app.services.changes import now
from app.services.ports import Change
from app.services.records import Moment, Network, Run
from app.storage.database import open_database, writing
from app.storage.store import DatabaseStore
from app.storage.tables import networks, runs, settings


def edited(network: Network) -> Change:
    head = network.head
    moment = Moment(head.seq + 1, head.setting, head.state, None)
    run = Run.of("edit", moment, after_seq=head.seq)
    return Change(network.extended((run,), moment, now()), (run,))


def test_what_was_added_comes_back(store: DatabaseStore, network: Network) -> None:
    found = store.network(network.id)
    assert found.head.state.theta.tobytes() == network.head.state.theta.tobytes()
    assert found.head.setting == network.head.setting
    assert (found.name, found.revision, found.created_at) == ("kept", 1, network.created_at)
    assert store.revision(network.id) == 1


def test_only_the_first_of_two_changes_is_kept(store: DatabaseStore, network: Network) -> None:
    assert store.commit(network, edited(network))
    assert not store.commit(network, edited(network))
    assert store.revision(network.id) == 2
    assert store.run_with(network.id, 2) is None


def test_a_change_that_fails_half_way_leaves_nothing(
    store: DatabaseStore, network: Network
) -> None:
    change = edited(network)
    twice = replace(change, runs=change.runs * 2)
    with pytest.raises(IntegrityError):
        store.commit(network, twice)
    assert store.revision(network.id) == 1
    assert store.run_with(network.id, 1) is None


def test_threads_that_change_one_network_each_win_once(
    store: DatabaseStore, network: Network
) -> None:
    def change_five_times() -> None:
        kept = 0
        while kept < 5:
            current = store.network(network.id)
            kept += store.commit(current, edited(current))

    threads = [threading.Thread(target=change_five_times) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.revision(network.id) == 21
    assert store.network(network.id).head.seq == 20


def test_a_deleted_network_leaves_nothing(
    store: DatabaseStore, network: Network, engine: Engine
) -> None:
    store.delete(network.id)
    with pytest.raises(NotFound):
        store.revision(network.id)
    with pytest.raises(NotFound):
        store.delete(network.id)
    with engine.connect() as connection:
        for table in (runs, settings):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_a_database_that_somebody_else_holds_is_waited_for_but_not_for_ever(
    store: DatabaseStore, network: Network, engine: Engine
) -> None:
    hurried = open_database(engine.url, seconds=1)
    with writing(engine) as other:
        other.execute(update(networks).values(name="held"))
        with pytest.raises(Unavailable, match=r"locked|timeout"):
            DatabaseStore(hurried).commit(network, edited(network))
    hurried.dispose()
    assert store.commit(network, edited(network))
