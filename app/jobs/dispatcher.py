"""Hands trainings to the workers, several at once: the `Trainer` port of the services.

The queue is the database, so that a training survives the server that accepted it. While a
claimed training is computed, this thread tells the others so every second; when it falls
silent with its server, the next to look takes the training over from the last kept chunk.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress

from app.errors import Unavailable
from app.jobs.pool import Pool, WorkersLost
from app.jobs.watch import Watch
from app.services.ports import Trainings
from app.services.records import Claim

POLL_SECONDS = 0.5
BEAT_SECONDS = 1.0
RETRY_SECONDS = 1.0
PATIENCE_SECONDS = 4.0
"""After so long without a beat a training is taken from whoever had it."""

log = logging.getLogger(__name__)


class Dispatcher:
    def __init__(self, trainings: Trainings, make_pool: Callable[[], Pool]) -> None:
        self._trainings = trainings
        self._make_pool = make_pool
        self._pool: Pool | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._watch = Watch(PATIENCE_SECONDS)
        self._running: dict[Claim, Future[None]] = {}
        self._beaten = 0.0
        self.ready = threading.Event()
        """Set once the workers can compute, so once the kernel's cache is filled."""
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """Ends the workers, in the middle of a chunk if need be."""
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
            except WorkersLost as error:
                if not self._stopping.wait(RETRY_SECONDS):
                    log.warning("%s Starting anew.", error)
        self.ready.set()
        self._give_back()

    def _new_pool(self) -> Pool:
        with self._lock:
            if self._pool is not None:
                self._pool.close()
            self._pool = self._make_pool()
            if self._stopping.is_set():
                self._pool.close()
            return self._pool

    def _serve(self, pool: Pool) -> None:
        """Until the server stops, or (WorkersLost) the workers have died."""
        pool.wait_until_ready()
        self.ready.set()
        while not self._stopping.is_set():
            try:
                self._look_after(pool)
            except Unavailable as error:
                log.warning("%s", error.detail)
            self._woken.wait(POLL_SECONDS)
            self._woken.clear()

    def _look_after(self, pool: Pool) -> None:
        self._collect(pool)
        self._beat()
        self._take_over()
        while len(self._running) < pool.slots() and (claim := self._trainings.claim()):
            self._submit(pool, claim)

    def _collect(self, pool: Pool) -> None:
        """What has ended, or has had its turn."""
        for claim in [claim for claim, future in self._running.items() if future.done()]:
            if (error := problem_of(self._running.pop(claim))) is None:
                self._trainings.release(claim)
            elif isinstance(error, pool.lost):
                self._lose(claim, error)
            else:
                log.error("Training %s stopped", claim.training_id, exc_info=error)
                self._trainings.release(claim)

    def _lose(self, claim: Claim, error: BaseException) -> None:
        """One worker's death ends them all."""
        claims, self._running = [claim, *self._running], {}
        for lost in claims:
            self._trainings.release(lost, died=True)
        raise WorkersLost("A worker died.") from error

    def _beat(self) -> None:
        if self._running and time.monotonic() - self._beaten > BEAT_SECONDS:
            self._trainings.beat(self._running)
            self._beaten = time.monotonic()

    def _take_over(self) -> None:
        for claim in self._watch.silent(self._trainings.beats()):
            if claim not in self._running:
                log.warning("Training %s was left by its worker.", claim.training_id)
                self._trainings.release(claim)

    def _submit(self, pool: Pool, claim: Claim) -> None:
        try:
            future = pool.train(claim)
        except RuntimeError as error:  # it has broken, or is closed
            self._lose(claim, error)
        else:
            self._running[claim] = future
            future.add_done_callback(lambda _: self.wake())

    def _give_back(self) -> None:
        """At the end: somebody else may go on at once."""
        with suppress(Unavailable):
            for claim in self._running:
                self._trainings.release(claim)


def problem_of(future: Future[None]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error
