"""What is dropped of a history, and that nothing else changes by it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.errors import StepNotKept, TooMuchWork
from app.nn.spec import Choice, NetworkSpec
from app.services import edits, forks, history, replay, steps, traces
from app.services.buckets import axis
from app.services.creation import Draft
from app.services.library import At, Library, Span
from app.services.records import Data, Network, Outline
from app.services.thinning import choose, told
from app.settings import Limits
from app.storage.database import open_database
from app.storage.schema import migrate
from app.storage.store import DatabaseStore
from tests.databases import Databases
from tests.making import create

ROW = 80
START = Outline(0, 0, 1, 1, ROW, 0, repeats=False)


def outlines(*counts: int, memory: int = 0) -> list[Outline]:
    """The start, then runs of so many updates each."""
    found = [replace(START, memory_bytes=memory)]
    for count in counts:
        seq = found[-1].last_seq + 1
        found.append(Outline(seq, seq, count, count, ROW, memory, repeats=True))
    return found


def size(runs: list[Outline]) -> int:
    return sum(run.kept_bytes for run in runs)


def test_nothing_is_dropped_while_there_is_room() -> None:
    runs = outlines(3, 5)
    assert choose(runs, size(runs)).rows == {}
    assert told(runs) is None


def test_rows_that_can_be_made_again_go_first_the_oldest_first() -> None:
    runs = outlines(1, 10, 1, 10, 10)
    chosen = choose(runs, size(runs) - 1)
    assert chosen.rows == {2: 1}
    assert chosen.kept_bytes == size(runs) - 9 * ROW
    assert (chosen.thinned.dropped, chosen.thinned.recomputed) == (0, 9)
    assert choose(runs, size(runs) - 27 * ROW).rows == {2: 1, 13: 1, 23: 1}


def test_then_what_leaves_the_smallest_gap() -> None:
    runs = outlines(1, 1, 1, 1, 1, 1, 1)
    for rows, gap in ((1, 1), (3, 1), (4, 2)):
        chosen = choose(runs, size(runs) - rows * ROW)
        assert len(chosen.rows) == chosen.thinned.dropped == rows
        assert chosen.thinned.longest_gap == gap
    assert choose(runs, size(runs) - 3 * ROW).rows == {1: 0, 3: 0, 5: 0}


def test_a_run_that_another_is_repeated_from_takes_that_with_it() -> None:
    runs = outlines(1, 20, 1, 1, 1)
    chosen = choose(runs, size(runs) - 21 * ROW)
    assert chosen.rows == {2: 1, 22: 0, 23: 0}
    assert (chosen.thinned.dropped, chosen.thinned.recomputed) == (2, 19)
    chosen = choose(runs, size(runs) - 22 * ROW)
    assert chosen.rows == {1: 0, 2: 1, 22: 0, 23: 0}
    assert (chosen.thinned.dropped, chosen.thinned.longest_gap) == (22, 20)
    with_memory = outlines(1, 1, 1, 1, 1, memory=2 * ROW)
    assert choose(with_memory, size(with_memory) - 1).thinned.longest_gap == 2


def test_the_start_and_the_last_row_are_never_dropped() -> None:
    edit = Outline(1, 0, 1, 1, ROW, 0, repeats=False)
    runs = [START, edit, *(replace(run, first_seq=run.first_seq + 1) for run in outlines(5, 5)[1:])]
    chosen = choose(runs, 0)
    assert chosen.rows == {2: 0, 7: 1}
    assert chosen.thinned.longest_gap == 9


# What really happens, in a store with little room beside one with much.

LIMITS = Limits()
MUCH, LITTLE = 10**9, 1400
ROOMS = [250, 500, 1000, 2000]
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("steps"), st.sampled_from([1, 2, 7, 13])),
        st.tuples(st.just("edit"), st.integers(-2, 2)),
        st.tuples(st.just("rate"), st.integers(1, 9)),
        st.tuples(st.just("reset"), st.integers(0, 100)),
    ),
    min_size=4,
    max_size=25,
)
OPTIMIZERS = ["sgd", "adam"]


@pytest.fixture(scope="module")
def engine(databases: Databases) -> Iterator[Engine]:
    engine = open_database(databases.new())
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def stores(engine: Engine) -> dict[int, DatabaseStore]:
    """One for each amount of room, because each holds on to a connection."""
    return {room: DatabaseStore(engine, room) for room in (*ROOMS, MUCH)}


def draft(optimizer: str) -> Draft:
    spec = NetworkSpec(
        (1, 1), ("linear",), seed=3, optimizer=Choice(optimizer, {"learning_rate": 0.1})
    )
    return Draft(spec, seeded=True, data=Data(np.array([[0.5]]), np.array([[0.25]])))


def do(library: Library, network_id: str, what: str, amount: int) -> None:
    if what == "steps":
        steps.take(library, network_id, amount, None, LIMITS)
    elif what == "edit":
        edits.set_parameters(library, network_id, {"w1": amount / 2}, None, LIMITS)
    elif what == "rate":
        patch = edits.Patch(optimizer_options={"learning_rate": amount / 10})
        edits.patch(library, network_id, patch, None, LIMITS)
    else:
        step = library.network(network_id).head.step * amount // 100
        edits.reset(library, network_id, At(step=step), None, LIMITS)


def fresh(library: Library, network: Network) -> tuple[Library, Network]:
    """Without anything remembered."""
    again = Library(library.store)
    return again, again.network(network.id)


@settings(max_examples=100, deadline=None)
@given(
    deeds=DEEDS,
    optimizer=st.sampled_from(OPTIMIZERS),
    room=st.sampled_from(ROOMS),
)
def test_what_can_be_read_of_a_thinned_history_is_what_was_recorded(
    stores: dict[int, DatabaseStore], deeds: list[tuple[str, int]], optimizer: str, room: int
) -> None:
    little, much = Library(stores[room]), Library(stores[MUCH])
    ids = [create(one.store, draft(optimizer), LIMITS).id for one in (little, much)]
    for what, amount in deeds:
        try:
            do(little, ids[0], what, amount)
        except (StepNotKept, TooMuchWork):
            continue  # then nothing has changed
        do(much, ids[1], what, amount)
    (little, thinned), (much, whole) = [
        fresh(one, one.network(of)) for one, of in zip((little, much), ids, strict=True)
    ]
    assert thinned.kept_bytes <= room
    assert thinned.kept_bytes == sum(run.kept_bytes for run in little.store.outlines(ids[0]))
    assert whole.thinned is None
    over = Span(0, thinned.head.step)
    for one, other in zip(
        history.series(little, thinned, ["loss", "w1"], over, LIMITS),
        history.series(much, whole, ["loss", "w1"], over, LIMITS),
        strict=True,
    ):
        kept = ~np.isnan(one)
        np.testing.assert_array_equal(one[kept], other[kept])
    assert_losses_are_all_there(little, thinned, much, whole)
    gone = [seq for seq in range(thinned.head.seq + 1) if not same_moment(little, much, ids, seq)]
    told_of = thinned.thinned
    event(f"{optimizer}: dropped {bool(gone)}, recomputed {bool(told_of and told_of.recomputed)}")
    assert len(gone) == (0 if told_of is None else told_of.dropped)


def assert_losses_are_all_there(
    little: Library, thinned: Network, much: Library, whole: Network
) -> None:
    over = Span(0, thinned.head.step)
    losses = [
        history.series(one, of, ["loss"], over, LIMITS).tobytes()
        for one, of in ((little, thinned), (much, whole))
    ]
    assert losses[0] == losses[1]
    buckets = [
        history.thinned(one, of, ["loss"], axis(over, 5))[0]
        for one, of in ((little, thinned), (much, whole))
    ]
    assert buckets[0].kept.all()
    np.testing.assert_array_equal(buckets[0].low, buckets[1].low)


def same_moment(little: Library, much: Library, ids: list[str], seq: int) -> bool:
    """False when it was dropped; then the step named instead can be used."""
    try:
        found = replay.moment(little.store, ids[0], seq)
    except StepNotKept as error:
        little.moment(little.network(ids[0]), At(step=error.nearest))
        return False
    wanted = replay.moment(much.store, ids[1], seq)
    assert (found.step, found.loss, found.setting.spec) == (
        wanted.step, wanted.loss, wanted.setting.spec,
    )  # fmt: skip
    for one, other in ((found.state.theta, wanted.state.theta),
                       (found.state.memory, wanted.state.memory)):  # fmt: skip
        assert one.tobytes() == other.tobytes()
    return True


def test_a_fork_of_a_thinned_history_is_thinned_alike(engine: Engine) -> None:
    library = Library(DatabaseStore(engine, 3_000))
    network_id = create(library.store, draft("adam"), LIMITS).id
    for _ in range(12):
        do(library, network_id, "steps", 9)
    library, network = fresh(library, library.network(network_id))
    assert network.thinned is not None
    assert network.thinned.recomputed > 0
    for step in (network.head.step, 20, 100):
        at = At(step=step)
        try:
            fork = forks.fork(library, network_id, at).network
        except StepNotKept:
            continue
        kept = library.store.outlines(fork.id)
        assert (fork.thinned, fork.kept_bytes) == (told(kept), sum(run.kept_bytes for run in kept))
        of_fork, original = (library.moment(one, At(step=step)) for one in (fork, network))
        assert of_fork.state.theta.tobytes() == original.state.theta.tobytes()
        clean, found = fresh(library, fork)
        rows = traces.rows(clean, found, Span(step, step), 0, LIMITS)
        assert (
            rows.tobytes() == traces.rows(library, network, Span(step, step), 0, LIMITS).tobytes()
        )


def test_a_history_that_cannot_be_thinned_enough_refuses(engine: Engine) -> None:
    library = Library(DatabaseStore(engine, 200))
    network_id = create(library.store, draft("sgd"), LIMITS).id
    for _ in range(7):
        do(library, network_id, "edit", 1)
    with pytest.raises(TooMuchWork, match="nothing more"):
        do(library, network_id, "edit", 1)
    assert library.store.network(network_id).kept_bytes <= 200


def test_steps_that_wait_together_are_thinned_together(engine: Engine) -> None:
    """A change that starts from one that is not durable yet must not thin what is not there."""
    library = Library(DatabaseStore(engine, LITTLE))
    network_id = create(library.store, draft("sgd"), LIMITS).id

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: do(library, network_id, "steps", 2), range(60)))
    network = library.store.network(network_id)
    assert network.head.step == 120
    assert network.kept_bytes <= LITTLE
    assert network.kept_bytes == sum(r.kept_bytes for r in library.store.outlines(network_id))
