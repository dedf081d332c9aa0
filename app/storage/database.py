"""Opening the database: one engine, and transactions on it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Select, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from app.errors import Unavailable, WrongSetting
from app.storage.locking import take_write_lock

BUSY_SECONDS = 20
WRITES = {"begin": "BEGIN IMMEDIATE"}


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
    if connection.get_execution_options().get("begin") == WRITES["begin"]:
        take_write_lock(connection, BUSY_SECONDS)
    else:
        connection.exec_driver_sql("BEGIN")


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
    """Single questions, on a connection that each thread keeps, put to the driver itself: that
    takes a sixth of the usual time, and such a question stands before every cached answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = threading.local()

    def scalar(self, query: Select[Any], **values: object) -> Any:  # noqa: ANN401 — any column
        """The first column of the only row; None without a row. Raises Unavailable."""
        row = self._only(query, values)
        return None if row is None else row[0]

    def row(self, query: Select[Any], **values: object) -> SimpleNamespace | None:
        """The only row, its columns by name; None without a row. Raises Unavailable."""
        row = self._only(query, values)
        if row is None:
            return None
        return SimpleNamespace(**dict(zip(query.selected_columns.keys(), row, strict=True)))

    def _only(self, query: Select[Any], values: Mapping[str, object]) -> Sequence[Any] | None:
        with answered():
            try:
                cursor = self._cursor()
                cursor.execute(*spelled(query, self._engine.dialect).filled(values))
                row: Sequence[Any] | None = cursor.fetchone()
                cursor.close()
            except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
                self._give_up()
                raise
        return row

    def _cursor(self) -> DBAPICursor:
        connection: Connection | None = getattr(self._kept, "connection", None)
        if connection is None:
            connection = self._kept.connection = self._engine.connect()
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 — an open connection has one
        cursor: DBAPICursor = driver.cursor()
        return cursor

    def _give_up(self) -> None:
        """After a failure the next question is asked on a new connection."""
        connection: Connection | None = getattr(self._kept, "connection", None)
        self._kept.connection = None
        if connection is not None:
            connection.invalidate()
            connection.close()


@dataclass(frozen=True, slots=True)
class Spelled:
    """A query in a database's own words; `names` are those of its parameters where they count."""

    words: str
    known: Mapping[str, object]
    names: Sequence[str] | None

    def filled(self, values: Mapping[str, object]) -> tuple[str, Any]:
        given = {**self.known, **values}
        return self.words, given if self.names is None else [given[name] for name in self.names]


@lru_cache(maxsize=64)
def spelled(query: Select[Any], dialect: Dialect) -> Spelled:
    compiled = query.compile(dialect=dialect)
    return Spelled(str(compiled), compiled.params, compiled.positiontup)
