"""The process that computes trainings: spawned, never forked.

It lives as long as the other end of a pipe is open. When the server stops it closes that end;
when the server dies the system does. Either way the process ends at once: every chunk is kept
in one transaction, so nothing is lost.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol


class Pool(Protocol):
    """One worker. Its futures fail with BrokenExecutor when the worker dies."""

    def ready(self) -> Future[None]:
        """Done once the worker can compute at full speed."""

    def train(self, network_id: str, training_id: str) -> Future[None]: ...

    def close(self) -> None:
        """End the worker at once, whatever it does."""


class Trade(Protocol):
    """What the worker does. It has to travel to the worker, so it is made of plain data."""

    def prepare(self) -> None: ...

    def train(self, network_id: str, training_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ProcessPool:
    trade: Trade
    executor: Executor
    server_alive: Connection

    @classmethod
    def start(cls, trade: Trade) -> ProcessPool:
        spawn = get_context("spawn")
        theirs, ours = spawn.Pipe(duplex=False)
        executor = ProcessPoolExecutor(1, spawn, begin, (theirs, trade.prepare))
        return cls(trade, executor, ours)

    def ready(self) -> Future[None]:
        return self.executor.submit(nothing)

    def train(self, network_id: str, training_id: str) -> Future[None]:
        return self.executor.submit(self.trade.train, network_id, training_id)

    def close(self) -> None:
        self.server_alive.close()
        self.executor.shutdown(wait=True, cancel_futures=True)


def begin(server_alive: Connection, prepare: Callable[[], None]) -> None:
    """Runs in the worker when it starts."""
    threading.Thread(target=end_with, args=(server_alive,), daemon=True).start()
    prepare()


def end_with(server_alive: Connection) -> None:
    server_alive.poll(None)
    os._exit(0)


def nothing() -> None:
    """Something for the worker to do once it is ready."""
