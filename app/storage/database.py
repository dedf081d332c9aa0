"""Opening the database: one engine, durable SQLite, the schema brought up to date at start."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from app.errors import Unavailable, WrongSetting

SCHEMA = "0001"
"""The migration that this version of the program works with."""

BUSY_SECONDS = 20
WRITES = {"begin": "BEGIN IMMEDIATE"}


def open_database(url: str) -> Engine:
    """Raises WrongSetting when there cannot be a database at `url`."""
    address = checked(url)
    try:
        engine = create_engine(address, pool_size=8, max_overflow=56)
    except (ImportError, SQLAlchemyError) as error:
        raise WrongSetting(f"SLOWPROP_DATABASE_URL cannot be used: {error}") from None
    if address.get_backend_name() == "sqlite":
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
    if address.get_backend_name() == "sqlite":
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
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


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
    except OperationalError as error:
        raise Unavailable(f"The database does not answer: {error.orig}.") from error


def migrate(engine: Engine) -> None:
    """Bring the schema up to date. Several processes may start at once: one does it, others wait.

    Raises WrongSetting when the database cannot be used or was made by a newer version.
    """
    try:
        use_write_ahead_log(engine)
        with engine.connect() as connection:
            connection.execution_options(**WRITES)
            with connection.begin():
                if schema_of(connection) != SCHEMA:
                    upgrade(connection)
    except OperationalError as error:
        raise WrongSetting(
            f"The database {engine.url.render_as_string()} cannot be used: {error.orig}. "
            f"Set SLOWPROP_DATABASE_URL to a place that can be written."
        ) from None


def use_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer then never wait for each other. SQLite remembers it in the file."""
    if engine.dialect.name != "sqlite":
        return None
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return switch_to_write_ahead_log(engine)
        except OperationalError as error:  # the switch does not wait for another process doing it
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def switch_to_write_ahead_log(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    except Exception as error:
        raise OperationalError("PRAGMA journal_mode=WAL", None, error) from error
    finally:
        connection.close()


def schema_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def upgrade(connection: Connection) -> None:
    from alembic import command  # late: it takes as long to import as everything else together
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, SCHEMA)
    except CommandError as error:
        raise WrongSetting(
            f"The database was made by another version of Slowprop ({error}). "
            f"Use that version, or another file in SLOWPROP_DATABASE_URL."
        ) from None
