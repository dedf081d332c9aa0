"""Trainings in the database, and the claims by which one worker at a time computes each.

Every change states what it expects in its WHERE, and counts the rows that it met: nothing is
read first and written later. No claim depends on a clock: whoever computes keeps `beat`
changing, and every new claim makes the `fence` of the one before too old to be written with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    exists,
    func,
    insert,
    select,
    update,
)

from app.errors import NotFound
from app.services.records import Claim, Training
from app.storage.database import reading, writing
from app.storage.tables import trainings
from app.storage.training_rows import first_row, progress_row, to_training

UNFINISHED = trainings.c.state.in_(("queued", "running"))
WAITING = and_(UNFINISHED, trainings.c.held.is_(False))
COMPUTED = and_(UNFINISHED, trainings.c.held.is_(True))
CLAIM = (trainings.c.network_id, trainings.c.id, trainings.c.fence, trainings.c.deaths)


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

    def claim(self) -> Claim | None:
        while (found := self._next()) is not None:
            taken = replace(found, fence=found.fence + 1)
            change = update(trainings).where(as_claimed(found), WAITING)
            with writing(self._engine) as connection:
                if connection.execute(change.values(fence=taken.fence, held=True)).rowcount == 1:
                    return taken
        return None

    def _next(self) -> Claim | None:
        with reading(self._engine) as connection:
            row = connection.execute(next_in_turn()).one_or_none()
        return None if row is None else Claim(*row)

    def anybody_waits(self) -> bool:
        with reading(self._engine) as connection:
            return connection.scalar(select(exists().where(WAITING))) is True

    def beats(self) -> Mapping[Claim, int]:
        query = select(*CLAIM, trainings.c.beat).where(COMPUTED)
        with reading(self._engine) as connection:
            return {Claim(*row[:-1]): row.beat for row in connection.execute(query)}

    def beat(self, claims: Iterable[Claim]) -> None:
        """In one order, so that nobody who locks several rows ever waits for another in a ring."""
        with writing(self._engine) as connection:
            for claim in sorted(claims, key=lambda claim: claim.training_id):
                change = update(trainings).where(as_claimed(claim))
                connection.execute(change.values(beat=trainings.c.beat + 1))

    def release(self, claim: Claim, *, died: bool = False) -> None:
        """Under a new fence: whatever its worker still makes is refused."""
        change = update(trainings).where(as_claimed(claim), COMPUTED)
        with writing(self._engine) as connection:
            values = {"held": False, "fence": claim.fence + 1, "turn": next_turn(connection)}
            connection.execute(change.values(**values, deaths=trainings.c.deaths + int(died)))


def next_in_turn() -> Select[Any]:
    """A sweep has one turn with all of its trials, so that it never keeps others waiting."""
    other = trainings.alias()
    computed = (
        select(func.count())
        .where(other.c.sweep_id == trainings.c.sweep_id, other.c.held.is_(True))
        .scalar_subquery()
    )
    order = (trainings.c.cancel.desc(), computed, trainings.c.turn, trainings.c.id)
    return select(*CLAIM).where(WAITING).order_by(*order).limit(1)


def as_claimed(claim: Claim) -> ColumnElement[bool]:
    return and_(trainings.c.id == claim.training_id, trainings.c.fence == claim.fence)


def next_turn(connection: Connection) -> int:
    """The end of the queue. Two that get the same number stand beside each other."""
    last = connection.scalar(select(func.max(trainings.c.turn)).where(UNFINISHED))
    return 1 + (last or 0)


def add(connection: Connection, training: Training) -> None:
    row = first_row(training, next_turn(connection))
    connection.execute(insert(trainings).values(row))


def keep(connection: Connection, training: Training) -> bool:
    """As part of a transaction; False when it goes on under another fence, or has ended."""
    change = update(trainings).where(
        trainings.c.id == training.id, trainings.c.fence == training.fence, UNFINISHED
    )
    held = {"held": False} if training.ended else {}
    changed = connection.execute(change.values(**progress_row(training), **held, deaths=0))
    return changed.rowcount == 1
