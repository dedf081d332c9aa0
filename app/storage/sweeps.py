"""Sweeps in the database. What a trial is now stands with its network and its training."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from app.errors import NotFound
from app.nn.spec import Choice
from app.services.changes import now
from app.services.ports import NewTrial, SweepPage
from app.services.records import Run, Sweep, Trial
from app.storage import trainings as training_table
from app.storage.database import reading, writing
from app.storage.encoding import time_to_text, to_time
from app.storage.store import add_network
from app.storage.tables import networks, sweeps, trainings, trials
from app.storage.training_rows import to_training
from app.storage.trainings import COMPUTED, UNFINISHED, WAITING


class DatabaseSweeps:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, sweep: Sweep, trials: Sequence[NewTrial]) -> None:
        with writing(self._engine) as connection:
            connection.execute(insert(sweeps).values(sweep_row(sweep)))
            for trial in trials:
                add_trial(connection, sweep, trial)

    def sweep(self, sweep_id: str) -> Sweep:
        with reading(self._engine) as connection:
            row = connection.execute(select(sweeps).where(sweeps.c.id == sweep_id)).one_or_none()
        if row is None:
            raise unknown_sweep(sweep_id)
        return to_sweep(row)

    def page(self, after: str | None, size: int) -> SweepPage:
        query = select(sweeps).order_by(sweeps.c.created_at.desc(), sweeps.c.id.desc())
        if after is not None:
            created_at, _, last = after.partition(" ")
            query = query.where(
                (sweeps.c.created_at < created_at)
                | ((sweeps.c.created_at == created_at) & (sweeps.c.id < last))
            )
        with reading(self._engine) as connection:
            found = connection.execute(query.limit(size + 1)).all()
        more = f"{found[size - 1].created_at} {found[size - 1].id}" if len(found) > size else None
        return SweepPage(tuple(map(to_sweep, found[:size])), more)

    def trials(self, sweep_id: str, after: int = 0, size: int | None = None) -> Sequence[Trial]:
        query = (
            select(trials.c.number, trials.c.choices, trials.c.network_id.label("owner"), trainings)
            .join_from(trials, trainings, trainings.c.id == trials.c.training_id, isouter=True)
            .where(trials.c.sweep_id == sweep_id, trials.c.number > after)
            .order_by(trials.c.number)
        )
        with reading(self._engine) as connection:
            return [to_trial(row) for row in connection.execute(query.limit(size))]

    def cancel(self, sweep_id: str) -> None:
        mine = trainings.c.sweep_id == sweep_id
        with writing(self._engine) as connection:
            asked = update(sweeps).where(sweeps.c.id == sweep_id).values(cancel=True)
            if connection.execute(asked).rowcount != 1:
                raise unknown_sweep(sweep_id)
            lock_networks(connection, sweep_id)
            ended = connection.scalars(
                update(trainings)
                .where(mine, WAITING)
                .values(
                    state="cancelled",
                    fence=trainings.c.fence + 1,
                    updated_at=time_to_text(now()),
                )
                .returning(trainings.c.id)
            ).all()
            connection.execute(
                update(networks)
                .where(networks.c.training.in_(ended))
                .values(training=None, revision=networks.c.revision + 1)
            )
            connection.execute(update(trainings).where(mine, COMPUTED).values(cancel=True))


def lock_networks(connection: Connection, sweep_id: str) -> None:
    """Before their trainings, as everywhere, and in one order."""
    open_ones = select(trainings.c.id).where(trainings.c.sweep_id == sweep_id, UNFINISHED)
    query = select(networks.c.id).where(networks.c.training.in_(open_ones))
    connection.execute(query.order_by(networks.c.id).with_for_update()).all()


def add_trial(connection: Connection, sweep: Sweep, trial: NewTrial) -> None:
    add_network(connection, trial.network, Run.of("start", trial.network.head, after_seq=0))
    training_table.add(connection, trial.training)
    row = {
        "sweep_id": sweep.id,
        "number": trial.number,
        "network_id": trial.network.id,
        "training_id": trial.training.id,
        "choices": text_of(trial.choices),
    }
    connection.execute(insert(trials).values(row))


def sweep_row(sweep: Sweep) -> dict[str, Any]:
    return {
        "id": sweep.id,
        "name": sweep.name,
        "grid": text_of(sweep.axes),
        "judged_by": sweep.judged_by,
        "cancel": sweep.cancel,
        "created_at": time_to_text(sweep.created_at),
    }


def to_sweep(row: Row[Any]) -> Sweep:
    axes = {name: [to_choice(v) for v in values] for name, values in json.loads(row.grid).items()}
    return Sweep(
        id=row.id,
        name=row.name,
        axes=axes,
        judged_by=row.judged_by,
        cancel=row.cancel,
        created_at=to_time(row.created_at),
    )


def to_trial(row: Row[Any]) -> Trial:
    choices = {name: to_choice(value) for name, value in json.loads(row.choices).items()}
    training = None if row.id is None else to_training(row)
    return Trial(row.number, choices, row.owner, training)


def text_of(kept: Mapping[str, Any]) -> str:
    """Sizes as lists, optimizers as objects."""
    return json.dumps(kept, default=asdict, separators=(",", ":"))


def to_choice(kept: Any) -> Any:  # noqa: ANN401 — a value on any axis
    if isinstance(kept, dict):
        return Choice(**kept)
    return tuple(kept) if isinstance(kept, list) else kept


def unknown_sweep(sweep_id: str) -> NotFound:
    return NotFound(f"There is no sweep '{sweep_id[:80]}'.")
