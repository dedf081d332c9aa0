"""Sweeps: every combination once, all or none, the best by the right measure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.errors import BadInput, Unavailable
from app.nn.spec import Choice, NetworkSpec
from app.services import chunks
from app.services.creation import Draft
from app.services.grid import Grid, points
from app.services.library import At
from app.services.records import Data
from app.services.sweeps import Wish, base_of, begin
from app.services.tally import tally
from app.services.trainings import Plan
from app.settings import Limits
from app.storage import sweeps as sweeps_table
from app.storage.sweeps import DatabaseSweeps
from app.storage.tables import networks, trainings, trials
from tests.services.conftest import Place
from tests.services.test_chunks import XOR, XOR_DRAFT

GRID = Grid(hidden=[(2,), (3, 3)], learning_rate=[0.1, 0.5], seed=[1, 2])
UNTESTED = replace(XOR_DRAFT, data=Data(*XOR))


def wish(grid: Grid, base: Draft = XOR_DRAFT, steps: int = 20) -> Wish:
    return Wish(base, inline=True, grid=grid, plan=Plan(steps=steps))


@pytest.fixture
def sweeps(place: Place) -> DatabaseSweeps:
    return DatabaseSweeps(place.store._engine)


def count(place: Place) -> list[int]:
    """Of networks, trainings and trials."""
    with place.store._engine.connect() as connection:
        return [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (networks, trainings, trials)
        ]


def finish_all(place: Place) -> None:
    while (claim := place.trainings.claim()) is not None:
        chunks.compute(place.store, place.trainings, claim)
        place.trainings.release(claim)


def test_every_combination_is_a_network_with_a_training(
    place: Place, sweeps: DatabaseSweeps
) -> None:
    made = begin(sweeps, place, wish(GRID), Limits())
    assert count(place) == [8, 8, 8]
    assert sweeps.sweep(made.id) == made
    found = sweeps.trials(made.id)
    assert [trial.number for trial in found] == list(range(1, 9))
    assert [tuple(trial.choices.values()) for trial in found] == [
        (hidden, rate, seed)
        for hidden in GRID.hidden
        for rate in GRID.learning_rate
        for seed in GRID.seed
    ]
    finish_all(place)
    for trial in sweeps.trials(made.id):
        assert trial.training is not None
        assert (trial.training.state, trial.training.done) == ("succeeded", 20)
        network = place.store.network(trial.network_id)
        assert network.training is None
        assert network.head.step == 20
        assert network.head.spec.sizes == (2, *trial.choices["hidden"], 1)
        assert network.head.spec.seed == trial.choices["seed"]
        rate = network.head.spec.optimizer_options["learning_rate"]
        assert rate == trial.choices["learning_rate"]
        assert trial.evaluation is not None
        assert trial.evaluation.step == 20


def test_the_best_trial_has_the_smallest_loss_on_the_test_examples(
    place: Place, sweeps: DatabaseSweeps
) -> None:
    made = begin(sweeps, place, wish(GRID), Limits())
    assert made.judged_by == "test_loss"
    assert tally(made, sweeps.trials(made.id)).state == "queued"
    finish_all(place)
    found = sweeps.trials(made.id)
    now = tally(made, found)
    losses = [trial.evaluation.loss for trial in found if trial.evaluation is not None]
    assert now.best == found[int(np.argmin(losses))]
    assert (now.state, now.total, now.done, now.seconds_left) == ("succeeded", 160, 160, 0.0)
    assert now.states == {"succeeded": 8}


def test_without_test_examples_the_loss_decides(place: Place, sweeps: DatabaseSweeps) -> None:
    made = begin(sweeps, place, wish(Grid(learning_rate=[0.001, 0.5]), UNTESTED), Limits())
    finish_all(place)
    found = sweeps.trials(made.id)
    best = tally(made, found).best
    assert made.judged_by == "loss"
    assert best is not None
    assert best.number == 2
    assert best.evaluation is None


def test_trials_start_where_the_base_did_unless_seeds_or_sizes_are_varied(place: Place) -> None:
    network = place.network(XOR_DRAFT)
    place.compute(place.begin(network, Plan(steps=5)))
    base = base_of(place.library, network.id)
    start = place.library.entry(place.store.network(network.id), At(step=0)).theta
    sweep = DatabaseSweeps(place.store._engine)
    made = begin(
        sweep, place, Wish(base, False, Grid(learning_rate=[0.1]), Plan(steps=5)), Limits()
    )
    (trial,) = sweep.trials(made.id)
    assert place.store.network(trial.network_id).head.state.theta.tobytes() == start.tobytes()
    other = begin(sweep, place, Wish(base, False, Grid(seed=[7, 8]), Plan(steps=5)), Limits())
    thetas = {
        place.store.network(trial.network_id).head.state.theta.tobytes()
        for trial in sweep.trials(other.id)
    }
    assert len(thetas | {start.tobytes()}) == 3


@pytest.mark.parametrize(
    ("grid", "pointers"),
    [
        (Grid(activation=["tanh", "softmax", "no"]), ["/grid/activation/1", "/grid/activation/2"]),
        (Grid(hidden=[(3,), (99_999,)]), ["/grid/hidden/1"]),
        (Grid(optimizer=[Choice("adam"), Choice("adan")]), ["/grid/optimizer/1"]),
        (Grid(optimizer=[Choice("sgd", {"beta1": 0.5})]), ["/grid/optimizer/0"]),
        (Grid(learning_rate=[0.1, -1.0], seed=[1, 2]), ["/grid/learning_rate/1"]),
        (Grid(learning_rate=[0.1, 0.2, 0.1]), ["/grid/learning_rate/2"]),
        (Grid(learning_rate=[0.1], optimizer=[Choice("adam", {"learning_rate": 0.2})]),
         ["/grid/optimizer/0/learning_rate"]),
        (Grid(hidden=[(), (2,)], activation=["tanh"]), ["/grid/activation"]),
        (Grid(), ["/grid"]),
        (Grid(seed=list(range(300))), ["/grid"]),
    ],
)  # fmt: skip
def test_a_grid_that_cannot_be_leaves_nothing(
    place: Place, sweeps: DatabaseSweeps, grid: Grid, pointers: list[str]
) -> None:
    with pytest.raises(BadInput) as caught:
        begin(sweeps, place, wish(grid), Limits())
    assert [fault.pointer for fault in caught.value.faults] == pointers
    assert count(place) == [0, 0, 0]


@pytest.mark.parametrize(
    ("limits", "pointer"),
    [
        (Limits(steps_per_training=19), "/steps"),
        (Limits(sweep_history_bytes=10_000), "/steps"),
        (Limits(sweep_numbers=100), "/grid"),
        (Limits(trials_per_sweep=7), "/grid"),
    ],
)
def test_too_much_work_is_refused_before_anything_is_made(
    place: Place, sweeps: DatabaseSweeps, limits: Limits, pointer: str
) -> None:
    with pytest.raises(BadInput) as caught:
        begin(sweeps, place, wish(GRID), limits)
    assert caught.value.code == "too-much-work"
    assert [fault.pointer for fault in caught.value.faults] == [pointer]
    assert count(place) == [0, 0, 0]


def test_a_fault_of_the_base_points_into_it(place: Place, sweeps: DatabaseSweeps) -> None:
    base = replace(XOR_DRAFT, spec=replace(XOR_DRAFT.spec, loss="cross_entropy"))
    with pytest.raises(BadInput) as caught:
        begin(sweeps, place, wish(Grid(seed=[1, 2]), base), Limits())
    assert [fault.pointer for fault in caught.value.faults] == ["/network/loss"]


def test_a_sweep_that_fails_half_way_leaves_nothing(
    place: Place, sweeps: DatabaseSweeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_trial = sweeps_table.add_trial

    def fail_at_the_fifth(*arguments: Any) -> None:
        add_trial(*arguments)
        if arguments[2].number == 5:
            raise Unavailable("The power is gone.")

    monkeypatch.setattr(sweeps_table, "add_trial", fail_at_the_fifth)
    with pytest.raises(Unavailable):
        begin(sweeps, place, wish(GRID), Limits())
    assert count(place) == [0, 0, 0]
    assert sweeps.page(None, 10).sweeps == ()


def test_cancelling_ends_what_waits_and_asks_what_is_computed(
    place: Place, sweeps: DatabaseSweeps
) -> None:
    made = begin(sweeps, place, wish(GRID), Limits())
    claim = place.trainings.claim()
    assert claim is not None
    sweeps.cancel(made.id)
    states = [trial.state for trial in sweeps.trials(made.id)]
    assert sorted(states) == ["cancelled"] * 7 + ["queued"]
    assert place.trainings.claim() is None
    chunks.compute(place.store, place.trainings, claim)
    now = tally(sweeps.sweep(made.id), sweeps.trials(made.id))
    assert (now.state, now.best, now.states) == ("cancelled", None, {"cancelled": 8})
    owned = [place.store.network(trial.network_id).training for trial in sweeps.trials(made.id)]
    assert owned == [None] * 8


def test_a_sweep_does_not_keep_others_waiting(place: Place, sweeps: DatabaseSweeps) -> None:
    begin(sweeps, place, wish(GRID), Limits())
    alone = place.begin(place.network(XOR_DRAFT), Plan(steps=5))
    first, second = place.trainings.claim(), place.trainings.claim()
    assert first is not None
    assert second is not None
    assert (first.training_id == alone.id, second.training_id == alone.id) == (False, True)


def test_a_trial_whose_network_was_deleted_is_told_as_such(
    place: Place, sweeps: DatabaseSweeps
) -> None:
    made = begin(sweeps, place, wish(Grid(seed=[1, 2])), Limits())
    place.store.delete(sweeps.trials(made.id)[0].network_id)
    finish_all(place)
    gone, kept = sweeps.trials(made.id)
    assert (gone.state, kept.state) == ("deleted", "succeeded")
    assert tally(made, [gone, kept]).state == "succeeded"


@given(
    st.lists(st.lists(st.integers(1, 5), max_size=4).map(tuple), max_size=3, unique=True),
    st.lists(st.sampled_from(["tanh", "relu", "sigmoid"]), max_size=3, unique=True),
    st.lists(st.sampled_from(["sgd", "adam", "rmsprop"]).map(Choice), max_size=3),
    st.lists(st.integers(0, 99), max_size=3, unique=True),
)
def test_a_grid_has_every_combination_once(
    hidden: list[tuple[int, ...]], activation: list[str], optimizer: list[Choice], seed: list[int]
) -> None:
    grid = Grid(hidden=hidden, activation=activation, optimizer=optimizer[:1], seed=seed)
    base = Draft(NetworkSpec((2, 3, 4, 1), ("tanh", "relu", "sigmoid")), seeded=True)
    found = list(points(base, grid))
    assert len(found) == grid.size
    assert len({tuple(point.at.values()) for point in found}) == grid.size
    for point in found:
        spec = point.draft.spec
        assert spec.sizes == (2, *point.choices.get("hidden", (3, 4)), 1)
        assert len(spec.activations) == len(spec.sizes) - 1
        assert spec.activations[-1] == "sigmoid"
        if "activation" in point.choices:
            assert set(spec.activations[:-1]) <= {point.choices["activation"]}
