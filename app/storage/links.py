"""Links in the database: the `Links` port of the services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from app.services.changes import now
from app.services.links import unknown_link
from app.services.records import Link
from app.services.remembering import Remembered
from app.storage import answers
from app.storage.asking import Asking
from app.storage.database import reading, writing
from app.storage.encoding import time_to_text, to_time
from app.storage.tables import links, networks

LINK = select(links).where(links.c.id == bindparam("link_id"))
OLDEST_FIRST = (links.c.created_at, links.c.id)


class DatabaseLinks:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = Asking(engine)

    def link(self, link_id: str) -> Link | None:
        row = self._asking.row(LINK, link_id=link_id)
        return None if row is None else to_link(row)

    def of(self, subject: str) -> Sequence[Link]:
        query = select(links).where(links.c.subject == subject).order_by(*OLDEST_FIRST)
        with reading(self._engine) as connection:
            return [to_link(row) for row in connection.execute(query)]

    def add(self, link: Link, answer: Remembered | None) -> None:
        with writing(self._engine) as connection:
            keep(connection, [link])
            if answer is not None:
                answers.keep(connection, answer)

    def used(self, link: Link) -> None:
        change = update(links).where(links.c.id == link.id)
        with writing(self._engine) as connection:
            connection.execute(change.values(used_on=now().date().isoformat()))

    def unused(self, days: int) -> Sequence[str]:
        """Networks that nobody came to by any link for so many days, and that do not learn."""
        oldest = (now().date() - timedelta(days=days)).isoformat()
        learning = select(networks.c.id).where(networks.c.training.is_not(None))
        query = (
            select(links.c.subject)
            .where(links.c.subject.not_in(learning))
            .group_by(links.c.subject)
            .having(func.max(links.c.used_on) < oldest)
        )
        with reading(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def revoke(self, subject: str, link_id: str) -> bool:
        """All links of the network are locked: two that edit are not revoked side by side."""
        query = select(links).where(links.c.subject == subject).order_by(*OLDEST_FIRST)
        with writing(self._engine) as connection:
            found = [to_link(row) for row in connection.execute(query.with_for_update())]
            if link_id not in {link.id for link in found}:
                raise unknown_link(link_id)
            left = any(link.role == "edit" and link.id != link_id for link in found)
            if left:
                connection.execute(delete(links).where(links.c.id == link_id))
            return left


def keep(connection: Connection, added: Iterable[Link]) -> None:
    """As part of a transaction."""
    rows = [row_of(link) for link in added]
    if rows:
        connection.execute(insert(links), rows)


def forget(connection: Connection, subject: str) -> None:
    """As part of the transaction that deletes the network."""
    connection.execute(delete(links).where(links.c.subject == subject))


def row_of(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "subject": link.subject,
        "role": link.role,
        "digest": link.digest,
        "created_at": time_to_text(link.created_at),
        "used_on": link.used_on.isoformat(),
    }


def to_link(row: Any) -> Link:  # noqa: ANN401 — a row of `links`
    return Link(
        id=row.id,
        subject=row.subject,
        role=row.role,
        digest=bytes(row.digest),
        created_at=to_time(row.created_at),
        used_on=date.fromisoformat(row.used_on),
    )
