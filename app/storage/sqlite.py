"""SQLite: a file, which has to be somewhere that can be written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from app.errors import WrongSetting
from app.storage.locking import take_write_lock


def opened(address: URL, seconds: int) -> Engine:
    check(address)

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says, see begin
        for pragma in (f"busy_timeout={seconds * 1000}", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Connection) -> None:
        """A transaction that will write takes the lock first: one taken late is refused."""
        if connection.get_execution_options().get("writes", False):
            take_write_lock(connection, seconds)
        else:
            connection.exec_driver_sql("BEGIN")

    engine = create_engine(address, pool_size=8, max_overflow=56, hide_parameters=True)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def check(address: URL) -> None:
    if address.database in {None, "", ":memory:"}:
        raise WrongSetting(
            "SLOWPROP_DATABASE_URL names no file; several processes share the database, "
            "so it cannot live in memory. One that works is sqlite:///slowprop.db"
        )
    make_directory(Path(str(address.database)).parent)


def make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"The data directory {directory} cannot be made: {error.strerror}. "
            f"Set SLOWPROP_DATABASE_URL to a place that can be written."
        ) from None
