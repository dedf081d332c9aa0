"""Counting what the database holds: the `Census` port of the services."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, func, select

from app.storage.database import reading
from app.storage.tables import networks, trainings


class DatabaseCensus:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def networks(self) -> int:
        with reading(self._engine) as connection:
            return int(connection.scalar(select(func.count()).select_from(networks)) or 0)

    def trainings(self) -> Mapping[str, int]:
        query = select(trainings.c.state, func.count()).group_by(trainings.c.state)
        with reading(self._engine) as connection:
            return {state: int(count) for state, count in connection.execute(query)}
