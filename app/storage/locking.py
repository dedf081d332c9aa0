"""Waiting for the lock that SQLite gives to one writer at a time.

SQLite's own way of waiting asks ever more rarely, up to ten times a second. Beside workers that
keep chunk after chunk it nearly always asks while one of them writes, and waits for seconds.
Asking every millisecond finds the moment between two chunks.
"""

from __future__ import annotations

import sqlite3
import time
from typing import cast

from sqlalchemy import Connection

ASK_SECONDS = 0.001
BEGIN = "BEGIN IMMEDIATE"


def take_write_lock(connection: Connection, seconds: int) -> None:
    """Begins a transaction. Raises OperationalError when others write all the time."""
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    deadline = time.monotonic() + seconds
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while is_busy(error := tried(driver)) and time.monotonic() < deadline:
            time.sleep(ASK_SECONDS)
        if error is not None:
            connection.exec_driver_sql(BEGIN)  # a last time, so that SQLAlchemy tells what is wrong
    finally:
        driver.execute(f"PRAGMA busy_timeout={seconds * 1000}")


def tried(driver: sqlite3.Connection) -> sqlite3.Error | None:
    try:
        driver.execute(BEGIN)
    except sqlite3.Error as error:
        return error
    return None


def is_busy(error: sqlite3.Error | None) -> bool:
    return error is not None and error.sqlite_errorcode == sqlite3.SQLITE_BUSY
