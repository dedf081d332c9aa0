"""PostgreSQL, through psycopg: connections that give up on a server that says nothing.

A server ends a statement that takes too long by itself (`statement_timeout`, which also covers
waiting for locks). One that hangs, or to which the cable is cut, ends nothing: then the client
stops waiting, a little later.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import IsolationLevel
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

GRACE_SECONDS = 1
SILENT_SECONDS = 1.0
"""How long a server that did not answer is not asked again: requests that wait one after another
would else wait their whole time each."""
LONGEST_CONNECT_SECONDS = 5
IDLE_SECONDS = 60
"""A process that is halted in mid-transaction gives its locks back after this time."""


def opened(address: URL, seconds: int) -> Engine:
    """Its connections answer within `seconds`, or an OperationalError says that they do not."""
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=8,
        max_overflow=24,
        pool_timeout=seconds,
        hide_parameters=True,  # errors are logged, and people's data is not
        pool_pre_ping=True,  # after a restart of the server nobody gets a connection to the old one
    )
    server = Server(seconds)
    event.listen(engine, "do_connect", server.connect)
    event.listen(engine, "begin", begin)
    return engine


def begin(connection: Connection) -> None:
    """A reader sees one moment throughout. A writer sees what others have committed before each
    statement: so compare and swap finds the newest revision, after waiting for its row."""
    writes = connection.get_execution_options().get("writes", False)
    driver: Any = connection.connection.driver_connection
    driver.isolation_level = (
        IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
    )
    driver.read_only = not writes


@dataclass(slots=True)
class Server:
    """What is known of the server, shared by all connections to it."""

    seconds: float
    silent_until: float = 0.0

    def connect(
        self, _dialect: object, _record: object, args: list[Any], options: dict[str, Any]
    ) -> Patient:
        """What the address says itself wins."""
        self.check()
        limits = {
            "statement_timeout": self.seconds * 1000,
            "idle_in_transaction_session_timeout": IDLE_SECONDS * 1000,
        }
        ours = " ".join(f"-c {name}={limit:.0f}" for name, limit in limits.items())
        options["options"] = f"{ours} {options.get('options', '')}"
        options.setdefault("connect_timeout", min(self.seconds, LONGEST_CONNECT_SECONDS))
        try:
            connection = Patient.connect(*args, **options)
        except psycopg.errors.ConnectionTimeout:
            self.was_silent()
            raise
        connection.server = self
        return connection

    def check(self) -> None:
        if time.monotonic() < self.silent_until:
            raise psycopg.OperationalError("the server has just not answered")

    def was_silent(self) -> None:
        self.silent_until = time.monotonic() + SILENT_SECONDS


class Patient(psycopg.Connection[Any]):
    """Patient, but not for ever."""

    server: Server | None = None

    def cursor(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 — as the driver has it
        """Bytes come as they are: as text they would be twice as long."""
        return super().cursor(*args, **{"binary": True} | options)

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 — as the driver has it
        server = self.server
        if server is None:
            return super().wait(gen, *args, **options)
        server.check()
        try:
            return super().wait(gen, *args, **{"timeout": server.seconds + GRACE_SECONDS} | options)
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.close()  # a late answer would be taken for that to another question
                server.was_silent()
            raise
