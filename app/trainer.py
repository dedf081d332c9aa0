"""What a worker process does, wired: the second place, beside `main`, where parts are put
together. It stands alone so that workers never import the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.errors import Unavailable
from app.nn import kernel
from app.services import chunks
from app.services.records import Claim
from app.storage.database import open_database
from app.storage.store import DatabaseStore
from app.storage.trainings import DatabaseTrainings

FAULT = "Something went wrong in the server; its log says more."


@dataclass(frozen=True, slots=True)
class TrainingTrade:
    database_url: str
    database_seconds: int
    kernel_cache: Path
    history_bytes: int

    def prepare(self) -> None:
        """Compiles the kernel if no start before has filled its cache."""
        kernel.load(self.kernel_cache)

    def train(self, claim: Claim) -> None:
        """One training to its end or the end of its turn. What goes wrong is kept with it, and
        raised for the log; when the database is away, somebody goes on once it is back.
        """
        self.prepare()  # at once, where it was done before; workers of Dask come unprepared
        store, trainings = stores(self.database_url, self.database_seconds, self.history_bytes)
        try:
            chunks.compute(store, trainings, claim)
        except Unavailable:
            raise
        except Exception:
            chunks.fail(store, trainings, claim, FAULT)
            raise


@lru_cache(maxsize=1)
def stores(
    database_url: str, seconds: int, history_bytes: int
) -> tuple[DatabaseStore, DatabaseTrainings]:
    """Opened once in the life of a worker."""
    engine = open_database(database_url, seconds)
    return DatabaseStore(engine, history_bytes), DatabaseTrainings(engine)
