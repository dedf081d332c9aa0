"""Long runs of updates, computed in the background in chunks; each chunk is kept as it is made."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.errors import NotFound, TooMuchWork
from app.services import bounds
from app.services.batches import data_of
from app.services.changes import change, now, refuse_while_training
from app.services.learning import learn, longest_run
from app.services.library import Library
from app.services.ports import Change, Store, Trainer, Trainings
from app.services.records import Network, Training, TrainingState
from app.services.remembering import Remembered
from app.settings import Limits

FIRST_CHUNK = 4096
FIRST_CHUNK_WORK = 20_000_000
"""Parameters x examples x steps that take much less than CHUNK_SECONDS on any machine."""
CHUNK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train: so many updates, or so often through all the data."""

    steps: int | None = None
    epochs: int | None = None

    def total(self, network: Network) -> int:
        if self.steps is not None:
            return self.steps
        examples = len(data_of(network.head.setting).inputs)
        batches = -(-examples // network.head.setting.batch_size)
        return (self.epochs or 0) * batches


def begin(
    library: Library,
    trainer: Trainer,
    network_id: str,
    plan: Plan,
    limits: Limits,
    remember: Callable[[Training], Remembered] | None = None,
) -> Training:
    """Raises NoData, TooMuchWork, TrainingRuns (one at a time)."""

    def make(network: Network) -> tuple[Change, Training]:
        refuse_while_training(network)
        data_of(network.head.setting)
        total = plan.total(network)
        check_total(network, plan, total, limits)
        training = queued(network, total)
        after = replace(network, revision=network.revision + 1, training=training.id)
        return Change(after, training=training), training

    def told(_known: Library, _after: Network, training: Training) -> Remembered | None:
        return remember and remember(training)

    keep = told if remember else None
    _, training = change(library, network_id, None, make, remember=keep)
    trainer.wake()
    return training


def check_total(network: Network, plan: Plan, total: int, limits: Limits) -> None:
    pointer = "/steps" if plan.steps is not None else "/epochs"
    if total > limits.steps_per_training:
        detail = f"A training has at most {limits.steps_per_training} steps; this is {total}."
        raise TooMuchWork.at(pointer, TooMuchWork.code, detail)
    bounds.check_history(network, total, pointer, limits)


def queued(network: Network, total: int) -> Training:
    return Training(
        id=secrets.token_hex(8),
        network_id=network.id,
        state="queued",
        total=total,
        done=0,
        seconds=0.0,
        cancel=False,
        loss=network.head.loss,
        problem=None,
        created_at=now(),
        updated_at=now(),
    )


def cancel(trainings: Trainings, trainer: Trainer, network_id: str, training_id: str) -> Training:
    """Asks it to stop at the end of its chunk. One that has ended stays as it is."""
    trainings.training(network_id, training_id)
    trainings.ask_to_cancel(training_id)
    trainer.wake()
    return trainings.training(network_id, training_id)


def of_network(store: Store, trainings: Trainings, network_id: str) -> Sequence[Training]:
    store.revision(network_id)
    return trainings.of_network(network_id)


def compute(store: Store, trainings: Trainings, network_id: str, training_id: str) -> None:
    """All of a training, from wherever it stands. Whoever computes it may be killed at any time.

    Progress is kept together with the steps, so that none is made twice or forgotten.
    """
    try:
        training = trainings.training(network_id, training_id)
        size = first_size(store.network(network_id))
        while not training.ended:
            started = time.perf_counter()
            training = advance(store, trainings, training, size)
            size = next_size(size, time.perf_counter() - started)
    except NotFound:
        return  # the network was deleted meanwhile


def first_size(network: Network) -> int:
    """Many steps of a small network, few of a large one, whose speed is not known yet."""
    work = network.head.state.theta.size * network.head.setting.batch_size
    return FIRST_CHUNK if work * FIRST_CHUNK <= FIRST_CHUNK_WORK else 1


def advance(store: Store, trainings: Trainings, known: Training, size: int) -> Training:
    """One chunk, kept; or the end. Raises NotFound when network or training are gone."""
    network = store.network(known.network_id)
    training = trainings.training(known.network_id, known.id)
    if network.training != training.id:
        return training
    if training.cancel:
        return finish(store, network, training, "cancelled", None)
    if training.done == training.total:
        return finish(store, network, training, "succeeded", None)
    return learn_chunk(store, network, training, size)


def learn_chunk(store: Store, network: Network, training: Training, size: int) -> Training:
    """When somebody else changed the network meanwhile, nothing is kept: try again."""
    started = time.perf_counter()
    count = min(size, training.total - training.done, longest_run(network.head.state.theta.size))
    learned = learn(network.head, count)
    done = training.done + count
    after = network.extended(learned.runs, learned.head, now())
    progress = replace(
        training,
        state="running" if done < training.total else "succeeded",
        done=done,
        seconds=training.seconds + time.perf_counter() - started,
        loss=learned.head.loss,
        updated_at=now(),
    )
    if progress.ended:
        after = replace(after, training=None)
    kept = store.commit(network, Change(after, learned.runs, training=progress))
    return progress if kept else training


def finish(
    store: Store, network: Network, training: Training, state: TrainingState, problem: str | None
) -> Training:
    """The end, when the last chunk did not bring it. Not kept if somebody was faster."""
    ended = replace(training, state=state, problem=problem, updated_at=now())
    after = replace(network, revision=network.revision + 1, training=None)
    return ended if store.commit(network, Change(after, training=ended)) else training


def fail(store: Store, trainings: Trainings, network_id: str, training_id: str) -> None:
    """The end of a training that met a fault of ours."""
    training = trainings.training(network_id, training_id)
    while not training.ended:
        network = store.network(network_id)
        problem = "Something went wrong in the server; its log says more."
        training = finish(store, network, training, "failed", problem)


def next_size(size: int, seconds: float) -> int:
    """Chunks of about CHUNK_SECONDS; never more than four times the last one."""
    return max(1, int(size * min(4.0, CHUNK_SECONDS / max(seconds, 1e-6))))
