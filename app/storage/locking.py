"""Waiting for the lock that SQLite gives to one writer at a time.

SQLite's own way of waiting asks ever more rarely, up to ten times a second. Beside workers that
keep chunk after chunk it nearly always asks while one of them writes, and waits for seconds.
Asking every millisecond finds the moment between two chunks.
"""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

ASK_SECONDS = 0.001


def take_write_lock(connection: Connection, seconds: int) -> None:
    """Begins a transaction. Raises OperationalError when others write all the time."""
    deadline = time.monotonic() + seconds
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while not begun(connection, last=time.monotonic() >= deadline):
            time.sleep(ASK_SECONDS)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={seconds * 1000}")


def begun(connection: Connection, *, last: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if last or not is_busy(error.orig):
            raise
        return False
    return True


def is_busy(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.Error) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY
