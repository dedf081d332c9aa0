"""Changes that share a transaction: as independent of each other as if each had its own."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.exc import IntegrityError

from app.errors import Unavailable
from app.nn.spec import NetworkSpec
from app.services.changes import now
from app.services.creation import Draft
from app.services.library import Library
from app.services.ports import Change
from app.services.records import Data, Moment, Network, Run
from app.services.steps import take
from app.settings import Limits
from app.storage.database import open_database, writing
from app.storage.store import DatabaseStore
from app.storage.tables import networks
from tests.making import create


def edited(network: Network) -> Change:
    head = network.head
    moment = Moment(head.seq + 1, head.setting, head.state, None)
    run = Run.of("edit", moment, after_seq=head.seq)
    return Change(network.extended((run,), moment, now()), (run,))


def test_changes_that_wait_together_are_written_together(
    store: DatabaseStore, network: Network, engine: Engine
) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    waiting, current, earlier = [], network, None
    for _ in range(5):
        change = edited(current)
        earlier = store.submit(current, change, earlier)
        waiting.append(earlier)
        current = change.after
    assert [pending.outcome for pending in waiting] == [None] * 5
    assert all(pending.kept() for pending in waiting)
    assert len(commits) == 1
    assert store.network(network.id).revision == 6


def test_what_builds_on_a_change_that_was_not_kept_is_not_kept_either(
    store: DatabaseStore, network: Network, engine: Engine
) -> None:
    """Although the revision that it starts from exists: somebody else has made another one."""
    first = edited(network)
    earlier = store.submit(network, first)
    later = store.submit(first.after, edited(first.after), earlier)
    assert DatabaseStore(engine).commit(network, edited(network))
    assert not later.kept()
    assert not earlier.kept()
    assert store.revision(network.id) == 2


def test_a_change_that_cannot_be_written_leaves_the_others_alone(
    store: DatabaseStore, network: Network
) -> None:
    other = create(store, Draft(NetworkSpec((2, 2), ("sigmoid",))), Limits())
    change = edited(network)
    bad = store.submit(network, replace(change, runs=change.runs * 2))
    good = store.submit(other, edited(other))
    assert good.kept()
    with pytest.raises(IntegrityError):
        bad.kept()
    assert [store.revision(each.id) for each in (network, other)] == [1, 2]


def test_a_database_that_does_not_answer_is_asked_once_for_all(
    store: DatabaseStore, network: Network, engine: Engine
) -> None:
    hurried = open_database(engine.url, seconds=1)
    impatient = DatabaseStore(hurried)
    refusals: list[object] = []
    event.listen(hurried, "handle_error", refusals.append)
    with writing(engine) as other:
        other.execute(update(networks).values(name="held"))
        waiting = [impatient.submit(network, edited(network)) for _ in range(3)]
        for pending in waiting:
            with pytest.raises(Unavailable, match=r"locked|timeout"):
                pending.kept()
    hurried.dispose()
    assert len(refusals) == 1
    assert store.commit(network, edited(network))


def test_processes_that_change_the_same_networks_never_wait_in_a_circle(
    store: DatabaseStore, network: Network, engine: Engine
) -> None:
    """Whatever the order in which the changes come in."""
    other = create(store, Draft(NetworkSpec((2, 2), ("sigmoid",))), Limits())
    stores = [DatabaseStore(engine), DatabaseStore(engine)]
    orders = [(network.id, other.id), (other.id, network.id)]
    kept: list[bool] = []

    def change_both(mine: DatabaseStore, order: tuple[str, str]) -> None:
        for _ in range(25):
            current = [mine.network(network_id) for network_id in order]
            waiting = [mine.submit(each, edited(each)) for each in current]
            kept.extend(pending.kept() for pending in waiting)

    threads = [
        threading.Thread(target=change_both, args=each) for each in zip(stores, orders, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 100
    assert sum(kept) == sum(store.revision(network_id) - 1 for network_id in orders[0])


def test_threads_that_step_one_network_share_commits_and_lose_no_step(
    store: DatabaseStore, engine: Engine
) -> None:
    data = Data(np.array([[0.05, 0.1]]), np.array([[0.01, 0.99]]))
    network = create(store, Draft(NetworkSpec((2, 2), ("sigmoid",)), data=data), Limits())
    library = Library(store)
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    seen: list[int] = []

    def ten_steps() -> None:
        for _ in range(10):
            seen.append(take(library, network.id, 1, None, Limits()).network.head.step)

    threads = [threading.Thread(target=ten_steps) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(1, 81))
    assert store.network(network.id).head.step == 80
    assert len(commits) < 80
