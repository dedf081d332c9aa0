"""Trainings in chunks: the same end however they are cut, by whomever, at whatever time."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.nn import passes
from app.nn.spec import Batch, Choice, NetworkSpec
from app.services import changes, chunks, trainings
from app.services.chunks import Stopwatch, advance, learn_chunk
from app.services.creation import Draft
from app.services.evaluation import accuracy
from app.services.records import Claim, Data, Evaluate, Training
from app.services.stopping import Patience, Stop
from app.services.trainings import Plan
from tests.services.conftest import Place

XOR = (np.array([[0.0, 0.0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
DATA = Data(*XOR, test=XOR)
SPEC = NetworkSpec(
    (2, 3, 1), ("tanh", "sigmoid"), seed=3, batch=Batch(3, shuffle=True),
    optimizer=Choice("adam", {"learning_rate": 0.05}),
)  # fmt: skip
XOR_DRAFT = Draft(SPEC, seeded=True, data=DATA)
RISING = replace(XOR_DRAFT, spec=replace(SPEC, optimizer=Choice("sgd", {"learning_rate": 1e300}),
                                         activations=("linear", "linear")))  # fmt: skip
STEPS = 60


def cut(place: Place, draft: Draft, plan: Plan, sizes: list[int]) -> Training:
    """The same training, in chunks of these sizes, the last of them again and again."""
    training = place.begin(place.network(draft), plan)
    claim = place.trainings.claim()
    assert claim is not None
    training = place.trainings.training(training.network_id, training.id)
    turns = iter(sizes)
    while not training.ended:
        training = advance(
            place.store, place.trainings, training, next(turns, sizes[-1]), Stopwatch()
        )
    return training


def comparable(place: Place, training: Training) -> tuple[str, ...]:
    """All that must not depend on the cuts; as text, in which NaN equals itself."""
    network = place.store.network(training.network_id)
    told = training.state, training.done, training.stopped_by, training.loss, training.evaluations
    kept = network.head.state.theta.tobytes(), network.head.step, network.training
    return tuple(map(repr, (*told, *kept, place.losses(network))))


@pytest.mark.parametrize(
    ("draft", "stop", "rule"),
    [
        (XOR_DRAFT, Stop(loss_below=0.1), "loss_below"),
        (XOR_DRAFT, Stop(loss_below=10.0), "loss_below"),
        (XOR_DRAFT, Stop(no_improvement=Patience(7, 0.01)), "no_improvement"),
        (RISING, Stop(not_finite=True), "not_finite"),
        (XOR_DRAFT, Stop(loss_below=-1.0, not_finite=True), None),
    ],
)
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sizes=st.lists(st.integers(3, 30), min_size=1, max_size=6))
def test_any_cutting_stops_at_the_same_step(
    place: Place, draft: Draft, stop: Stop, rule: str | None, sizes: list[int]
) -> None:
    plan = Plan(steps=STEPS, stop=stop, evaluate=Evaluate(every=10))
    ended = cut(place, draft, plan, [STEPS])
    assert comparable(place, cut(place, draft, plan, sizes)) == comparable(place, ended)
    assert (ended.state, ended.stopped_by) == ("succeeded", rule)
    assert (ended.done == STEPS) == (rule is None)


def test_it_ends_at_the_first_loss_below_and_not_before(place: Place) -> None:
    plan = Plan(steps=STEPS, stop=Stop(loss_below=0.1))
    ended = cut(place, XOR_DRAFT, plan, [STEPS])
    losses = place.losses(place.store.network(ended.network_id))
    assert len(losses) == ended.done + 1
    assert losses[-1] == ended.loss
    assert ended.loss is not None
    assert ended.loss < 0.1 <= min(losses[:-1])


def test_one_that_has_reached_its_goal_takes_no_step(place: Place) -> None:
    plan = Plan(steps=STEPS, stop=Stop(loss_below=10.0), evaluate=Evaluate())
    ended = cut(place, XOR_DRAFT, plan, [7])
    assert (ended.done, ended.stopped_by) == (0, "loss_below")
    assert [seen.step for seen in ended.evaluations] == [0]
    assert place.store.network(ended.network_id).training is None


def test_time_ends_it_between_chunks(place: Place) -> None:
    plan = Plan(steps=1_000_000, stop=Stop(seconds=0.2))
    ended = place.compute(place.begin(place.network(XOR_DRAFT), plan))
    assert (ended.state, ended.stopped_by) == ("succeeded", "seconds")
    assert 0 < ended.done < 1_000_000
    assert 0.2 <= ended.seconds < 2


def test_evaluations_come_at_their_rhythm_and_at_the_end(place: Place) -> None:
    ended = cut(place, XOR_DRAFT, Plan(steps=25, evaluate=Evaluate(every=10)), [7])
    assert [seen.step for seen in ended.evaluations] == [10, 20, 25]
    network = place.store.network(ended.network_id)
    trace = passes.forward(SPEC, network.head.state.theta, *XOR)
    assert trace.errors is not None
    assert ended.evaluations[-1].loss == trace.errors.total
    right = (trace.outputs >= 0.5) == (XOR[1] >= 0.5)
    assert ended.evaluations[-1].accuracy == right.mean()
    again = place.compute(place.begin(network, Plan(steps=15, evaluate=Evaluate(every=15))))
    assert [seen.step for seen in again.evaluations] == [40]


@pytest.mark.parametrize(
    ("outputs", "targets", "share"),
    [
        ([[0.6], [0.4], [0.5]], [[1.0], [1.0], [1.0]], 2 / 3),
        ([[0.6, 0.5], [0.1, 0.9]], [[1.0, 0.0], [1.0, 0.0]], 1 / 2),
        ([[np.nan, 0.5], [0.1, 0.9]], [[1.0, 0.0], [0.0, 1.0]], 1 / 2),
        ([[0.6]], [[0.99]], None),
        ([[0.6, 0.4]], [[1.0, 1.0]], None),
    ],
)
def test_accuracy_is_of_classes_only(
    outputs: list[list[float]], targets: list[list[float]], share: float | None
) -> None:
    assert accuracy(np.array(outputs), np.array(targets)) == share


def test_batches_that_are_asked_for_are_an_entry_before(place: Place) -> None:
    network = place.network(XOR_DRAFT)
    training = place.begin(network, Plan(epochs=3, batch={"size": 2}))
    assert training.total == 6
    after = place.store.network(network.id)
    assert (after.head.seq, after.head.step, after.head.spec.batch) == (
        1,
        0,
        Batch(2, shuffle=True),
    )
    place.compute(training)
    assert place.store.network(network.id).head.seq == 7
    same = place.begin(network, Plan(epochs=3, batch={"size": 2, "shuffle": True}))
    assert place.compute(same).done == 6
    assert place.store.network(network.id).head.seq == 13


def test_whoever_was_taken_for_dead_adds_nothing(place: Place) -> None:
    """Two workers on one training: only the newer claim counts, and no step is made twice."""
    training = place.begin(place.network(XOR_DRAFT), Plan(steps=STEPS))
    first = place.trainings.claim()
    assert first is not None
    slow = advance_under(place, first, 10)
    assert slow.done == 10
    place.trainings.release(first)
    second = place.trainings.claim()
    assert second is not None
    assert second.fence > first.fence
    network = place.store.network(first.network_id)
    assert learn_chunk(place.store, network, slow, 10, Stopwatch()) == slow
    assert place.store.network(first.network_id).head.step == 10
    quick = advance_under(place, second, 10)
    assert quick.done == 20
    chunks.compute(place.store, place.trainings, first)
    assert place.trainings.training(first.network_id, training.id).done == 20
    chunks.fail(place.store, place.trainings, first, "It is not for the first to say.")
    chunks.compute(place.store, place.trainings, second)
    ended = place.trainings.training(first.network_id, training.id)
    assert (ended.state, ended.done) == ("succeeded", STEPS)
    assert len(place.losses(network)) == STEPS + 1


def advance_under(place: Place, claim: Claim, size: int) -> Training:
    known = place.trainings.training(claim.network_id, claim.training_id)
    return advance(place.store, place.trainings, known, size, Stopwatch())


def test_a_clock_that_jumps_changes_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours forth and back between all that is done: one claim at a time, each step once."""
    hours = itertools.cycle([3600.0, -7200.0, 0.0])
    monkeypatch.setattr(time, "time", lambda: 1.7e9 + next(hours))
    monkeypatch.setattr(changes, "now", lambda: datetime.fromtimestamp(1.7e9 + next(hours), tz=UTC))
    monkeypatch.setattr(chunks, "now", changes.now)
    training = place.begin(place.network(XOR_DRAFT), Plan(steps=STEPS))
    claim = place.trainings.claim()
    assert claim is not None
    for size in (10, 20, 30):
        assert place.trainings.claim() is None
        advance_under(place, claim, size)
    chunks.compute(place.store, place.trainings, claim)
    ended = place.trainings.training(training.network_id, training.id)
    assert (ended.state, ended.done) == ("succeeded", STEPS)
    assert len(place.losses(place.store.network(training.network_id))) == STEPS + 1


