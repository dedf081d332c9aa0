"""Noticing that something was committed: the `Commits` port of the services."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Engine

from app.services.ports import Commits
from app.storage.database import answered, unavailable

POLL_SECONDS = 0.05
LISTEN_SECONDS = 0.5
DEAF_SECONDS = 5.0
"""After so long PostgreSQL is asked even if it said nothing: so does a connection that is dead."""
CHANNEL = "slowprop"


def commits_of(engine: Engine) -> Commits:
    return SqliteCommits(engine) if engine.dialect.name == "sqlite" else PostgresCommits(engine)


class SqliteCommits:
    """SQLite counts for each connection the commits of all others, in any process. Asking takes
    some microseconds and reads no table."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None
        self._seen: int | None = None

    def made(self) -> bool:
        time.sleep(POLL_SECONDS)
        try:
            version = self._version()
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise unavailable(error) from error
        seen, self._seen = self._seen, version
        return seen != version

    def close(self) -> None:
        connection, self._connection, self._seen = self._connection, None, None
        if connection is not None:
            connection.close()

    def _version(self) -> int:
        if self._connection is None:
            with answered():
                self._connection = self._engine.raw_connection()
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version


class PostgresCommits:
    """PostgreSQL tells whoever listens, since `app/storage/postgres.py` notifies with every commit.
    What happened before the listening began has to be asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None
        self._said = 0.0

    def made(self) -> bool:
        try:
            told = self._told()
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise unavailable(error) from error
        now = time.monotonic()
        if told or now - self._said > DEAF_SECONDS:
            self._said = now
            return True
        return False

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _told(self) -> bool:
        if self._connection is None:
            self._connection = self._listening()
            return True
        return bool(list(self._connection.notifies(timeout=LISTEN_SECONDS, stop_after=1)))

    def _listening(self) -> Any:  # noqa: ANN401 — the driver may not be installed
        """Not one of the pool's, which give up when nothing is answered."""
        dialect = self._engine.dialect
        args, options = dialect.create_connect_args(self._engine.url)
        connection: Any = dialect.loaded_dbapi.connect(*args, **options, autocommit=True)
        connection.execute(f"LISTEN {CHANNEL}")
        return connection
