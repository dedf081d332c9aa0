"""Noticing that something was committed: the `Commits` port of the services."""

from __future__ import annotations

import time

from sqlalchemy import Connection, Engine

from app.storage.database import answered

POLL_SECONDS = 0.05
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
