"""Long runs of updates: asked for and looked at here, computed in `chunks` by a worker."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.errors import TooMuchWork
from app.services import bounds
from app.services.batches import data_of
from app.services.changes import change, now, refuse_while_training
from app.services.chunks import finish
from app.services.edits import Patch, added, kept_state, new_setting
from app.services.evaluation import kept_apart
from app.services.library import Library
from app.services.ports import Change, Store, Trainer, Trainings
from app.services.records import Evaluate, Network, Setting, Training
from app.services.remembering import Remembered
from app.services.stopping import Stop
from app.settings import Limits


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train: so many updates, or so often through all the data.

    `batch` is what changes of the network's batches first, for good: an entry of its history.
    """

    steps: int | None = None
    epochs: int | None = None
    stop: Stop = field(default_factory=Stop)
    evaluate: Evaluate | None = None
    batch: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pointer(self) -> str:
        """To what says how long."""
        return "/steps" if self.steps is not None else "/epochs"

    def total(self, setting: Setting) -> int:
        if self.steps is not None:
            return self.steps
        batches = -(-len(data_of(setting).inputs) // setting.batch_size)
        return (self.epochs or 0) * batches


def begin(
    library: Library,
    trainer: Trainer,
    network_id: str,
    plan: Plan,
    limits: Limits,
    remember: Callable[[Training], Remembered] | None = None,
) -> Training:
    """Raises BadInput, NoData, TooMuchWork, TrainingRuns (one at a time)."""

    def make(network: Network) -> tuple[Change, Training]:
        refuse_while_training(network)
        data_of(network.head.setting)
        change = with_batches(network, plan, limits)
        check(change.after, plan, limits)
        training = queued(change.after, plan)
        after = replace(change.after, training=training.id)
        return replace(change, after=after, begun=training), training

    def told(_known: Library, _after: Network, training: Training) -> Remembered | None:
        return remember and remember(training)

    keep = told if remember else None
    _, training = change(library, network_id, None, make, remember=keep)
    trainer.wake()
    return training


def with_batches(network: Network, plan: Plan, limits: Limits) -> Change:
    """The next revision of the network, with the batches that the plan asks for."""
    batch = replace(network.head.spec.batch, **plan.batch)
    if batch == network.head.spec.batch:
        return Change(replace(network, revision=network.revision + 1))
    bounds.check_history(network, 1, "/batch", limits)
    setting = new_setting(network.head, Patch(batch=plan.batch))
    bounds.check_setting(setting, limits, "/batch")
    state = kept_state(network.head, setting.spec)
    return added(network, "settings", setting, state, setting)


def check(network: Network, plan: Plan, limits: Limits) -> None:
    total = plan.total(network.head.setting)
    if total > limits.steps_per_training:
        detail = f"A training has at most {limits.steps_per_training} steps; this is {total}."
        raise TooMuchWork.at(plan.pointer, TooMuchWork.code, detail)
    bounds.check_history(network, total, plan.pointer, limits)
    if plan.evaluate is not None:
        check_evaluations(network, plan.evaluate, total, limits)


def check_evaluations(network: Network, evaluate: Evaluate, total: int, limits: Limits) -> None:
    rows = len(kept_apart(network.head.setting).inputs)
    bounds.check_batch(network, rows, "/evaluate", limits)
    most = limits.evaluations_per_training
    if evaluate.every is not None and total // evaluate.every > most:
        detail = f"A training is evaluated at most {most} times; every {-(-total // most)} works."
        raise TooMuchWork.at("/evaluate/every", TooMuchWork.code, detail)


def queued(network: Network, plan: Plan, sweep_id: str | None = None) -> Training:
    return Training(
        id=secrets.token_hex(8),
        network_id=network.id,
        state="queued",
        total=plan.total(network.head.setting),
        done=0,
        seconds=0.0,
        cancel=False,
        loss=network.head.loss,
        problem=None,
        created_at=now(),
        updated_at=now(),
        stop=plan.stop,
        evaluate=plan.evaluate,
        sweep_id=sweep_id,
    )


def cancel(
    store: Store, trainings: Trainings, trainer: Trainer, network_id: str, training_id: str
) -> Training:
    """One that nobody computes ends at once, one that is computed at the end of its chunk; one
    that has ended stays as it is.
    """
    training = trainings.training(network_id, training_id)
    while not (training.ended or training.held):
        finish(store, store.network(network_id), training, "cancelled", None)
        training = trainings.training(network_id, training_id)
    if not training.ended:
        trainings.ask_to_cancel(training_id)
        trainer.wake()
    return trainings.training(network_id, training_id)


def of_network(store: Store, trainings: Trainings, network_id: str) -> Sequence[Training]:
    store.revision(network_id)
    return trainings.of_network(network_id)