def test_a_cancelled_one_that_waits_ends_at_once(place: Place) -> None:
    training = place.begin(place.network(XOR_DRAFT), Plan(steps=STEPS))
    ended = cancelled(place, training)
    assert (ended.state, ended.done) == ("cancelled", 0)
    assert place.store.network(training.network_id).training is None
    assert place.trainings.claim() is None
    assert cancelled(place, training) == ended


def test_a_cancelled_one_that_is_computed_keeps_its_steps(place: Place) -> None:
    training = place.begin(place.network(XOR_DRAFT), Plan(steps=STEPS))
    claim = place.trainings.claim()
    assert claim is not None
    advance_under(place, claim, 10)
    assert cancelled(place, training).state == "running"
    chunks.compute(place.store, place.trainings, claim)
    ended = place.trainings.training(training.network_id, training.id)
    assert (ended.state, ended.done) == ("cancelled", 10)
    assert place.store.network(training.network_id).head.step == 10


def cancelled(place: Place, training: Training) -> Training:
    return trainings.cancel(place.store, place.trainings, place, training.network_id, training.id)


def test_those_that_wait_get_their_turn(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "TURN_SECONDS", 0.0)
    one, other = (place.begin(place.network(XOR_DRAFT), Plan(steps=10_000)) for _ in range(2))
    turns = []
    while (claim := place.trainings.claim()) is not None:
        turns.append(claim.training_id)
        chunks.compute(place.store, place.trainings, claim)
        place.trainings.release(claim)
    assert turns[:4] == [one.id, other.id, one.id, other.id]
    for training in (one, other):
        ended = place.trainings.training(training.network_id, training.id)
        assert (ended.state, ended.done) == ("succeeded", 10_000)


def test_one_that_kills_its_workers_is_given_up(place: Place) -> None:
    training = place.begin(place.network(XOR_DRAFT), Plan(steps=STEPS))
    for _ in range(chunks.MOST_DEATHS):
        claim = place.trainings.claim()
        assert claim is not None
        place.trainings.release(claim, died=True)
    claim = place.trainings.claim()
    assert claim is not None
    chunks.compute(place.store, place.trainings, claim)
    ended = place.trainings.training(training.network_id, training.id)
    assert (ended.state, ended.problem) == ("failed", chunks.DEADLY)


def test_deaths_are_forgiven_once_a_step_is_kept(place: Place) -> None:
    place.begin(place.network(XOR_DRAFT), Plan(steps=STEPS))
    claim = place.trainings.claim()
    assert claim is not None
    place.trainings.release(claim, died=True)
    claim = place.trainings.claim()
    assert claim is not None
    assert claim.deaths == 1
    advance_under(place, claim, 10)
    place.trainings.release(claim)
    again = place.trainings.claim()
    assert again is not None
    assert again.deaths == 0
