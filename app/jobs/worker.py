"""The process that computes trainings: spawned, never forked, one thread for matrix products.

It lives as long as the other end of a pipe is open. When the server stops it closes that end;
when the server dies the system does. Either way the process ends at once: every chunk is kept
in one transaction, so nothing is lost.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from app.settings import Settings


class Pool(Protocol):
    """One worker. Its futures fail with BrokenProcessPool when the worker dies."""

    def ready(self) -> Future[None]:
        """Done once the worker can compute at full speed."""

    def train(self, network_id: str, training_id: str) -> Future[None]: ...

    def close(self) -> None:
        """End the worker at once, whatever it does."""


@dataclass(frozen=True, slots=True)
class WorkerPool:
    executor: Executor
    alive: Connection
    database_url: str

    def ready(self) -> Future[None]:
        return self.executor.submit(nothing)

    def train(self, network_id: str, training_id: str) -> Future[None]:
        return self.executor.submit(train, self.database_url, network_id, training_id)

    def close(self) -> None:
        self.alive.close()
        self.executor.shutdown(wait=True, cancel_futures=True)


def worker_pool(settings: Settings) -> WorkerPool:
    spawn = get_context("spawn")
    theirs, ours = spawn.Pipe(duplex=False)
    executor = ProcessPoolExecutor(1, spawn, prepare, (theirs, settings.kernel_cache))
    return WorkerPool(executor, ours, settings.database_url)


def prepare(server_alive: Connection, kernel_cache: Path) -> None:
    """Runs in the worker when it starts."""
    threading.Thread(target=end_with, args=(server_alive,), daemon=True).start()
    from app.nn import kernel

    kernel.load(kernel_cache)


def end_with(server_alive: Connection) -> None:
    server_alive.poll(None)
    os._exit(0)


def nothing() -> None:
    """Something for the worker to do once it is ready."""


def train(database_url: str, network_id: str, training_id: str) -> None:
    """One training to its end. What goes wrong is kept with it, and raised for the log."""
    from app.services import trainings
    from app.storage.database import open_database
    from app.storage.store import DatabaseStore
    from app.storage.trainings import DatabaseTrainings

    engine = open_database(database_url)
    store, kept = DatabaseStore(engine), DatabaseTrainings(engine)
    try:
        trainings.compute(store, kept, network_id, training_id)
    except Exception:
        trainings.fail(store, kept, network_id, training_id)
        raise
    finally:
        engine.dispose()
