"""How many networks each client has made today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, update
from sqlalchemy.exc import IntegrityError

from app.errors import TooMany
from app.services.changes import now
from app.services.ports import Quota
from app.storage.database import writing
from app.storage.tables import quotas


class DatabaseQuotas:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def forget(self) -> None:
        """Those of days that are over."""
        with writing(self._engine) as connection:
            connection.execute(delete(quotas).where(quotas.c.day < today()))


def count(connection: Connection, quota: Quota) -> None:
    """One more, as part of a transaction. Raises TooMany, then nothing of it may be kept."""
    if not (counted(connection, quota) or first(connection, quota) or counted(connection, quota)):
        raise TooMany(
            f"At most {quota.most} networks a day can be made from one address; "
            f"tomorrow (UTC) there are more.",
            seconds_until_tomorrow(),
        )


def counted(connection: Connection, quota: Quota) -> bool:
    mine = (quotas.c.client == quota.client) & (quotas.c.day == today())
    change = update(quotas).where(mine, quotas.c.made < quota.most)
    return connection.execute(change.values(made=quotas.c.made + 1)).rowcount == 1


def first(connection: Connection, quota: Quota) -> bool:
    """False when there is one already, perhaps since a moment ago."""
    try:
        with connection.begin_nested():
            row = {"client": quota.client, "day": today(), "made": 1}
            connection.execute(insert(quotas).values(**row))
    except IntegrityError:
        return False
    return True


def today() -> str:
    return now().date().isoformat()


def seconds_until_tomorrow() -> int:
    tomorrow = datetime.combine(now().date() + timedelta(days=1), datetime.min.time(), UTC)
    return max(1, round((tomorrow - now()).total_seconds()))
