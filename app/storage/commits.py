"""Noticing that something was committed: the `Commits` port of the services."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Engine

from app.services.ports import Commits
from app.storage.database import CHANGED, answered, unavailable

POLL_SECONDS = 0.05
LISTEN_SECONDS = 0.2
"""How long is listened at a time; whoever closes the service waits so long at most."""
DATA_VERSION = "PRAGMA data_version"


class SqliteCommits:
    """SQLite counts for each connection the commits of all others, in any process. Asking takes
    some microseconds and reads no table."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._seen: int | None = None

    def made(self) -> bool:
        time.sleep(POLL_SECONDS)
        version = self._version()
        seen, self._seen = self._seen, version
        return seen != version

    def close(self) -> None:
        connection, self._connection, self._seen = self._connection, None, None
        if connection is not None:
            connection.close()

    def _version(self) -> int:
        with answered():
            if self._connection is None:
                self._connection = self._engine.connect()
            driver = self._connection.connection.driver_connection
            assert driver is not None  # noqa: S101 — an open connection has one
            version: int = driver.execute(DATA_VERSION).fetchone()[0]
        return version


class PostgresCommits:
    """In PostgreSQL every transaction that writes says so itself (`database.writing`), and who
    listens is told when it has been committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._driver: Any = None

    def made(self) -> bool:
        """Something may have been committed before it listened, or since a connection was lost."""
        try:
            if self._driver is None:
                self._listen()
                return self._gathered()
            return self._heard(LISTEN_SECONDS) and self._gathered()
        except self._engine.dialect.loaded_dbapi.Error as error:
            self.close()
            raise unavailable(error) from error

    def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def _listen(self) -> None:
        with answered():
            connection = self._engine.raw_connection()
        self._driver = connection.driver_connection
        connection.detach()
        self._engine.dialect.set_isolation_level(self._driver, "AUTOCOMMIT")
        self._driver.execute(f"LISTEN {CHANGED}")

    def _gathered(self) -> bool:
        """A moment later, so that many commits wake the listeners once."""
        time.sleep(POLL_SECONDS)
        self._heard(0)
        return True

    def _heard(self, seconds: float) -> bool:
        with closing(self._driver.notifies(timeout=seconds, stop_after=1)) as heard:
            return any(True for _ in heard)


def commits_of(engine: Engine) -> Commits:
    return SqliteCommits(engine) if engine.dialect.name == "sqlite" else PostgresCommits(engine)
