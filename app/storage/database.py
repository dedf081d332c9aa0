"""Opening the database: one engine, and transactions on it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import OutcomeUnknown, Unavailable, WrongSetting
from app.storage import sqlite

PATIENCE_SECONDS = 10
WRITES = {"writes": True}
"""What a transaction that will write says to its database before it begins."""
CHANGED = "slowprop_changed"
"""The channel on which PostgreSQL tells who listens that something was committed."""
WORKS = (
    "sqlite:////var/lib/slowprop/slowprop.db and postgresql://user:password@host/database "
    "are addresses that work"
)
UNKNOWN = (
    "The connection to the database was lost while the change was being kept, so that nobody "
    "knows whether it was. Look whether it is there before you repeat it."
)

log = logging.getLogger(__name__)


def open_database(url: str | URL, seconds: int = PATIENCE_SECONDS) -> Engine:
    """The database answers within about `seconds`, or whatever waits for it is Unavailable.

    Raises WrongSetting when there cannot be a database at `url`.
    """
    address = address_of(url)
    try:
        return opener_of(address)(address, seconds)
    except SQLAlchemyError as error:
        raise WrongSetting(f"SLOWPROP_DATABASE_URL cannot be used: {error}") from None


def address_of(url: str | URL) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise WrongSetting(f"SLOWPROP_DATABASE_URL is not a database address; {WORKS}.") from None


def opener_of(address: URL) -> Callable[[URL, int], Engine]:
    if address.drivername in OPENERS:
        return OPENERS[address.drivername]
    raise WrongSetting(
        f"SLOWPROP_DATABASE_URL names a database of {address.drivername[:40]}, but only SQLite "
        f"and PostgreSQL (through psycopg) work; {WORKS}."
    )


def open_postgres(address: URL, seconds: int) -> Engine:
    try:
        from app.storage import postgres  # late: only who uses it has installed the driver
    except ImportError:
        raise WrongSetting(
            "SLOWPROP_DATABASE_URL names a database of PostgreSQL, whose driver is not installed; "
            "pip install 'slowprop[postgres]' brings it."
        ) from None
    return postgres.opened(address, seconds)


OPENERS: Mapping[str, Callable[[URL, int], Engine]] = {
    "sqlite": sqlite.opened,
    "sqlite+pysqlite": sqlite.opened,
    "postgres": open_postgres,
    "postgresql": open_postgres,
    "postgresql+psycopg": open_postgres,
}


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view. Raises Unavailable when the database does not answer."""
    with answered(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All of it is durable when the block ends, or nothing has changed.

    Raises Unavailable when the database does not answer, and OutcomeUnknown when it fell silent
    just when it was told to keep everything.
    """
    with answered(), engine.connect() as connection:
        connection.execution_options(**WRITES)
        with connection.begin() as transaction:
            yield connection
            tell(connection)
            with outcome_told():
                transaction.commit()


def tell(connection: Connection) -> None:
    """It is heard after the commit. SQLite's commits are seen without being told."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANGED}")


@contextmanager
def outcome_told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown(UNKNOWN) from error
        raise


@contextmanager
def answered() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("The database does not answer: too many are waiting for it.") from error
    except (OperationalError, InterfaceError, InternalError) as error:
        raise unavailable(error.orig or error) from error


def unavailable(error: BaseException) -> Unavailable:
    """The log gets all that a driver says. It may name hosts and users, so who asked does not."""
    log.warning("The database does not answer: %s", " ".join(str(error).split()))
    told = getattr(error, "diag", None)
    reason = str(error) if told is None else told.message_primary or "it cannot be reached"
    return Unavailable(f"The database does not answer: {reason}.")
