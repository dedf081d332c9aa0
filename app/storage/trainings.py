"""Trainings in the database, and the lease by which one server at a time computes each."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from app.errors import NotFound
from app.services.records import Training
from app.storage.database import reading, writing
from app.storage.encoding import number_to_bytes, time_to_text, to_number, to_time
from app.storage.tables import trainings

LEASE_SECONDS = 4.0
"""Renewed with every chunk. A server that dies leaves its training to others after this time."""

UNFINISHED = trainings.c.state.in_(("queued", "running"))


class DatabaseTrainings:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def training(self, network_id: str, training_id: str) -> Training:
        query = select(trainings).where(
            trainings.c.id == training_id, trainings.c.network_id == network_id
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"This network has no training '{training_id[:80]}'.")
        return to_training(row)

    def of_network(self, network_id: str) -> Sequence[Training]:
        query = (
            select(trainings)
            .where(trainings.c.network_id == network_id)
            .order_by(trainings.c.created_at.desc(), trainings.c.id)
        )
        with reading(self._engine) as connection:
            return [to_training(row) for row in connection.execute(query)]

    def ask_to_cancel(self, training_id: str) -> None:
        change = update(trainings).where(trainings.c.id == training_id, UNFINISHED)
        with writing(self._engine) as connection:
            connection.execute(change.values(cancel=True))

    def claim(self) -> Training | None:
        with reading(self._engine) as connection:
            if oldest_unleased(connection) is None:
                return None
        with writing(self._engine) as connection:
            row = oldest_unleased(connection)
            if row is None:
                return None
            lease(connection, row.id, time.time() + LEASE_SECONDS)
            return to_training(row)

    def release(self, training_id: str) -> None:
        with writing(self._engine) as connection:
            lease(connection, training_id, 0.0)


def oldest_unleased(connection: Connection) -> Row[Any] | None:
    query = (
        select(trainings)
        .where(UNFINISHED, trainings.c.leased_until < time.time())
        .order_by(trainings.c.created_at, trainings.c.id)
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def lease(connection: Connection, training_id: str, until: float) -> None:
    chosen = trainings.c.id == training_id
    connection.execute(update(trainings).where(chosen).values(leased_until=until))


def keep(connection: Connection, training: Training) -> None:
    """As part of a transaction. A running one is leased on; `cancel` is never taken back."""
    progress = {
        "state": training.state,
        "done": training.done,
        "seconds": training.seconds,
        "loss": number_to_bytes(training.loss),
        "problem": training.problem,
        "updated_at": time_to_text(training.updated_at),
        "leased_until": time.time() + LEASE_SECONDS if training.state == "running" else 0.0,
    }
    change = update(trainings).where(trainings.c.id == training.id).values(**progress)
    if connection.execute(change).rowcount == 0:
        connection.execute(insert(trainings).values(**first_row(training), **progress))


def first_row(training: Training) -> dict[str, Any]:
    return {
        "id": training.id,
        "network_id": training.network_id,
        "total": training.total,
        "cancel": training.cancel,
        "created_at": time_to_text(training.created_at),
    }


def to_training(row: Row[Any]) -> Training:
    return Training(
        id=row.id,
        network_id=row.network_id,
        state=row.state,
        total=row.total,
        done=row.done,
        seconds=row.seconds,
        cancel=row.cancel,
        loss=to_number(row.loss),
        problem=row.problem,
        created_at=to_time(row.created_at),
        updated_at=to_time(row.updated_at),
    )
