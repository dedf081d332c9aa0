"""What the worker process does, wired: the second place, beside `main`, where parts are put
together. It stands alone so that the worker never imports the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.nn import kernel
from app.services import trainings
from app.storage.database import open_database
from app.storage.store import DatabaseStore
from app.storage.trainings import DatabaseTrainings


@dataclass(frozen=True, slots=True)
class TrainingTrade:
    database_url: str
    database_seconds: int
    kernel_cache: Path

    def prepare(self) -> None:
        """Compiles the kernel if no start before has filled its cache."""
        kernel.load(self.kernel_cache)

    def train(self, network_id: str, training_id: str) -> None:
        """One training to its end. What goes wrong is kept with it, and raised for the log."""
        engine = open_database(self.database_url, self.database_seconds)
        store, kept = DatabaseStore(engine), DatabaseTrainings(engine)
        try:
            trainings.compute(store, kept, network_id, training_id)
        except Exception:
            trainings.fail(store, kept, network_id, training_id)
            raise
        finally:
            engine.dispose()
