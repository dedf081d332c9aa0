"""Overviews from summaries are exactly those from every step, whatever happened to the run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.nn.spec import Floats, NetworkSpec
from app.services import edits, history, steps
from app.services.buckets import axis
from app.services.creation import Draft
from app.services.library import At, Library, Span
from app.services.records import Data, Network, Summary
from app.services.summaries import BIN, SHORTEST, summary_of
from app.settings import Limits
from app.storage.database import open_database, writing
from app.storage.schema import migrate
from app.storage.store import DatabaseStore
from app.storage.tables import summaries
from tests.databases import Databases
from tests.making import create

NAMES = ["loss", "w1", "b_o1"]
DRAFT = Draft(
    NetworkSpec((1, 1), ("linear",), seed=3),
    seeded=True,
    data=Data(np.array([[0.5]]), np.array([[0.25]])),
)
LIMITS = Limits()

Deed = tuple[str, int]


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[DatabaseStore]:
    engine = open_database(databases.new())
    migrate(engine)
    yield DatabaseStore(engine)
    engine.dispose()


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("steps"), st.integers(1, 1500)),
        st.tuples(st.just("edit"), st.sampled_from([0, 1, 10**300])),
        st.tuples(st.just("reset"), st.integers(0, 999)),
    ),
    min_size=1,
    max_size=7,
)


def done(store: DatabaseStore, made: list[Deed]) -> tuple[Library, Network]:
    library = Library(store)
    network_id = create(store, DRAFT, LIMITS).id
    for what, amount in made:
        if what == "steps":
            steps.take(library, network_id, amount, None, LIMITS)
        elif what == "edit":
            edits.set_parameters(library, network_id, {"w1": float(amount)}, None, LIMITS)
        else:
            step = library.network(network_id).head.step * amount // 1000
            edits.reset(library, network_id, At(step=step), None, LIMITS)
    return library, library.network(network_id)


def plainly(values: Floats, ends: list[int], first: int) -> dict[str, list[float]]:
    """Bucket by bucket from every single value; Python's min and max would lose a NaN."""
    starts = [first, *(end + 1 for end in ends[:-1])]
    parts = [values[low - first : end + 1 - first] for low, end in zip(starts, ends, strict=True)]
    return {
        "low": [float(np.min(part)) for part in parts],
        "high": [float(np.max(part)) for part in parts],
        "last": [float(part[-1]) for part in parts],
    }


@settings(max_examples=60, deadline=None)
@given(made=deeds, points=st.integers(1, 12), data=st.data())
def test_an_overview_is_that_of_every_step(
    store: DatabaseStore, made: list[Deed], points: int, data: st.DataObject
) -> None:
    library, network = done(store, made)
    last = data.draw(st.integers(0, network.head.step))
    over = Span(data.draw(st.integers(0, last)), last)
    found = axis(over, points)
    assert found.count == len(found.ends) <= points
    exact = history.series(library, network, NAMES, over, LIMITS)
    for names in (NAMES, ["loss"]):
        for values, thin in zip(
            exact, history.thinned(library, network, names, found), strict=False
        ):
            assert thin.kept.all()
            for key, wanted in plainly(values, found.ends.tolist(), over.first).items():
                np.testing.assert_array_equal(getattr(thin, key), wanted)


def test_long_runs_are_read_from_their_summaries(store: DatabaseStore) -> None:
    library, network = done(store, [("steps", 4000), ("edit", 1), ("steps", 700), ("steps", 300)])
    read = library.pieces(network, Span(0, 5000), [None, 0], wide=True)
    summarised = [piece.count for piece in read if isinstance(piece, Summary)]
    assert summarised == [3999, 699]


def test_histories_without_summaries_are_read_from_their_rows(store: DatabaseStore) -> None:
    library, network = done(store, [("steps", 3000)])
    found = axis(Span(0, 3000), 5)
    before = history.thinned(library, network, NAMES, found)
    with writing(store._engine) as connection:
        connection.execute(delete(summaries).where(summaries.c.network_id == network.id))
    after = history.thinned(library, network, NAMES, found)
    for one, other in zip(before, after, strict=True):
        for key in ("low", "high", "last", "kept"):
            np.testing.assert_array_equal(getattr(one, key), getattr(other, key))


def test_bins_are_counted_from_step_0() -> None:
    losses = np.arange(600.0)
    summary = summary_of(200, losses, np.column_stack([-losses, losses]))
    assert summary is not None
    assert summary.shape == (3, 4, 3)
    ends = [55, 55 + BIN, 55 + 2 * BIN, 599]
    assert summary[2, :, 0].tolist() == summary[1, :, 0].tolist() == ends
    assert summary[0, :, 0].tolist() == [0, *(end + 1 for end in ends[:-1])]
    np.testing.assert_array_equal(summary[0, :, 1], -summary[1, :, 0])
    assert summary_of(0, losses[: SHORTEST - 1], np.zeros((SHORTEST - 1, 1))) is None
