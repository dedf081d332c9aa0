"""The processes that compute trainings: spawned, never forked.

They live as long as the other end of a pipe is open. When the server stops it closes that end;
when the server dies the system does. Either way they end at once: every chunk is kept in one
transaction, so nothing is lost.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol

from app.services.records import Claim


class WorkersLost(Exception):
    """The pool cannot be used any more; a new one can."""


class Pool(Protocol):
    """Some workers behind a `concurrent.futures.Executor`."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """How futures fail when a worker has died."""

    def slots(self) -> int:
        """How many trainings it computes at once."""

    def wait_until_ready(self) -> None:
        """Until a worker can compute at full speed. Raises WorkersLost."""

    def train(self, claim: Claim) -> Future[None]:
        """Raises RuntimeError when the pool is broken or closed."""

    def close(self) -> None:
        """End the workers at once, whatever they do."""


class Trade(Protocol):
    """What a worker does. It has to travel to the worker, so it is made of plain data."""

    def prepare(self) -> None: ...

    def train(self, claim: Claim) -> None: ...


@dataclass(frozen=True, slots=True)
class ProcessPool:
    trade: Trade
    workers: int
    executor: Executor
    server_alive: Connection
    lost = (BrokenExecutor, CancelledError)

    @classmethod
    def start(cls, trade: Trade, workers: int) -> ProcessPool:
        spawn = get_context("spawn")
        theirs, ours = spawn.Pipe(duplex=False)
        executor = ProcessPoolExecutor(workers, spawn, begin, (theirs, trade.prepare))
        return cls(trade, workers, executor, ours)

    def slots(self) -> int:
        return self.workers

    def wait_until_ready(self) -> None:
        """The first alone: on a new machine it compiles the kernel, which the others then find."""
        try:
            self.executor.submit(nothing).result()
            for _ in range(self.workers - 1):
                self.executor.submit(nothing)
        except (RuntimeError, CancelledError) as error:
            raise WorkersLost("A worker died while it started.") from error

    def train(self, claim: Claim) -> Future[None]:
        return self.executor.submit(self.trade.train, claim)

    def close(self) -> None:
        self.server_alive.close()
        self.executor.shutdown(wait=True, cancel_futures=True)


def prepare_apart(trade: Trade) -> None:
    """In a process of its own, where no pool of this machine does it."""
    process = get_context("spawn").Process(target=trade.prepare, daemon=True)
    process.start()
    process.join()


def begin(server_alive: Connection, prepare: Callable[[], None]) -> None:
    """Runs in a worker when it starts."""
    threading.Thread(target=end_with, args=(server_alive,), daemon=True).start()
    prepare()


def end_with(server_alive: Connection) -> None:
    server_alive.poll(None)
    os._exit(0)


def nothing() -> None:
    """Something for a worker to do once it is ready."""
