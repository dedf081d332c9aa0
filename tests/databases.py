"""The databases that the same tests run on."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Protocol

from app.storage.database import open_database
from app.storage.schema import migrate
from tests.postgres import Postgres


class Databases(Protocol):
    def new(self) -> str:
        """The address of an empty database; its tables are there, or will be made at a start."""

    def drop(self, url: str) -> None: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def new(self) -> str:
        return f"sqlite:///{self._folder / f'slowprop-{next(self._numbers)}.db'}"

    def drop(self, url: str) -> None:
        """The folder goes as a whole."""


class Copies:
    """Of one migrated database: to copy it costs a tenth of making its tables."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._template = server.new()
        engine = open_database(self._template)
        migrate(engine)
        engine.dispose()

    def new(self) -> str:
        return self._server.new(self._template)

    def drop(self, url: str) -> None:
        self._server.drop(url)
