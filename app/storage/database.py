"""Opening the database: one engine, and transactions on it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from app.errors import Unavailable, WrongSetting

BUSY_SECONDS = 20
WRITES = {"begin": "BEGIN IMMEDIATE"}
ASKS = {"begin": ""}
"""Single statements, each on its own: no transaction to begin and end."""


def open_database(url: str) -> Engine:
    """Raises WrongSetting when there cannot be a database at `url`."""
    address = checked(url)
    try:
        engine = create_engine(address, pool_size=8, max_overflow=56)
    except (ImportError, SQLAlchemyError) as error:
        raise WrongSetting(f"SLOWPROP_DATABASE_URL cannot be used: {error}") from None
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def checked(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise WrongSetting(
            "SLOWPROP_DATABASE_URL is not a database address; "
            "one that works is sqlite:////var/lib/slowprop/slowprop.db"
        ) from None
    if address.get_backend_name() != "sqlite":
        raise WrongSetting(
            f"SLOWPROP_DATABASE_URL names a database of {address.get_backend_name()[:40]}, but "
            "only SQLite works now; one that works is sqlite:////var/lib/slowprop/slowprop.db"
        )
    if address.database in {None, "", ":memory:"}:
        raise WrongSetting(
            "SLOWPROP_DATABASE_URL names no file; several processes share the database, "
            "so it cannot live in memory. One that works is sqlite:///slowprop.db"
        )
    make_directory(Path(str(address.database)).parent)
    return address


def make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"The data directory {directory} cannot be made: {error.strerror}. "
            f"Set SLOWPROP_DATABASE_URL to a place that can be written."
        ) from None


def prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, see begin_sqlite
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes the lock first: one taken late is refused."""
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin:
        connection.exec_driver_sql(begin)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view. Raises Unavailable when the database does not answer."""
    with answered(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All of it is durable when the block ends, or nothing has changed."""
    with answered(), engine.connect() as connection:
        connection.execution_options(**WRITES)
        with connection.begin():
            yield connection


@contextmanager
def answered() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, OperationalError) else error
        raise Unavailable(f"The database does not answer: {reason}.") from error


class Asking:
    """Single questions, on a connection that each thread keeps: a third of the usual time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = threading.local()

    def scalar(self, query: Select[Any], **values: object) -> Any:  # noqa: ANN401 — any column
        with answered():
            try:
                return self._connection().scalar(query, values)
            except SQLAlchemyError:
                self._give_up()
                raise

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._kept, "connection", None)
        if connection is None:
            connection = self._engine.connect().execution_options(**ASKS)
            self._kept.connection = connection
        return connection

    def _give_up(self) -> None:
        """After a failure the next question is asked on a new connection."""
        connection: Connection | None = getattr(self._kept, "connection", None)
        self._kept.connection = None
        if connection is not None:
            connection.invalidate()
            connection.close()
