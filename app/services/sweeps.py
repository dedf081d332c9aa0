"""Many trainings over a grid. A trial is a network like any other, with a training of its own.

Everything is checked before anything is made, and all of it is made in one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from app.errors import BadInput, Fault, TooMuchWork
from app.nn.spec import MAX_SEED, biases_of, check, weights_of
from app.services import bounds, trainings
from app.services.batches import data_of
from app.services.changes import now
from app.services.creation import Draft, drafted
from app.services.grid import Grid, Point, check_axes, points
from app.services.library import At, Library
from app.services.ports import NewTrial, Sweeps, Trainer
from app.services.records import Evaluate, Setting, Sweep, kept_bytes
from app.services.trainings import Plan
from app.settings import Limits

T = TypeVar("T")

MEGABYTE = 1024 * 1024
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """A sweep that somebody asks for. Faults of a base that is `inline` point into it."""

    base: Draft
    inline: bool
    grid: Grid
    plan: Plan
    name: str | None = None


def base_of(library: Library, network_id: str) -> Draft:
    """A network as it started, with the settings and data that it has now. Raises NotFound."""
    network = library.network(network_id)
    spec = network.head.spec
    theta = library.entry(network, At(step=0)).theta
    return Draft(
        spec=replace(spec, optimizer_since=0),
        name=network.name,
        seeded=True,
        weights=weights_of(spec, theta),
        biases=biases_of(spec, theta),
        data=network.head.setting.data,
    )


def begin(sweeps: Sweeps, trainer: Trainer, wish: Wish, limits: Limits) -> Sweep:
    """Raises BadInput, NoData, TooMuchWork; then nothing has been made."""
    setting = Setting(0, wish.base.spec, wish.base.data)
    tested = data_of(setting).test is not None
    check_count(wish, limits)
    check_axes(wish.base.spec, wish.grid)
    found = list(points(seeded(wish.base), wish.grid))
    for_each(found, wish, lambda _, point: check_spec(point.draft, limits))
    check_work(found, wish.plan, limits)
    sweep = Sweep(
        id=secrets.token_hex(8),
        name=wish.name,
        axes=wish.grid.axes,
        judged_by="test_loss" if tested else "loss",
        cancel=False,
        created_at=now(),
    )
    tried = replace(wish, plan=replace(wish.plan, evaluate=Evaluate() if tested else None))
    trials = for_each(found, wish, lambda at, point: trial(tried, sweep.id, at, point, limits))
    sweeps.add(sweep, trials)
    trainer.wake()
    return sweep


def seeded(base: Draft) -> Draft:
    """A seed that nobody chose is drawn once: trials differ only in what is varied."""
    if base.seeded:
        return base
    seed = secrets.randbelow(MAX_SEED + 1)
    return replace(base, spec=replace(base.spec, seed=seed), seeded=True)


def check_count(wish: Wish, limits: Limits) -> None:
    if wish.grid.size > limits.trials_per_sweep:
        detail = (
            f"A sweep has at most {limits.trials_per_sweep} trials; this grid has "
            f"{wish.grid.size}. Leave some out."
        )
        raise TooMuchWork.at("/grid", TooMuchWork.code, detail)


def check_work(found: Sequence[Point], plan: Plan, limits: Limits) -> None:
    """What all trials together hold at the start, and what they would record."""
    settings = [Setting(0, point.draft.spec, point.draft.data) for point in found]
    check_start(settings, limits)
    kept = sum(kept_bytes(plan.total(s), s.spec.layout.size) for s in settings)
    if kept > limits.sweep_history_bytes:
        detail = (
            f"Every step is recorded: this sweep would keep {kept // MEGABYTE} MB, of at most "
            f"{limits.sweep_history_bytes // MEGABYTE}. Ask for fewer steps or fewer trials."
        )
        raise TooMuchWork.at(plan.pointer, TooMuchWork.code, detail)


def check_start(settings: Sequence[Setting], limits: Limits) -> None:
    numbers = sum(numbers_of(setting) for setting in settings)
    work = sum(setting.spec.layout.size * setting.batch_size for setting in settings)
    if numbers > limits.sweep_numbers or work > limits.request_work:
        detail = (
            f"With their data all trials start with {numbers} numbers, of at most "
            f"{limits.sweep_numbers}, and one pass through all of them takes {work} "
            f"multiplications, of at most {limits.request_work}. Ask for fewer or smaller trials."
        )
        raise TooMuchWork.at("/grid", TooMuchWork.code, detail)


def numbers_of(setting: Setting) -> int:
    """That are kept of a network when it is made."""
    data = data_of(setting)
    examples = [data.inputs, data.targets, *(data.test or ())]
    copies = 2 * (1 + len(setting.spec.memory))  # of the network, and of its first entry
    return setting.spec.layout.size * copies + sum(map(np.size, examples))


def check_spec(draft: Draft, limits: Limits) -> None:
    """What can be said before there are any numbers. Raises BadInput."""
    bounds.check_size(draft.spec, limits)
    check(draft.spec)


def trial(wish: Wish, sweep_id: str, number: int, point: Point, limits: Limits) -> NewTrial:
    title = wish.name or point.draft.name or "Sweep"
    named = replace(point.draft, name=f"{title} · {number}: {point.said}"[:200])
    network = drafted(named, limits)
    trainings.check(network, wish.plan, limits)
    training = trainings.queued(network, wish.plan, sweep_id)
    return NewTrial(number, point.choices, replace(network, training=training.id), training)


def for_each(found: Sequence[Point], wish: Wish, work: Callable[[int, Point], T]) -> list[T]:
    """Of every combination, numbered from 1. Raises BadInput with the faults of all of them."""
    done: list[T] = []
    faults: dict[Fault, None] = {}
    for number, point in enumerate(found, 1):
        try:
            done.append(work(number, point))
        except TooMuchWork as error:
            raise TooMuchWork(list(placed(error.faults, point, wish))) from None
        except BadInput as error:
            faults |= dict.fromkeys(placed(error.faults, point, wish))
    if faults:
        raise BadInput(list(faults)[:MOST_FAULTS])
    return done


def placed(faults: Iterable[Fault], point: Point, wish: Wish) -> Iterator[Fault]:
    """Where in the request they come from."""
    for fault in faults:
        base = f"/network{fault.pointer}" if wish.inline else "/network"
        own = fault.pointer if fault.pointer == wish.plan.pointer else None
        yield replace(fault, pointer=own or point.pointer(fault.pointer) or base)
