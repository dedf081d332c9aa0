"""Hands trainings to the worker, one after another: the `Trainer` port of the services.

The queue is the database, so that a training survives the server that accepted it. A claimed
training is leased for a few seconds and the worker renews the lease with every chunk; when
worker or server die, the next to look finds it and goes on from the last kept chunk.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor

from app.errors import Unavailable
from app.jobs.pool import Pool
from app.services.ports import Trainings
from app.services.records import Training

POLL_SECONDS = 0.5
RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


class Dispatcher:
    def __init__(self, trainings: Trainings, make_pool: Callable[[], Pool]) -> None:
        self._trainings = trainings
        self._make_pool = make_pool
        self._pool: Pool | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self.ready = threading.Event()
        """Set once the worker can compute, so once the kernel's cache is filled."""
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """Ends the worker, in the middle of a chunk if need be."""
        self._stopping.set()
        self._woken.set()
        with self._lock:
            if self._pool is not None:
                self._pool.close()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._serve(self._new_pool())
            except BrokenExecutor:
                if not self._stopping.wait(RETRY_SECONDS):
                    log.warning("The worker died; starting another one.")
        self.ready.set()

    def _new_pool(self) -> Pool:
        with self._lock:
            if self._pool is not None:
                self._pool.close()
            self._pool = self._make_pool()
            if self._stopping.is_set():
                self._pool.close()
            return self._pool

    def _serve(self, pool: Pool) -> None:
        """Until the server stops, or (BrokenExecutor) the worker dies."""
        pool.ready().result()
        self.ready.set()
        while not self._stopping.is_set():
            training = self._next()
            if training is None:
                self._woken.wait(POLL_SECONDS)
                self._woken.clear()
            else:
                self._train(pool, training)

    def _next(self) -> Training | None:
        try:
            return self._trainings.claim()
        except Unavailable as error:
            log.warning("%s", error.detail)
            return None

    def _train(self, pool: Pool, training: Training) -> None:
        try:
            pool.train(training.network_id, training.id).result()
        except BrokenExecutor:
            self._trainings.release(training.id)
            raise
        except Exception:
            log.exception("Training %s failed", training.id)
