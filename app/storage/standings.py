"""Where networks stand, read without their numbers: the `Standings` port of the services."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import unknown_network
from app.services.records import Pointer, Progress, Standing
from app.storage.database import reading, writing
from app.storage.encoding import to_number
from app.storage.tables import cursors, networks, trainings

MANY = 500
"""Ids in one question: SQLite takes no more than some thousand parameters."""

STANDINGS = (
    select(
        networks.c.id, networks.c.revision, networks.c.seq, networks.c.step, networks.c.loss,
        trainings.c.id.label("training_id"), trainings.c.state, trainings.c.total, trainings.c.done,
        cursors.c.version, cursors.c.value,
    )
    .outerjoin(trainings, trainings.c.id == networks.c.training)
    .outerjoin(cursors, cursors.c.network_id == networks.c.id)
)  # fmt: skip


class DatabaseStandings:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, network_ids: Iterable[str]) -> Mapping[str, Standing]:
        wanted = list(network_ids)
        parts = [wanted[at : at + MANY] for at in range(0, len(wanted), MANY)]
        with reading(self._engine) as connection:
            rows = [row for part in parts for row in connection.execute(those(part))]
        return {row.id: to_standing(row) for row in rows}

    def point(self, network_id: str, to: Pointer) -> None:
        """Whoever points first makes the row; when two do, the second one updates it."""
        try:
            self._point(network_id, to)
        except IntegrityError:
            self._point(network_id, to)

    def _point(self, network_id: str, to: Pointer) -> None:
        value = json.dumps(asdict(to), separators=(",", ":"))
        here = cursors.c.network_id == network_id
        moved = update(cursors).where(here).values(version=cursors.c.version + 1, value=value)
        known = select(networks.c.id).where(networks.c.id == network_id)
        with writing(self._engine) as connection:
            if connection.execute(moved).rowcount == 1:
                return
            if connection.scalar(known) is None:
                raise unknown_network(network_id)
            connection.execute(
                insert(cursors).values(network_id=network_id, version=1, value=value)
            )


def those(network_ids: list[str]) -> Select[Any]:
    return STANDINGS.where(networks.c.id.in_(network_ids))


def to_standing(row: Row[Any]) -> Standing:
    return Standing(
        revision=row.revision,
        seq=row.seq,
        step=row.step,
        loss=to_number(row.loss),
        training=None if row.training_id is None else to_progress(row),
        pointed=row.version or 0,
        pointer=None if row.value is None else Pointer(**json.loads(row.value)),
    )


def to_progress(row: Row[Any]) -> Progress:
    return Progress(row.training_id, row.state, row.total, row.done)
