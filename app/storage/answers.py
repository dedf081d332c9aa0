"""Answers in the database that may be asked for again: the `Answers` port of the services."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.services.remembering import KEPT_SECONDS, AlreadyAnswered, Remembered, Ticket
from app.storage.database import reading, writing
from app.storage.tables import answers


class DatabaseAnswers:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, ticket: Ticket) -> Remembered | None:
        query = select(answers).where(place(ticket), answers.c.at >= oldest())
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Remembered(Ticket(row.scope, row.key, bytes(row.asked)), bytes(row.answer))

    def forget(self) -> None:
        """Those that are too old."""
        with writing(self._engine) as connection:
            connection.execute(delete(answers).where(answers.c.at < oldest()))


def keep(connection: Connection, remembered: Remembered) -> None:
    """As part of a transaction, which has to be given up when this raises AlreadyAnswered."""
    ticket = remembered.ticket
    connection.execute(delete(answers).where(place(ticket), answers.c.at < oldest()))
    try:
        with connection.begin_nested():
            connection.execute(insert(answers).values(**row_of(remembered)))
    except IntegrityError:
        raise AlreadyAnswered from None


def place(ticket: Ticket) -> ColumnElement[bool]:
    return (answers.c.scope == ticket.scope) & (answers.c.key == ticket.key)


def oldest() -> float:
    return time.time() - KEPT_SECONDS


def row_of(remembered: Remembered) -> dict[str, Any]:
    ticket = remembered.ticket
    return {
        "scope": ticket.scope,
        "key": ticket.key,
        "asked": ticket.asked,
        "answer": remembered.answer,
        "at": time.time(),
    }
