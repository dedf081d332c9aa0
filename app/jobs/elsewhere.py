"""The `Trainer` port where others compute: `slowprop worker`, here or on other machines."""

from __future__ import annotations

import threading

from app.jobs.pool import Trade, prepare_apart


class Elsewhere:
    def __init__(self, trade: Trade) -> None:
        self.ready = threading.Event()
        """Set once the kernel's cache is filled."""
        self._thread = threading.Thread(target=self._prepare, args=(trade,), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """They look for themselves, twice a second."""

    def stop(self) -> None:
        """There is nothing to stop."""

    def _prepare(self, trade: Trade) -> None:
        prepare_apart(trade)
        self.ready.set()
