"""Single questions, put to the driver itself: that takes a sixth of the usual time, and such a
question stands before every cached answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Engine, Select, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.storage.database import answered, unavailable

Question: TypeAlias = tuple[str, Any]
"""Words and parameters, as the driver takes them."""


class Asking:
    """It keeps connections of its own, as many as there were questions at a time. They are in no
    transaction, so each question sees what was committed before it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: deque[DBAPIConnection] = deque()
        event.listen(engine, "engine_disposed", self._forget)

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
        question = spelled(query, self._engine.dialect).filled(values)
        try:
            return self._answer(question)
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise unavailable(error) from error

    def _answer(self, question: Question) -> Sequence[Any] | None:
        try:
            kept = self._kept.pop()
        except IndexError:
            return self._put(question, self._connected())
        try:
            return self._put(question, kept)
        except self._engine.dialect.loaded_dbapi.Error as error:
            if not self._engine.dialect.is_disconnect(error, kept, None):
                raise
        self._forget()  # the server was restarted since: the others are of no use either
        return self._put(question, self._connected())

    def _put(self, question: Question, connection: DBAPIConnection) -> Sequence[Any] | None:
        """A connection that failed is not used again."""
        try:
            cursor = connection.cursor()
            cursor.execute(*question)
            row: Sequence[Any] | None = cursor.fetchone()
            cursor.close()
        except BaseException:
            connection.close()
            raise
        self._kept.append(connection)
        return row

    def _connected(self) -> DBAPIConnection:
        """Not the pool's any more: nobody else may get a connection without transactions."""
        with answered():
            connection = self._engine.raw_connection()
        driver = connection.dbapi_connection
        assert driver is not None  # noqa: S101 — an open connection has one
        connection.detach()
        self._engine.dialect.set_isolation_level(driver, "AUTOCOMMIT")
        return driver

    def _forget(self, _engine: Engine | None = None) -> None:
        while self._kept:
            self._kept.pop().close()


@dataclass(frozen=True, slots=True)
class Spelled:
    """A query in a database's own words; `names` are those of its parameters where they count."""

    words: str
    known: Mapping[str, object]
    names: Sequence[str] | None

    def filled(self, values: Mapping[str, object]) -> Question:
        given = {**self.known, **values}
        return self.words, given if self.names is None else [given[name] for name in self.names]


@lru_cache(maxsize=64)
def spelled(query: Select[Any], dialect: Dialect) -> Spelled:
    compiled = query.compile(dialect=dialect)
    return Spelled(str(compiled), compiled.params, compiled.positiontup)
