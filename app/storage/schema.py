"""The schema, brought up to date at start. Several processes may start at once."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

from app.errors import WrongSetting
from app.storage.database import PATIENCE_SECONDS, WRITES, open_database

SCHEMA = "0006"
"""The migration that this version of the program works with."""
PATIENCE = {"sqlite": PATIENCE_SECONDS, "postgresql": 3600}
"""Seconds. SQLite's only count for its lock; in PostgreSQL every statement has to be done by then,
and a change of large tables may take its time."""
MIGRATING = 7_569_776
"""The number of an advisory lock that nobody else in the database uses."""
REMEDY = {
    "sqlite": "Set SLOWPROP_DATABASE_URL to a place that can be written.",
    "postgresql": "Does the server run, and do user, password and database exist there?",
}


def migrate(engine: Engine) -> None:
    """One process does it, others wait for it.

    Raises WrongSetting when the database cannot be used or was made by a newer version.
    """
    unhurried = open_database(engine.url, PATIENCE[engine.dialect.name])
    try:
        if engine.dialect.name == "sqlite":
            use_write_ahead_log(unhurried)
        with unhurried.connect() as connection:
            connection.execution_options(**WRITES)
            with connection.begin():
                lock(connection)
                if schema_of(connection) != SCHEMA:
                    upgrade(connection)
    except (sqlite3.Error, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise WrongSetting(
            f"The database {engine.url.render_as_string()} cannot be used: "
            f"{' '.join(str(reason).split())}. {REMEDY[engine.dialect.name]}"
        ) from None
    finally:
        unhurried.dispose()


def lock(connection: Connection) -> None:
    """Until the transaction ends. SQLite's own lock lies on the whole file already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))


def use_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer then never wait for each other. SQLite remembers it in the file."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with closing(engine.raw_connection()) as connection:
        while not switched(connection.cursor()):
            if time.monotonic() > deadline:
                raise WrongSetting(f"The database {engine.url.database} stays locked.")
            time.sleep(0.02)


def switched(cursor: DBAPICursor) -> bool:
    """False while another process is doing the same: this one switch is never waited for."""
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    return True


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
            f"Use that version, or another database in SLOWPROP_DATABASE_URL."
        ) from None
